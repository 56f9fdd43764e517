"""Which themes a text speaks of, by the taxonomy's words (temaer). Pure."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping

from helsevev.commons.finding.rules.words import STEM, split

BRACKETS = re.compile(r"\s*\([^)]*\)")
SHORTEST = 3


def themes(text: str, spellings: Mapping[str, Iterable[str]]) -> list[str]:
    """The codes of those themes of which some spelling stands in the text, all its words; a longer word may be
    inflected or compounded there, a short one must stand as it is.
    """
    words = sorted(set(split(text)))
    return [code for code, names in spellings.items() if any(_stands(name, words) for name in names)]


def _stands(name: str, words: list[str]) -> bool:
    asked = [word for word in split(BRACKETS.sub("", name)) if len(word) >= SHORTEST]
    return bool(asked) and all(_has(word, words) for word in asked)


def _has(word: str, words: list[str]) -> bool:
    """Whether a word, or where it is long enough one that begins so, is among the sorted words."""
    place = bisect_left(words, word)
    if place == len(words):
        return False
    return words[place].startswith(word) if len(word) >= STEM else words[place] == word
