"""Which documents answer a plan best (rangering).

A word is answered by its best way and a little by the others; ways that mean the same share one rarity, so that a
rare abbreviation doesn't outweigh the words it stands for. A document is as good as its best passage.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import log

import numpy as np
from numpy.typing import NDArray

from helsevev.core.search.index import Index
from helsevev.core.search.plan import ANY_PART, WEIGHTS, Asked, How, Plan, Together

SATURATION = 1.6
TIE = 0.3
# Ways at least this good count a passage among those that have the word.
HAS = 0.55
# A misspelt word is taken for one that is so much alike.
SURELY_MEANT = 0.5

Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Ranked:
    """Documents by number, the best first, and what each scored."""

    numbers: NDArray[np.int64]
    scores: Scores


class Scorer:
    """Scores the passages of one index."""

    def __init__(self, index: Index) -> None:
        """Nothing is held but the index."""
        self._index = index

    def scores(self, plan: Plan) -> Scores:
        """What each document scores."""
        if not self._index.documents:
            return np.zeros(0, np.float32)
        total = np.zeros(self._index.passages, np.float32)
        for asked in plan.asked:
            total += self._word(asked)
        best: Scores = np.maximum.reduceat(total, self._index.firsts)
        return best

    def answered(self, plan: Plan) -> NDArray[np.bool_]:
        """For each word of the plan, whether each document has it: itself, the same, inside a word, or in all parts."""
        firsts = self._index.firsts
        rows = [np.logical_or.reduceat(self._has(asked), firsts) for asked in plan.asked] if len(firsts) else []
        return np.asarray(rows, dtype=bool).reshape(len(plan.asked), self._index.documents)

    def _has(self, asked: Asked) -> NDArray[np.bool_]:
        """Which passages have a word."""
        has = np.zeros(self._index.passages, dtype=bool)
        for (how, weight), terms in asked.singles.items():
            if weight >= HAS or (how is How.NEAR and weight >= SURELY_MEANT):
                for term in terms:
                    has[self._index.lists.of(term)[0]] = True
        for (_how, together), weight in asked.phrases.items():
            if weight >= HAS:
                has |= self._together(together) > 0
        if asked.parts:
            has |= np.logical_and.reduce([self._has(part) for part in asked.parts])
        return has

    def _gathered(self, terms: Iterable[int]) -> Scores:
        """How much any of these terms weighs in each passage, saturated."""
        weight = np.zeros(self._index.passages, np.float32)
        for term in terms:
            places, weights = self._index.lists.of(term)
            weight[places] += weights
        return weight / (weight + np.float32(SATURATION))

    def _together(self, together: Together) -> Scores:
        """How much all of these stand in each passage: as much as the one that stands there least."""
        least = self._gathered(together[0])
        for terms in together[1:]:
            np.minimum(least, self._gathered(terms), out=least)
        return least

    def _word(self, asked: Asked) -> Scores:
        """What one word of the query is worth in each passage."""
        best = np.zeros(self._index.passages, np.float32)
        total = np.zeros(self._index.passages, np.float32)
        has = np.zeros(self._index.passages, dtype=bool)
        ways = [(weight, self._gathered(terms)) for (_how, weight), terms in asked.singles.items()]
        ways += [(weight, self._together(together)) for (_how, together), weight in asked.phrases.items()]
        for weight, found in ways:
            np.maximum(best, found * np.float32(weight), out=best)
            total += found * np.float32(weight)
            if weight >= HAS or not asked.parts:
                has |= found > 0
        score = (best + np.float32(TIE) * (total - best)) * self._rarity(int(np.count_nonzero(has)))
        return self._with_parts(score, asked) if asked.parts else score

    def _with_parts(self, score: Scores, asked: Asked) -> Scores:
        """The better of the word itself and of its parts, and a little of the other."""
        parts = [self._word(part) for part in asked.parts]
        every = np.logical_and.reduce([one > 0 for one in parts])
        factor = np.where(every, np.float32(WEIGHTS[How.PART]), np.float32(ANY_PART))
        made = np.add.reduce(parts) * factor
        best: Scores = np.maximum(score, made) + np.float32(TIE) * np.minimum(score, made)
        return best

    def _rarity(self, holders: int) -> np.float32:
        return np.float32(log(1 + (self._index.passages - holders + 0.5) / (holders + 0.5)))


def best(scores: Scores, most: int | None = None, among: NDArray[np.bool_] | None = None) -> Ranked:
    """The documents that score at all, the best first; equals in the order they were given."""
    answering = scores > 0 if among is None else (scores > 0) & among
    numbers = np.flatnonzero(answering)
    if most is not None and len(numbers) > most:
        edge = np.partition(scores[numbers], len(numbers) - most)[len(numbers) - most]
        numbers = numbers[scores[numbers] >= edge]
    order = numbers[np.lexsort((numbers, -scores[numbers]))][:most]
    return Ranked(order, scores[order])
