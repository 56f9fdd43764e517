"""What was counted in a period: numbers of days, and what is told apart in months."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Min, Sum
from django.db.models.functions import TruncMonth, TruncQuarter
from django.utils import timezone

from helsevev.core.visits import CHANNELS, DEVICES, OTHER, Period, folded, month_of, quarter_of
from helsevev.network.visits.models import Day, Tally
from helsevev.network.visits.rules import SEEN

NUMBERS = [field.name for field in Day._meta.fields if field.name != "day"]


@dataclass(frozen=True)
class Totals:
    """The numbers of a period (sum)."""

    numbers: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, name: str) -> int:
        """One number; what was never counted is 0."""
        return self.numbers.get(name) or 0

    @property
    def visits(self) -> int:
        """Visits by all channels."""
        return sum(self[channel] for channel in CHANNELS)

    @property
    def channels(self) -> dict[str, int]:
        """Visits by each channel."""
        return {str(channel): self[channel] for channel in CHANNELS}

    @property
    def devices(self) -> dict[str, int]:
        """Visits by each class of devices."""
        return {str(device): self[device] for device in DEVICES}


def since() -> date | None:
    """The first day that was counted."""
    found: date | None = Day.objects.aggregate(first=Min("day"))["first"]
    return found


def totals(first: date, last: date) -> Totals:
    """The numbers from one day to another, both counted."""
    sums = Day.objects.filter(day__range=(first, last)).aggregate(**{name: Sum(name) for name in NUMBERS})
    waiting = sum(count for day, count in _open_days().items() if first <= day <= last)
    return Totals({**sums, "visitors": (sums["visitors"] or 0) + waiting})


def year_before(period: Period) -> Totals | None:
    """The same part of the year before, up to the same day where the period goes on; None where it wasn't counted."""
    before, begun, today = period.year_before, since(), timezone.localdate()
    if begun is None or begun > before.first:
        return None
    same_day = before.first + (today - period.first)
    return totals(before.first, min(before.last, same_day))


def by_quarter() -> dict[Period, Totals]:
    """Every quarter that was counted, the newest first."""
    return _by(TruncQuarter("day"), quarter_of, date.min, date.max)


def by_month(first: date = date.min, last: date = date.max) -> dict[Period, Totals]:
    """Every month that was counted from one day to another, the newest first."""
    return _by(TruncMonth("day"), month_of, first, last)


def _by(
    trunc: TruncQuarter | TruncMonth, period_of: Callable[[date], Period], first: date, last: date
) -> dict[Period, Totals]:
    sums = {f"sum_{name}": Sum(name) for name in NUMBERS}
    within: Any = Day.objects.filter(day__range=(first, last)).annotate(start=trunc)
    waiting: Counter[date] = Counter()
    found = {}
    for day, count in _open_days().items():
        waiting[period_of(day).first] += count if first <= day <= last else 0
    for row in within.values("start").annotate(**sums).order_by("-start"):
        numbers = {name: row[f"sum_{name}"] for name in NUMBERS}
        numbers["visitors"] += waiting[row["start"]]
        found[period_of(row["start"])] = Totals(numbers)
    return found


def _open_days() -> dict[date, int]:
    """Visitors told apart on days that aren't closed."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT day, COUNT(*) FROM {SEEN} GROUP BY day")  # noqa: S608 our own name
        rows = cursor.fetchall()
    return {day if isinstance(day, date) else date.fromisoformat(day): count for day, count in rows}


def told_apart(period: Period, kind: str) -> dict[str, int]:
    """Counts by value, the highest first; what is below five in a month is in one sum, which stands last.

    Months are folded one by one, also the one that goes on, so that no quarter tells what its months don't.
    """
    by_month: dict[date, dict[str, int]] = {}
    for month, value, count in Tally.objects.filter(month__in=period.months, kind=kind).values_list(
        "month", "value", "count"
    ):
        by_month.setdefault(month, {})[value] = count
    sums: Counter[str] = Counter()
    for counts in by_month.values():
        sums.update(folded(counts))
    rest = sums.pop(OTHER, 0)
    ordered = dict(sorted(sums.items(), key=lambda one: (-one[1], one[0])))
    return {**ordered, OTHER: rest} if rest else ordered


def newest() -> Period:
    """The quarter that goes on."""
    return quarter_of(timezone.localdate())
