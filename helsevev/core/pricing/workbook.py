"""A case as a workbook with live formulas: change an input in a spreadsheet, and every bill follows.

No macro. Erlang B stands agent by agent on the sheet of the queue, so that the staffing is reckoned there too. Each
formula's cell also holds the value it had when written, for programs that don't reckon when they open. Names are
text cells, so that nothing in them is ever run.
"""

import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from helsevev.core.pricing import formulas, model
from helsevev.core.pricing.answer import Answer, price
from helsevev.core.pricing.billsheet import bill_sheet
from helsevev.core.pricing.book import (
    FIRST_COLUMN,
    GROUP_PATIENTS,
    GROUPS,
    HEADS,
    INPUTS,
    KAPPA,
    MODEL,
    PARTNERS,
    RESERVED,
    SHEETS,
    SOURCES,
    TIERS,
    Book,
    Values,
    Words,
    absolute,
    filled,
)
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.fields import GROUP, MUNICIPALITY, PATIENTS, TIER
from helsevev.core.pricing.inputs import inputs
from helsevev.core.pricing.queuesheet import queue_sheet

CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - the earliest that an archive can say, and no zone in it


def workbook(case: Case, answer: Answer | None = None, words: Words = str, also: Sequence[Values] = ()) -> bytes:
    """The whole case as XLSX with live formulas; `words` translates labels (such as gettext).

    `also` are sheets of plain values to add, such as fairness and draws.
    """
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    writer = xlsxwriter.Workbook(file, options)
    names = [words(name)[:31] for name in SHEETS]
    formats = {
        "head": writer.add_format({"bold": True, "text_wrap": True, "valign": "top"}),
        "text": writer.add_format({"quote_prefix": True}),
        "input": writer.add_format({"bg_color": "#FFF6D6", "num_format": "General"}),
        "number": writer.add_format({"num_format": "#,##0.00##"}),
    }
    book = Book(
        case, answer or price(case), words, writer, [writer.add_worksheet(name) for name in names], names, formats
    )
    for write in (_inputs, _groups, _partners, _tiers, queue_sheet, _model, bill_sheet):
        write(book)
    for values in (*_sources(case), *also):
        _values(book, values)
    for sheet in book.sheets:
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 1, 34)
        sheet.set_column(2, 40, 16)
    # No clock: the same case gives the same bytes.
    writer.set_properties({"title": case.title, "comments": f"case {case.digest}", "created": CREATED})
    writer.close()
    return file.getvalue()


def _values(book: Book, values: Values) -> None:
    """A sheet after the others, of values alone."""
    sheet = book.writer.add_worksheet(book.words(values.name)[:31])
    book.sheets.append(sheet)
    for column, head in enumerate(values.header):
        sheet.write_string(0, column, book.words(head), book.formats["head"])
    for row, cells in enumerate(values.rows, start=1):
        for column, cell in enumerate(cells):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, book.formats["text"])
            else:
                sheet.write_number(row, column, cell, book.formats["number"])


def _inputs(book: Book) -> None:
    """Inputs that stand alone, each with a name and with where it comes from."""
    for column, head in enumerate(HEADS[:9]):
        book.label(INPUTS, 0, column, head)
    alone = [one for one in inputs(book.case) if not one.of and not any(isinstance(step, int) for step in one.steps)]
    for row, one in enumerate(alone, start=1):
        book.text(INPUTS, row, 0, one.path)
        book.text(INPUTS, row, 1, book.words(one.label))
        book.number(INPUTS, row, 2, one.value)
        book.text(INPUTS, row, 3, book.words(one.unit))
        book.name(one.name, INPUTS, (row, 2))
        if one.note:
            for column, bound in ((4, one.note.low), (5, one.note.high)):
                if bound is not None:
                    book.number(INPUTS, row, column, bound)
            for column, said in ((6, one.note.source), (7, one.note.date), (8, one.note.owner)):
                book.text(INPUTS, row, column, said)


def _sources(case: Case) -> tuple[Values, ...]:
    """Where the inputs of rows come from; those that stand alone say it beside their value."""
    alone = {one.path for one in inputs(case) if not one.of and not any(isinstance(step, int) for step in one.steps)}
    rows = [
        (path, *("" if end is None else end for end in (note.low, note.high)), note.source, note.date, note.owner)
        for path, note in case.notes.items()
        if path not in alone
    ]
    return (Values(SOURCES, (HEADS[0], *HEADS[4:9]), rows),) if rows else ()


