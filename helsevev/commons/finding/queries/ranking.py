"""Search by words, the best first, with the places that answer marked."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import numpy as np
from django.core.exceptions import EmptyResultSet
from django.db import connection
from numpy.typing import NDArray

from helsevev.commons.finding.models import DocumentText
from helsevev.commons.finding.queries.answering import Answer, answer, listed
from helsevev.commons.finding.queries.selecting import NOTHING, RANKING, Chosen, is_planned, matching, selected
from helsevev.commons.finding.rules import TEXTS_EACH, Hit, Query, audiences, holds, mark, query, snippet

# Each document once, by the text that answers best. The kind is cast so that SQLite starts from what answers.
BEST = """
WITH matched AS MATERIALIZED ({matching})
SELECT d.id, d.key, MAX(m.score) AS best
FROM matched m JOIN finding_document d ON d.id = m.id / {each}
WHERE CAST(d.kind AS text) = %s AND d.audience IN ({audiences}) {narrowed}
GROUP BY d.id, d.key ORDER BY best DESC, d.id LIMIT %s OFFSET %s
"""
FIRST = range(20)
MOST = 1_000
FAR = 1_000_000_000
NEARLY = 0.5


def search(
    kind: str,
    text: str,
    language: str,
    facets: Chosen = NOTHING,
    *,
    part: range = FIRST,
    staff: bool = False,
) -> list[Hit]:
    """The documents that have every word of `text`, the best first, and of them the places in `part`.

    Without a word there is nothing to rank, and so no hit.
    """
    asked = query(text)
    if asked is None or not asked.words:
        return []
    if is_planned():
        return planned(kind, asked, language, facets, part, staff=staff)
    best = _best(kind, asked, facets, part, staff=staff)
    texts = _texts(best)
    return [_hit(key, score, _shown(texts[pk], asked, language), asked) for pk, (key, score) in best.items()]


def planned(kind: str, asked: Query, language: str, facets: Chosen, part: range, *, staff: bool) -> list[Hit]:
    """The same, by the plan of search."""
    found = answer(asked.text)
    visible = np.isin(found.held.documents, listed(found.held, asked.text, kind, staff=staff))
    if any(facets.values()):
        chosen = selected(kind, "", facets, staff=staff).values_list("pk", flat=True)
        visible &= np.isin(found.held.documents, list(chosen))
    return shown(found, ranked(found, visible)[_slice(part)], language)


def ranked(found: Answer, visible: NDArray[np.bool_]) -> NDArray[np.int64]:
    """The documents of the texts that may be seen and score, by number among all documents, the best first."""
    if not len(found.scores):
        return np.zeros(0, np.int64)
    best = np.maximum.reduceat(np.where(visible, found.scores, 0), found.held.firsts)
    numbers = np.flatnonzero(best > 0)
    return numbers[np.lexsort((numbers, -best[numbers]))]


def shown(found: Answer, numbers: Sequence[int] | NDArray[np.int64], language: str) -> list[Hit]:
    """These documents as hits, each by the text that is shown."""
    now = found.held
    ends = np.append(now.firsts[1:], len(now.texts))
    chosen = [_text(found, range(int(now.firsts[number]), int(ends[number])), language) for number in numbers]
    ids = [now.texts[one].pk for one in chosen]
    rows = DocumentText.objects.select_related("document").defer("folded_title", "folded_body").in_bulk(ids)
    asked = Query((), terms=found.terms)
    return [
        _hit(rows[pk].document.key, float(found.scores[number]), rows[pk], asked)
        for number, pk in zip(chosen, ids, strict=True)
        if pk in rows
    ]


def _text(found: Answer, texts: range, language: str) -> int:
    """The text in the reader's language when it answers nearly as well as the best, else the best."""
    best = max(texts, key=lambda number: (found.scores[number], -number))
    own = next((number for number in texts if found.held.texts[number].language == language), best)
    return own if found.scores[own] >= NEARLY * found.scores[best] else best


def _slice(part: range) -> slice:
    start = min(max(part.start, 0), FAR)
    return slice(start, start + len(part[:MOST]))


def _texts(best: Collection[int]) -> Mapping[int, list[DocumentText]]:
    texts: defaultdict[int, list[DocumentText]] = defaultdict(list)
    for row in DocumentText.objects.filter(document__in=list(best)).defer("folded_title", "folded_body"):
        texts[row.document_id].append(row)
    return texts


def _best(kind: str, asked: Query, facets: Chosen, part: range, *, staff: bool) -> dict[int, tuple[str, float]]:
    """Keys and scores of the documents that answer best, by id and in order."""
    narrowed = ""
    chosen: tuple[Any, ...] = ()
    if any(facets.values()):
        try:
            sql, chosen = selected(kind, "", facets, staff=staff).values("pk").query.sql_with_params()
        except EmptyResultSet:
            return {}
        narrowed = f"AND d.id IN ({sql})"
    matched, words = matching(asked, RANKING)
    viewers = audiences(staff=staff)
    statement = BEST.format(
        matching=matched, each=TEXTS_EACH, audiences=", ".join(["%s"] * len(viewers)), narrowed=narrowed
    )
    page = [len(part[:MOST]), min(max(part.start, 0), FAR)]
    with connection.cursor() as cursor:
        cursor.execute(statement, [*words, kind, *viewers, *chosen, *page])
        return {pk: (key, float(score)) for pk, key, score in cursor.fetchall()}


def _shown(texts: Sequence[DocumentText], asked: Query, language: str) -> DocumentText:
    """The text in the reader's language when it answers, else another that does, else the reader's own."""
    in_order = sorted(texts, key=lambda row: (row.language != language, row.pk))
    return next((row for row in in_order if holds(f"{row.title} {row.body}", asked)), in_order[0])


def _hit(key: str, score: float, row: DocumentText, asked: Query) -> Hit:
    return Hit(key, score, row.language, mark(row.title, asked), snippet(row.body, asked))
