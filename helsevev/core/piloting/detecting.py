"""The smallest difference that so many can show (påviselig forskjell), by exact tests at 5 %, four times of five.

Sources: Fisher's exact test, both tails by their probability (Irwin 1935); the exact binomial test, the same way;
Student's test with its power from the noncentral t distribution; the exact test of a count against a known mean.
"""

import math
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from helsevev.core.piloting.intervals import student_limit
from helsevev.core.piloting.tails import root, student_beyond

LEVEL, POWER = 0.05, 0.80
# Tables whose probabilities differ by rounding alone are equally likely.
ALIKE = 1 + 1e-7

Floats = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


def _log_factorials(number: int) -> Floats:
    return np.array([math.lgamma(k + 1) for k in range(number + 1)])


def _binomial(people: int, share: float) -> Floats:
    """The probabilities of 0 to all."""
    if share in (0.0, 1.0):
        certain = np.zeros(people + 1)
        certain[round(people * share)] = 1.0
        return certain
    facts, k = _log_factorials(people), np.arange(people + 1)
    logs = facts[people] - facts - facts[::-1] + k * math.log(share) + (people - k) * math.log1p(-share)
    return np.asarray(np.exp(logs), dtype=np.float64)


def _unlikely(chances: Floats) -> Truths:
    """Which outcomes a two-sided test refuses: those that, with all less likely ones, make up at most 5 %."""
    order = np.argsort(chances, kind="stable")
    sums = np.cumsum(chances[order])
    # An outcome's p-value counts every outcome as likely as itself, so take the last of its equals.
    last = np.searchsorted(chances[order], chances[order] * ALIKE, side="right") - 1
    found = np.zeros(len(chances), dtype=bool)
    found[order] = sums[last] <= LEVEL
    return found


@lru_cache(maxsize=16)
def _fisher(people: int) -> Truths:
    """Which tables of two groups of `people` each Fisher's test calls a difference."""
    facts = _log_factorials(2 * people)
    found = np.zeros((people + 1, people + 1), dtype=bool)
    for events in range(2 * people + 1):
        k = np.arange(max(0, events - people), min(people, events) + 1)
        rest = events - k
        logs = 2 * facts[people] - facts[k] - facts[people - k] - facts[rest] - facts[people - rest]
        logs -= facts[2 * people] - facts[events] - facts[2 * people - events]
        found[k, rest] = _unlikely(np.exp(logs))
    return found


def two_group_power(people: int, one: float, other: float) -> float:
    """How often two groups of `people` each would show that their shares differ."""
    return float(_binomial(people, one) @ _fisher(people) @ _binomial(people, other))


def known_share_power(people: int, known: float, real: float) -> float:
    """How often `people` would show that their share isn't the known one."""
    return float(_binomial(people, real)[_unlikely(_binomial(people, known))].sum())


def two_group_share(people: int, other: float) -> float | None:
    """The nearest share above `other` that two groups of `people` each would tell from it; None where none is."""
    if two_group_power(people, 1.0, other) < POWER:
        return None
    return root(lambda one: two_group_power(people, one, other) - POWER, other, 1.0)


def two_group_below(people: int, other: float) -> float | None:
    """The nearest share below `other` that two groups of `people` each would tell from it; None where none is."""
    found = two_group_share(people, 1 - other)
    return None if found is None else 1 - found


def known_share_above(people: int, known: float) -> float | None:
    """The nearest share above a known one that `people` would tell from it; None where none is."""
    if known_share_power(people, known, 1.0) < POWER:
        return None
    return root(lambda real: known_share_power(people, known, real) - POWER, known, 1.0)


def known_share_below(people: int, known: float) -> float | None:
    """The nearest share below a known one that `people` would tell from it; None where none is."""
    if known_share_power(people, known, 0.0) < POWER:
        return None
    return -root(lambda real: known_share_power(people, known, -real) - POWER, -known, 0.0)


def mean_shift(people: int) -> float:
    """The smallest change of a mean in one group measured twice, in standard deviations of the change."""
    limit, wide = student_limit(people - 1), math.sqrt(people)
    return root(lambda shift: student_beyond(limit, people - 1, shift * wide) - POWER, 0.0, 100.0)


def stop_at(people: int, acceptable: float) -> int:
    """The count of harm at which to stop, so that an acceptable share stops the pilot at most 5 times in 100."""
    chances = _binomial(people, acceptable)
    beyond = np.cumsum(chances[::-1])[::-1]
    at = np.flatnonzero(beyond <= LEVEL)
    return int(at[0]) if len(at) else people + 1
