"""Measures search: quality on the judged queries beside peers, and speed, index time, load and memory as texts grow.

python benchmarks/searching.py quality      prints one JSON line
python benchmarks/searching.py 16200        the same for so many texts
"""

import json
import random
import re
import resource
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE / "search")]

import judging  # noqa: E402

from helsevev.core.search.analysis import analyser  # noqa: E402
from helsevev.core.search.documents import Document, Read, read  # noqa: E402
from helsevev.core.search.searcher import Searcher  # noqa: E402

QUERIES_TIMED = 110
Engine = Callable[[str], Sequence[str]]


def documents(lines: Iterable[dict[str, Any]]) -> list[Document]:
    """Lines of a corpus as documents."""
    return [Document(one["id"], one["title"], one["body"], tuple(one["tags"]), one["language"]) for one in lines]


def ours(texts: Sequence[Document]) -> tuple[Engine, Searcher, list[Read]]:
    """This product's own search."""
    reader = analyser()
    held = [read(one, reader) for one in texts]
    searcher = Searcher(held, reader)
    ids = [one.id for one in texts]
    return lambda query: [ids[number] for number in searcher.search(query, 10).numbers.tolist()], searcher, held


def fts(texts: Sequence[Document], tokenizer: str) -> Engine:
    """SQLite's own text index; three-letter pieces are asked for one by one, words as they stand, any of them."""
    base = sqlite3.connect(":memory:")
    base.execute(f"CREATE VIRTUAL TABLE t USING fts5(id UNINDEXED, title, body, tokenize='{tokenizer}')")
    base.executemany("INSERT INTO t VALUES (?, ?, ?)", [(t.id, t.title, f"{t.body} {' '.join(t.tags)}") for t in texts])
    stop = analyser().lexicon.stop

    def search(query: str) -> list[str]:
        words = [word for word in re.findall(r"\w+", query.lower()) if word not in stop]
        if tokenizer == "trigram":
            words = [word[at : at + 3] for word in words for at in range(max(len(word) - 2, 0))]
        asked = " OR ".join(f'"{word}"' for word in dict.fromkeys(words))
        if not asked:
            return []
        rows = base.execute("SELECT id FROM t WHERE t MATCH ? ORDER BY bm25(t, 0, 3, 1) LIMIT 10", (asked,))
        return [row[0] for row in rows]

    return search


