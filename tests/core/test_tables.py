"""Tables: what is written is read back the same, and what strangers send is refused with a reason within limits."""

import contextlib
import csv
import io
import unicodedata
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.tables import Limits, Sheet, Table, Why, csv_lines, read, write_xlsx
from helsevev.core.tables.cells import Cell
from helsevev.core.words import Refused

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
HOSTILE_TEXT = st.text(st.sampled_from("=+-@'\";,\t\r\n a1æø"), max_size=12)
WORDS = TEXT | HOSTILE_TEXT


def tables(cell: st.SearchStrategy[Cell]) -> st.SearchStrategy[list[list[Cell]]]:
    """A header and rows of one width, none of them blank, as every real table has."""
    return st.integers(2, 5).flatmap(
        lambda width: st.lists(
            st.lists(cell, min_size=width, max_size=width).filter(lambda row: any(c not in (None, "") for c in row)),
            min_size=1,
            max_size=6,
        )
    )


def as_csv(rows: list[list[Cell]], delimiter: str = ",") -> bytes:
    return b"".join(csv_lines([str(cell) for cell in rows[0]], rows[1:], delimiter))


def as_xlsx(header: list[str], rows: list[list[Cell]]) -> bytes:
    file = io.BytesIO()
    write_xlsx(file, [Sheet("Prosjekter", header, rows)])
    return file.getvalue()


def why(content: bytes, limits: Limits | None = None) -> str:
    with pytest.raises(Refused) as caught:
        read(content, limits or Limits())
    assert str(caught.value)  # every place in the sentence has its value
    return caught.value.refusals[0].why


@given(tables(WORDS), st.sampled_from(",;\t"))
def test_csv_comes_back_as_it_went_whatever_the_delimiter(rows: list[list[Cell]], delimiter: str) -> None:
    table = read(as_csv(rows, delimiter))
    assert [list(row) for row in table.rows] == rows
    assert (table.form, table.encoding, table.delimiter) == ("csv", "utf-8-sig", delimiter)


