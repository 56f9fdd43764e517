"""Looking into a stranger's file (kontroll av filer) in a process that may die of it, and writing a harmless copy.

The process that serves people never opens such a file itself. It starts another with little time, memory and disk,
and believes only its short answer; one that runs out of any of them has met a file that isn't worth opening.
"""

import json
import subprocess
import sys
import threading
from dataclasses import dataclass
from pathlib import Path

from helsevev.core.inspection.bounds import AT_A_TIME, WALL_SECONDS
from helsevev.core.inspection.verdicts import Answer, Reason, Removed

__all__ = ["Answer", "Reason", "Removed", "inspect"]

ENVIRONMENT = {"LANG": "C.UTF-8", "TMPDIR": "/nonexistent"}
_turns = threading.BoundedSemaphore(AT_A_TIME)


@dataclass(frozen=True)
class _Ended:
    code: int
    out: bytes


def inspect(source: Path, target: Path, kind: str) -> Answer:
    """Write a harmless copy of `source` to `target`, or say why not; `target` doesn't exist then."""
    with _turns:
        ended = _run([sys.executable, "-I", "-m", __name__, kind, str(source), str(target)])
    answer = _answer(ended)
    if answer.reason:
        target.unlink(missing_ok=True)
    return answer


def _run(command: list[str]) -> _Ended | None:
    """The other process from beginning to end; None when it took too long."""
    try:
        done = subprocess.run(  # noqa: S603 our own words and paths
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=WALL_SECONDS,
            env=ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return None
    return _Ended(done.returncode, done.stdout)


def _answer(ended: _Ended | None) -> Answer:
    """What it said; a process that was stopped by its limits has said that the file is too much."""
    if ended is None or ended.code != 0:
        return Answer(reason=Reason.TOO_COMPLEX)
    try:
        return Answer.read(json.loads(ended.out))
    except (ValueError, KeyError, TypeError):
        return Answer(reason=Reason.UNREADABLE)
