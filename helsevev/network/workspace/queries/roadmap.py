"""What the six phases of the Roadmap are for, and the ways of working in each."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings

from helsevev.core.languages import in_language
from helsevev.core.roadmap import Phase


@dataclass(frozen=True)
class Method:
    """A way of working (metode)."""

    id: str
    title: str
    text: str


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
    methods = [
        Method(
            one["id"],
            str(in_language(language, one["title"])),
            str(in_language(language, one["text"])),
        )
        for one in raw["methods"]
    ]
    return About(phase, str(in_language(language, raw["purpose"])), methods)
