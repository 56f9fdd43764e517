"""Where an answer stands in a sheet (sti): stable, whoever adds or takes away rows meanwhile.

`need` is a question; `parties:k3f9/name` a question in one row of the repeating group `parties`; `goals:1` one row of a
repeating question. Row ids are made where the row is added and never change, so two who add a row at once make two.
"""

import re
import secrets
import time
from collections.abc import Iterator
from urllib.parse import quote, unquote

LONGEST = 300
ROW = re.compile(r"[a-z0-9]{1,20}")
STEP = re.compile(r"(?:[A-Za-z0-9_.\-~]|%[0-9A-F]{2})+(?::[a-z0-9]{1,20})?")
FIRST_ROW = "1"
ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz"


def step(link_id: str) -> str:
    """A linkId as it stands in a path: signs that mean something there are written in percent."""
    return quote(link_id, safe="")


def link_id(path: str) -> str:
    """The linkId of the question at a path."""
    return unquote(path.rpartition("/")[2].partition(":")[0])


def is_path(text: str) -> bool:
    """Whether a text could be a path at all."""
    return len(text) <= LONGEST and all(STEP.fullmatch(one) for one in text.split("/"))


def row_of(path: str) -> str:
    """The row id at the end of a path, or nothing."""
    return path.rpartition("/")[2].partition(":")[2]


def rows_on(path: str) -> Iterator[tuple[str, str]]:
    """Each repeating place that a path passes, with the row: `a:1/b:2/c` gives (a, 1) and (a:1/b, 2)."""
    if ":" not in path:
        return
    passed = ""
    for one in path.split("/"):
        name, _colon, row = one.partition(":")
        if row:
            yield passed + name, row
        passed += f"{one}/"


def new_row() -> str:
    """An id for a new row: later ones sort after earlier ones, and two made at once differ."""
    stamp, written = int(time.time() * 1000), ""
    while stamp:
        stamp, digit = divmod(stamp, 36)
        written = ALPHABET[digit] + written
    return written + "".join(secrets.choice(ALPHABET) for _ in range(4))


def row_order(row: str) -> tuple[int, str]:
    """What rows are sorted by: the short ids of first rows, then the others as they were made."""
    return len(row), row
