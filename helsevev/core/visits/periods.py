"""Months and quarters (kvartal) by name: `2026-Q3`, `2026-10`."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from helsevev.core.words import gettext_noop

NAME = re.compile(r"^(\d{4})-(?:Q([1-4])|(0[1-9]|1[0-2]))$")
QUARTERS: Mapping[str, str] = {
    "Q1": gettext_noop("1st quarter"),
    "Q2": gettext_noop("2nd quarter"),
    "Q3": gettext_noop("3rd quarter"),
    "Q4": gettext_noop("4th quarter"),
}
FIRST_YEAR, LAST_YEAR = 2000, 2199


@dataclass(frozen=True)
class Period:
    """A run of whole months: three are a quarter, one is a month."""

    year: int
    month: int
    length: int

    @property
    def first(self) -> date:
        """Its first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """Its last day."""
        after = self.month + self.length
        return date(self.year + (after > 12), (after - 1) % 12 + 1, 1) - timedelta(days=1)

    @property
    def months(self) -> Sequence[date]:
        """The first day of each of its months."""
        return [date(self.year, self.month + at, 1) for at in range(self.length)]

    @property
    def quarter(self) -> int:
        """The quarter it lies in."""
        return (self.month + 2) // 3

    @property
    def name(self) -> str:
        """Its name in addresses."""
        return f"{self.year}-Q{self.quarter}" if self.length == 3 else f"{self.year}-{self.month:02d}"

    @property
    def year_before(self) -> "Period":
        """The same part of the year before."""
        return Period(self.year - 1, self.month, self.length)


def quarter_of(day: date) -> Period:
    """The quarter a day lies in."""
    return Period(day.year, (day.month - 1) // 3 * 3 + 1, 3)


def month_of(day: date) -> Period:
    """The month a day lies in."""
    return Period(day.year, day.month, 1)


def named(name: str) -> Period | None:
    """The period with a name; None when it is no name of one."""
    found = NAME.match(name)
    if not found or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
        return None
    if found[2]:
        return Period(int(found[1]), int(found[2]) * 3 - 2, 3)
    return Period(int(found[1]), int(found[3]), 1)
