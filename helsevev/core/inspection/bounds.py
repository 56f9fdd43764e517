"""How much a file may ask of the machine. Generous to what people make, and nothing to what is made to harm."""

import os
import resource
from pathlib import Path

MB = 1_000_000
WALL_SECONDS = 90
CPU_SECONDS = 45
MEMORY = 1_000 * MB
LARGEST_COPY = 220 * MB
OPEN_FILES = 64
# Inspections at once in one process of the web server.
AT_A_TIME = 2

MOST_PAGES = 1_000
MOST_OBJECTS = 300_000
MOST_FILTERS = 3
# Unpacked: one stream of text, one picture, and everything together.
LARGEST_STREAM = 64 * MB
LARGEST_PICTURE = 300 * MB
LARGEST_WHOLE = 1_000 * MB
MOST_PIXELS = 150_000_000


def confine() -> None:
    """Limit this process for good; what it writes is for its owner alone."""
    os.umask(0o077)
    limits = {
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_CPU: CPU_SECONDS,
        resource.RLIMIT_FSIZE: LARGEST_COPY,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        resource.RLIMIT_CORE: 0,
    }
    for what, most in limits.items():
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, least))


def peak_memory() -> int:
    """The most bytes that this process has held at once.

    Linux lets `ru_maxrss` begin at what the process that started this one held, so the memory's own mark is read.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    marks = [line.split()[1] for line in status.splitlines() if line.startswith("VmHWM:")]
    return int(marks[0]) * 1024 if marks else 0
