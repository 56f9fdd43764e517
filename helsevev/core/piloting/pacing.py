"""How fast a pilot includes (takt): counts per week laid together, week by week beside the plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from helsevev.core.piloting.forecasting import Forecast, Look, Prior, forecast, plan_prior

WEEK = timedelta(days=7)


def monday(day: date) -> date:
    """The first day of the week that `day` is in."""
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class Plan:
    """What a protocol says of time and numbers (plan)."""

    first: date
    last: date
    planned: int
    least: int

    @property
    def days(self) -> int:
        """From the first day to the last."""
        return (self.last - self.first).days

    @property
    def per_week(self) -> float:
        """How many are planned in a week."""
        return self.planned / self.days * 7 if self.days else float(self.planned)

    @property
    def prior(self) -> Prior:
        """What the plan says of the rate, worth two weeks."""
        return plan_prior(self.per_week)

    def due(self, day: date) -> float:
        """How many should be in by a day, at an even rate."""
        gone = min(max((day - self.first).days, 0), self.days)
        return self.planned * gone / self.days if self.days else float(self.planned)


@dataclass(frozen=True)
class Week:
    """What was counted in a week (uke): `until` is the last day that was counted."""

    monday: date
    until: date
    included: int
    excluded: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Pace:
    """A pilot's weeks against its plan (takt)."""

    plan: Plan
    weeks: tuple[Week, ...]
    rate_from: date | None = None

    @property
    def included(self) -> int:
        """Everyone who is in."""
        return sum(week.included for week in self.weeks)

    @property
    def until(self) -> date | None:
        """The last day that was counted."""
        return min(max((week.until for week in self.weeks), default=self.plan.first), self.plan.last)

    @property
    def unreported(self) -> tuple[date, ...]:
        """Mondays of weeks before the last one counted that nobody has told of."""
        if not self.weeks:
            return ()
        told = {week.monday for week in self.weeks}
        first, last = monday(self.plan.first), max(told)
        every = (first + WEEK * number for number in range((last - first).days // 7))
        return tuple(day for day in every if day not in told)

    @property
    def running(self) -> tuple[int, ...]:
        """How many were in at the end of each week."""
        return tuple(accumulate(week.included for week in self.weeks))

    def at(self, day: date) -> "Pace":
        """As it stood on a day: weeks that were counted by then."""
        return Pace(self.plan, tuple(week for week in self.weeks if week.until <= day), self.rate_from)

    def look(self) -> Look | None:
        """What is known of the rate; None before anything is counted.

        Weeks nobody has told of are no part of what was looked at: what they hold is still to come.
        """
        if not self.weeks or self.until is None:
            return None
        start = max(self.rate_from or self.plan.first, self.plan.first)
        start = min(start, self.until)
        # A week in which the rate changed counts as before it.
        since = [week for week in self.weeks if week.monday >= monday(start) or start == self.plan.first]
        unseen = sum(1 for day in self.unreported if day >= monday(start))
        days = max((self.until - start).days - 7 * unseen, 0)
        included = sum(week.included for week in since)
        return Look(included, days, max((self.plan.last - start).days, 1), self.included - included)

    def forecast(self, prior: Prior) -> Forecast | None:
        """What the final count will be."""
        look = self.look()
        return None if look is None else forecast(look, self.plan.least, prior)


def weeks(rows: Iterable[Week]) -> tuple[Week, ...]:
    """The newest word of each week, in order: a correction comes after what it corrects."""
    newest = {row.monday: row for row in rows}
    return tuple(newest[day] for day in sorted(newest))
