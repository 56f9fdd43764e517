"""A bill: what was done, how much of it, at what price, and what it comes to in kroner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from helsevev.core.papers.glyphs import LONG_IN_CELL, paragraphs, shown
from helsevev.core.papers.setting import About
from helsevev.core.words import gettext_noop

DESCRIPTION = gettext_noop("Description")
QUANTITY = gettext_noop("Quantity")
PRICE = gettext_noop("Price in kroner")
AMOUNT = gettext_noop("Sum in kroner")
TOTAL = gettext_noop("To pay in kroner")
ORE = Decimal("0.01")


@dataclass(frozen=True)
class BillLine:
    """One line: `quantity` of `unit` at `price` kroner each; `agreed` is what it comes to where shares must add up."""

    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    agreed: Decimal | None = None

    @property
    def amount(self) -> Decimal:
        """What the line comes to, in whole øre."""
        if self.agreed is not None:
            return self.agreed.quantize(ORE)
        return (self.quantity * self.price).quantize(ORE, ROUND_HALF_UP)


@dataclass(frozen=True)
class Bill:
    """A bill (regning), such as a municipality's for its part of a shared service."""

    title: str
    sender: Sequence[str]
    recipient: Sequence[str]
    facts: Sequence[tuple[str, str]]
    lines: Sequence[BillLine]
    notes: str = ""

    @property
    def total(self) -> Decimal:
        """The lines as they are shown, added up."""
        return sum((line.amount for line in self.lines), Decimal(0)).quantize(ORE)


def data(bill: Bill, about: About) -> Mapping[str, Any]:
    """What the template reads."""
    return {
        "sender": [shown(line) for line in bill.sender],
        "recipient": [shown(line) for line in bill.recipient],
        "facts": [[shown(label), shown(value)] for label, value in bill.facts],
        "head": [about.say(label) for label in (DESCRIPTION, QUANTITY, PRICE, AMOUNT)],
        "rows": [_row(line, about.language) for line in bill.lines],
        "total_label": about.say(TOTAL),
        "total": number(bill.total, about.language),
        "notes": paragraphs(bill.notes),
    }


def _row(line: BillLine, language: str) -> list[str]:
    places = max(0, -int(line.quantity.normalize().as_tuple().exponent))
    quantity = f"{number(line.quantity, language, places)} {line.unit}".strip()
    cells = [line.description, quantity, number(line.price, language), number(line.amount, language)]
    return [shown(cell, long=LONG_IN_CELL) for cell in cells]


def number(amount: Decimal, language: str, places: int = 2) -> str:
    """An amount as the language writes it: 1 234 567,50 or 1,234,567.50; the minus is a real one."""
    written = f"{abs(amount):,.{places}f}"
    if language != "en":
        written = written.replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
    negative = amount < 0 and any(digit in written for digit in "123456789")
    return f"\N{MINUS SIGN}{written}" if negative else written
