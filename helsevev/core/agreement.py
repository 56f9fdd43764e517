"""How far people who judge the same things agree: Krippendorff's alpha, its interval, and what that means in words.

A unit is one thing that was judged, with the score that each judge gave it. Units judged once say nothing of agreement.
The interval comes from drawing the units anew with replacement, from a fixed seed: the same scores give the same
interval, today and in ten years. Method: Krippendorff, Content Analysis, 4th edition, chapter 12.
"""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from helsevev.core.words import gettext_noop

DRAWS, SEED, INSIDE = 1000, 20260323, 0.95
RELIABLE, TENTATIVE = 0.8, 0.667
LEAST_UNITS = 5

Units = Sequence[Sequence[int]]


class Scale(StrEnum):
    """What a difference between two scores is worth (målenivå)."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


class Meaning(StrEnum):
    """What an agreement means for whoever relies on the scores."""

    TOO_FEW = gettext_noop("Too few have been scored by two or more to say anything of agreement.")
    ALL_ALIKE = gettext_noop("Every score is the same, so there are no differences to agree about.")
    RELIABLE = gettext_noop("The assessors agree so well that the scores can be relied on.")
    TENTATIVE = gettext_noop("The assessors agree fairly well. The scores can carry careful conclusions.")
    WEAK = gettext_noop("The assessors agree too little for the scores to decide alone. Read the reasons.")
    NO_BETTER = gettext_noop("The assessors agree no better than chance. Talk about what the levels mean.")
    OPEN = gettext_noop("How well the assessors agree can't be told from so few. Read the reasons.")


@dataclass(frozen=True)
class Agreement:
    """How far judges agree (samsvar): alpha, the interval's ends (None when it can't be told), and over how many."""

    alpha: float | None
    low: float | None
    high: float | None
    units: int
    judgements: int

    @property
    def meaning(self) -> Meaning:
        """In words; an interval that reaches from good to bad is said to be open."""
        if self.units < 2:
            return Meaning.TOO_FEW
        if self.alpha is None:
            return Meaning.ALL_ALIKE
        low = self.alpha if self.low is None else self.low
        high = self.alpha if self.high is None else self.high
        if low >= RELIABLE:
            return Meaning.RELIABLE
        if low >= TENTATIVE:
            return Meaning.TENTATIVE
        if self.units < LEAST_UNITS or high >= RELIABLE:
            return Meaning.OPEN
        return Meaning.NO_BETTER if self.alpha <= 0 else Meaning.WEAK


def alpha(units: Iterable[Sequence[int]], scale: Scale = Scale.ORDINAL) -> float | None:
    """Krippendorff's alpha: 1 is full agreement, 0 what chance would give; None where nothing differs."""
    found = _pairs(units)
    return None if found is None else _alpha(found.sum(axis=0), scale, _values(units))


def agreement(units: Iterable[Sequence[int]], scale: Scale = Scale.ORDINAL, draws: int = DRAWS) -> Agreement:
    """Alpha with its interval."""
    kept = [tuple(unit) for unit in units if len(unit) > 1]
    judgements = sum(len(unit) for unit in kept)
    pairs = _pairs(kept)
    if pairs is None:
        return Agreement(None, None, None, 0, 0)
    values = _values(kept)
    found = _alpha(pairs.sum(axis=0), scale, values)
    low, high = (None, None) if found is None else _interval(pairs, scale, values, draws)
    return Agreement(found, low, high, len(kept), judgements)


def _interval(
    pairs: "np.ndarray[tuple[int, int, int], np.dtype[np.float64]]", scale: Scale, values: Sequence[int], draws: int
) -> tuple[float | None, float | None]:
    """Where the middle 95 percent of the alphas of redrawn units lie. Python's own generator, as its numbers stand."""
    number = len(pairs)
    if number < LEAST_UNITS:
        return None, None
    chance = random.Random(SEED)  # noqa: S311 - statistics, not secrets
    found = []
    for _draw in range(draws):
        drawn = Counter(chance.choices(range(number), k=number))
        weights = np.zeros(number)
        weights[list(drawn)] = list(drawn.values())
        one = _alpha(np.tensordot(weights, pairs, axes=1), scale, values)
        if one is not None:
            found.append(one)
    if not found:
        return None, None
    found.sort()
    edge = (1 - INSIDE) / 2
    return found[int(edge * (len(found) - 1))], found[round((1 - edge) * (len(found) - 1))]


def _values(units: Iterable[Sequence[int]]) -> list[int]:
    """The scores that occur among those judged twice, in order."""
    return sorted({value for unit in units if len(unit) > 1 for value in unit})


def _pairs(units: Iterable[Sequence[int]]) -> "np.ndarray[tuple[int, int, int], np.dtype[np.float64]] | None":
    """For each unit how often each score meets each other one, every judgement counting once."""
    kept = [unit for unit in units if len(unit) > 1]
    if not kept:
        return None
    place = {value: number for number, value in enumerate(_values(kept))}
    found = np.zeros((len(kept), len(place), len(place)))
    for number, unit in enumerate(kept):
        counts: Mapping[int, int] = Counter(unit)
        for one, times in counts.items():
            for other, others in counts.items():
                met = times * (others - 1) if one == other else times * others
                found[number, place[one], place[other]] += met / (len(unit) - 1)
    return found


def _alpha(
    met: "np.ndarray[tuple[int, int], np.dtype[np.float64]]", scale: Scale, values: Sequence[int]
) -> float | None:
    """From the table of coincidences."""
    margins = met.sum(axis=1)
    total = margins.sum()
    apart = _apart(margins, scale, values)
    expected = float((np.outer(margins, margins) * apart).sum())
    if expected == 0 or total <= 1:
        return None
    return 1 - float((total - 1) * (met * apart).sum()) / expected


def _apart(
    margins: "np.ndarray[tuple[int], np.dtype[np.float64]]", scale: Scale, values: Sequence[int]
) -> "np.ndarray[tuple[int, int], np.dtype[np.float64]]":
    """What each difference is worth. On an ordinal scale: how many judgements lie between the two."""
    if scale is Scale.NOMINAL:
        return 1 - np.eye(len(values))
    place = np.array(values, dtype=float) if scale is Scale.INTERVAL else np.cumsum(margins) - margins / 2
    return (place[:, None] - place[None, :]) ** 2
