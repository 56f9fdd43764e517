"""Figures of a project as they stand on the shelf now, and what each was before (prosjekttall)."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from helsevev.commons.shelf.models import Item
from helsevev.knowledge.pages.queries import figure_values

# What a pilot measured comes before what the portfolio has been told.
TYPES = ("experience", "project-published")
MOST_VERSIONS = 20


@dataclass(frozen=True)
class FigureNow:
    """One figure: what it is called, what it is, where it is from, and what it was until it was changed."""

    name: str
    label: str
    value: str
    source: str = ""
    before: str = ""
    changed: datetime | None = None


@dataclass(frozen=True)
class _Said:
    """A figure in one version of an item."""

    name: str
    label: str
    value: str
    source: str = ""


def of(initiative: str, names: Sequence[str] = (), *, language: str = "nb") -> list[FigureNow]:
    """The figures with these names, or all that lie on the shelf now."""
    items = Item.objects.filter(type__in=TYPES, initiative__key=initiative).order_by("type", "-version")
    found: list[FigureNow] = []
    rows = list(items[: MOST_VERSIONS * len(TYPES)])
    for type_ in TYPES:
        versions = [item for item in rows if item.type == type_]
        if versions and versions[0].withdrawn_at is None:
            found += _figures(versions, language)
    return [figure for figure in found if not names or figure.name in names]


def _figures(versions: Sequence[Item], language: str) -> Iterator[FigureNow]:
    """The figures of the first version, each compared with those before it."""
    said = [{one.name: one for one in _said(item.body, language)} for item in versions]
    for now in said[0].values():
        before, changed = "", versions[0].put_at
        for item, older in zip(versions[1:], said[1:], strict=True):
            old = older.get(now.name)
            if old is None:
                break
            if old.value != now.value:
                before = old.value
                break
            changed = item.put_at
        yield FigureNow(now.name, now.label, now.value, now.source, before, changed if before else None)


def _said(body: Mapping[str, Any], language: str) -> Iterator[_Said]:
    for row in body.get("outcomes") or ():
        yield _Said(str(row.get("measure", "")), str(row.get("measure", "")), _outcome(row))
    known = labels()
    for row in body.get("figures") or ():
        what = str(row.get("what", ""))
        about = known.get(what, {})
        label = about.get(language) or what.replace("_", " ").capitalize()
        unit = str(row.get("unit") or about.get(f"unit_{language}") or "")
        value = figure_values.said(row.get("value"), about.get("kind", ""), language)
        yield _Said(what, label, f"{value} {unit}".strip(), source_name(str(row.get("source") or ""), language))


def _outcome(row: Mapping[str, Any]) -> str:
    """What was measured, with how many it rests on."""
    if row.get("mean") is not None:
        return _("%(mean)s on average (n = %(people)s)") % {"mean": row["mean"], "people": row.get("people")}
    return _("%(events)s of %(people)s") % {"events": row.get("events"), "people": row.get("people")}


def labels() -> Mapping[str, Mapping[str, str]]:
    """What the figures that have been met so far are called, from the reviewed table."""
    return _table("figures.csv", "key")


def source_name(source: str, language: str) -> str:
    """A source's readable title, or the source as it was named."""
    return _table("sources.csv", "file").get(source, {}).get(language) or source


def _table(name: str, key: str) -> Mapping[str, Mapping[str, str]]:
    path = settings.REFERENCE_DIR / name
    return _read(path, key, path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _read(path: Path, key: str, _changed_at: int) -> Mapping[str, Mapping[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row[key]: row for row in csv.DictReader(file)}