def in_excel(text: str) -> str:
    """Excel's files know one kind of line end and no control signs."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(c for c in lines if c in "\t\n" or (unicodedata.category(c) != "Cc" and c not in "\ufffe\uffff"))


NUMBERS = st.integers(-(10**15) + 1, 10**15 - 1) | st.floats(-1e12, 1e12, allow_nan=False).map(lambda x: round(x, 3))
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))


@given(tables(WORDS | NUMBERS | DAYS | st.booleans() | st.none()))
def test_xlsx_comes_back_as_it_went(rows: list[list[Cell]]) -> None:
    header = [f"c{number}" for number in range(len(rows[0]))]
    table = read(as_xlsx(header, rows))
    width = len(header)
    found = [[None if cell == "" else cell for cell in [*row, *[None] * (width - len(row))]] for row in table.rows[1:]]
    expected = [[in_excel(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]
    blank_as_none = [[None if cell == "" else cell for cell in row] for row in expected]
    assert found == [row for row in blank_as_none if any(cell is not None for cell in row)]


@given(st.lists(HOSTILE_TEXT.filter(bool), min_size=1, max_size=5))
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(texts: list[str]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx(["x"], [[text] for text in texts])))
    page = book["Prosjekter"]
    for row in page.iter_rows():
        for cell in row:
            assert cell.data_type in ("s", "inlineStr", "n")  # n: an empty cell
            assert cell.hyperlink is None


def test_a_workbook_marks_a_formula_as_typed_text() -> None:
    content = as_xlsx(["x"], [["=1+1"], ["https://example.no"], ["plain"]])
    page = openpyxl.load_workbook(io.BytesIO(content))["Prosjekter"]
    assert [bool(page.cell(row, 1).quotePrefix) for row in (2, 3, 4)] == [True, False, False]
    assert page.cell(2, 1).value == "=1+1"


TIME = datetime.fromisoformat("2026-01-02T03:04:05")


def test_numbers_stay_numbers_and_phone_numbers_stay_text() -> None:
    row: list[Cell] = [-5, Decimal("-1.50"), "+47 22 33 44 55", 2026, date(2026, 11, 22), TIME]
    header = [f"c{number}" for number in range(len(row))]
    back = read(as_xlsx(header, [row])).rows[1]
    assert list(back) == row
    lines = list(csv.reader(io.StringIO(b"".join(csv_lines(header, [row])).decode("utf-8-sig"))))
    assert lines[1] == ["-5", "-1.50", "+47 22 33 44 55", "2026", "2026-11-22", "2026-01-02T03:04:05"]


@pytest.mark.parametrize("value", [10**20, float("nan"), float("inf"), date(1899, 1, 1), "x" * 40_000, "\ud800"])
def test_what_excel_cannot_hold_is_still_shown(value: Cell) -> None:
    cell = read(as_xlsx(["a", "b"], [["row", value]])).rows[1][1]
    assert isinstance(cell, str)
    assert cell[:2] == str(value).replace("\ud800", "\ufffd")[:2]


def test_a_hundred_thousand_rows_are_written_as_they_come() -> None:
    asked = 0

    def rows() -> Iterator[list[Cell]]:
        nonlocal asked
        for number in range(100_000):
            asked += 1
            yield [number, "tekst"]

    pieces = csv_lines(["a", "b"], rows())
    next(pieces), next(pieces)
    assert asked < 1_000  # nothing has been read ahead
    assert sum(piece.count(b"\r\n") for piece in pieces) > 99_000


SAMPLE = "Tittel;Eier\r\nPå nett;Nordmøre\r\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (SAMPLE.encode("utf-8"), "utf-8"),
        (SAMPLE.encode("utf-8-sig"), "utf-8-sig"),
        (SAMPLE.encode("cp1252"), "cp1252"),
        (SAMPLE.encode("utf-16"), "utf-16"),
    ],
)
def test_the_encoding_is_found(content: bytes, encoding: str) -> None:
    table = read(content)
    assert table.encoding == encoding
    assert [list(row) for row in table.rows] == [["Tittel", "Eier"], ["På nett", "Nordmøre"]]


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1;2,3\n", ","),
        ("a;b\n1,5;2,5\n", ";"),
        ("a\tb\n1,5\t2;3\n", "\t"),
        ('"a;b;c",d\n1,2\n', ","),
        ('"a\nb;c";"d"\n1;2\n', ";"),
        ("sep=;\na,b;c\n1;2\n", ";"),
        ("alone\n1\n", ","),
    ],
)
def test_the_delimiter_is_found(text: str, delimiter: str) -> None:
    assert read(text.encode()).delimiter == delimiter


def test_blank_rows_are_dropped_and_the_numbers_kept() -> None:
    table: Table = read(b"a,b\n\n,\n1,2\n")
    assert [list(row) for row in table.rows] == [["a", "b"], ["1", "2"]]
    assert table.numbers == [1, 4]


def test_text_that_looks_like_the_formats_own_escapes_comes_back() -> None:
    assert read(as_xlsx(["a"], [["_x0041_ og _x000D_"]])).rows[1] == ("_x0041_ og _x000D_",)


def test_a_formula_in_a_workbook_is_read_as_what_was_typed() -> None:
    book = openpyxl.Workbook()
    book.active.append(["=1+1", "=SUM(A1:A1)", 3])
    file = io.BytesIO()
    book.save(file)
    assert list(read(file.getvalue()).rows[0]) == ["=1+1", "=SUM(A1:A1)", 3]


def test_a_sheet_is_found_by_name() -> None:
    file = io.BytesIO()
    write_xlsx(file, [Sheet("One", ["a"], [["1"]]), Sheet("Two", ["b"], [["2"]])])
    assert [list(row) for row in read(file.getvalue(), sheet="Two").rows] == [["b"], ["2"]]
    assert [list(row) for row in read(file.getvalue()).rows] == [["a"], ["1"]]
    with pytest.raises(Refused) as caught:
        read(file.getvalue(), sheet="Three")
    assert caught.value.refusals[0].why == Why.NO_SHEET


SMALL = Limits(size=100_000, unpacked=2_000_000, rows=3, columns=3, characters=50)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", Why.EMPTY),
        (b" \r\n ", Why.EMPTY),
        (b"a" * 100_001, Why.TOO_BIG),
        (b"a\n1\n2\n3\n", Why.TOO_MANY_ROWS),
        (b"a,b,c,d\n", Why.TOO_MANY_COLUMNS),
        (b"a\n" + b"x" * 51, Why.CELL_TOO_LONG),
        (b'a,b\n"1,2\n', Why.OPEN_QUOTE),
        (b'a,b\n"1"x,2\n', Why.OPEN_QUOTE),
        (b"\x89PNG\r\n\x1a\n\0\0\0", Why.NOT_TEXT),
        (b"a,b\x81\x8d\n", Why.NOT_TEXT),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 50, Why.OLD_OR_LOCKED),
        (b"PK\x03\x04 and nothing", Why.NOT_A_WORKBOOK),
        (as_xlsx(["a"], [["1"], ["2"], ["3"]]), Why.TOO_MANY_ROWS),
        (as_xlsx(["a", "b", "c", "d"], []), Why.TOO_MANY_COLUMNS),
        (as_xlsx(["a"], [["x" * 51]]), Why.CELL_TOO_LONG),
    ],
)
def test_every_limit_has_its_reason(content: bytes, reason: Why) -> None:
    assert why(content, SMALL) == reason


def test_a_cell_beyond_the_reader_s_own_limit_is_named_as_long() -> None:
    assert why(b'a\n"' + b"x" * 200_000 + b'"\n') == Why.CELL_TOO_LONG


def remade(change: dict[str, bytes | None], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A sound workbook with some parts replaced, added, or (None) taken out."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(as_xlsx(["a"], [["1"]]))) as old, zipfile.ZipFile(file, "w", packing) as new:
        parts = {name: old.read(name) for name in old.namelist()} | change
        for name, content in parts.items():
            if content is not None:
                new.writestr(name, content)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
NAMESPACE = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>'
CELL = '<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>{}</t></is></c></row></sheetData>'


def sheet_xml(inside: str, before: str = "") -> bytes:
    whole = f'<?xml version="1.0"?>{before}<worksheet xmlns="{NAMESPACE}">{inside}</worksheet>'
    return whole.encode("utf-8", "replace")


ENTITY_SHEET = sheet_xml(CELL.format("&e;"), ENTITY)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (remade({SHEET: b" " * 3_000_000}), Why.UNPACKS_TOO_BIG),
        (remade({SHEET: ENTITY_SHEET}), Why.UNSAFE_WORKBOOK),
        (remade({SHEET: ENTITY_SHEET.decode().encode("utf-16")}), Why.UNSAFE_WORKBOOK),
        (remade({"xl/workbook.xml": b"<!DOCTYPE x><x/>"}), Why.UNSAFE_WORKBOOK),
        (remade({SHEET: b"<a>" * 60_000}), Why.UNSAFE_WORKBOOK),
        (remade({SHEET: b"<a><b></a>"}), Why.NOT_A_WORKBOOK),
        (remade({SHEET: None}), Why.NOT_A_WORKBOOK),
        (remade({"xl/workbook.xml": None}), Why.NOT_A_WORKBOOK),
        (remade({"xl/vbaProject.bin": b"x"}), Why.MACROS),
        (remade({}, zipfile.ZIP_LZMA), Why.UNSAFE_WORKBOOK),
        (remade({f"xl/media/{number}.png": b"" for number in range(600)}), Why.UNSAFE_WORKBOOK),
        (remade({SHEET: sheet_xml('<sheetData><row r="1"><c r="ZZ1"><v>1</v></c></row></sheetData>')}),
         Why.TOO_MANY_COLUMNS),
        (remade({SHEET: sheet_xml('<sheetData><row r="99999999999"><c><v>1</v></c></row></sheetData>')}),
         Why.UNSAFE_WORKBOOK),
    ],
)  # fmt: skip
def test_a_workbook_that_no_spreadsheet_wrote_is_refused(content: bytes, reason: Why) -> None:
    assert why(content, SMALL) == reason


def test_a_sheet_that_claims_to_be_huge_is_not_believed() -> None:
    content = sheet_xml('<dimension ref="A1:XFD1048576"/>' + CELL.format("x"))
    assert [list(row) for row in read(remade({SHEET: content}), SMALL).rows] == [["x"]]


def read_or_refused(content: bytes) -> None:
    """Anything but the two is a fault, and fails the test by itself."""
    with contextlib.suppress(Refused):
        read(content)


@given(st.binary(max_size=400), st.integers(0, 4_000))
@settings(max_examples=200)
def test_a_damaged_workbook_is_refused_or_read_never_a_fault(noise: bytes, at: int) -> None:
    sound = bytearray(as_xlsx(["a", "b"], [["1", 2]]))
    sound[at : at + len(noise)] = noise
    read_or_refused(bytes(sound))


@given(st.binary(max_size=2_000))
def test_any_bytes_are_read_or_refused(content: bytes) -> None:
    read_or_refused(content)


@given(st.text(max_size=400))
def test_any_text_in_a_sheet_is_read_or_refused(inside: str) -> None:
    read_or_refused(remade({SHEET: sheet_xml(f"<sheetData>{inside}</sheetData>")}))
