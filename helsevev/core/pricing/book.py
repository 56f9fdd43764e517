"""A workbook being written (arbeidsbok): its sheets, its formats, its names, and cells of each kind."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_rowcol_to_cell

from helsevev.core.pricing import formulas
from helsevev.core.pricing.answer import Answer
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.formulas import Formula
from helsevev.core.words import gettext_noop

Words = Callable[[str], str]
# The sheets, in their order; a reader finds them by it, whatever they are called.
SHEETS = (
    gettext_noop("Inputs"),
    gettext_noop("Groups"),
    gettext_noop("Municipalities"),
    gettext_noop("Tiers"),
    gettext_noop("Queue"),
    gettext_noop("Model"),
    gettext_noop("Bills"),
)
INPUTS, GROUPS, PARTNERS, TIERS, QUEUE, MODEL, BILLS = range(len(SHEETS))
HEADS = (
    gettext_noop("Path"),
    gettext_noop("Input"),
    gettext_noop("Value"),
    gettext_noop("Unit"),
    gettext_noop("Low"),
    gettext_noop("High"),
    gettext_noop("Source"),
    gettext_noop("Date"),
    gettext_noop("Owner"),
    gettext_noop("Formula"),
    gettext_noop("Number"),
    gettext_noop("Name"),
)
SOURCES = gettext_noop("Sources of rows")
RESERVED = gettext_noop("Reserved")
FIRST_COLUMN = 2  # of numbers, on sheets that have a row for each municipality
ROUNDED = gettext_noop("Bill, to the øre")
SUM = gettext_noop("Sum")
GROUP_PATIENTS = gettext_noop("Patients in all municipalities")
MARGINAL = gettext_noop("One more patient for a year")
WEIGHT = gettext_noop("Weight in the readiness pool")
MONTHS_NOK = gettext_noop("Patient-months under the scheme")
KAPPA = gettext_noop("Factor that keeps the sum under tiers")
ROOM = 10  # agents above twice the fewest that the queue's sheet can find


@dataclass(frozen=True)
class Values:
    """A sheet of plain values (ark) after those that reckon: what was drawn can't be live."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[str | float]]


@dataclass
class Book:
    """A workbook being written, with its sheets, its formats and the words that people read."""

    case: Case
    answer: Answer
    words: Words
    writer: Any
    sheets: list[Any]
    names: list[str]
    formats: dict[str, Any]

    def text(self, sheet: int, row: int, column: int, text: str, style: str = "text") -> None:
        """A text cell, never a formula."""
        self.sheets[sheet].write_string(row, column, text, self.formats[style])

    def label(self, sheet: int, row: int, column: int, text: str) -> None:
        """A head or a label in the reader's language."""
        self.sheets[sheet].write_string(row, column, self.words(text), self.formats["head"])

    def number(self, sheet: int, row: int, column: int, value: float) -> None:
        """An input that may be changed."""
        self.sheets[sheet].write_number(row, column, value, self.formats["input"])

    def formula(self, sheet: int, row: int, column: int, text: str, value: float | None) -> None:
        """A formula with the value it has now."""
        self.sheets[sheet].write_formula(
            row, column, f"={text}", self.formats["number"], "" if value is None else value
        )

    def name(self, name: str, sheet: int, first: tuple[int, int], last: tuple[int, int] | None = None) -> None:
        """Give a cell, or the cells to `last`, a name that formulas use."""
        self.writer.define_name(name, f"={self.at(sheet, *first)}" + (f":{absolute(*last)}" if last else ""))

    def at(self, sheet: int, row: int, column: int) -> str:
        """A cell as other sheets write it."""
        return f"{quote_sheetname(self.names[sheet])}!{absolute(row, column)}"


def absolute(row: int, column: int) -> str:
    """A cell that stays the same wherever the formula is copied."""
    return str(xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True))


def filled(formula: Formula, here: dict[str, str]) -> str:
    """An expression with the names of its own row as cells."""
    return formulas.NAME.sub(lambda found: here.get(found[0], found[0]), formula.expression)
