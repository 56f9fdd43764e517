"""Whether contacts come as the queue assumes (ankomster): by chance alone, hour by hour, as Erlang's formulas want.

Out of points in time alone. In each opening hour the contacts of all days are counted; if they come by chance alone
(Poisson), their variance is as large as their mean. Fisher's index of dispersion D = Σ(x − x̄)²/x̄ then follows
chi-square with days − 1 degrees of freedom. What is more spread than that makes longer queues than Erlang C says, so
the agents are also found for the load that nine of ten days keep to.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.pricing import model
from helsevev.core.pricing.case import Case
from helsevev.core.queueing import Floats, agents_needed
from helsevev.core.words import Refusal, Refused, gettext_noop

MOST = 500_000
FEWEST_DAYS = 10
CLEARLY = 0.01  # chance alone is given up below this
TOO_FEW_DAYS = gettext_noop("The file has %(days)s days with contacts. At least %(least)s are needed")
NOT_TIME = gettext_noop("%(value)s is not a point in time such as 2026-03-02 08:15")
TOO_MANY = gettext_noop("The file has more than %(most)s lines. Take a shorter time")
NO_TIMES = gettext_noop("No contact lies within the opening hours. Correct the hour in which the centre opens")


@dataclass(frozen=True)
class HourOfDay:
    """One opening hour (åpningstime) over all days: its share, mean and spread, and what that asks of the staffing.

    `ratio` is variance over mean (1 by chance alone), `chance` how often chance alone would give as much or more.
    """

    hour: int
    share: float
    mean: float
    variance: float
    ratio: float | None
    chance: float | None
    busy_day: float
    agents: int
    agents_on_busy_days: int

    @property
    def is_clustered(self) -> bool:
        """Whether contacts clearly come closer together than by chance."""
        return self.chance is not None and self.chance < CLEARLY


@dataclass(frozen=True)
class Arrivals:
    """What the points in time show: days, contacts a day, those outside the opening hours, and each hour."""

    days: int
    contacts: int
    outside: int
    per_day: float
    hours: tuple[HourOfDay, ...]

    @property
    def profile(self) -> tuple[float, ...]:
        """The measured share of a day's contacts in each opening hour, which adds up to 1."""
        return tuple(hour.share for hour in self.hours)

    @property
    def clustered(self) -> tuple[int, ...]:
        """The opening hours in which contacts clearly cluster."""
        return tuple(hour.hour for hour in self.hours if hour.is_clustered)


def times(lines: Iterable[str]) -> list[datetime]:
    """Points in time, one a line; the first line may be a heading, and what follows a separator is not looked at."""
    found: list[datetime] = []
    for at, line in enumerate(lines, start=1):
        if at > MOST:
            raise Faulty([Fault("", Refusal(TOO_MANY, {"most": MOST}))])
        text = line.replace(";", ",").replace("\t", ",").partition(",")[0].strip().strip('"')
        if not text:
            continue
        try:
            found.append(datetime.fromisoformat(text).replace(tzinfo=None))
        except ValueError:
            if at > 1:
                raise Faulty([Fault(f"line {at}", Refusal(NOT_TIME, {"value": quoted(text)}))]) from None
    return found


def arrivals(case: Case, moments: Sequence[datetime], opens: int = 8) -> Arrivals:
    """What the points in time say of each opening hour of the case, which begins at `opens` o'clock.

    Every day with a contact counts as a workday; so does each weekday between the first and the last.
    """
    length = len(case.centre.hourly_contact_profile)
    within = [one for one in moments if opens <= one.hour < opens + length]
    days = _days(one.date() for one in within)
    if not within:
        raise Faulty([Fault("", Refusal(NO_TIMES))])
    if len(days) < FEWEST_DAYS:
        raise Faulty([Fault("", Refusal(TOO_FEW_DAYS, {"days": len(days), "least": FEWEST_DAYS}))])
    counts = np.zeros((len(days), length))
    place = {day: at for at, day in enumerate(days)}
    for one in within:
        counts[place[one.date()], one.hour - opens] += 1
    hours = tuple(_hour(case, at, counts) for at in range(length))
    return Arrivals(len(days), len(within), len(moments) - len(within), len(within) / len(days), hours)


def _days(seen: Iterable[date]) -> list[date]:
    """The days with contacts, and the weekdays between them, on which nobody called."""
    there = set(seen)
    if not there:
        return []
    first, last = min(there).toordinal(), max(there).toordinal()
    every = (date.fromordinal(at) for at in range(first, min(last, first + 4_000) + 1))
    return [day for day in every if day in there or day.weekday() < 5]


def _hour(case: Case, at: int, counts: Floats) -> HourOfDay:
    """One opening hour."""
    from scipy.special import chdtrc  # type: ignore[import-untyped]  # noqa: PLC0415 - asked for here alone, and slow

    column = counts[:, at]
    mean, variance, days = float(column.mean()), float(column.var(ddof=1)), column.size
    index = variance * (days - 1) / mean if mean else None
    busy = float(np.quantile(column, 0.9, method="higher"))
    return HourOfDay(
        hour=at + 1,
        share=float(column.sum() / counts.sum()),
        mean=mean,
        variance=variance,
        ratio=variance / mean if mean else None,
        chance=None if index is None else float(chdtrc(days - 1, index)),
        busy_day=busy,
        agents=_agents(case, mean),
        agents_on_busy_days=_agents(case, busy),
    )


def _agents(case: Case, contacts: float) -> int:
    """The agents that so many contacts in an hour ask for; as a case that can't be staffed, refused in a sentence."""
    handling = case.centre.handling_minutes
    try:
        return int(agents_needed(contacts * handling / 60, handling, model.target(case)))
    except Refused as refused:
        raise Faulty([Fault("centre.service_target", one) for one in refused.refusals]) from None


def measured(found: Arrivals) -> list[float]:
    """The measured day as the case takes it: ten-thousandths that add up to 1, by the largest remainders."""
    shares = [math.floor(share * 10_000) for share in found.profile]
    order = sorted(range(len(shares)), key=lambda at: shares[at] - found.profile[at] * 10_000)
    for at in order[: 10_000 - sum(shares)]:
        shares[at] += 1
    return [share / 10_000 for share in shares]
