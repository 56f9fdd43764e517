"""All terms of an index (ordforråd): which are typed alike, which have a word inside them, which are spelt nearly so.

Nothing is reckoned before it is asked for, so an index loads at once.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from helsevev.core.search.letters import typed_plain

GAP = "\n"
# What may stand between the parts of a compound: linking letters, and endings that a stem has lost.
LINKS = ("", "s", "e", "es", "er", "ing", "ings", "ning", "nings", "else", "elses", "het", "hets", "a", "en", "n")
SHORTEST_PART = 3
MOST_PARTS = 4
ALIKE = 0.3
_CODE = 21


class Vocabulary:
    """The terms of an index by number."""

    def __init__(self, terms: Sequence[str], known: frozenset[str] = frozenset()) -> None:
        """Terms in the order of their numbers; `known` are stems that words may be made of besides."""
        self.terms = terms
        self.numbers = {term: number for number, term in enumerate(terms)}
        self.known = known
        self.covered = lru_cache(maxsize=100_000)(self._covered)

    @cached_property
    def _joined(self) -> str:
        return GAP + GAP.join(self.terms) + GAP

    @cached_property
    def _starts(self) -> NDArray[np.int64]:
        lengths = np.fromiter((len(term) + 1 for term in self.terms), np.int64, len(self.terms))
        return np.cumsum(lengths) - lengths + 1

    @cached_property
    def _by_typing(self) -> dict[str, list[int]]:
        found: defaultdict[str, list[int]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            found[typed_plain(term)].append(number)
        return found

    def typed_alike(self, term: str) -> list[int]:
        """Terms that are this one when typed without æ, ø and å, or with."""
        return [number for number in self._by_typing.get(typed_plain(term), ()) if self.terms[number] != term]

    def beginning(self, letters: str, most: int = 30) -> list[int]:
        """Terms that begin so, the shortest first."""
        found = [found.start() for found in re.finditer(re.escape(GAP + letters), self._joined)]
        numbers = self._owners([place + 1 for place in found])
        return sorted(numbers, key=lambda number: (len(self.terms[number]), self.terms[number]))[:most]

    def is_part(self, stem: str) -> bool:
        """Whether compounds may be made of this stem."""
        return stem in self.known or (len(stem) > SHORTEST_PART and stem in self.numbers)

    def _covered(self, text: str, most: int = MOST_PARTS) -> bool:
        """Whether `text` is made of parts and links from beginning to end."""
        if text in LINKS:
            return True
        if most == 0:
            return False
        for end in range(len(text), SHORTEST_PART - 1, -1):
            if self.is_part(text[:end]) and any(
                text.startswith(link, end) and self.covered(text[end + len(link) :], most - 1) for link in LINKS
            ):
                return True
        return False

    def containing(self, stem: str) -> list[int]:
        """Terms of which `stem` is a part: alone the beginning or end of a word when long, else only between parts."""
        if len(stem) < SHORTEST_PART:
            return []
        places = [found.start() for found in re.finditer(re.escape(stem), self._joined)]
        found: dict[int, None] = {}
        for number, place in zip(self._owners(places), places, strict=True):
            term = self.terms[number]
            begin = place - int(self._starts[number])
            if term != stem and self._is_inside(term[:begin], term[begin + len(stem) :], len(stem)):
                found[number] = None
        return list(found)

    def _owners(self, places: Sequence[int]) -> list[int]:
        return [int(one) for one in np.searchsorted(self._starts, np.asarray(places, dtype=np.int64), side="right") - 1]

    def _is_inside(self, before: str, after: str, length: int) -> bool:
        """Whether what stands around a part of that length lets it be one."""
        if length > 5 and (not before or not after):
            return True
        if length > 4 and not after and len(before) > SHORTEST_PART:
            return True
        return self._before(before) and self._after(after)

    def _before(self, text: str) -> bool:
        return not text or (len(text) >= SHORTEST_PART and self.covered(text))

    def _after(self, text: str) -> bool:
        return any(
            text.startswith(link) and (len(text) == len(link) or self.covered(text[len(link) :])) for link in LINKS
        )

    def parts(self, term: str) -> tuple[str, ...]:
        """The stems that a compound is made of, as few as will do; empty when it is none."""
        return self._cut(term, MOST_PARTS, whole=True) or ()

    def _cut(self, text: str, most: int, *, whole: bool = False) -> tuple[str, ...] | None:
        """The fewest parts that `text` is made of, of equals the one whose first part is longest."""
        if most == 0 or len(text) < SHORTEST_PART:
            return None
        if not whole and self.is_part(text):
            return (text,)
        best: tuple[str, ...] | None = None
        for end in range(len(text) - SHORTEST_PART, SHORTEST_PART - 1, -1):
            if not self.is_part(text[:end]):
                continue
            for link in LINKS:
                below = self._cut(text[end + len(link) :], most - 1) if text.startswith(link, end) else None
                if below is not None and (best is None or len(below) + 1 < len(best)):
                    best = (text[:end], *below)
        return best

    @cached_property
    def _trigrams(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """Every three letters in a row, sorted, with the term each stands in; and how many each term has."""
        signs = np.frombuffer(self._joined.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
        codes = (signs[:-2] << 2 * _CODE) | (signs[1:-1] << _CODE) | signs[2:]
        inside = signs[1:-1] != ord(GAP)
        owners = np.searchsorted(self._starts, np.arange(1, len(signs) - 1), side="right") - 1
        codes, owners = codes[inside], owners[inside]
        order = np.argsort(codes, kind="stable")
        return codes[order], owners[order], np.bincount(owners, minlength=len(self.terms))

    def nearest(self, term: str, most: int = 6, least: float = ALIKE) -> list[tuple[int, float]]:
        """The terms spelt most like this one, with how alike they are (Dice), the most alike first."""
        if not self.terms or not term:
            return []
        codes, owners, lengths = self._trigrams
        signs = [ord(sign) for sign in f"{GAP}{term}{GAP}"]
        asked = sorted(
            {(a << 2 * _CODE) | (b << _CODE) | c for a, b, c in zip(signs, signs[1:], signs[2:], strict=False)}
        )
        begin, end = np.searchsorted(codes, asked), np.searchsorted(codes, asked, side="right")
        held = np.concatenate([np.unique(owners[a:b]) for a, b in zip(begin, end, strict=True)])
        shared = np.bincount(held, minlength=len(self.terms))
        alike = 2 * shared / (lengths + len(asked))
        near = np.flatnonzero(alike >= least)
        order = near[np.lexsort((near, -alike[near]))][:most]
        return [(int(one), float(alike[one])) for one in order]
