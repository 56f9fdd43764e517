"""What the report says of search and of the knowledge bank."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]
BESIDE = "SQLite FTS5, three-letter pieces"
STOCK = "stock Wagtail's list of 50"


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def ndcg(scores: Row) -> str:
    """A middle with its interval."""
    return f"{scores['ndcg']:.3f} [{scores['low']:.2f}, {scores['high']:.2f}]"


def search(judged: Row, grown: Sequence[Row], stocks: Mapping[str, Row]) -> str:
    """The judged queries beside peers, by kind, and times as texts grow."""
    alike = judged["similar"]
    return f"""The corpus is the portfolio's own 85 documents: six of ten in bokmål, three in nynorsk, one in English.
Queries are judged by hand (2 wanted, 1 useful) and halved by hash: lists and weights were tuned on one half alone;
*fresh* was written after they were frozen. One judge wrote both lists and queries, so *fresh* is the honest column.

{_engines(judged, stocks)}
By kind of query, all halves:

{_kinds(judged)}
Documents like another (n = {alike["n"]}): nDCG@10 {ndcg(alike)}, top 3 {alike["top3"]:.2f}.

Processor time of one query, middle/95th percentile in milliseconds, each query asked once. Stock Wagtail with any of
the words: on SQLite its own processor time; on PostgreSQL by the clock, since the database works in another process;
of as many queries as fit in twelve seconds.

{_times(grown, stocks)}
Reading all texts from scratch is done once, when they are saved; loading builds the index in a process from what was
read, and memory is what reading and loading took. The peers' columns are the seconds in which each made its index.

{_costs(grown, stocks)}"""


def _engines(judged: Row, stocks: Mapping[str, Row]) -> str:
    engines = dict(judged["engines"])
    halves = list(engines["this product"])
    for vendor, stock in stocks.items():
        engines |= {f"stock Wagtail on {vendor}, {name}": scores for name, scores in stock["quality"].items()}
    rows = []
    for name, by_half in engines.items():
        held = by_half["held"]
        shares = [f"{held['recall']:.2f}", f"{held['top3']:.2f}", f"{100 * held['zero']:.0f} %"]
        rows.append([name, *(ndcg(by_half[half]) for half in halves), *shares])
    sizes = [f"{half} ({engines['this product'][half]['n']})" for half in halves]
    return table(["nDCG@10 [95 % interval]", *sizes, "recall, held", "top 3, held", "empty, held"], rows)


def _kinds(judged: Row) -> str:
    ours, beside = judged["kinds"]["this product"], judged["kinds"][BESIDE]
    rows = [[kind, one["n"], ndcg(one), f"{one['recall']:.2f}", ndcg(beside[kind])] for kind, one in ours.items()]
    return table(["kind", "n", "nDCG@10 [95 % interval]", "recall", f"nDCG@10, {BESIDE}"], rows)


def _times(grown: Sequence[Row], stocks: Mapping[str, Row]) -> str:
    names = [name for name, told in grown[0].items() if isinstance(told, Mapping)]
    asked = {vendor: {row["size"]: row["any word"] for row in stock["sizes"]} for vendor, stock in stocks.items()}
    rows = []
    for row in grown:
        ours = [f"{row[name]['p50']}/{row[name]['p95']}" for name in names]
        others = [by_size.get(row["size"]) for by_size in asked.values()]
        rows.append([f"{row['size']:,}", *ours, *(f"{one['p50']}/{one['p95']}" if one else "–" for one in others)])
    return table(["texts", *names, *(f"stock Wagtail, {vendor}" for vendor in asked)], rows)


def _costs(grown: Sequence[Row], stocks: Mapping[str, Row]) -> str:
    names = [name for name, told in grown[0].items() if isinstance(told, Mapping) and "index_s" in told]
    made = {vendor: {row["size"]: row["index_s"] for row in stock["sizes"]} for vendor, stock in stocks.items()}
    rows = [
        [
            f"{row['size']:,}",
            row["read_s"],
            row["load_s"],
            row["mb"],
            *(row[name]["index_s"] for name in names),
            *(by_size.get(row["size"], "–") for by_size in made.values()),
        ]
        for row in grown
    ]
    return table(["texts", "read, s", "load, s", "MB", *names, *(f"stock Wagtail, {vendor}" for vendor in made)], rows)


def bank(sizes: Sequence[Row]) -> str:
    """The list and a page, beside stock Wagtail's list in the same run, at growing sizes."""
    rows = [
        [
            f"{answer['size']:,}",
            name,
            one["ms_least"],
            one["ms_middle"],
            one["statements"],
            f"{one['bytes']:,}",
            f"{one['ms_least'] / answer['pages'][STOCK]['ms_least']:.2f}",
        ]
        for answer in sizes
        for name, one in answer["pages"].items()
    ]
    made = table(["pages", "asked for", "least ms", "middle ms", "SQL statements", "bytes", "of stock's list"], rows)
    others = [
        [f"{one['size']:,}", one["findable_ms"], one["similar_ms"], one["load_ms"], str(one["calibration_ms"])]
        for one in sizes
    ]
    header = ["pages", "a saved page is findable, ms", "pages like one, ms", "first search, ms", "calibration ms"]
    return f"""SQLite, one process, processor time of one request through all of the product. *Drawn*: nothing
remembered. *Remembered*: as readers without a session get it, until something on it changes. Stock Wagtail's list
stands in the same frame, of the same pages in the same run, as page objects in a template, and has neither facets nor
counts. Goal: a drawn list in 5 ms.

{made}
Publishing is part of being findable (goal: 2 s); a process's first search reads its index (goal: 1 s).

{table(header, others)}"""
