"""Which texts answer a query, how well, and why (svar): the plan of `core.search` over what is held."""

from dataclasses import dataclass, replace

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from helsevev.commons.finding.queries.held import Held, held, lately
from helsevev.commons.finding.rules import Query, query
from helsevev.core.search.plan import Plan


@dataclass(frozen=True)
class Answer:
    """What was held when it was asked, the plan, and what each text scores."""

    held: Held
    plan: Plan
    scores: NDArray[np.float32]

    @property
    def terms(self) -> frozenset[str]:
        """Every term that answers in some way: what is marked where a hit is shown."""
        return terms_of(self.held, self.plan)


def answer(text: str) -> Answer:
    """What answers a text."""
    now = held()
    plan = now.plan(text)
    return Answer(now, plan, now.searcher.scores(plan))


def answering(text: str, kind: str, *, staff: bool) -> list[int]:
    """Ids of the documents of a kind that have every word that any of them has, in some way: what a list holds.

    Words that nobody has are left aside, so that one odd word doesn't empty a list.
    """
    return listed(held(), text, kind, staff=staff)


def listed(now: Held, text: str, kind: str, *, staff: bool) -> list[int]:
    """The same, of what is held already."""
    if not now.texts:
        return []
    has = now.searcher.answered(now.plan(text))
    has[:, ~now.visible([kind], staff=staff)] = False
    if not has.any():
        return []
    by_document = np.logical_or.reduceat(has, now.firsts, axis=1).sum(axis=0)
    return [int(one) for one in now.documents[now.firsts][by_document == by_document.max()]]


def asked(text: str) -> Query | None:
    """What a text asks for, with every term that answers it, to mark what a reader sees; None when it is blank."""
    found = query(text)
    if found is None or not found.words or settings.SEARCH_ENGINE != "plan":
        return found
    now = lately()
    return replace(found, terms=terms_of(now, now.plan(text)))


def terms_of(now: Held, plan: Plan) -> frozenset[str]:
    """Every term that answers a plan in some way."""
    every = now.searcher.index.vocabulary.terms
    return frozenset(every[number] for one in plan.asked for _how, number in one.matching())
