"""Rows of fields in an address (rutenett): what was written, what it means, and each fault beside its field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from helsevev.core.faults import Fault
from helsevev.toolbox.pricing.forms.fields import decimal_sign, said, shown
from helsevev.toolbox.pricing.rules.numbers import number

# An address says with which decimal sign it was written, since a reader of another language may open it.
SIGN = "sign"


@dataclass(frozen=True)
class Column:
    """One column (kolonne): its short name, its heading, and whether it holds a number."""

    key: str
    label: str
    is_number: bool = True


@dataclass
class Cell:
    """One field of a row (celle)."""

    name: str
    label: str
    text: str
    is_number: bool
    fault: str = ""


@dataclass
class Grid:
    """A table that people fill in (rutenett); a row that is all empty is left out."""

    name: str
    title: str
    columns: Sequence[Column]
    start: Sequence[Sequence[object]]
    spare: int = 3
    rows: list[list[Cell]] = field(default_factory=list)
    texts: list[dict[str, str]] = field(default_factory=list)
    values: list[dict[str, float]] = field(default_factory=list)

    def fill(self, given: Mapping[str, str]) -> bool:
        """Read what was written, or what it starts with; says whether every number is one."""
        asked = any(name.startswith(f"{self.name}-") for name in given)
        right = True
        for at in range(min(len(self.start) + self.spare, 40)):
            row = [self._cell(column, at, place, given, asked=asked) for place, column in enumerate(self.columns)]
            self.rows.append(row)
            if any(cell.text for cell in row):
                right &= self._read(row)
        return right

    def _cell(self, column: Column, at: int, place: int, given: Mapping[str, str], *, asked: bool) -> Cell:
        name = f"{self.name}-{at}-{column.key}"
        start = shown(self.start[at][place]) if at < len(self.start) else ""
        text = given.get(name, "")[:200].strip() if asked else start
        if asked and column.is_number:
            text = _in_own_words(text, given.get(SIGN, ""))
        return Cell(name, column.label, text, column.is_number)

    def _read(self, row: list[Cell]) -> bool:
        """One row's texts and numbers; an empty number is 0."""
        right = True
        texts, values = {}, {}
        for cell, column in zip(row, self.columns, strict=True):
            if not column.is_number:
                texts[column.key] = cell.text
                continue
            value = number(cell.text, decimal_sign()) if cell.text else 0.0
            if value is None:
                cell.fault = _("Write a number.")
                right = False
            values[column.key] = value or 0.0
        self.texts.append(texts)
        self.values.append(values)
        return right

    def told(self, faults: Sequence[Fault]) -> list[str]:
        """Faults as lines, each with the row that people see."""
        filled = [at for at, row in enumerate(self.rows, start=1) if any(cell.text for cell in row)]
        lines = []
        for fault in faults:
            sentence = said(fault.refusal)
            place = fault.place.partition("[")[2].partition("]")[0]
            at = int(place) if place.isdecimal() else -1
            row = _("Row %(row)s") % {"row": filled[at]} if 0 <= at < len(filled) else ""
            lines.append(f"{row}: {sentence}" if row else sentence)
        return lines


def _in_own_words(text: str, sign: str) -> str:
    """A number written with another language's decimal sign, as this reader would write it."""
    if sign not in (",", ".") or sign == decimal_sign():
        return text
    value = number(text, sign)
    return text if value is None else shown(value)
