"""Documents that are about the same by what they say (likhet), with what they share in words."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from helsevev.commons.finding.queries.held import Held, held
from helsevev.commons.finding.rules import TEXTS_EACH, WORDS
from helsevev.core.search.documents import Document as Written
from helsevev.core.search.documents import Read, read
from helsevev.core.search.likeness import Compared
from helsevev.core.similarity import Similar

MOST = 30
# Those less like than this share of the likest aren't named for their words alone.
LEAST = 0.35
# What being the likest in words is worth beside shared facets: more than a theme, less than kinship.
WORTH = 5.0
MOST_MEANINGS = 2


@dataclass(frozen=True)
class Alike:
    """A document that says the same: how much so (the likest is 1), and what both speak of."""

    key: str
    share: float
    meanings: tuple[str, ...]


def alike(kind: str, key: str, *, staff: bool) -> list[Alike]:
    """The documents that say most of what this one says."""
    if settings.SEARCH_ENGINE != "plan":
        return []
    now = held()
    mine = [number for number, row in enumerate(now.texts) if row.key == key and row.kind == kind]
    if not mine:
        return []
    return _alike(now, kind, now.read(mine[0]), now.texts[mine[0]].pk // TEXTS_EACH, staff=staff)


def alike_to(kind: str, text: str) -> list[Alike]:
    """The open documents that say most of what a text says."""
    if not text.strip() or settings.SEARCH_ENGINE != "plan":
        return []
    now = held()
    return _alike(now, kind, read(Written("", "", text), now.searcher.analyser), -1, staff=False)


def _alike(now: Held, kind: str, mine: Read, but: int, *, staff: bool) -> list[Alike]:
    compared = now.searcher.likeness.compared(mine)
    ranked = compared.like()
    allowed = now.visible([kind], staff=staff) & (now.documents != but)
    found: dict[int, tuple[int, float]] = {}
    for number, score in zip(ranked.numbers.tolist(), ranked.scores.tolist(), strict=True):
        if allowed[number] and len(found) < MOST:
            found.setdefault(int(now.documents[number]), (number, score))
    likest = max((score for _number, score in found.values()), default=1.0)
    return [
        Alike(now.texts[number].key, score / likest, _meanings(compared, number))
        for number, score in found.values()
        if score >= LEAST * likest
    ]


def _meanings(compared: Compared, number: int) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.written for one in compared.reasons(number) if one.is_meaning))[:MOST_MEANINGS]


def with_words(found: Sequence[Similar], said: Sequence[Alike]) -> list[Similar]:
    """Those that share facets, and those that say the same; who does both comes before who does one."""
    every = {one.key: one for one in found}
    for one in said:
        before = every.get(one.key, Similar(one.key, 0.0, ()))
        reasons = (*before.reasons, *((WORDS, meaning) for meaning in one.meanings))
        every[one.key] = replace(before, score=round(before.score + WORTH * one.share, 6), reasons=reasons)
    return sorted((one for one in every.values() if one.reasons), key=lambda one: (-one.score, one.key))
