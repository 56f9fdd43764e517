"""Reads what a page sends back into what was typed (innsendt skjema); nothing is judged, and nothing dropped."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.http import QueryDict

from helsevev.network.portfolio.rules.typed import CHOSEN, ENTRIES, KEPT, LISTED, WHY, WITHDRAW, YES, Row, Typed

CELL = re.compile(r"(\w+)-(\d{1,4})-(\w+)")
STATUS, AS_OF = "status", "status_as_of"
NAME = "name"
# The last field of the page: without it the page came incomplete, and what is missing says nothing.
END = "end"


def read_typed(post: QueryDict, names: Collection[str], shown: Mapping[str, Any]) -> Typed:
    """What stands on the page in these fields; moves that stand are taken from `shown`, what the form showed."""
    rows = _rows(post)
    typed: Typed = {}
    for name in names:
        if name == "phases":
            typed[name] = _moves(rows[name], [move for move in shown[name] if move.get(KEPT)])
        elif name in ENTRIES:
            typed[name] = [_cells(name, row) for row in rows[name]]
        elif name in LISTED:
            typed[name] = [row.get(NAME, "") for row in rows[name]]
        elif name in CHOSEN:
            typed[name] = post.getlist(name)
        else:
            typed[name] = _status(post) if name == STATUS else post.get(name, "")
    return typed


def _status(post: QueryDict) -> str:
    """A status with the date it speaks for, as one field."""
    status, as_of = post.get(STATUS, ""), post.get(AS_OF, "").strip()
    return f"{status}-{as_of}" if as_of else status


def _rows(post: QueryDict) -> defaultdict[str, list[Row]]:
    """Every row on the page, in the order of their numbers."""
    cells: defaultdict[str, defaultdict[int, Row]] = defaultdict(lambda: defaultdict(dict))
    for key in post:
        if found := CELL.fullmatch(key):
            cells[found[1]][int(found[2])][found[3]] = post.get(key, "")
    rows: defaultdict[str, list[Row]] = defaultdict(list)
    for name, by_number in cells.items():
        rows[name] = [row for _number, row in sorted(by_number.items())]
    return rows


def _cells(name: str, row: Row) -> Row:
    """A row with every cell that its list has, and no other."""
    return {cell: row.get(cell, "") for cell in ENTRIES[name]}


def _moves(rows: Sequence[Row], standing: Sequence[Row]) -> list[Row]:
    """The moves that stand, all of them and as they were shown, with those marked that are withdrawn; then new ones."""
    marks = {row[KEPT]: row for row in rows if row.get(WITHDRAW) and KEPT in row}
    kept = [
        {**move, WITHDRAW: YES, WHY: marks[str(number)].get(WHY, "")} if str(number) in marks else dict(move)
        for number, move in enumerate(standing)
    ]
    return kept + [_cells("phases", row) for row in rows if KEPT not in row]


# --- Rows by buttons -------------------------------------------------------------------------------------------------
def with_row(typed: Typed, name: str) -> Typed:
    """One more row, empty."""
    blank: Any = "" if name in LISTED else dict.fromkeys(ENTRIES[name], "")
    if name == "phases":
        blank["how"] = "actual"
    return typed | {name: [*typed[name], blank]}


def without_row(typed: Typed, name: str, number: int) -> Typed:
    """One row less; a move that stands is withdrawn, never taken away."""
    kept = [row for at, row in enumerate(typed[name]) if at != number or (isinstance(row, dict) and row.get(KEPT))]
    return typed | {name: kept}


def with_choice(typed: Typed, name: str, number: int | None, text: str) -> Typed:
    """What was offered, in the place of what nobody knew."""
    if number is None:
        return typed | {name: text}
    return typed | {name: [text if at == number else one for at, one in enumerate(typed[name])]}


def fitting(kept: Mapping[str, Any], names: Collection[str]) -> Typed:
    """What of a kept draft is still on the form, in the shape that the form has."""
    return {name: value for name, value in kept.items() if name in names and _fits(name, value)}


def _fits(name: str, value: object) -> bool:
    if name in ENTRIES:
        return isinstance(value, list) and all(isinstance(row, dict) for row in value)
    if name in LISTED or name in CHOSEN:
        return isinstance(value, list) and all(isinstance(text, str) for text in value)
    return isinstance(value, str)
