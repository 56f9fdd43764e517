"""Which documents are about the same (likhet): by the words they share, and by what these words mean.

A whole document is compared with all others: its heaviest terms, and the groups of words that it speaks of, so that
two that use different words for the same thing are alike. Names of organisations are no such meaning.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from math import log

import numpy as np
from numpy.typing import NDArray

from helsevev.core.search.documents import TITLE, Read
from helsevev.core.search.groups import Groups, Member
from helsevev.core.search.index import FIELD_WEIGHT, Index
from helsevev.core.search.lexicon import Bond
from helsevev.core.search.scoring import Ranked, Scores, best

HEAVIEST = 150
MEANING = 1.25
LONG_COUNTS_LESS = 0.8
# A meaning that so large a share of all documents speaks of tells nothing.
COMMON = 0.2
REASONS = 6


@dataclass(frozen=True)
class Reason:
    """What two documents share: a group's first member, or a term; and how much it says."""

    written: str
    worth: float
    is_meaning: bool


@dataclass(frozen=True)
class Feature:
    """A term or a meaning of the document that is compared, where it stands, and how much it says."""

    written: str
    is_meaning: bool
    places: NDArray[np.int32]
    weights: NDArray[np.float32]


class Compared:
    """A document beside all others of an index."""

    def __init__(self, features: Sequence[Feature], lengths: Scores) -> None:
        """What it says, and how much each of the others says in all."""
        self._features = features
        self._lengths = lengths

    def like(self, most: int | None = None, but: int | None = None) -> Ranked:
        """Those most like it, leaving out the one with the number `but`."""
        scores = np.zeros(len(self._lengths), np.float32)
        for one in self._features:
            scores[one.places] += one.weights
        scores /= self._lengths
        among = np.ones(len(self._lengths), dtype=bool)
        if but is not None:
            among[but] = False
        return best(scores, most, among)

    def reasons(self, number: int) -> list[Reason]:
        """What it shares with the one of that number, the weightiest first, meanings before bare words."""
        found = []
        for one in self._features:
            at = int(np.searchsorted(one.places, number))
            if at < len(one.places) and one.places[at] == number:
                found.append(Reason(one.written, float(one.weights[at]), one.is_meaning))
        found.sort(key=lambda reason: (not reason.is_meaning, -reason.worth, reason.written))
        return found[:REASONS]


class Likeness:
    """Compares documents of one index."""

    def __init__(self, index: Index, groups: Groups) -> None:
        """What a meaning is, the groups say."""
        self._index = index
        self._groups = groups

    def like(self, document: Read, most: int | None = None, but: int | None = None) -> Ranked:
        """The documents most like this one, leaving out the one with the number `but`."""
        return self.compared(document).like(most, but)

    def compared(self, document: Read) -> "Compared":
        """A document made ready to be compared with all others, once for all that is asked about it."""
        return Compared(self._features(document), self._lengths)

    def _features(self, document: Read) -> list[Feature]:
        """The heaviest terms of a document and its meanings, each with what it is worth in every other."""
        often: Counter[str] = Counter(term for passage in document.passages for term in passage)
        often.update(document.tags)
        for term in document.title:
            often[term] += FIELD_WEIGHT[TITLE]  # type: ignore[assignment] # a count with a weight
        numbers = self._index.vocabulary.numbers
        held = [(self._weight(times, term), term) for term, times in often.items() if term in numbers]
        found = []
        for weight, term in sorted(held, key=lambda one: (-one[0], one[1]))[:HEAVIEST]:
            places, weights = self._index.whole.of(numbers[term])
            rarity = self._rarity(len(places))
            found.append(Feature(term, False, places, _damped(weights) * np.float32(weight * rarity)))
        return found + self._shared_meanings(often)

    def _weight(self, often: float, term: str) -> float:
        places, _weights = self._index.whole.of(self._index.vocabulary.numbers[term])
        return (1 + log(max(often, 1))) * self._rarity(len(places))

    def _rarity(self, holders: int) -> float:
        return log(1 + self._index.documents / max(holders, 1))

    def _shared_meanings(self, often: Counter[str]) -> list[Feature]:
        found = []
        for group in sorted({group for term in often for group in self._beginning.get(term, ())}):
            places, weights = self._meanings[group]
            spoken = [min(often[term] for term in one.phrase) for one in self._groups.members[group]]
            if not any(spoken):
                continue
            weight = (1 + log(max(*spoken, 1))) * self._rarity(len(places)) ** 2 * MEANING
            found.append(Feature(self._groups.all[group].members[0], True, places, weights * np.float32(weight)))
        return found

    @cached_property
    def _beginning(self) -> dict[str, set[int]]:
        """The groups with a member that begins with a term: no other group can be spoken of without it."""
        found: dict[str, set[int]] = {}
        for group in self._meanings:
            for member in self._groups.members[group]:
                found.setdefault(member.phrase[0], set()).add(group)
        return found

    @cached_property
    def _meanings(self) -> dict[int, tuple[NDArray[np.int32], NDArray[np.float32]]]:
        """For each group that tells documents apart, those that speak of it and how much."""
        found = {}
        for number, group in enumerate(self._groups.all):
            if group.bond is Bond.NAME:
                continue
            often = self._spoken(self._groups.members[number])
            places = np.flatnonzero(often).astype(np.int32)
            if 0 < len(places) <= max(2, COMMON * self._index.documents):
                found[number] = (places, _damped(often[places]))
        return found

    def _spoken(self, members: Sequence[Member]) -> Scores:
        """How often each document has a member of the group, all words of it."""
        most = np.zeros(self._index.documents, np.float32)
        numbers = self._index.vocabulary.numbers
        for member in members:
            if any(term not in numbers for term in member.phrase):
                continue
            least = np.full(self._index.documents, np.inf, np.float32)
            for term in member.phrase:
                often = np.zeros(self._index.documents, np.float32)
                places, weights = self._index.whole.of(numbers[term])
                often[places] = weights
                np.minimum(least, often, out=least)
            np.maximum(most, least, out=most)
        return most

    @cached_property
    def _lengths(self) -> Scores:
        """How much each document says in all, damped."""
        lists = self._index.whole
        holders = np.diff(lists.starts)
        rarity = np.log(1 + self._index.documents / np.maximum(holders, 1))
        weights = _damped(lists.weights) * np.repeat(rarity, holders).astype(np.float32)
        squares = np.bincount(lists.places, weights.astype(np.float64) ** 2, self._index.documents)
        length: Scores = np.maximum(np.sqrt(squares), 1.0).astype(np.float32) ** np.float32(LONG_COUNTS_LESS)
        return length


def _damped(often: NDArray[np.float32]) -> NDArray[np.float32]:
    damped: NDArray[np.float32] = (1 + np.log(np.maximum(often, 1))).astype(np.float32)
    return damped
