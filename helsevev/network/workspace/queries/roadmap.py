"""What the six phases of the Roadmap are for, the ways of working in each, and what the knowledge bank says of them."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from helsevev.commons.shelf import queries as shelf
from helsevev.core.languages import in_language
from helsevev.core.roadmap import Phase
from helsevev.network.workspace.rules.showing import METHOD_PAGE


@dataclass(frozen=True)
class Reading:
    """A page of the knowledge bank (les mer)."""

    title: str
    url: str


@dataclass(frozen=True)
class Method:
    """A way of working (metode), with the pages that tell more of it."""

    id: str
    title: str
    text: str
    reading: Sequence[Reading]


@dataclass(frozen=True)
class About:
    """A phase in the reader's language: what it is for and how to work in it."""

    phase: Phase
    purpose: str
    methods: Sequence[Method]


@lru_cache(maxsize=2)
def _read(_changed_at: int) -> dict[str, Any]:
    """The reviewed file, read again when it has changed."""
    raw = json.loads((settings.REFERENCE_DIR / "roadmap.json").read_text(encoding="utf-8"))
    return {phase["id"]: phase for phase in raw["phases"]}


def about(phase: Phase, language: str) -> About:
    """One phase."""
    raw = _read((settings.REFERENCE_DIR / "roadmap.json").stat().st_mtime_ns)[phase]
    pages = _pages()
    methods = [
        Method(
            one["id"],
            str(in_language(language, one["title"])),
            str(in_language(language, one["text"])),
            pages.get(one["id"], ()),
        )
        for one in raw["methods"]
    ]
    return About(phase, str(in_language(language, raw["purpose"])), methods)


def _pages() -> dict[str, list[Reading]]:
    """Pages about methods that lie on the shelf, by the method; none where the knowledge bank isn't installed."""
    found: dict[str, list[Reading]] = {}
    for item in shelf.current(METHOD_PAGE.type):
        reading = Reading(item.title, str(item.body.get("page", "")))
        found.setdefault(str(item.body.get("method", "")), []).append(reading)
    return found
