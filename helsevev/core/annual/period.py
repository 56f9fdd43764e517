"""Figures over several years (statistikk): one line for each figure, one value for each year. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Value:
    """A year's value, and whether it only stands in a source."""

    number: float
    stated: bool


@dataclass(frozen=True)
class Line:
    """A figure over the years (linje): of a year that isn't in `values`, nothing is known."""

    key: str
    label: str
    definition: str
    unit: str
    values: Mapping[int, Value]


def lines(documents: Mapping[int, Mapping[str, Any]]) -> list[Line]:
    """The figures that several years can have, in the order of the reports, newest year first.

    What is counted goes before what is stated, as in the reports themselves. A survey's answers stay in their
    reports: each is of its own wording. Words that name a year are taken from the newest.
    """
    found: dict[str, dict[int, Mapping[str, Any]]] = {}
    for year in sorted(documents, reverse=True):
        for one in documents[year]["figures"]:
            if not one["key"].startswith("survey.") and _value(one) is not None:
                found.setdefault(one["key"], {})[year] = one
    chapters = list(dict.fromkeys(map(_chapter, found)))
    return [_line(key, found[key]) for key in sorted(found, key=lambda key: chapters.index(_chapter(key)))]


def _chapter(key: str) -> str:
    return key.partition(".")[0]


def _line(key: str, by_year: Mapping[int, Mapping[str, Any]]) -> Line:
    newest = next(iter(by_year.values()))
    values = {year: value for year, one in by_year.items() if (value := _value(one)) is not None}
    return Line(key, newest["label"], newest["definition"], newest["unit"], values)


def _value(one: Mapping[str, Any]) -> Value | None:
    if one["counted"] is not None:
        return Value(one["counted"], stated=False)
    return None if one["stated"] is None else Value(one["stated"], stated=True)
