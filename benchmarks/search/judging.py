"""The judged queries over the product's own portfolio: corpus, queries in halves, and how a ranking is scored.

The corpus is every project of data/portfolio.json as one document: of ten, six in bokmål, three in nynorsk and one in
English. Grades: 2 wanted, 1 useful. A query belongs to the half that its hash says.
"""

import json
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from math import log2
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
PORTFOLIO = HERE.parent.parent / "data" / "portfolio.json"
LANGUAGES = ("nb", "nb", "nn", "nb", "nb", "nn", "nb", "en", "nn", "nb")
FILES = {"text": "queries.txt", "fresh": "fresh.txt"}
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Judged:
    """A query, or a document whose like is looked for, with the grade of each document that answers."""

    kind: str
    query: str
    grades: Mapping[str, int]
    half: str


def corpus() -> list[dict[str, Any]]:
    """The documents, as lines that `helsevev search` reads."""
    every = json.loads(PORTFOLIO.read_text(encoding="utf-8"))
    rows = [*every["projects"], *every["home_follow_up_examples"], *every["mentioned_projects"]]
    return [_document(row, LANGUAGES[number % len(LANGUAGES)]) for number, row in enumerate(rows)]


def _document(row: Row, language: str) -> dict[str, Any]:
    title = row["title"] if language == "nb" else row.get(f"title_{language}") or row["title"]
    log = " ".join(line[language] for line in row.get("log") or () if line.get(language))
    body = f"{row['summary'][language]}\n{log}\n{row['owner']}"
    tags = [*(row.get("themes") or ()), *(row.get("partners") or ())]
    return {"id": row["id"], "title": title, "body": body, "tags": tags, "language": language}


def queries(name: str = "text") -> list[Judged]:
    """The judged queries of one file."""
    lists: dict[str, list[str]] = {}
    found = []
    for line in _lines(FILES[name]):
        if line.startswith("@"):
            key, _, ids = line.partition("=")
            lists[key.strip()] = ids.split()
            continue
        kind, query, wanted = (part.strip() for part in line.split("|"))
        half = "fresh" if name == "fresh" else _half(query)
        found.append(Judged(kind, query, _grades(wanted, lists), half))
    return found


def similar() -> list[Judged]:
    """The documents whose like is looked for."""
    parts = ([part.strip() for part in line.split("|")] for line in _lines("similar.txt"))
    return [Judged("similar", key, _grades(wanted, {}), _half(key)) for key, wanted in parts]


def _lines(file: str) -> list[str]:
    path = HERE / file
    read = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [line.strip() for line in read if line.strip() and not line.startswith("#")]


def _half(text: str) -> str:
    return "tuned" if sha256(text.encode()).digest()[0] % 2 else "held"


def _grades(wanted: str, lists: Mapping[str, list[str]]) -> dict[str, int]:
    best, _, useful = wanted.partition("/")
    grades = dict.fromkeys(_ids(useful, lists), 1)
    return grades | dict.fromkeys(_ids(best, lists), 2)


def _ids(text: str, lists: Mapping[str, list[str]]) -> list[str]:
    return [key for word in text.split() for key in lists.get(word, [word])]


def ndcg(found: Sequence[str], grades: Mapping[str, int], most: int = 10) -> float:
    """Gain over the ideal gain among the first `most`."""
    gains = [(2 ** grades.get(key, 0) - 1) / log2(place + 2) for place, key in enumerate(found[:most])]
    ideal = [
        (2**grade - 1) / log2(place + 2) for place, grade in enumerate(sorted(grades.values(), reverse=True)[:most])
    ]
    return sum(gains) / sum(ideal)


def measures(found: Sequence[str], grades: Mapping[str, int]) -> dict[str, float]:
    """All measures of one ranking."""
    wanted = {key for key, grade in grades.items() if grade == 2}
    return {
        "ndcg": ndcg(found, grades),
        "recall": len(set(found[:10]) & set(grades)) / min(10, len(grades)),
        "top3": float(any(key in wanted for key in found[:3])),
        "zero": float(not found),
    }


Engine = Callable[[str], Sequence[str]]


def evaluate(engine: Engine, judged: Sequence[Judged]) -> list[dict[str, float]]:
    """The measures of each query."""
    return [measures(engine(one.query), one.grades) for one in judged]


def middle(rows: Sequence[Mapping[str, float]], name: str) -> float:
    """The mean of one measure."""
    return sum(row[name] for row in rows) / max(len(rows), 1)


def interval(rows: Sequence[Mapping[str, float]], name: str, draws: int = 1000) -> tuple[float, float]:
    """The middle 95 % of the means of drawn samples."""
    chance = random.Random(1)
    values = [row[name] for row in rows]
    means = sorted(sum(chance.choices(values, k=len(values))) / len(values) for _ in range(draws))
    return means[int(draws * 0.025)], means[int(draws * 0.975)]


def by_kind(judged: Sequence[Judged], rows: Sequence[dict[str, float]]) -> dict[str, list[dict[str, float]]]:
    """The measures by kind of query."""
    kinds: defaultdict[str, list[dict[str, float]]] = defaultdict(list)
    for one, row in zip(judged, rows, strict=True):
        kinds[one.kind].append(row)
    return dict(kinds)
