"""Exact 95 % intervals of what is counted or measured in few: a share, a count, a mean.

Sources: Clopper and Pearson 1934 (shares); Garwood 1936 (counts); Student 1908 (means); Hanley and Lippman-Hand 1983
(nothing happened). Wilson's and Newcombe's intervals stand in `core.statistics`.
"""

import math
from enum import StrEnum

from helsevev.core.piloting.tails import (
    binomial_at_least,
    binomial_at_most,
    poisson_at_most,
    root,
    student_at_most,
)
from helsevev.core.statistics import Interval
from helsevev.core.words import Refusal, Refused, gettext_noop

EDGE = 0.025


class Why(StrEnum):
    """Why something can't be reckoned."""

    NOT_COUNTS = gettext_noop("%(events)s of %(people)s can't be counted. Write whole numbers, at least one person")
    NOT_COUNT = gettext_noop("%(events)s isn't a count. Write a whole number")
    TOO_FEW = gettext_noop("A spread needs at least two to be measured.")


def exact_share(events: int, people: int) -> Interval:
    """Clopper and Pearson's interval: holds the truth at least 95 times in 100, however few there are."""
    if people < 1 or not 0 <= events <= people:
        raise Refused(Refusal(Why.NOT_COUNTS, {"events": events, "people": people}))
    low = root(lambda p: binomial_at_least(events, people, p) - EDGE, 0.0, 1.0) if events else 0.0
    high = root(lambda p: EDGE - binomial_at_most(events, people, p), 0.0, 1.0) if events < people else 1.0
    return Interval(events / people, low, high)


def exact_count(events: int) -> Interval:
    """Garwood's interval of a count's mean."""
    if events < 0:
        raise Refused(Refusal(Why.NOT_COUNT, {"events": events}))
    ceiling = events + 10 * math.sqrt(events + 1) + 10
    low = root(lambda mean: 1 - poisson_at_most(events - 1, mean) - EDGE, 0.0, float(events)) if events else 0.0
    return Interval(float(events), low, root(lambda mean: EDGE - poisson_at_most(events, mean), float(events), ceiling))


def mean_half_width(people: int) -> float:
    """Half of a mean's interval, in standard deviations of what is measured: t / sqrt(n)."""
    return student_limit(people - 1) / math.sqrt(people)


def student_limit(freedom: int) -> float:
    """What |t| stays below 95 times in 100."""
    if freedom < 1:
        raise Refused(Refusal(Why.TOO_FEW))
    return root(lambda t: student_at_most(t, freedom) - (1 - EDGE), 0.0, 1000.0)


def none_seen(people: int) -> float:
    """The largest share that something may have when it was seen in none of `people`: 1 - 0.05^(1/n), one-sided.

    It is also the rarest event that `people` will show at least once, 95 times in 100.
    """
    if people < 1:
        raise Refused(Refusal(Why.NOT_COUNTS, {"events": 0, "people": people}))
    return float(-math.expm1(math.log(0.05) / people))