def by_bm25s(texts: Sequence[Document]) -> Engine:
    """The package bm25s with a Norwegian stemmer."""
    import bm25s  # noqa: PLC0415 - measured only where it is installed
    from snowballstemmer import stemmer  # noqa: PLC0415

    stem, stop = stemmer("norwegian").stemWord, analyser().lexicon.stop

    def terms(text: str) -> list[str]:
        return [stem(word) for word in re.findall(r"\w+", text.lower()) if word not in stop]

    engine = bm25s.BM25()
    every = [terms(f"{text.title} {text.title} {text.title} {text.body} {' '.join(text.tags)}") for text in texts]
    engine.index(every, show_progress=False)
    ids, known = [text.id for text in texts], {term for one in every for term in one}

    def search(query: str) -> list[str]:
        asked = [term for term in terms(query) if term in known]
        if not asked:
            return []
        numbers, scores = engine.retrieve([asked], k=min(10, len(ids)), show_progress=False)
        return [ids[int(number)] for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    return search


def by_tantivy(texts: Sequence[Document]) -> Engine:
    """The package tantivy with its Norwegian analyser, any of the words."""
    import tantivy  # noqa: PLC0415

    made = tantivy.SchemaBuilder()
    made.add_text_field("id", stored=True, tokenizer_name="raw")
    made.add_text_field("title", tokenizer_name="no")
    made.add_text_field("body", tokenizer_name="no")
    index = tantivy.Index(made.build())
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    index.register_tokenizer("no", builder.filter(tantivy.Filter.stemmer("norwegian")).build())
    writer = index.writer(50_000_000, 1)
    for text in texts:
        writer.add_document(tantivy.Document(id=text.id, title=text.title, body=f"{text.body} {' '.join(text.tags)}"))
    writer.commit()
    index.reload()
    searcher, stop = index.searcher(), analyser().lexicon.stop

    def search(query: str) -> list[str]:
        words = " ".join(word for word in re.findall(r"\w+", query.lower()) if word not in stop)
        if not words:
            return []
        parsed = index.parse_query(words, ["title", "body"], field_boosts={"title": 3.0})
        return [searcher.doc(address)["id"][0] for _score, address in searcher.search(parsed, 10).hits]

    return search


PEERS: dict[str, Callable[[Sequence[Document]], Engine]] = {
    "SQLite FTS5, three-letter pieces": lambda texts: fts(texts, "trigram"),
    "SQLite FTS5, words": lambda texts: fts(texts, "unicode61"),
    "bm25s, Norwegian stemmer": by_bm25s,
    "tantivy, Norwegian stemmer": by_tantivy,
}


def summed(rows: Sequence[dict[str, float]]) -> dict[str, Any]:
    """Means, and the interval of nDCG@10."""
    low, high = judging.interval(rows, "ndcg")
    means = {name: round(judging.middle(rows, name), 3) for name in ("ndcg", "recall", "top3", "zero")}
    return {**means, "low": round(low, 3), "high": round(high, 3), "n": len(rows)}


def quality() -> dict[str, Any]:
    """Every engine on every half, ours by kind too, and likeness."""
    texts = documents(judging.corpus())
    engine, searcher, held = ours(texts)
    engines = {"this product": engine} | {name: make(texts) for name, make in PEERS.items()}
    judged = [*judging.queries("text"), *judging.queries("fresh")]
    found: dict[str, Any] = {"engines": {}, "kinds": {}}
    for name, one in engines.items():
        rows = judging.evaluate(one, judged)
        halves = {half: [row for row, q in zip(rows, judged, strict=True) if q.half == half] for half in HALVES}
        found["engines"][name] = {half: summed(those) for half, those in halves.items() if those}
        found["kinds"][name] = {kind: summed(those) for kind, those in judging.by_kind(judged, rows).items()}
    numbers = {text.id: number for number, text in enumerate(texts)}
    like = searcher.likeness.like
    alike = judging.evaluate(
        lambda key: [texts[one].id for one in like(held[numbers[key]], 10, but=numbers[key]).numbers.tolist()],
        judging.similar(),
    )
    return found | {"similar": summed(alike)}


HALVES = ("tuned", "held", "fresh")


def grown(size: int) -> list[Document]:
    """Texts made of the portfolio's own sentences, a tenth of the words exchanged, each with a name of its own."""
    chance = random.Random(1)
    lines = judging.corpus()
    sentences = [one for line in lines for one in re.split(r"(?<=[.!?])\s+", line["body"]) if len(one) > 20]
    words = sorted({word for one in sentences for word in one.split() if len(word) > 5})

    def text(number: int) -> Document:
        body = [chance.choice(sentences) for _ in range(chance.randint(2, 8))]
        changed = " ".join(w if chance.random() > 0.1 else chance.choice(words) for one in body for w in one.split())
        return Document(str(number), chance.choice(sentences)[:60], f"{changed} navn{number % 5_000}vik", (), "nb")

    return [*documents(lines), *(text(number) for number in range(size - len(lines)))][:size]


def timed(engine: Engine, queries: Sequence[str]) -> dict[str, float]:
    """Middle and 95th percentile of processor time for one query, in milliseconds."""
    spent = []
    for query in queries:
        begun = time.process_time()
        engine(query)
        spent.append(1000 * (time.process_time() - begun))
    spent.sort()
    return {"p50": round(spent[len(spent) // 2], 2), "p95": round(spent[int(len(spent) * 0.95)], 2)}


def growth(size: int) -> dict[str, Any]:
    """Times and memory for so many texts."""
    texts = grown(size)
    queries = [one.query for one in judging.queries("text")][:QUERIES_TIMED]
    reader = analyser()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    begun = time.process_time()
    held = [read(one, reader) for one in texts]
    read_s = time.process_time() - begun
    begun = time.process_time()
    searcher = Searcher(held, reader)
    load_s = time.process_time() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    searcher.search("kjønsinkongruens")
    answer: dict[str, Any] = {
        "size": size,
        "read_s": round(read_s, 2),
        "load_s": round(load_s, 2),
        "mb": round((peak - before) / 1024),
        "this product": timed(lambda query: searcher.search(query, 10).numbers.tolist(), queries),
    }
    searcher.likeness.like(held[0], 10)
    keys = [str(number) for number in range(40)]
    answer["similar"] = timed(lambda key: searcher.likeness.like(held[int(key)], 10).numbers.tolist(), keys)
    for name, make in PEERS.items():
        begun = time.process_time()
        engine = make(texts)
        index_s = round(time.process_time() - begun, 2)
        answer[name] = {**timed(engine, queries), "index_s": index_s}
    return answer


if __name__ == "__main__":
    print(json.dumps(quality() if sys.argv[1] == "quality" else growth(int(sys.argv[1]))))
