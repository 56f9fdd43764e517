"""Scores (poeng): what they come to, how far they lie apart, and whether the order holds when weights move. Pure.

Everything is counted in exact fractions and rounded only where it is shown, so that anyone can do the sum again.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from helsevev.core.words import gettext_noop

FULL = 100
MOVE = Fraction(1, 5)


class Advice(StrEnum):
    """What an assessor recommends (tilråding)."""

    SUPPORT = "support"
    DOUBT = "doubt"
    DECLINE = "decline"


ADVICE_NAMES: Mapping[Advice, str] = {
    Advice.SUPPORT: gettext_noop("Support"),
    Advice.DOUBT: gettext_noop("In doubt"),
    Advice.DECLINE: gettext_noop("Decline"),
}


@dataclass(frozen=True)
class Weighed:
    """A criterion as scores meet it: its weight, and the scores that its levels have."""

    code: str
    weight: int
    levels: tuple[int, ...]

    @property
    def lowest(self) -> int:
        """The lowest score."""
        return min(self.levels)

    @property
    def highest(self) -> int:
        """The highest score."""
        return max(self.levels)


Scores = Mapping[str, int]
Weights = Mapping[str, Fraction]


def weights_of(criteria: Iterable[Weighed]) -> dict[str, Fraction]:
    """The weights as they are."""
    return {one.code: Fraction(one.weight) for one in criteria}


@dataclass(frozen=True)
class Ruler:
    """What scores are measured by: weights and levels as whole numbers, to add many up quickly and exactly."""

    base: int
    steps: Mapping[str, int]
    whole: int

    def total(self, scores: Scores) -> Fraction | None:
        """One assessment's weighted score from 0 to 100; None unless every criterion has its score."""
        if not self.whole or any(code not in scores for code in self.steps):
            return None
        return Fraction(FULL * (self.base + sum(step * scores[code] for code, step in self.steps.items())), self.whole)

    def mean(self, assessments: Iterable[Scores]) -> Fraction | None:
        """An application's score: the mean of its assessments."""
        found = [one for scores in assessments if (one := self.total(scores)) is not None]
        return sum(found, Fraction(0)) / len(found) if found else None


def ruler(criteria: Sequence[Weighed], weights: Weights | None = None) -> Ruler:
    """The ruler of these criteria; a criterion whose levels have one score gives all of its weight."""
    weights = weights or weights_of(criteria)
    apart = {one.code: one.highest - one.lowest for one in criteria}
    fine = lcm(*(weights[code].denominator * (width or 1) for code, width in apart.items()))
    steps = {code: int(weights[code] * fine / width) if width else 0 for code, width in apart.items()}
    base = sum(-steps[one.code] * one.lowest if apart[one.code] else int(weights[one.code] * fine) for one in criteria)
    return Ruler(base, steps, int(sum(weights[one.code] for one in criteria) * fine))


def total(scores: Scores, criteria: Sequence[Weighed], weights: Weights | None = None) -> Fraction | None:
    """One assessment's weighted score from 0 to 100; None unless every criterion has its score."""
    return ruler(criteria, weights).total(scores)


def mean(assessments: Iterable[Scores], criteria: Sequence[Weighed], weights: Weights | None = None) -> Fraction | None:
    """An application's score: the mean of its assessments."""
    return ruler(criteria, weights).mean(assessments)


@dataclass(frozen=True)
class Spread:
    """How far the scores on one criterion lie apart."""

    code: str
    lowest: int
    highest: int
    apart: bool


def spread(assessments: Sequence[Scores], criteria: Iterable[Weighed]) -> tuple[Spread, ...]:
    """Per criterion; apart (uenige) when they are two levels or more from each other."""
    found = []
    for one in criteria:
        given = [scores[one.code] for scores in assessments if one.code in scores]
        if given:
            place = {score: number for number, score in enumerate(sorted(set(one.levels) | set(given)))}
            apart = place[max(given)] - place[min(given)] >= 2
            found.append(Spread(one.code, min(given), max(given), apart))
    return tuple(found)


# --- The order, and whether it holds ---------------------------------------------------------------------------------
def ranks(scores: Mapping[str, Fraction | None]) -> dict[str, int]:
    """Place by key, the highest score first; those alike share a place. Those without a score have none."""
    given = {key: value for key, value in scores.items() if value is not None}
    return {key: 1 + sum(other > value for other in given.values()) for key, value in given.items()}


def moved(criteria: Sequence[Weighed]) -> list[dict[str, Fraction]]:
    """The weights with each of them in turn a fifth lower and a fifth higher."""
    found = []
    for one in criteria:
        for way in (-MOVE, MOVE):
            weights = weights_of(criteria)
            weights[one.code] *= 1 + way
            found.append(weights)
    return found


@dataclass(frozen=True)
class Place:
    """An application's place, and the best and worst that moved weights give it."""

    rank: int
    best: int
    worst: int

    @property
    def holds(self) -> bool:
        """Whether it stays where it is."""
        return self.best == self.worst == self.rank


def sensitivity(every: Mapping[str, Sequence[Scores]], criteria: Sequence[Weighed]) -> dict[str, Place]:
    """Where each application stands, and where it would stand were a weight moved by 20 percent."""
    now, *others = (
        ranks({key: by.mean(one) for key, one in every.items()})
        for by in (ruler(criteria, weights) for weights in (None, *moved(criteria)))
    )
    return {
        key: Place(rank, min([rank, *(one[key] for one in others)]), max([rank, *(one[key] for one in others)]))
        for key, rank in now.items()
    }


def changes_sides(places: Mapping[str, Place], seats: int) -> Collection[str]:
    """Those that would come inside or fall outside the first `seats` if a weight moved."""
    return {key for key, one in places.items() if (one.best <= seats) != (one.worst <= seats)}
