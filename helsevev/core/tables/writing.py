"""Writes tables row by row, so that a hundred thousand rows never stand in memory at once."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from helsevev.core.tables.cells import Cell, plain

# A workbook's media type.
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

# Excel's own limits.
CELL_CHARACTERS = 32_767
EXACT_INTEGER = 10**15
ROWS_WITH_CHOICES = 5_000
FIRST_DAY = date(1900, 3, 1)  # before this day Excel counts a leap day that never was
BATCH = 200
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Sheet:
    """One sheet (ark): its name, its header, its rows as they come, and how wide its columns are.

    `choices` gives columns a list to choose from, by the range where it stands ("='Choices'!$A$2:$A$9"); what isn't
    in the list may still be written.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[int] = field(default=())
    choices: Mapping[int, str] = field(default_factory=dict)


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]], delimiter: str = ",") -> Iterator[bytes]:
    """A CSV file in pieces: UTF-8 with its mark, text in quotes, so that every reader finds the same delimiter."""
    yield b"\xef\xbb\xbf"
    waiting = iter(_with_header(header, rows))
    while batch := list(islice(waiting, BATCH)):
        piece = io.StringIO(newline="")
        writer = csv.writer(piece, delimiter=delimiter, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
        writer.writerows([plain(cell) for cell in row] for row in batch)
        yield piece.getvalue().encode("utf-8", "replace")


def _with_header(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[Sequence[Cell]]:
    yield header
    yield from rows


def write_xlsx(file: IO[bytes], sheets: Iterable[Sheet]) -> None:
    """Write a workbook to `file`. Text is marked as text, so that nothing in it is ever run.

    It says no time when it was made: the same rows give the same bytes.
    """
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": datetime(FIRST_DAY.year, 1, 1)})  # noqa: DTZ001 - no moment is meant
    formats = {
        "header": book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}),
        "text": book.add_format({"quote_prefix": True}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
        "time": book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    try:
        for sheet in sheets:
            _write_sheet(book, sheet, formats)
    finally:
        book.close()


def _write_sheet(book: Workbook, sheet: Sheet, formats: dict[str, Any]) -> None:
    """One sheet with its header frozen on top."""
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 0)
    for column, width in enumerate(sheet.widths):
        page.set_column(column, column, width)
    for column, label in enumerate(sheet.header):
        page.write_string(0, column, label, formats["header"])
    for column, source in sheet.choices.items():
        offered = {"validate": "list", "source": source, "error_type": "information"}
        page.data_validation(1, column, ROWS_WITH_CHOICES, column, offered)
    for number, row in enumerate(sheet.rows, start=1):
        for column, cell in enumerate(row):
            _write_cell(page, number, column, cell, formats)


def _write_cell(page: Worksheet, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    """A number as a number, a day as a day, everything else as text."""
    if cell is None or cell == "":
        return
    if isinstance(cell, bool):
        page.write_boolean(row, column, cell)
    elif isinstance(cell, datetime) and cell.tzinfo is None and cell.date() >= FIRST_DAY:
        page.write_datetime(row, column, cell, formats["time"])
    elif isinstance(cell, date) and not isinstance(cell, datetime) and cell >= FIRST_DAY:
        page.write_datetime(row, column, cell, formats["date"])
    elif isinstance(cell, int | float | Decimal) and -EXACT_INTEGER < cell < EXACT_INTEGER:
        page.write_number(row, column, cell)
    else:
        text = cell.isoformat() if isinstance(cell, date) else str(cell)
        # Format only where a sign stands first: the mark costs a style, the cell's type alone already is text.
        risky = text.lstrip()[:1] in set("=+-@＝＋－＠'")
        page.write_string(row, column, _fitting(text), formats["text"] if risky else None)


def _fitting(text: str) -> str:
    """Text that Excel can hold: no control signs or half characters, one kind of line end, at most its limit."""
    tidy = text
    if not text.isprintable():
        tidy = SURROGATES.sub("\ufffd", CONTROL.sub("", text)).replace("\r\n", "\n").replace("\r", "\n")
    return tidy if len(tidy) <= CELL_CHARACTERS else tidy[: CELL_CHARACTERS - 1] + "…"
