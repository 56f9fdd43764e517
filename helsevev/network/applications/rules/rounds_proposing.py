"""The next round's number and times, proposed from those that were (forslag til neste runde). Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from helsevev.network.applications.rules import clock
from helsevev.network.applications.rules.rounds import Times

A_YEAR = timedelta(weeks=52)
BETWEEN = timedelta(weeks=17)
A_WEEK = timedelta(weeks=1)
ROUNDS_A_YEAR = 3
# Where there is no round yet: open for six weeks, decided five weeks later.
FIRST_OPEN, FIRST_DECIDED = timedelta(weeks=6), timedelta(weeks=5)


@dataclass(frozen=True)
class Known:
    """A round that there is: its year, number and times."""

    year: int
    number: int
    times: Times

    @property
    def place(self) -> tuple[int, int]:
        """What rounds are sorted by."""
        return self.year, self.number


def next_place(known: Iterable[Known], today: datetime) -> tuple[int, int]:
    """Year and number of the next round: three a year, and never one that there is."""
    places = [one.place for one in known]
    if not places:
        return clock.wall(today).year, 1
    year, number = max(places)
    return (year, number + 1) if number < ROUNDS_A_YEAR else (year + 1, 1)


def propose(known: Iterable[Known], now: datetime) -> tuple[int, int, Times]:
    """Where the next round stands among the others, and times for it.

    The same round a year before is the best pattern: same weekday, same time of day, 52 weeks on. Without one the last
    round is moved on by a third of a year. What would already have opened is moved on, week by week, together.
    """
    every = sorted(known, key=lambda one: one.place)
    year, number = next_place(every, now)
    pattern, by = _pattern(every, year, number)
    times = _moved(pattern, by) if pattern else _first(now)
    assert times.opens is not None
    while times.opens <= now:
        times = _moved(times, A_WEEK)
        assert times.opens is not None
    return year, number, times


def _pattern(every: list[Known], year: int, number: int) -> tuple[Times | None, timedelta]:
    complete = [one for one in every if one.times.opens and one.times.closes and one.times.decides]
    a_year_ago = [one for one in complete if one.place == (year - 1, number)]
    if a_year_ago:
        return a_year_ago[0].times, A_YEAR
    return (complete[-1].times, BETWEEN) if complete else (None, BETWEEN)


def _moved(times: Times, by: timedelta) -> Times:
    assert times.opens is not None
    assert times.closes is not None
    assert times.decides is not None
    opens, closes, decides = (clock.later(one, by) for one in (times.opens, times.closes, times.decides))
    return Times(opens, closes, decides, times.grace_minutes)


def _first(now: datetime) -> Times:
    """Opens next Monday at nine; closes at noon, as deadlines at midnight find nobody to ask."""
    day = clock.wall(now).replace(hour=9, minute=0, second=0, microsecond=0)
    opens = day + timedelta(days=7 - day.weekday())
    closes = (opens + FIRST_OPEN).replace(hour=12)
    return Times(clock.moment(opens), clock.moment(closes), clock.moment(closes + FIRST_DECIDED))
