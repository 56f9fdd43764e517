"""Reads a workbook that a stranger sends: the package is checked part by part before anything understands it."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from xml.parsers import expat

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from helsevev.core.tables.cells import Cell
from helsevev.core.tables.limits import Limits, Why
from helsevev.core.words import Refusal, Refused

# Deeper than this no workbook's XML goes; the writers' own parts stay below 20.
DEPTH = 64
LAST_ROW = 1_048_576
KNOWN_PACKING = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1
# How the format writes signs that XML can't hold.
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
# What a broken package makes openpyxl raise; it promises no type of its own.
BROKEN = (
    InvalidFileException,
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    SyntaxError,
    KeyError,
    ValueError,
    TypeError,
    AttributeError,
    IndexError,
    OverflowError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


def cells(content: bytes, limits: Limits, sheet: str = "") -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows of one sheet with their numbers. Formulas come as the text that was typed, never as what they gave."""
    _check_package(content, limits)
    try:
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
    except BROKEN as error:
        raise Refused(Refusal(Why.NOT_A_WORKBOOK)) from error
    try:
        yield from _rows(book, limits, sheet)
    finally:
        book.close()


def _check_package(content: bytes, limits: Limits) -> None:
    """Refuse what unpacks to too much, is locked, carries macros, or holds XML that could reach outside itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            parts = package.infolist()
            names = [part.filename for part in parts]
            _refuse_if(sum(part.file_size for part in parts) > limits.unpacked, Why.UNPACKS_TOO_BIG, limits.unpacked)
            _refuse_if(len(parts) > limits.parts or len(set(names)) < len(names), Why.UNSAFE_WORKBOOK)
            _refuse_if(any(part.flag_bits & ENCRYPTED for part in parts), Why.OLD_OR_LOCKED)
            _refuse_if(any(part.compress_type not in KNOWN_PACKING for part in parts), Why.UNSAFE_WORKBOOK)
            _refuse_if(any(name.casefold().endswith("vbaproject.bin") for name in names), Why.MACROS)
            _refuse_if("xl/workbook.xml" not in names or "[Content_Types].xml" not in names, Why.NOT_A_WORKBOOK)
            for part in parts:
                if part.filename.casefold().endswith((".xml", ".rels", ".vml")):
                    _check_xml(package.read(part))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, expat.ExpatError) as error:
        raise Refused(Refusal(Why.NOT_A_WORKBOOK)) from error


def _refuse_if(wrong: bool, why: Why, most: int = 0) -> None:
    if wrong:
        raise Refused(Refusal(why, {"most": most // 1_000_000} if most else {}))


def _check_xml(part: bytes) -> None:
    """Refuse any document type (entities come only with one) and nesting that would exhaust a tree builder."""
    depth = 0

    def opened(_name: str, _attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        _refuse_if(depth > DEPTH, Why.UNSAFE_WORKBOOK)

    def closed(_name: str) -> None:
        nonlocal depth
        depth -= 1

    def doctype(*_about: object) -> None:
        _refuse_if(True, Why.UNSAFE_WORKBOOK)

    parser = expat.ParserCreate()
    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.StartDoctypeDeclHandler = doctype
    parser.Parse(part, True)


def _rows(book: Workbook, limits: Limits, sheet: str) -> Iterator[tuple[int, Sequence[Cell]]]:
    """Rows of the sheet as they are stored; what the sheet says of its own size isn't believed."""
    _refuse_if(not book.worksheets, Why.NOT_A_WORKBOOK)
    if sheet and sheet not in book.sheetnames:
        raise Refused(Refusal(Why.NO_SHEET, {"sheet": sheet}))
    page = book[sheet] if sheet else book.worksheets[0]
    try:
        page.reset_dimensions()
        for number, row in enumerate(page.iter_rows(values_only=True), start=1):
            _refuse_if(number > LAST_ROW, Why.UNSAFE_WORKBOOK)
            if len(row) > limits.columns:
                raise Refused(Refusal(Why.TOO_MANY_COLUMNS, {"row": number, "most": limits.columns}))
            yield number, [_cell(value) for value in row]
    except BROKEN as error:
        raise Refused(Refusal(Why.NOT_A_WORKBOOK)) from error


def _cell(value: object) -> Cell:
    """What openpyxl gives, as one of our kinds of cell."""
    if isinstance(value, datetime):
        return value.date() if value.time() == time() else value
    if isinstance(value, str):
        return ESCAPED.sub(_unescaped, value)
    if value is None or isinstance(value, int | float | date):
        return value
    # A formula over several cells, a time of day, a span of time.
    return str(getattr(value, "text", value))


def _unescaped(found: re.Match[str]) -> str:
    """A sign that XML can't hold, or Excel's way of writing an underscore; control signs mean nothing in a table."""
    sign = chr(int(found[1], 16))
    return sign if sign in "\t\n" or sign.isprintable() else ""
