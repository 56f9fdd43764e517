"""What a number of participants can show (regnehjelp): one answer for each thing a pilot may want to know."""

from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.piloting import detecting, intervals
from helsevev.core.statistics import Interval, difference, share
from helsevev.core.words import Refusal, Refused, gettext_noop

MOST = 500


class Why(StrEnum):
    """Why nothing is reckoned."""

    PEOPLE = gettext_noop("The calculator takes from 2 to %(most)s participants.")
    SHARE = gettext_noop("An expected share lies between 1 and 99 per cent.")


@dataclass(frozen=True)
class Showing:
    """What so many can show (hva antallet kan vise), around an expected share.

    Differences are the smallest that an exact test at 5 % finds four times of five; None: not even the largest.
    """

    people: int
    events: int
    exact: Interval
    wilson: Interval
    none_seen: float
    above: float | None
    below: float | None
    groups: Interval
    between_above: float | None
    between_below: float | None
    mean_half_width: float
    mean_shift: float
    count: Interval
    stop_at: int


def showing(people: int, expected: float, acceptable_harm: float = 0.05) -> Showing:
    """Everything about one number."""
    if not 2 <= people <= MOST:
        raise Refused(Refusal(Why.PEOPLE, {"most": MOST}))
    if not 0.01 <= expected <= 0.99:
        raise Refused(Refusal(Why.SHARE))
    events = round(expected * people)
    return Showing(
        people=people,
        events=events,
        exact=intervals.exact_share(events, people),
        wilson=share(events, people),
        none_seen=intervals.none_seen(people),
        above=detecting.known_share_above(people, expected),
        below=detecting.known_share_below(people, expected),
        groups=difference(events, people, events, people),
        between_above=detecting.two_group_share(people, expected),
        between_below=detecting.two_group_below(people, expected),
        mean_half_width=intervals.mean_half_width(people),
        mean_shift=detecting.mean_shift(people),
        count=intervals.exact_count(people),
        stop_at=detecting.stop_at(people, acceptable_harm),
    )


def enough(expected: float, half_width: float) -> int | None:
    """The least number whose exact interval is no wider than twice `half_width`; None where it is beyond us."""
    if not (0.01 <= expected <= 0.99 and half_width > 0):
        raise Refused(Refusal(Why.SHARE))
    low, high = 1, MOST
    if _half(high, expected) > half_width:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _half(middle, expected) <= half_width else (middle, high)
    return high


def _half(people: int, expected: float) -> float:
    found = intervals.exact_share(round(expected * people), people)
    return (found.high - found.low) / 2
