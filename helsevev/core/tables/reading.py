"""Reads tables that strangers send: what the file is comes from its content, and every limit is kept while reading."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from helsevev.core.tables.cells import Cell, restore
from helsevev.core.tables.limits import LIMITS, Limits, Why
from helsevev.core.words import Refusal, Refused

DELIMITERS = ",;\t"
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
SAMPLE = 64_000


@dataclass(frozen=True)
class Table:
    """What was read (tabell): rows without the blank ones, each with its number in the file, and how it was written."""

    rows: Sequence[Sequence[Cell]]
    numbers: Sequence[int]
    form: str
    encoding: str = ""
    delimiter: str = ""


def read(content: bytes, limits: Limits = LIMITS, sheet: str = "") -> Table:
    """The table in a CSV or XLSX file; `sheet` names the sheet (empty: the first). Refuses with a reason."""
    if not content.strip():
        raise Refused(Refusal(Why.EMPTY))
    if len(content) > limits.size:
        raise Refused(Refusal(Why.TOO_BIG, {"most": limits.size // 1_000_000}))
    if content.startswith(OLD_EXCEL):
        raise Refused(Refusal(Why.OLD_OR_LOCKED))
    if content.startswith(b"PK\x03\x04"):
        from helsevev.core.tables.workbook import cells  # noqa: PLC0415 - its reader is slow to import

        return _table(cells(content, limits, sheet), limits, form="xlsx")
    text, encoding = _decoded(content)
    text, delimiter = _delimited(text)
    return _table(_csv_rows(text, delimiter, limits), limits, form="csv", encoding=encoding, delimiter=delimiter)


def _table(
    rows: Iterable[tuple[int, Sequence[Cell]]], limits: Limits, form: str, encoding: str = "", delimiter: str = ""
) -> Table:
    """Blank rows dropped and every limit kept while the rows come."""
    kept: list[Sequence[Cell]] = []
    numbers: list[int] = []
    for number, row in rows:
        last = max((at for at, cell in enumerate(row, start=1) if cell not in (None, "")), default=0)
        if last > limits.columns:
            raise Refused(Refusal(Why.TOO_MANY_COLUMNS, {"row": number, "most": limits.columns}))
        if any(isinstance(cell, str) and len(cell) > limits.characters for cell in row):
            raise Refused(Refusal(Why.CELL_TOO_LONG, {"row": number, "most": limits.characters}))
        if not last:
            continue
        if len(kept) == limits.rows:
            raise Refused(Refusal(Why.TOO_MANY_ROWS, {"most": limits.rows}))
        kept.append(tuple(row))
        numbers.append(number)
    return Table(kept, numbers, form, encoding, delimiter)


def _decoded(content: bytes) -> tuple[str, str]:
    """The text and its encoding. Windows' own is tried last: it takes nearly anything."""
    encodings = ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        marked = encoding == "utf-8-sig" and not content.startswith(b"\xef\xbb\xbf")
        return text, "utf-8" if marked else encoding
    raise Refused(Refusal(Why.NOT_TEXT))


def _delimited(text: str) -> tuple[str, str]:
    """The text without Excel's `sep=` line, and the delimiter: said there, or the one its first row has most of."""
    first, _, rest = text.partition("\n")
    said = first.strip("\r").casefold().removeprefix("sep=")
    if first.casefold().startswith("sep=") and said and said in DELIMITERS:
        return rest, said
    outside = "".join(_first_row(text[:SAMPLE]).split('"')[::2])
    return text, max(DELIMITERS, key=outside.count)


def _first_row(sample: str) -> str:
    """The first row that holds anything; line ends inside quotes don't end it."""
    row = ""
    for line in io.StringIO(sample, newline=""):
        row += line
        if row.count('"') % 2 == 0 and row.strip():
            break
    return row


def _csv_rows(text: str, delimiter: str, limits: Limits) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows of a CSV file with their numbers, blank ones counted."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for number, row in enumerate(reader, start=1):
            yield number, [restore(cell) for cell in row]
    except csv.Error as error:
        if len(text) > limits.characters and "field limit" in str(error):
            raise Refused(Refusal(Why.CELL_TOO_LONG, {"row": reader.line_num, "most": limits.characters})) from error
        raise Refused(Refusal(Why.OPEN_QUOTE, {"line": reader.line_num})) from error
