"""What a person at the command reads when something goes wrong: a sentence and an exit code, never a traceback."""

import errno
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import DatabaseError, OperationalError

from helsevev.core.verdict import Found
from helsevev.core.words import Refused

DONE, FAULTS, USAGE = 0, 1, 2
# What the databases say, in part, and what it means for the one who runs the command.
SENTENCES = {
    "database is locked": "Another program holds the database. Wait until it is done, then try again.",
    "disk is full": "The disk is full. Nothing was changed. Make room, then try again.",
    "No space left": "The disk is full. Nothing was changed. Make room, then try again.",
    "disk I/O error": "The disk refused to read or write the database (is it full, or failing?). Nothing was changed.",
    "readonly database": "The database can't be written to. Does the data folder belong to the one who runs this?",
    "unable to open database": "The database can't be opened. Does the data folder belong to the one who runs this?",
    "file is not a database": "The database file holds something else. Take back a backup: helsevev restore",
    "malformed": "The database file is damaged. Take back a backup: helsevev restore",
    "could not connect": "The database server doesn't answer at the address in HELSEVEV_DATABASE_URL.",
    "connection failed": "The database server doesn't answer at the address in HELSEVEV_DATABASE_URL.",
    "couldn't get a connection": "The database server doesn't answer at the address in HELSEVEV_DATABASE_URL.",
}


@dataclass
class Outcome:
    """How a command ended."""

    code: int = DONE
    faults: int = 0


@contextmanager
def told(name: str) -> Iterator[Outcome]:
    """Run what stands inside, and tell what stopped it."""
    outcome = Outcome()
    try:
        yield outcome
    except Refused as refused:
        # A file's faults carry their places; other refusals are sentences.
        lines = [str(fault) for fault in getattr(refused, "faults", refused.refusals)]
        _end(outcome, FAULTS, lines, faults=len(lines))
    except CommandError as error:
        _end(outcome, USAGE, [f"{_named(name)}: {error}"])
    except Found as found:
        _end(outcome, FAULTS if found.count else DONE, [], faults=found.count)
    except SystemExit as stop:
        code = stop.code if isinstance(stop.code, int) else int(stop.code is not None)
        _end(outcome, code, [stop.code] if isinstance(stop.code, str) else [], faults=int(code != DONE))
    except KeyboardInterrupt:
        _end(outcome, FAULTS, ["Stopped."])
    except BrokenPipeError:
        # Whoever read our answer has read enough; Python would complain of it once more at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        outcome.code = FAULTS
    except Exception as error:  # noqa: BLE001 the last place before a traceback
        _end(outcome, FAULTS, [f"{_named(name)}: {sentence(error)}"])


def _named(name: str) -> str:
    return f"helsevev {name}".strip()


def _end(outcome: Outcome, code: int, lines: list[str], faults: int = 1) -> None:
    outcome.code, outcome.faults = code, faults
    for line in lines:
        with suppress(OSError):
            print(line, file=sys.stderr)


def sentence(error: Exception) -> str:
    """What happened and what to do, for any error."""
    said = str(error)
    if isinstance(error, DatabaseError):
        known = next((words for part, words in SENTENCES.items() if part in said), None)
        if known or isinstance(error, OperationalError):
            return known or f"The database said: {' '.join(said.split())}"
    if isinstance(error, OSError) and error.errno == errno.ENOSPC:
        return SENTENCES["disk is full"]
    if isinstance(error, OSError) and error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or 'A file'} can't be written or read: {error.strerror}. Who owns it?"
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename or 'A file'}: {error.strerror}."
    return f"Something happened that it isn't made for ({type(error).__name__}: {said[:200]}).{_written_down(error)}"


def _written_down(error: Exception) -> str:
    """Where the details went, for whoever mends it."""
    path = Path(settings.DATA_DIR) / "faults.log"
    try:
        with path.open("a", encoding="utf-8") as log:
            log.write(f"\n{datetime.now(UTC):%Y-%m-%d %H:%M:%S} UTC\n{''.join(traceback.format_exception(error))}")
    except OSError:
        return ""
    return f" The details are in {path}."
