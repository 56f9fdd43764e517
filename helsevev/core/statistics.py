"""Intervals for small counts (små tall): a share, and the difference of two shares, each with its 95 % interval.

Sources: E. B. Wilson 1927; R. G. Newcombe 1998, method 10 (Wilson's intervals of both shares, squared and added).
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, Refused, gettext_noop

Z95 = 1.959963984540054


class Why(StrEnum):
    """Why counts give no interval."""

    NOT_COUNTS = gettext_noop("%(events)s of %(people)s can't be counted. Write whole numbers, at least one person")


@dataclass(frozen=True)
class Interval:
    """An estimate with the ends of its 95 % interval (konfidensintervall)."""

    estimate: float
    low: float
    high: float


def share(events: int, people: int) -> Interval:
    """Wilson's interval of a share: (p + z²/2n ± z√(p(1−p)/n + z²/4n²))/(1 + z²/n)."""
    if people < 1 or not 0 <= events <= people:
        raise Refused(Refusal(Why.NOT_COUNTS, {"events": events, "people": people}))
    p, z2 = events / people, Z95 * Z95
    middle = p + z2 / (2 * people)
    half = Z95 * math.sqrt(p * (1 - p) / people + z2 / (4 * people * people))
    scale = 1 + z2 / people
    # At 0 and at all, rounding would put an end a hair beside the share itself.
    return Interval(p, min(p, max(0.0, (middle - half) / scale)), max(p, min(1.0, (middle + half) / scale)))


def difference(events: int, people: int, other_events: int, other_people: int) -> Interval:
    """The first share less the other, with Newcombe's interval: never beyond −1 and 1, and right at 0 and 100 %."""
    one, other = share(events, people), share(other_events, other_people)
    gap = one.estimate - other.estimate
    return Interval(
        gap,
        gap - math.hypot(one.estimate - one.low, other.high - other.estimate),
        gap + math.hypot(one.high - one.estimate, other.estimate - other.low),
    )
