"""One question over every kind of document that has a page of its own: hits, facets, and what else was searched for."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import SequenceMatcher

import numpy as np
from django.conf import settings

from helsevev.commons.finding.models import Document, DocumentFacet
from helsevev.commons.finding.queries.answering import Answer, answer
from helsevev.commons.finding.queries.ranking import ranked, shown
from helsevev.commons.finding.rules import Hit, query
from helsevev.core.search.letters import small, words

FIRST = range(20)
MOST = 400
# Documents that score less than this share of the best answer too little to be worth a reader's time.
LEAST = 0.14
MOST_ALSO = 8
KIND = "kind_of_document"


@dataclass(frozen=True)
class Found:
    """A hit, its kind, and the page that shows it, without the language that addresses begin with."""

    kind: str
    address: str
    hit: Hit


@dataclass(frozen=True)
class Everything:
    """What was found everywhere (funn)."""

    total: int = 0
    found: list[Found] = field(default_factory=list)
    facets: Mapping[str, list[tuple[str, int]]] = field(default_factory=dict)
    also: list[str] = field(default_factory=list)
    meant: dict[str, str] = field(default_factory=dict)


def everywhere(
    text: str,
    language: str,
    facets: Mapping[str, Collection[str]],
    names: Collection[str],
    *,
    part: range = FIRST,
    staff: bool = False,
) -> Everything:
    """What answers a text among all documents with a page; `names` are the facets that are counted beside the kind."""
    asked = query(text)
    if asked is None or not asked.words:
        return Everything()
    answered = answer(text)
    documents = _documents(answered, staff=staff)
    properties = _properties(documents.values(), names)
    kept = [number for number, pk in documents.items() if _has(properties[pk], facets)]
    hits = shown(answered, kept[part.start : part.stop], language)
    places = _places(hits)
    return Everything(
        len(kept),
        [Found(*places[hit.key], hit) for hit in hits if hit.key in places],
        _counts(properties, facets, (KIND, *names)),
        also(answered),
        meant(answered, hits),
    )


def kinds(*, staff: bool = False) -> dict[str, int]:
    """How many documents with a page there are of each kind."""
    rows = Document.objects.exclude(address="").values_list("kind", "audience")
    return dict(Counter(kind for kind, audience in rows if staff or audience == "everyone"))


def _documents(answered: Answer, *, staff: bool) -> dict[int, int]:
    """The ids of the documents that answer well enough, by number among all, the best first."""
    now = answered.held
    placed = np.fromiter((bool(row.address) for row in now.texts), bool, len(now.texts))
    visible = now.visible((), staff=staff) & placed
    order = ranked(answered, visible)[:MOST]
    if not len(order):
        return {}
    best = np.maximum.reduceat(np.where(visible, answered.scores, 0), now.firsts)
    ids = now.documents[now.firsts]
    return {int(one): int(ids[one]) for one in order if best[one] >= LEAST * best[order[0]]}


Properties = dict[int, dict[str, set[str]]]


def _properties(ids: Iterable[int], names: Collection[str]) -> Properties:
    wanted = list(ids)
    found: Properties = {pk: {} for pk in wanted}
    for pk, kind in Document.objects.filter(pk__in=wanted).values_list("pk", "kind"):
        found[pk][KIND] = {kind}
    rows = DocumentFacet.objects.filter(document__in=wanted, facet__name__in=names).exclude(facet__value="")
    for pk, name, value in rows.values_list("document_id", "facet__name", "facet__value"):
        found[pk].setdefault(name, set()).add(value)
    return found


def _has(held: Mapping[str, set[str]], facets: Mapping[str, Collection[str]], but: str = "") -> bool:
    return all(held.get(name, set()) & set(values) for name, values in facets.items() if values and name != but)


def _counts(
    properties: Properties, facets: Mapping[str, Collection[str]], names: Collection[str]
) -> dict[str, list[tuple[str, int]]]:
    """How many would be left by each value; a facet's own choice doesn't narrow its own counts."""
    found = {}
    for name in names:
        left = (held.get(name, set()) for held in properties.values() if _has(held, facets, name))
        counted = Counter(value for values in left for value in values)
        for value in facets.get(name, ()):
            counted.setdefault(value, 0)
        found[name] = sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    return found


def _places(hits: Iterable[Hit]) -> dict[str, tuple[str, str]]:
    rows = Document.objects.filter(key__in=[hit.key for hit in hits]).exclude(address="")
    return {key: (kind, address) for key, kind, address in rows.values_list("key", "kind", "address")}


def also(answered: Answer) -> list[str]:
    """Other words and phrases that were searched for, as the lists have them."""
    asked = {one.written for one in answered.plan.asked}
    every = dict.fromkeys(word for one in answered.plan.asked for word in one.also if small(word) not in asked)
    return list(every)[:MOST_ALSO]


def meant(answered: Answer, hits: Iterable[Hit]) -> dict[str, str]:
    """For each word that nobody has written, the word of the hits that it was taken for."""
    searcher = answered.held.searcher
    wanted = {
        searcher.index.vocabulary.terms[one.meant]: one.written
        for one in answered.plan.asked
        if one.meant is not None and not one.has_all_parts
    }
    if not wanted or settings.SEARCH_ENGINE != "plan":
        return {}
    candidates: dict[str, set[str]] = {}
    for hit in hits:
        for piece in (*hit.title, *hit.snippet):
            for word in words(piece.text):
                written = wanted.get(searcher.analyser.term(small(word)))
                if written and small(word) != written:
                    candidates.setdefault(written, set()).add(word)
    return {
        written: max(sorted(those), key=lambda one: SequenceMatcher(None, written, small(one)).ratio())
        for written, those in candidates.items()
    }
