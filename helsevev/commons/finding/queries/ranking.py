"""Search by words, the best first, with the places that answer marked."""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import sql

from helsevev.commons.finding.models import DocumentText
from helsevev.commons.finding.queries.selecting import NOTHING, RANKING, Chosen, matching, selected
from helsevev.commons.finding.rules import Hit, Query, mark, query, snippet

# Of a document's texts the reader's own language is shown when it answers, else the one that answers best.
BEST = """
WITH matched AS MATERIALIZED ({matching}),
placed AS (
    SELECT t.id, t.document_id, m.score, ROW_NUMBER() OVER (
        PARTITION BY t.document_id ORDER BY CASE WHEN t.language = %s THEN 0 ELSE 1 END, m.score DESC, t.id
    ) AS place
    FROM matched m JOIN finding_documenttext t ON t.id = m.id
    WHERE t.document_id IN ({selected})
)
SELECT id, score FROM placed WHERE place = 1 ORDER BY score DESC, document_id LIMIT %s OFFSET %s
"""
FIRST = range(20)
MOST = 1_000


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
    narrowed = selected(kind, "", facets, staff=staff).values("pk").query
    best = _best(asked, language, narrowed, (len(part[:MOST]), min(max(part.start, 0), 2**31)))
    texts = DocumentText.objects.select_related("document").in_bulk(best)
    return [_hit(texts[pk], score, asked) for pk, score in best.items() if pk in texts]


def _best(asked: Query, language: str, narrowed: sql.Query, page: tuple[int, int]) -> dict[int, float]:
    """Ids of the texts that answer best and their scores, in order."""
    try:
        chosen, chosen_parameters = narrowed.sql_with_params()
    except EmptyResultSet:
        return {}
    matched, parameters = matching(asked, RANKING)
    with connection.cursor() as cursor:
        cursor.execute(
            BEST.format(matching=matched, selected=chosen), [*parameters, language, *chosen_parameters, *page]
        )
        return dict(cursor.fetchall())


def _hit(row: DocumentText, score: float, asked: Query) -> Hit:
    return Hit(row.document.key, float(score), row.language, mark(row.title, asked), snippet(row.body, asked))
