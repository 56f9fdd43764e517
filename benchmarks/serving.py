"""Requests per second of the product's own pages beside a bare hello page, on the same server in the same run.

Needs wrk (Debian's package of that name). Prints one JSON object; without wrk it says that nothing was measured.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PAGES = {
    "front page": "/nb/",
    "list, unfiltered": "/nb/portfolio/",
    "project page": "/nb/portfolio/fonna-bu/",
    "dashboard": "/nb/portfolio/dashboard/",
    "API, one page": "/api/v1/projects",
    "knowledge bank's list, drawn": "/nb/knowledge/list/?drawn=1",
    "knowledge bank's list, remembered": "/nb/knowledge/list/",
    "knowledge bank's page, remembered": "/nb/knowledge/intervjuguide/",
}
SECONDS = 4
ROUNDS = 3


def free_port() -> int:
    """A port that nobody has."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(application: str, *more: str) -> Iterator[str]:
    """A server as the product starts it (granian over WSGI, one process), until the block ends."""
    port = free_port()
    words = [
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "--workers",
        "1",
        "--blocking-threads",
        "4",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", "granian", *words, *more, "--no-ws", "--log-level", "error", application],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait(port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=20)


def _wait(port: int) -> None:
    """Until the server answers, at most a minute."""
    for _try in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.2)
    raise SystemExit("the server didn't start")


def rate(address: str) -> float:
    """Requests per second with eight connections; a wrong answer counts as none."""
    with urllib.request.urlopen(address) as answer:
        assert answer.status == 200, address
    done = subprocess.run(
        ["wrk", "-t1", "-c8", f"-d{SECONDS}s", "-H", "Accept-Language: nb", address],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Non-2xx" not in done.stdout, done.stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", done.stdout)
    return float(found.group(1)) if found else 0.0


def main() -> None:
    """Hello and the pages in turn, several rounds; the middle of each."""
    if not shutil.which("wrk"):
        print(json.dumps({"measured": False, "why": "wrk isn't installed"}))
        return
    os.environ.setdefault("PYTHONPATH", str(Path(__file__).resolve().parent))
    # What one caller may ask for in a minute isn't what the server can give.
    os.environ["HELSEVEV_API_PER_MINUTE"] = str(10**9)
    rates: dict[str, list[float]] = {name: [] for name in ("hello", "hello from a bare Django", *PAGES)}
    with (
        serving("hello:application") as hello,
        serving("hello:bare_django", "--factory") as django,
        serving("helsevev.config.wsgi:application") as product,
    ):
        for _round in range(ROUNDS):
            rates["hello"].append(rate(hello))
            rates["hello from a bare Django"].append(rate(django))
            for name, path in PAGES.items():
                rates[name].append(rate(product + path))
    middle = {name: sorted(found)[len(found) // 2] for name, found in rates.items()}
    print(json.dumps({"measured": True, "per_second": {name: round(found, 1) for name, found in middle.items()}}))


if __name__ == "__main__":
    main()
