"""`helsevev search --corpus C.jsonl --queries Q.jsonl`: ranks any corpus. Starts without Django and without a database.

Exit 0: done, with one JSON object a line on stdout for each query, in the order given. 1: a line can't be read; the
file, the line and the reason go to stderr, and nothing to stdout. 2: wrong usage. The same files give the same bytes.
"""

import argparse
import json
import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from helsevev.core.faults import Faulty
from helsevev.core.search import reading
from helsevev.core.search.analysis import analyser
from helsevev.core.search.documents import Document, read
from helsevev.core.search.reading import Id, Query
from helsevev.core.search.searcher import Searcher

ABOUT = "which documents of a file answer the queries of another, the best first"
EXAMPLES = """examples:
  helsevev search --corpus pages.jsonl --queries questions.jsonl
  helsevev search --corpus pages.jsonl --queries questions.jsonl --top 3
  helsevev search --corpus pages.jsonl --queries texts.jsonl --similar

A line of the corpus has id, title and body, and may have language (nb, nn, en) and tags; a line of the queries has
qid and query. With --similar, query is a whole text, or doc names a document of the corpus. Other fields are ignored.
"""
TOLD_EVERY = 5_000


def positive(text: str) -> int:
    """A whole number from 1."""
    number = int(text)
    if number < 1:
        raise ValueError(text)
    return number


def parser() -> argparse.ArgumentParser:
    """What may be asked."""
    made = argparse.ArgumentParser(
        prog="helsevev search",
        description=f"Tells {ABOUT}.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    made.add_argument("--corpus", required=True, type=Path, metavar="C.jsonl", help="the documents, one a line")
    made.add_argument("--queries", required=True, type=Path, metavar="Q.jsonl", help="the queries, one a line")
    made.add_argument("--top", type=positive, default=10, metavar="N", help="at most so many a query (default: 10)")
    made.add_argument("--similar", action="store_true", help="look for documents that are about the same")
    return made


def main(words: Sequence[str]) -> int:
    """Do what the words ask for."""
    try:
        asked = parser().parse_args(list(words))
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 2
    try:
        documents = reading.corpus(asked.corpus)
        queries = reading.queries(asked.queries, documents, similar=asked.similar)
        _write(list(answers(documents, queries, asked.top, similar=asked.similar)))
    except Faulty as refused:
        for fault in refused.faults:
            print(fault, file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except OSError as error:
        print(f"{error.filename or 'standard output'}: {error.strerror}", file=sys.stderr)
        return 1
    return 0


def answers(documents: dict[Id, Document], queries: Sequence[Query], top: int, *, similar: bool) -> Iterator[str]:
    """One line for each query."""
    reader = analyser()
    held = []
    for number, document in enumerate(documents.values(), start=1):
        held.append(read(document, reader))
        if number % TOLD_EVERY == 0:
            print(f"{number} documents read", file=sys.stderr)
    searcher = Searcher(held, reader)
    print(f"{len(held)} documents, {len(queries)} queries", file=sys.stderr)
    ids = list(documents)
    numbers = {key: number for number, key in enumerate(ids)}
    for query in queries:
        if not similar:
            found = searcher.search(query.text, top)
        elif query.document is None:
            found = searcher.likeness.like(read(Document("", "", query.text), reader), top)
        else:
            number = numbers[query.document]
            found = searcher.likeness.like(held[number], top, but=number)
        best = [ids[number] for number in found.numbers.tolist()]
        yield json.dumps({"qid": query.id, "docs": best}, ensure_ascii=False)


def _write(lines: Sequence[str]) -> None:
    sys.stdout.buffer.write("".join(f"{line}\n" for line in lines).encode())
    sys.stdout.buffer.flush()
