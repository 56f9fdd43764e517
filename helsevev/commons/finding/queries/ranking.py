"""Search by words, the best first, with the places that answer marked."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection

from helsevev.commons.finding.models import DocumentText
from helsevev.commons.finding.queries.selecting import NOTHING, RANKING, Chosen, matching, selected
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
    best = _best(kind, asked, facets, part, staff=staff)
    texts: defaultdict[int, list[DocumentText]] = defaultdict(list)
    for row in DocumentText.objects.filter(document__in=list(best)).defer("folded_title", "folded_body"):
        texts[row.document_id].append(row)
    return [_hit(key, score, _shown(texts[pk], asked, language), asked) for pk, (key, score) in best.items()]


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
