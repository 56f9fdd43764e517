# ruff: noqa: ANN401 - the office libraries have no types, and show their XML only this way
"""Writes the tools of the knowledge bank that are workbooks: a sheet to fill in, one filled in, and the steps."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter
from tools_words import INK, LINE, PALE, QUIET, TEAL, Facts

HEAD, ROWS = 8, 20  # the table's head is on the eighth row, counted from one
FONT = {"font_name": "Arial", "font_size": 10, "font_color": f"#{INK}", "valign": "top"}
CELL = {**FONT, "border": 1, "border_color": f"#{LINE}", "text_wrap": True}
HEADED = {"bold": True, "font_color": "#FFFFFF", "bg_color": f"#{TEAL}", "valign": "vcenter", "indent": 1}
KINDS: dict[str, dict[str, Any]] = {
    "text": {"align": "left", "indent": 1},
    "number": {"num_format": "0", "align": "center"},
    "amount": {"num_format": "#,##0.0", "align": "right"},
    "percent": {"num_format": "0 %", "align": "center"},
    "date": {"num_format": "dd.mm.yyyy", "align": "center"},
}
LIGHTS = {"good": ("#D7EBD9", "#14532D"), "warn": ("#FCE9B8", "#5C3B00"), "bad": ("#F8D3CF", "#7A1712")}

Row = Sequence[Any]


@dataclass(frozen=True)
class Column:
    """One column: how wide, what it holds, what may be chosen, or how it is computed (for Excel and for readers)."""

    width: float
    kind: str = "text"
    choices: str = ""
    between: tuple[float, float] | None = None
    formula: str = ""
    value: Callable[[dict[str, Any], dict[str, str]], Any] | None = None


@dataclass(frozen=True)
class Layout:
    """A tool's shape, which is the same in every language; the words come from its text."""

    columns: tuple[Column, ...]
    fields: tuple[tuple[str, str], ...]
    lights: dict[str, dict[str, str]] = field(default_factory=dict)
    beside: Callable[["Sheet"], None] | None = None
    after: Callable[["Sheet"], None] | None = None
    rows: int = ROWS


@dataclass
class Sheet:
    """One sheet while it is written."""

    book: Any
    sheet: Any
    name: str
    told: dict[str, Any]
    rows: list[dict[str, Any]]
    last: int
    example: bool
    formats: Callable[..., Any]


def letter(place: int) -> str:
    """The column's letter."""
    return str(xlsxwriter.utility.xl_col_to_name(place))


