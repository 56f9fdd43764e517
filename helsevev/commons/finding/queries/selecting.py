"""Which documents answer to a text and to facets: values of one facet widen, different facets narrow."""

import json
from collections.abc import Collection, Mapping
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Q, QuerySet, TextField
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from helsevev.commons.finding.models import Document, DocumentFacet, Facet
from helsevev.commons.finding.queries.answering import answering
from helsevev.commons.finding.rules import TEXTS_EACH, Query, audiences, findable, query

Chosen = Mapping[str, Collection[str]]
NOTHING: Chosen = {}

# The database's own words for "every text that has all of these", and for how well each answers. What people write
# only ever travels as a parameter.
MATCHING = {
    "sqlite": "SELECT rowid AS id FROM finding_text_index WHERE finding_text_index MATCH %s",
    "postgresql": "SELECT id FROM finding_documenttext WHERE words @@ ({asked})",
}
RANKING = {
    "sqlite": "SELECT rowid AS id, -bm25(finding_text_index, 4.0, 1.0) AS score FROM finding_text_index"
    " WHERE finding_text_index MATCH %s",
    "postgresql": "SELECT id, ts_rank('{{0.1, 0.1, 0.25, 1.0}}', words, asked, 1) AS score"
    " FROM finding_documenttext, (SELECT {asked} AS asked) q WHERE words @@ asked",
}
THESE = {"sqlite": "SELECT value FROM json_each(%s)", "postgresql": "SELECT unnest(%s::bigint[])"}
WORD = "(to_tsquery('simple', %s) || plainto_tsquery('norwegian', %s) || plainto_tsquery('english', %s))"


def is_planned() -> bool:
    """Whether search is answered by its plan, and not by what the database alone can do."""
    return bool(settings.SEARCH_ENGINE == "plan")


def keys(kind: str, text: str = "", facets: Chosen = NOTHING, *, staff: bool = False) -> "QuerySet[Document, str]":
    """Keys of the documents that answer, to be used as a subquery: `filter(key__in=keys(...))`.

    Blank text and no facets choose all: ask without `keys` then, since a list of all is the dearest of lists.
    """
    return selected(kind, text, facets, staff=staff).values_list("key", flat=True)


def selected(kind: str, text: str = "", facets: Chosen = NOTHING, *, staff: bool = False) -> "QuerySet[Document]":
    """The documents that answer. Chosen facets are looked up now, so that the database plans with what it knows of
    each; the documents when the answer is read.
    """
    asked = query(text)
    if asked and not asked.words:
        return Document.objects.none()
    chosen = {name: values for name, values in facets.items() if values}
    if not chosen:
        return _of_kind(kind, asked, staff=staff)
    # A facet is of one kind and audience, so the documents that have it are too.
    ids = facet_ids(kind, chosen, staff=staff)
    found = Document.objects.all()
    for name in chosen:
        found = found.filter(pk__in=having(ids[name]))
    return found.filter(pk__in=matching_documents(asked, kind, staff=staff)) if asked else found


def _of_kind(kind: str, asked: Query | None, *, staff: bool) -> "QuerySet[Document]":
    visible = Document.objects.filter(audience__in=audiences(staff=staff))
    if asked is None:
        return visible.filter(kind=kind)
    # Cast, so that SQLite doesn't begin with the kind's whole list.
    answering = visible.filter(pk__in=matching_documents(asked, kind, staff=staff))
    return answering.alias(kind_alone=Cast("kind", TextField())).filter(kind_alone=kind)


def facet_ids(kind: str, chosen: Chosen, *, staff: bool) -> dict[str, list[int]]:
    """The ids of the chosen facets by name; of a name or value that can't exist there are none."""
    which = Q(pk=None)
    for name, values in chosen.items():
        which |= Q(name=name, value__in=list(filter(findable, values))) if findable(name) else Q(pk=None)
    ids: dict[str, list[int]] = {name: [] for name in chosen}
    rows = Facet.objects.filter(which, kind=kind, audience__in=audiences(staff=staff))
    for name, pk in rows.values_list("name", "pk"):
        ids[name].append(pk)
    return ids


def having(facets: Collection[int]) -> "QuerySet[DocumentFacet, int]":
    """Ids of the documents that have any of these facets."""
    return DocumentFacet.objects.filter(facet__in=facets).values_list("document_id", flat=True)


def matching_documents(asked: Query, kind: str, *, staff: bool) -> RawSQL:
    """Ids of the documents of a kind that answer, and perhaps of others, as a subquery."""
    return RawSQL(*document_ids(asked, kind, staff=staff))  # noqa: S611 all that people wrote is in the parameters


def document_ids(asked: Query, kind: str, *, staff: bool) -> tuple[str, list[Any]]:
    """The statement for these ids, and its parameters: by the plan of search, or by the database's own words."""
    if is_planned():
        found = answering(asked.text, kind, staff=staff)
        return THESE[connection.vendor], [json.dumps(found) if connection.vendor == "sqlite" else found]
    sql, parameters = matching(asked, MATCHING)
    # Our own words only; what people wrote is in the parameters.
    return f"WITH m AS MATERIALIZED ({sql}) SELECT id / {TEXTS_EACH} FROM m", parameters  # noqa: S608


def matching(asked: Query, template: Mapping[str, str]) -> tuple[str, list[str]]:
    """The statement of `template` for this database, and its parameters."""
    if connection.vendor == "sqlite":
        words = (f'"{word}"' + "*" * asked.is_beginning(at) for at, word in enumerate(asked.words))
        return template["sqlite"], [" ".join(words)]
    parameters = []
    for at, word in enumerate(asked.words):
        parameters += [f"'{word}'" + ":*" * asked.is_beginning(at), word, word]
    return template["postgresql"].format(asked=" && ".join([WORD] * len(asked.words))), parameters
