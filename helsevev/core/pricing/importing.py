"""A case out of a workbook (innlesing): our own, changed in a spreadsheet, or another's by a map of cells."""

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
from openpyxl.utils import column_index_from_string
from openpyxl.utils.exceptions import InvalidFileException

from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.pricing.book import FIRST_COLUMN, GROUPS, INPUTS, PARTNERS, QUEUE, SHEETS, TIERS
from helsevev.core.pricing.fields import GROUP, MUNICIPALITY, TIER
from helsevev.core.pricing.why import Why
from helsevev.core.words import Refusal

Rows = Sequence[Sequence[Any]]
LARGEST_BYTES = 20_000_000
# What a workbook may unpack to: a small file can hold a very large one.
LARGEST_UNPACKED = 200_000_000
MOST_ROWS = 3_000
MOST_COLUMNS = 300
CELL = re.compile(r"(?:'(?P<quoted>[^']+)'|(?P<plain>[^'!]+))!\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[0-9]{1,7})\Z")
# What the paths of notes of rows begin with, on the sheet after those that reckon.
ROWS = ("municipalities[", "patient_groups[", "centre.", "incentive.")
ALONE = re.compile(r"[a-z_]+(?:\.[a-z_]+){1,2}\Z")


def sheets(raw: bytes) -> dict[str, Rows]:
    """The values of every sheet by its name, row by row. Raises `Faulty` on what is no workbook, or too large."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as package:
            if len(raw) > LARGEST_BYTES or sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
                raise _unreadable()
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
        return {
            sheet.title: [
                list(row) for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True)
            ]
            for sheet in book.worksheets
        }
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, EOFError) as error:
        raise _unreadable() from error


def _unreadable() -> Faulty:
    """The fault of a file that is no workbook."""
    return Faulty([Fault("", Refusal(Why.NOT_WORKBOOK))])


def read_workbook(raw: bytes) -> dict[str, Any]:
    """The inputs of a workbook that this product wrote, as `reading.read` takes them; sheets go by their order."""
    pages = list(sheets(raw).values())
    if len(pages) < len(SHEETS) or not pages[INPUTS] or not pages[TIERS]:
        raise Faulty([Fault("", Refusal(Why.NO_SHEET, {"name": ", ".join(SHEETS), "known": str(len(pages))}))])
    source: dict[str, Any] = {"currency": "NOK", "notes": {}}
    for row in pages[INPUTS][1:]:
        if isinstance(row[0], str) and ALONE.match(row[0]):
            _put(source, row[0].split("."), row[2])
            _note(source["notes"], row)
    source.setdefault("centre", {})["hourly_contact_profile"] = _numbers(pages[QUEUE][1][1:])
    groups = [row for row in pages[GROUPS][1:] if row[0] is not None]
    names = [str(row[0]) for row in groups]
    source["patient_groups"] = [
        {"id": str(row[0]), **{leaf.key: row[at] for at, leaf in enumerate(GROUP, start=1)}} for row in groups
    ]
    rows = [row for row in pages[PARTNERS][1:] if row[0] is not None]
    source["municipalities"] = [_partner(row, names) for row in rows]
    _scheme(source, pages[TIERS], rows, names)
    for row in pages[len(SHEETS)] if len(pages) > len(SHEETS) else ():
        if str(row[0]).startswith(ROWS):
            _note(source["notes"], (row[0], "", "", "", *row[1:]))
    return source


def _put(source: dict[str, Any], keys: Sequence[str], value: object) -> None:
    """A value at its path."""
    for key in keys[:-1]:
        source = source.setdefault(key, {})
    source[keys[-1]] = value


def _note(notes: dict[str, Any], row: Sequence[Any]) -> None:
    """Where an input comes from, where something is said of it."""
    said = dict(zip(("low", "high", "source", "date", "owner"), row[4:9], strict=False))
    kept = {key: value for key, value in said.items() if value not in (None, "")}
    if kept:
        notes[row[0]] = {key: value if key in ("low", "high") else str(value) for key, value in kept.items()}


def _numbers(cells: Sequence[Any]) -> list[Any]:
    """The cells up to the first empty one."""
    ends = [at for at, cell in enumerate(cells) if cell is None]
    return list(cells[: ends[0]] if ends else cells)


def _partner(row: Sequence[Any], groups: Sequence[str]) -> dict[str, Any]:
    """One municipality."""
    start = FIRST_COLUMN + len(MUNICIPALITY)
    return {
        "number": str(row[0]),
        "name": str(row[1]),
        **{leaf.key: row[at] for at, leaf in enumerate(MUNICIPALITY, start=FIRST_COLUMN)},
        "patients": dict(zip(groups, row[start:], strict=False)),
    }


def _scheme(source: dict[str, Any], tiers: Rows, rows: Rows, groups: Sequence[str]) -> None:
    """The incentive: its kind, its numbers from the sheet of inputs, its tiers or its reserved places."""
    scheme = source.setdefault("incentive", {})
    scheme["kind"] = str(tiers[0][len(TIER)])
    if scheme["kind"] == "tiers":
        keys = [leaf.key for leaf in TIER]
        scheme["tiers"] = [dict(zip(keys, row, strict=False)) for row in tiers[1:] if row[0] is not None]
    if scheme["kind"] == "take_or_pay":
        start = FIRST_COLUMN + len(MUNICIPALITY) + len(groups)
        scheme["reserved"] = {str(row[0]): dict(zip(groups, row[start:], strict=False)) for row in rows}


def mapped(raw: bytes, cells: Mapping[str, str]) -> dict[str, object]:
    """Values out of another's workbook: `cells` says for each path where it stands, such as `Sheet1!B3`.

    The answer is what `inputs.change` takes. Raises `Faulty` with every cell that isn't there or is empty.
    """
    pages = sheets(raw)
    found: dict[str, object] = {}
    faults = []
    for path, cell in cells.items():
        value = _cell(pages, cell)
        if isinstance(value, Refusal):
            faults.append(Fault(path, value))
        else:
            found[path] = value
    if faults:
        raise Faulty(faults)
    return found


def _cell(pages: Mapping[str, Rows], cell: str) -> object | Refusal:
    """The value of a cell, or why there is none."""
    match = CELL.match(cell.strip())
    if not match:
        return Refusal(Why.NO_CELL, {"value": quoted(cell)})
    name = match["quoted"] or match["plain"]
    if name not in pages:
        return Refusal(Why.NO_SHEET, {"name": name, "known": ", ".join(pages)})
    row, column = int(match["row"]) - 1, column_index_from_string(match["column"].upper()) - 1
    rows = pages[name]
    value = rows[row][column] if 0 <= row < len(rows) and column < len(rows[row]) else None
    return Refusal(Why.EMPTY_CELL, {"value": quoted(cell)}) if value is None else value