def workbook(layout: Layout, told: dict[str, Any], facts: Facts, when: datetime) -> bytes:
    """The whole workbook, as bytes."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties(
        {
            "title": facts.title,
            "subject": facts.lead[:250],
            "author": "Helsevev",
            "keywords": "CC BY 4.0",
            "created": when,
        }
    )
    formats = _formats(book)
    for name in told["sheets"]["fill"]:
        _filled(book, layout, told, name, formats, example=False)
    _filled(book, layout, told, told["sheets"]["example"], formats, example=True)
    _about(book, told, facts, formats)
    book.close()
    return out.getvalue()


def _formats(book: Any) -> Callable[..., Any]:
    """Gives each look once, however often it is asked for."""
    known: dict[str, Any] = {}

    def formats(**wanted: Any) -> Any:
        key = repr(sorted(wanted.items()))
        if key not in known:
            known[key] = book.add_format(wanted)
        return known[key]

    return formats


def _filled(book: Any, layout: Layout, told: dict[str, Any], name: str, formats: Any, *, example: bool) -> None:
    given = told["example"] if example else [[one] for one in told.get("preset", [])]
    count = len(given) if example or given else layout.rows
    rows = [_row(layout, given[place] if place < len(given) else [], told["words"]) for place in range(count)]
    page = Sheet(book, book.add_worksheet(name), name, told, rows, HEAD + count, example, formats)
    _paper(page, told)
    _top(page, layout)
    _table(page, layout)
    _lights(page, layout)
    for more in (layout.beside, layout.after):
        if more:
            more(page)


def _row(layout: Layout, given: Row, words: dict[str, str]) -> dict[str, Any]:
    """The row by letters, with what the formulas would say; given lists only what is typed in."""
    left = iter(given)
    row = {letter(place): next(left, "") for place, column in enumerate(layout.columns) if not column.formula}
    for place, column in enumerate(layout.columns):
        if column.formula:
            row[letter(place)] = column.value(row, words) if column.value else ""
    return row


def _paper(page: Sheet, told: dict[str, Any]) -> None:
    sheet = page.sheet
    sheet.set_paper(9)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(0.5, 0.5, 0.6, 0.6)
    sheet.repeat_rows(HEAD - 1)
    sheet.hide_gridlines(2)
    sheet.freeze_panes(HEAD, 1)
    sheet.set_footer(f"&L&8{told['title']} · Helsevev · CC BY 4.0&R&8&P / &N")


def _top(page: Sheet, layout: Layout) -> None:
    told, sheet = page.told, page.sheet
    sheet.set_row(0, 28)
    sheet.write(0, 0, told["title"], page.formats(**FONT | {"font_size": 18, "bold": True, "font_color": f"#{TEAL}"}))
    lead = told["invented"] if page.example else told["lead"]
    sheet.write(1, 0, lead, page.formats(**FONT | {"font_color": f"#{QUIET}"}))
    label = page.formats(**FONT | {"bold": True})
    for place, (kind, default) in enumerate(layout.fields):
        sheet.write(2 + place, 0, told["fields"][place], label)
        look = FONT | KINDS[kind] | {"align": "left", "indent": 1, "bottom": 1, "bottom_color": f"#{LINE}"}
        for more in (2, 3):
            sheet.write_blank(2 + place, more, None, page.formats(**look))
        usual: Any = int(default) if default.isdigit() else ""
        given = told["field_values"][place] if page.example else usual
        formula = "" if default.isdigit() else default.format(first=HEAD + 1, last=page.last)
        _put(page, 2 + place, 1, given, formula, look)


def _put(page: Sheet, row: int, column: int, given: Any, formula: str, look: dict[str, Any]) -> None:
    form = page.formats(**look)
    if formula and (given == "" or not formula.startswith("=TODAY")):
        page.sheet.write_formula(row, column, formula, form, 0 if given == "" else _plain(given))
    elif isinstance(given, date):
        page.sheet.write_datetime(row, column, datetime(given.year, given.month, given.day), form)  # noqa: DTZ001
    else:
        page.sheet.write(row, column, given, form)


def _plain(given: Any) -> Any:
    """A day as the number that a workbook keeps."""
    return (given - date(1899, 12, 30)).days if isinstance(given, date) else given


def _table(page: Sheet, layout: Layout) -> None:
    heads = page.told["columns"]
    assert len(heads) == len(layout.columns), f"{page.name}: {len(heads)} heads, {len(layout.columns)} columns"
    head = page.formats(**CELL | HEADED)
    columns = [{"header": one, "header_format": head} for one in heads]
    size = (HEAD - 1, 0, page.last - 1, len(heads) - 1)
    page.sheet.add_table(*size, {"columns": columns, "style": None, "autofilter": False})
    page.sheet.set_row(HEAD - 1, 34)
    for row, values in enumerate(page.rows, HEAD):
        page.sheet.set_row(row, _height(values, layout))
    for place, column in enumerate(layout.columns):
        page.sheet.set_column(place, place, _width(column))
        _validate(page, place, column)
        for row, values in enumerate(page.rows, HEAD):
            formula = column.formula.format(r=row + 1, **page.told["words"]) if column.formula else ""
            look = CELL | KINDS[column.kind] | ({"bg_color": f"#{PALE}"} if formula else {})
            value = values[letter(place)]
            if formula:
                page.sheet.write_formula(row, place, formula, page.formats(**look), _plain(value))
            else:
                _put(page, row, place, value, "", look)


def _width(column: Column) -> float:
    """Narrower than the words want, because they wrap, and the print is read on A4."""
    return column.width if column.width < 18 else column.width * 0.74


def _height(values: dict[str, Any], layout: Layout) -> float:
    """Room for what is written, as no program measures wrapped text before the row is touched."""
    lines = [
        -(-len(str(values[letter(place)])) // int(_width(column) * 0.92))
        for place, column in enumerate(layout.columns)
        if column.kind == "text"
    ]
    return 6 + 13.5 * max(*lines, 2)


def _validate(page: Sheet, place: int, column: Column) -> None:
    spot = (HEAD, place, page.last - 1, place)
    if column.choices:
        page.sheet.data_validation(*spot, {"validate": "list", "source": page.told["choices"][column.choices]})
    elif column.between:
        low, high = column.between
        limits = {"criteria": "between", "minimum": low, "maximum": high, "error_message": f"{low:g}–{high:g}"}
        page.sheet.data_validation(*spot, {"validate": "decimal", **limits})
    elif column.kind == "date":
        first = {"validate": "date", "criteria": ">=", "value": date(2000, 1, 1)}
        page.sheet.data_validation(*spot, first)


def _lights(page: Sheet, layout: Layout) -> None:
    """Colours that repeat what the words in the cells say, never alone."""
    for column, words in layout.lights.items():
        for word, light in words.items():
            fill, ink = LIGHTS[light]
            rule = {"type": "cell", "criteria": "==", "value": f'"{page.told["words"][word]}"'}
            look = page.book.add_format({"bg_color": fill, "font_color": ink, "bold": True})
            page.sheet.conditional_format(f"{column}{HEAD + 1}:{column}{page.last}", rule | {"format": look})


def _about(book: Any, told: dict[str, Any], facts: Facts, formats: Any) -> None:
    sheet = book.add_worksheet(told["sheets"]["about"])
    sheet.set_paper(9)
    sheet.hide_gridlines(2)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, 0, 70)
    sheet.set_row(0, 30)
    sheet.write(
        0, 0, told["sheets"]["about"], formats(**FONT | {"font_size": 18, "bold": True, "font_color": f"#{TEAL}"})
    )
    text = formats(**FONT | {"text_wrap": True})
    lines = [f"{place}. {step}" for place, step in enumerate(told["steps"], 1)]
    for row, line in enumerate([*lines, facts.licence], 1):
        sheet.set_row(row, 6 + 14 * (1 + len(line) // 76))
        sheet.write(row, 0, line, text)
