"""Stock Wagtail's database search on the same texts and queries, in a database of its own: prints one JSON object.

    HELSEVEV_DATA_DIR=/tmp/bench python benchmarks/stock_search.py 200 1000
    bash scripts/postgresql.sh .venv/bin/python benchmarks/stock_search.py 200 1000

The texts are rows of a table that Wagtail's own backend indexes, title three times the body; on PostgreSQL with its
Norwegian configuration. Asked as it is by default (every word), and with any of the words, stop words left out.
"""

import json
import re
import sys
import time
from collections.abc import Callable, Sequence

import portfolio  # noqa: F401 - starts Django
import searching
from django.core.management import call_command
from django.db import connection, models
from searching import HALVES, documents, grown, judging, summed
from wagtail.search import index
from wagtail.search.backends.database import SearchBackend
from wagtail.search.models import IndexEntry

from helsevev.core.search.analysis import analyser
from helsevev.core.search.documents import Document

LONGEST_S = 12.0


class Stock(index.Indexed, models.Model):
    """A text as stock Wagtail has it."""

    key = models.CharField(max_length=200)
    title = models.TextField()
    body = models.TextField()
    search_fields = (index.SearchField("title", boost=3), index.SearchField("body"))

    class Meta:
        app_label = "pages"

    def __str__(self) -> str:
        return self.title


def indexed(texts: Sequence[Document]) -> float:
    """Index these texts and no others; seconds of processor time (this process's)."""
    Stock.objects.all().delete()
    Stock.objects.bulk_create(
        [Stock(key=one.id, title=one.title, body=f"{one.body} {' '.join(one.tags)}") for one in texts], batch_size=500
    )
    begun = time.process_time()
    backend().get_index_for_model(Stock).reset()
    rows = list(Stock.objects.all())
    for start in range(0, len(rows), 500):
        backend().get_index_for_model(Stock).add_items(Stock, rows[start : start + 500])
    return time.process_time() - begun


def backend() -> SearchBackend:
    """Wagtail's for this database."""
    return SearchBackend({"SEARCH_CONFIG": "norwegian"} if connection.vendor == "postgresql" else {})


def engine(operator: str) -> Callable[[str], list[str]]:
    """A search with every word, or any."""
    stop = analyser().lexicon.stop

    def search(query: str) -> list[str]:
        words = [word for word in re.findall(r"\w+", query.lower()) if operator == "and" or word not in stop]
        found = backend().search(" ".join(words), Stock.objects.all(), operator=operator)[:10]
        return [one.key for one in found]

    return search


def timed(search: Callable[[str], list[str]], queries: Sequence[str]) -> dict[str, float]:
    """Middle and 95th percentile in milliseconds, of as many queries as fit in the time there is: of this process
    where the database works in it, by the clock where it works in another.
    """
    now = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    spent: list[float] = []
    for query in queries:
        begun = now()
        search(query)
        spent.append(1000 * (now() - begun))
        if sum(spent) > 1000 * LONGEST_S:
            break
    spent.sort()
    return {"p50": round(spent[len(spent) // 2], 2), "p95": round(spent[int(len(spent) * 0.95)], 2), "n": len(spent)}


def main(sizes: Sequence[int]) -> None:
    """Quality on the judged texts, times on grown ones."""
    call_command("migrate", verbosity=0)
    IndexEntry.add_generic_relations()
    with connection.schema_editor() as editor:
        if Stock._meta.db_table not in connection.introspection.table_names():
            editor.create_model(Stock)
    indexed(documents(judging.corpus()))
    judged = [*judging.queries("text"), *judging.queries("fresh")]
    quality = {}
    for name, operator in (("every word", "and"), ("any word", "or")):
        rows = judging.evaluate(engine(operator), judged)
        halves = {half: [row for row, q in zip(rows, judged, strict=True) if q.half == half] for half in HALVES}
        quality[name] = {half: summed(those) for half, those in halves.items() if those}
    queries = [one.query for one in judging.queries("text")][: searching.QUERIES_TIMED]
    found = []
    for size in sizes:
        index_s = indexed(grown(size))
        found.append({"size": size, "index_s": round(index_s, 2), "any word": timed(engine("or"), queries)})
    print(json.dumps({"vendor": connection.vendor, "quality": quality, "sizes": found}))


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]])
