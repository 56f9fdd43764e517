"""Agreed words found in a text (avklarte begrep), so that each can lead to what it means."""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Word:
    """An agreed word (avklart begrep): where its definition stands on a page, and how it is written."""

    key: str
    name: str
    definition: str
    also: tuple[str, ...] = ()

    @property
    def spelled(self) -> tuple[str, ...]:
        """Everything it is written as."""
        return (self.name, *self.also)


@dataclass(frozen=True)
class Bit:
    """A stretch of text, and the agreed word that it is, if any."""

    text: str
    word: Word | None = None


def marked(text: str, words: Sequence[Word]) -> list[Bit]:
    """The text cut where agreed words stand, whole words only; of two that begin in one place the longer counts."""
    known = {" ".join(one.casefold().split()): word for word in reversed(words) for one in word.spelled if one.strip()}
    if not known or not text:
        return [Bit(text)] if text else []
    longest = sorted(known, key=len, reverse=True)
    found = re.compile(rf"(?<!\w)({'|'.join(_loose(one) for one in longest)})(?!\w)", re.IGNORECASE)
    bits: list[Bit] = []
    at = 0
    for match in found.finditer(text):
        word = known.get(" ".join(match.group().casefold().split()))
        if word is None:  # letters that fold to other letters than the pattern's
            continue
        bits += [Bit(text[at : match.start()])] if match.start() > at else []
        bits.append(Bit(match.group(), word))
        at = match.end()
    return [*bits, Bit(text[at:])] if at < len(text) else bits


def _loose(spelling: str) -> str:
    """A spelling in which any white space stands for any other."""
    return r"\s+".join(re.escape(part) for part in spelling.split())
