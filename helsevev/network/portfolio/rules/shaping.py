"""What was typed, in the shape of the file (forming), and back to where in the form a fault belongs. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.portfolio.rules.fields import FIELDS, Kind
from helsevev.network.portfolio.rules.typed import (
    CHOSEN,
    ENTRIES,
    KEPT,
    LISTED,
    WHY,
    WITHDRAW,
    Row,
    Words,
    content,
)
from helsevev.network.portfolio.rules.typed_values import read

DATED = {"phases": "on", "log": "on"}
NO_DATE = gettext_noop("Write when: a year, a month or a day, such as 2024, 2024-10 or 2024-10-28")
NO_PHASE = gettext_noop("Choose the phase")
NO_FIGURE = gettext_noop("Write what the figure counts")
NO_VALUE = gettext_noop("Write the value, or take the row away")
FIGURE_TWICE = gettext_noop("This figure stands twice. Keep one row of it")
STATUS_MISSING = gettext_noop("Choose a status, or take its date away")
REASON_MISSING = gettext_noop("Say why the move is withdrawn")
REASON_TOO_LONG = gettext_noop("The reason has %(length)s characters; at most %(longest)s can be kept")
LONGEST_REASON = 300


@dataclass(frozen=True)
class Spot:
    """A place in the form (sted): a field, a row of it, a cell of the row."""

    field: str
    row: int | None = None
    cell: str = ""


@dataclass
class Shaped:
    """What was typed, in the shape of the file (formet): changes to send, what is wrong already, and where rows went.

    `rows` gives each field the rows of the form that its entries came from; figures by their key.
    """

    changes: dict[str, Any] = field(default_factory=dict)
    problems: list[tuple[Spot, Refusal]] = field(default_factory=list)
    rows: dict[str, list[int] | dict[str, int]] = field(default_factory=dict)
    reasons: dict[int, str] = field(default_factory=dict)

    def wrong(self, why: str, name: str, row: int | None = None, cell: str = "", **values: object) -> None:
        """Note something wrong."""
        self.problems.append((Spot(name, row, cell), Refusal(why, values)))


def shaped(mine: Mapping[str, Any], names: Iterable[str], words: Words) -> Shaped:
    """These fields in the shape of the file."""
    made = Shaped()
    for name in names:
        value = mine[name]
        if name == "figures":
            made.changes[name] = _figures(value, words, made)
        elif name in ENTRIES:
            made.changes[name] = _entries(name, value, made)
        elif name in LISTED:
            kept = [(number, content(text)) for number, text in enumerate(value) if content(text)]
            made.rows[name] = [number for number, _text in kept]
            made.changes[name] = [text for _number, text in kept]
        else:
            made.changes[name] = _scalar(name, value, made)
    return made


def _scalar(name: str, value: Any, made: Shaped) -> Any:  # noqa: ANN401
    """Text, a number, or codes that were chosen."""
    if name in CHOSEN:
        return list(value)
    text = content(value)
    if name == "status" and text.startswith("-"):
        made.wrong(STATUS_MISSING, name)
    if name in FIELDS and FIELDS[name].kind is Kind.NUMBER and re.fullmatch(r"\d{1,9}", text):
        return int(text)
    return text or None


def _entries(name: str, rows: Sequence[Row], made: Shaped) -> list[dict[str, Any]]:
    """Rows that say something, as entries; moves that are withdrawn are left out."""
    entries, numbers = [], []
    for number, row in enumerate(rows):
        cells = content(row)
        if not cells:
            continue
        if cells.get(KEPT) and cells.get(WITHDRAW):
            _reason(number, cells.get(WHY, ""), made)
            continue
        numbers.append(number)
        entries.append(_entry(name, number, cells, made))
    made.rows[name] = numbers
    return entries


def _reason(number: int, why: str, made: Shaped) -> None:
    """Why a move is withdrawn."""
    made.reasons[number] = why
    if not why:
        made.wrong(REASON_MISSING, "phases", number, WHY)
    elif len(why) > LONGEST_REASON:
        made.wrong(REASON_TOO_LONG, "phases", number, WHY, length=len(why), longest=LONGEST_REASON)


def _entry(name: str, number: int, cells: Mapping[str, str], made: Shaped) -> dict[str, Any]:
    """One row as an entry; what must be there and isn't is said in the form's own words."""
    if name in DATED and not cells.get(DATED[name]):
        made.wrong(NO_DATE, name, number, DATED[name])
    entry: dict[str, Any] = {cell: cells.get(cell) for cell in ENTRIES[name]}
    if name == "phases":
        if not entry["phase"]:
            made.wrong(NO_PHASE, name, number, "phase")
        entry["as_of"] = bool(entry["as_of"])
        entry["how"] = entry["how"] or "actual"
    return entry


def _figures(rows: Sequence[Row], words: Words, made: Shaped) -> dict[str, Any]:
    """Rows as figures by their key."""
    figures: dict[str, Any] = {}
    places: dict[str, int] = {}
    for number, row in enumerate(rows):
        cells = content(row)
        if not cells:
            continue
        what = words.figure_named(cells.get("what", ""))
        if not what:
            made.wrong(NO_FIGURE, "figures", number, "what")
        elif what in figures:
            made.wrong(FIGURE_TWICE, "figures", number, "what")
        else:
            beside = {cell: cells.get(cell) for cell in ("unit", "as_of", "source")}
            figures[what] = {"value": _value(number, cells.get("value", ""), made), **beside}
            places[what] = number
    made.rows["figures"] = places
    return figures


def _value(number: int, text: str, made: Shaped) -> Any:  # noqa: ANN401
    """A figure's value; it must say something."""
    if not text:
        made.wrong(NO_VALUE, "figures", number, "value")
    try:
        return read(text)
    except Refused as refused:
        made.problems += [(Spot("figures", number, "value"), refusal) for refusal in refused.refusals]
        return None


# --- Where a fault belongs -------------------------------------------------------------------------------------------
STEP = re.compile(r"\.?(\w+)|\[(\d+)\]|\['([^']*)'\]")


def spot(place: str, made: Shaped) -> Spot:
    """Where in the form a fault of the file's shape belongs; the form as a whole where no field has it."""
    steps: list[str | int] = [
        int(found[2]) if found[2] is not None else found[3] if found[3] is not None else found[1]
        for found in STEP.finditer(place)
    ]
    name = _field(steps)
    rows = made.rows.get(name)
    inside = steps[1:]
    if not rows or not inside:
        return Spot(name, _only_row(rows))
    cell = str(inside[1]) if len(inside) > 1 else ""
    if isinstance(rows, dict):
        return Spot(name, rows.get(str(inside[0])), cell or "what")
    number = inside[0]
    row = rows[number] if isinstance(number, int) and number < len(rows) else None
    return Spot(name, row, cell)


def _only_row(rows: list[int] | dict[str, int] | None) -> int | None:
    """A fault without a row's number in a field with one row is that row's."""
    return rows[0] if isinstance(rows, list) and len(rows) == 1 else None


def _field(steps: Sequence[str | int]) -> str:
    """The form's field for a place in the file, or for a field's own name."""
    texts = tuple(step for step in steps if isinstance(step, str))
    for name, about in FIELDS.items():
        if about.path and about.path == texts[: len(about.path)]:
            return name
    return texts[0] if texts and (texts[0] in FIELDS or texts[0] == "id") else ""