def _groups(book: Book) -> None:
    """A row for each group: its inputs, its patients, its minutes and its price."""
    case = book.case
    heads = ["id", *(leaf.label for leaf in GROUP), GROUP_PATIENTS]
    for column, head in enumerate([*heads, *(one.label for one in formulas.ROWS[:2])]):
        book.label(GROUPS, 0, column, head)
    last = len(case.groups)
    minutes = model.minutes_a_month(case, model.levels(case))
    for row, group in enumerate(case.groups, start=1):
        book.text(GROUPS, row, 0, group.id)
        for column, leaf in enumerate(GROUP, start=1):
            book.number(GROUPS, row, column, getattr(group, leaf.key))
        column_of_patients = FIRST_COLUMN + len(MUNICIPALITY) + row - 1
        first = book.at(PARTNERS, 1, column_of_patients)
        sum_of = f"SUM({first}:{absolute(len(case.municipalities), column_of_patients)})"
        book.formula(GROUPS, row, 4, sum_of, case.patients[group.id])
        here = {leaf.key: xl_rowcol_to_cell(row, column) for column, leaf in enumerate(GROUP, start=1)}
        here |= {"group_minutes": xl_rowcol_to_cell(row, 5)}
        book.formula(GROUPS, row, 5, filled(formulas.ROWS[0], here), float(minutes[row - 1]))
        book.formula(GROUPS, row, 6, filled(formulas.ROWS[1], here), book.answer.rates.patient_month_nok[group.id])
    for name, column in (("group_contacts", 3), ("group_patients", 4), ("group_minutes", 5), ("group_price", 6)):
        book.name(name, GROUPS, (1, column), (last, column))


def _partners(book: Book) -> None:
    """A row for each municipality with its inputs."""
    case = book.case
    reserved = case.incentive.reserved
    heads = [HEADS[10], HEADS[11], *(leaf.label for leaf in MUNICIPALITY)]
    for column, head in enumerate(heads):
        book.label(PARTNERS, 0, column, head)
    start = len(heads)
    for place, group in enumerate(case.groups):
        book.text(PARTNERS, 0, start + place, f"{book.words(PATIENTS.label)}: {group.id}", "head")
        if reserved:
            book.text(PARTNERS, 0, start + len(case.groups) + place, f"{book.words(RESERVED)}: {group.id}", "head")
    for row, partner in enumerate(case.municipalities, start=1):
        book.text(PARTNERS, row, 0, partner.number)
        book.text(PARTNERS, row, 1, partner.name)
        numbers = [getattr(partner, leaf.key) for leaf in MUNICIPALITY]
        numbers += [partner.patients[group.id] for group in case.groups]
        numbers += [reserved[partner.number][group.id] for group in case.groups if reserved]
        for column, value in enumerate(numbers, start=FIRST_COLUMN):
            book.number(PARTNERS, row, column, value)
    last = len(case.municipalities)
    for column, leaf in enumerate(MUNICIPALITY, start=FIRST_COLUMN):
        book.name(f"municipality_{leaf.key}", PARTNERS, (1, column), (last, column))


def _tiers(book: Book) -> None:
    """The kind of scheme, and its tiers where it has any."""
    for column, leaf in enumerate(TIER):
        book.label(TIERS, 0, column, leaf.label)
    book.text(TIERS, 0, len(TIER), book.case.incentive.kind)
    for row, tier in enumerate(book.case.incentive.tiers, start=1):
        for column, leaf in enumerate(TIER):
            book.number(TIERS, row, column, getattr(tier, leaf.key))


def _model(book: Book) -> None:
    """A row for each formula of the year: name, value, unit, and the formula to read."""
    for column, head in enumerate((HEADS[1], HEADS[2], HEADS[3], HEADS[9])):
        book.label(MODEL, 0, column, head)
    known = reckoned(book)
    for row, one in enumerate(formulas.MODEL, start=1):
        book.text(MODEL, row, 0, book.words(one.label))
        book.formula(MODEL, row, 1, one.expression, known[one.name])
        book.text(MODEL, row, 2, book.words(one.unit))
        book.text(MODEL, row, 3, f"{one.name} = {one.expression}")
        book.name(one.name, MODEL, (row, 1))
    row = len(formulas.MODEL) + 1
    tiers = book.case.incentive.kind == "tiers"
    text = "IF(SUM(bill_months)>0,12*SUMPRODUCT(group_patients,group_price)/SUM(bill_months),1)" if tiers else "1"
    book.text(MODEL, row, 0, book.words(KAPPA))
    book.formula(MODEL, row, 1, text, book.answer.rates.kappa)
    book.text(MODEL, row, 3, f"kappa = {text}")
    book.name("kappa", MODEL, (row, 1))


def reckoned(book: Book) -> dict[str, float | None]:
    """What each formula of the year comes to now, by its name."""
    case, said = book.case, book.answer.as_dict()
    found: dict[str, float | None] = {
        "fixed_hours": case.centre.fixed_hours_per_month * 12,
        "meeting_hours": len(case.municipalities) * case.centre.meeting_minutes_per_municipality_per_month * 12 / 60,
    }
    for one in formulas.MODEL:
        value: Any = said
        for step in one.place.split(".") if one.place else ():
            value = value[step]
        if one.place:
            found[one.name] = value
    return found
