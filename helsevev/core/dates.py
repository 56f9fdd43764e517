"""Dates as precise as a source states them: a year, a month or a day.

A source that says "in 2022" has not said January, so what was written is kept and the days it covers are worked
out when they are needed.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

from helsevev.core.words import Refusal, Refused, gettext_noop

EARLIEST_YEAR = 1900
LATEST_YEAR = 2199
SHAPE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


class Why(StrEnum):
    """Why a text is no date."""

    NOT_A_DATE = gettext_noop(
        "'%(text)s' is not a date. Write a year, month or day, such as 2024, 2024-10 or 2024-10-28"
    )
    NO_SUCH_YEAR = gettext_noop("'%(text)s' is not a date here: the year must lie between %(first)s and %(last)s")
    NO_SUCH_MONTH = gettext_noop("'%(text)s' is not a date: months go from 01 to 12")
    NO_SUCH_DAY = gettext_noop("'%(text)s' is not a date: that month has %(days)s days")


@dataclass(frozen=True)
class PartialDate:
    """A year (år), with its month and day where the source states them."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> date:
        """The first day that the date can mean."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> date:
        """The last day that the date can mean."""
        month = self.month or 12
        return date(self.year, month, self.day or monthrange(self.year, month)[1])

    @property
    def is_day(self) -> bool:
        """Whether it is stated to the day."""
        return self.day is not None

    def __str__(self) -> str:
        """As it is written, such as 2024-10."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@lru_cache(maxsize=4096)
def parse(text: str) -> PartialDate:
    """The date that `text` writes; refuses anything else with a sentence."""
    found = SHAPE.fullmatch(text)
    if found is None:
        raise Refused(Refusal(Why.NOT_A_DATE, {"text": text[:40]}))
    year, month, day = (int(part) if part else None for part in found.groups())
    assert year is not None
    if not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise Refused(Refusal(Why.NO_SUCH_YEAR, {"text": text, "first": EARLIEST_YEAR, "last": LATEST_YEAR}))
    if month is not None and not 1 <= month <= 12:
        raise Refused(Refusal(Why.NO_SUCH_MONTH, {"text": text}))
    if month is not None and day is not None:
        days = monthrange(year, month)[1]
        if not 1 <= day <= days:
            raise Refused(Refusal(Why.NO_SUCH_DAY, {"text": text, "days": days}))
    return PartialDate(year, month, day)


def first_day(text: str) -> date:
    """The first day that a written date can mean."""
    return parse(text).first_day


def last_day(text: str) -> date:
    """The last day that a written date can mean."""
    return parse(text).last_day


def compare(left: PartialDate, right: PartialDate) -> int | None:
    """-1 when `left` is surely the earlier, 1 when surely the later, 0 when they are written alike; else None.

    "2022" and "2022-05" can't be put in order: the year may mean any day on either side of May.
    """
    if left == right:
        return 0
    if left.last_day < right.first_day:
        return -1
    if left.first_day > right.last_day:
        return 1
    return None


def sort_key(text: str) -> tuple[date, date]:
    """Orders written dates by the first day they can mean, the more precise first."""
    written = parse(text)
    return written.first_day, written.last_day
