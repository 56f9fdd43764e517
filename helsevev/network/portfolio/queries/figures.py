"""Figures as a reader meets them (tall): what each counts, its value written out, as of when, and from where."""

import csv
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias, TypeGuard

from django.conf import settings

from helsevev.core.charts.wording import stated as day
from helsevev.core.languages import LANGUAGES
from helsevev.network.portfolio.queries.wording import number, with_unit

Json: TypeAlias = "str | int | float | bool | Sequence[Json] | Mapping[str, Json] | None"
EN_DASH = "\N{EN DASH}"


class Label(NamedTuple):
    """What a figure counts, its unit, and how its value is written (`kind` in data/figures.csv)."""

    text: str
    unit: str = ""
    kind: str = ""


@dataclass(frozen=True)
class Part:
    """One piece of a value; `at` says when, in a series, and `key` names what a link leads to."""

    text: str
    at: str = ""
    key: str = ""


@dataclass(frozen=True)
class Fact:
    """A figure written for a reader."""

    what: str
    label: str
    parts: tuple[Part, ...]
    as_of: str = ""
    source: str = ""

    @property
    def text(self) -> str:
        """The value on one line."""
        return ", ".join(f"{part.text} ({part.at})" if part.at else part.text for part in self.parts)


def _rows(name: str) -> list[dict[str, str]]:
    """A reviewed table of the repository; read again when the file has changed."""
    path = settings.REFERENCE_DIR / name
    return _read(path, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, _changed_at: int) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def labels(language: str) -> dict[str, Label]:
    """Every figure that has been met so far, in one language."""
    return {row["key"]: Label(row[language], row[f"unit_{language}"], row["kind"]) for row in _rows("figures.csv")}


def sources(language: str) -> dict[str, str]:
    """Readable titles of the sources."""
    return {row["file"]: row[language] for row in _rows("sources.csv")}


def source_title(source: str, language: str) -> str:
    """A source's title, or the source as it was named."""
    return sources(language).get(source, source)


def facts(figures: Iterable[Mapping[str, Any]], language: str, words: Mapping[str, str]) -> list[Fact]:
    """Figures written out. `words` translates the few values that are words, such as a kind of support."""
    assert language in LANGUAGES
    known = labels(language)
    found = []
    for row in figures:
        label = known.get(row["what"]) or Label(row["what"].replace("_", " ").capitalize())
        unit = row["unit"] or label.unit
        write = WRITERS.get(label.kind, _anything)
        found.append(
            Fact(
                what=row["what"],
                label=label.text,
                parts=tuple(write(row["value"], Writing(unit, language, words))),
                as_of=day(row["as_of"], language) if row["as_of"] else "",
                source=source_title(row["source"], language),
            )
        )
    return found


class Writing(NamedTuple):
    """With what unit, in which language and with which words a value is written."""

    unit: str
    language: str
    words: Mapping[str, str]

    def amount(self, value: float) -> str:
        """A number and its unit."""
        return with_unit(number(value), self.unit, self.language)

    def word(self, value: object) -> str:
        """A word's translation where there is one."""
        return self.words.get(str(value), str(value))


def _is_number(value: Json) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _anything(value: Json, how: Writing) -> list[Part]:
    """A value by its shape alone: what no table describes is still shown, as it stands."""
    if _is_number(value):
        return [Part(how.amount(value))]
    if isinstance(value, Mapping):
        return [part for at, inner in value.items() for part in _dated(_anything(inner, how), day(at, how.language))]
    if isinstance(value, list):
        return [part for inner in value for part in _anything(inner, how)]
    return [Part(how.word(value))]


def _dated(parts: list[Part], at: str) -> list[Part]:
    return [Part(part.text, at, part.key) for part in parts]


def _share(value: Json, how: Writing) -> list[Part]:
    return [Part(how.amount(round(value * 100, 6)))] if _is_number(value) else _anything(value, how)


def _date(value: Json, how: Writing) -> list[Part]:
    return [Part(day(str(value), how.language))] if isinstance(value, int | str) else _anything(value, how)


def _range(value: Json, how: Writing) -> list[Part]:
    match value:
        case [first, last] if _is_number(first) and _is_number(last):
            return [Part(with_unit(f"{number(first)}{EN_DASH}{number(last)}", how.unit, how.language))]
    return _anything(value, how)


def _period(value: Json, how: Writing) -> list[Part]:
    match value:
        case [int() | str() as first, int() | str() as last]:
            return [Part(f"{day(str(first), how.language)} {EN_DASH} {day(str(last), how.language)}")]
        case list():
            return [part for inner in value for part in _period(inner, how)]
    return _date(value, how)


def _text(value: Json, how: Writing) -> list[Part]:
    """Words, and years that are no amounts."""
    if isinstance(value, list):
        return [part for inner in value for part in _text(inner, how)]
    return [Part(how.word(value))] if isinstance(value, int | str) else _anything(value, how)


def _links(value: Json, _how: Writing) -> list[Part]:
    values = value if isinstance(value, list) else [value]
    return [Part(str(inner), key=str(inner)) for inner in values]


WRITERS: Mapping[str, Callable[[Json, Writing], list[Part]]] = {
    "share": _share,
    "date": _date,
    "range": _range,
    "period": _period,
    "text": _text,
    "links": _links,
}
