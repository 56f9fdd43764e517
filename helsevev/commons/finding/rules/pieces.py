"""How a hit is shown: pieces of text, some of them marked. The page makes HTML of them, so none is trusted."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from helsevev.commons.finding.rules.words import STEM, WORD, Query, folded, split
from helsevev.core.search.analysis import analyser
from helsevev.core.search.letters import small

SNIPPET_LENGTH = 220
# Endings of Norwegian and English inflection: a word and its inflected form are the same word to a reader.
ENDINGS = frozenset(
    ["", *WORD.findall("a e r t s n d en et er es ene ens ets ers enes ane de te dde ing ed ende ere est este het")]
)


@dataclass(frozen=True)
class Piece:
    """A bit of text, marked when it is what was looked for."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Hit:
    """A document that was found (treff), in the language it is shown in, the best score first."""

    key: str
    score: float
    language: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]


@lru_cache(maxsize=20_000)
def answered(word: str, asked: Query) -> frozenset[int]:
    """Which of the words asked for `word` (folded) is: the same, one that begins so, or the same word inflected."""
    return frozenset(
        position
        for position, wanted in enumerate(asked.words)
        if word == wanted
        or (asked.is_beginning(position) and word.startswith(wanted))
        or (word[:STEM] == wanted[:STEM] and _same_stem(word, wanted))
    )


def holds(text: str, asked: Query) -> bool:
    """Whether every word asked for is in `text`."""
    found: set[int] = set()
    return any(len(found := found | answered(word, asked)) == len(asked.words) for word in split(text))


def _same_stem(one: str, other: str) -> bool:
    common = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    return any(one[cut:] in ENDINGS and other[cut:] in ENDINGS for cut in range(max(STEM, common - 1), common + 1))


def spans(text: str, asked: Query) -> list[tuple[int, int]]:
    """Where in `text` the words that were asked for stand."""
    return [
        match.span()
        for match in WORD.finditer(text)
        if is_term(match.group(), asked.terms) or any(answered(word, asked) for word in folded(match.group()))
    ]


def is_term(written: str, terms: frozenset[str]) -> bool:
    """Whether a word as written is among the terms that answer."""
    return bool(terms) and analyser().term(small(written)) in terms


def mark(text: str, asked: Query) -> tuple[Piece, ...]:
    """All of `text`, cut where marks begin and end."""
    return tuple(_pieces(text, spans(text, asked)))


def snippet(text: str, asked: Query, length: int = SNIPPET_LENGTH) -> tuple[Piece, ...]:
    """The part of `text` where most of what was asked for stands close together; its beginning when nothing does."""
    text = " ".join(text.split())
    found = spans(text, asked)
    start = max((begin for begin, _ in found), key=lambda begin: _within(found, begin, length), default=0)
    start = _word_start(text, max(0, start - length // 5)) if len(text) > length else 0
    end = _word_end(text, min(len(text), start + length))
    inside = [(begin - start, stop - start) for begin, stop in found if start <= begin and stop <= end]
    pieces = list(_pieces(text[start:end], inside))
    if start:
        pieces.insert(0, Piece("… "))
    if end < len(text):
        pieces.append(Piece(" …"))
    return tuple(pieces)


def _within(found: list[tuple[int, int]], begin: int, length: int) -> tuple[int, int]:
    return sum(1 for other, _ in found if begin <= other < begin + length * 4 // 5), -begin


def _word_start(text: str, at: int) -> int:
    if at == 0 or text[at - 1] == " ":
        return at
    blank = text.find(" ", at)
    return blank + 1 if 0 <= blank < at + 40 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    blank = text.rfind(" ", max(0, at - 40), at + 1)
    return blank if blank > 0 else at


def _pieces(text: str, found: Iterable[tuple[int, int]]) -> Iterable[Piece]:
    at = 0
    for begin, stop in found:
        if begin > at:
            yield Piece(text[at:begin])
        yield Piece(text[begin:stop], marked=True)
        at = stop
    if at < len(text):
        yield Piece(text[at:])
