"""The documents as arrays (indeks): for each term the passages it stands in, and how much it weighs there.

BM25F: what a term weighs in a passage is the weighted sum of how often it stands in title, tags and body, each
made comparable by its length. Saturation and rarity are put on when a query is ranked.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

from helsevev.core.search.documents import BODY, FIELDS, TAGS, TITLE, Read
from helsevev.core.search.vocabulary import Vocabulary

FIELD_WEIGHT = {TITLE: 3.0, TAGS: 1.5, BODY: 1.0}
LENGTH_MATTERS = 0.5

Numbers = NDArray[np.int64]
Weights = NDArray[np.float32]


@dataclass(frozen=True)
class Lists:
    """For each term where it stands and with what weight: slices of two long arrays."""

    starts: Numbers
    places: NDArray[np.int32]
    weights: Weights

    def of(self, term: int) -> tuple[NDArray[np.int32], Weights]:
        """Where one term stands, in order, and with what weight."""
        begin, end = self.starts[term], self.starts[term + 1]
        return self.places[begin:end], self.weights[begin:end]


class Index:
    """Documents that can be searched, in the order in which they were given; built once, never changed."""

    def __init__(self, documents: Iterable[Read], known: frozenset[str] = frozenset()) -> None:
        """Count all terms of all documents; `known` are stems that compounds are made of."""
        ids: defaultdict[str, int] = defaultdict(count().__next__)
        terms: list[int] = []
        self._lengths: list[tuple[int, int, int]] = []
        owners: list[int] = []
        for number, document in enumerate(documents):
            title = [ids[term] for term in document.title]
            tags = [ids[term] for term in document.tags]
            for passage in document.passages:
                terms += title
                terms += tags
                terms += [ids[term] for term in passage]
                self._lengths.append((len(title), len(tags), len(passage)))
                owners.append(number)
        self.documents = owners[-1] + 1 if owners else 0
        self.passages = len(owners)
        self.owners: Numbers = np.asarray(owners, dtype=np.int64)
        self.firsts: Numbers = np.flatnonzero(np.diff(self.owners, prepend=-1)).astype(np.int64)
        self.vocabulary = Vocabulary(list(ids), known)
        self._terms: Numbers = np.asarray(terms, dtype=np.int64)
        self.lists = self._count()

    def _fields(self) -> tuple[Numbers, NDArray[np.int64]]:
        """For each term in `_terms` its passage and field."""
        lengths = np.asarray(self._lengths, dtype=np.int64).reshape(-1, len(FIELDS))
        cells = np.repeat(np.arange(lengths.size), lengths.ravel())
        return cells, lengths

    def _count(self) -> Lists:
        cells, lengths = self._fields()
        size = max(lengths.size, 1)
        keys, often = np.unique(self._terms * size + cells, return_counts=True)
        term, cell = np.divmod(keys, size)
        passage, place = np.divmod(cell, len(FIELDS))
        average = np.maximum(lengths.mean(axis=0), 1.0) if len(lengths) else np.ones(len(FIELDS))
        shape = 1 - LENGTH_MATTERS + LENGTH_MATTERS * lengths / average
        factor = np.asarray([FIELD_WEIGHT[one] for one in FIELDS])
        weight = often * factor[place] / (shape[passage, place] if len(lengths) else 1.0)
        return _joined(term, passage, weight, len(self.vocabulary.terms))

    @cached_property
    def whole(self) -> Lists:
        """For each term the documents it stands in, with how often, the title counted threefold."""
        cells, _lengths = self._fields()
        passage, place = np.divmod(cells, len(FIELDS))
        first = np.isin(passage, self.firsts)
        worth = np.where(
            place == BODY, 1.0, np.where(first, FIELD_WEIGHT[TITLE] * (place == TITLE) + (place == TAGS), 0.0)
        )
        size = max(self.documents, 1)
        keys, where = np.unique(self._terms * size + self.owners[passage], return_inverse=True)
        term, document = np.divmod(keys, size)
        return _joined(
            term, document, np.bincount(where, worth, len(keys)).astype(np.float64), len(self.vocabulary.terms)
        )


def _joined(term: Numbers, place: Numbers, weight: NDArray[np.float64], terms: int) -> Lists:
    """Lists of rows that are sorted by term and then place; equal rows are added up."""
    fresh = np.ones(len(term), dtype=bool)
    fresh[1:] = (np.diff(term) != 0) | (np.diff(place) != 0)
    at = np.flatnonzero(fresh)
    added = np.add.reduceat(weight, at) if len(at) else weight
    starts = np.searchsorted(term[at], np.arange(terms + 1))
    return Lists(starts.astype(np.int64), place[at].astype(np.int32), added.astype(np.float32))
