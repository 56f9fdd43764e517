"""Figures of a project as they stand on the shelf now, and what each was before (prosjekttall)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from helsevev.commons.shelf.models import Item

TYPES = ("experience", "project-published")


@dataclass(frozen=True)
class FigureNow:
    """One figure: what it is called, what it is, where it is from, and what it was until it was changed."""

    name: str
    label: str
    value: str
    source: str
    before: str = ""
    changed: datetime | None = None


def of(initiative: str, names: Sequence[str]) -> list[FigureNow]:
    """The figures with these names, or all; nothing where nothing is on the shelf."""
    versions = list(Item.objects.filter(type__in=TYPES, initiative__key=initiative).order_by("type", "-version")[:20])
    current = next((item for item in versions if item.withdrawn_at is None and item.body.get("figures")), None)
    if current is None:
        return []
    history = [item for item in versions if item.type == current.type and item.version < current.version]
    return [
        _figure(fact, current, history) for fact in current.body["figures"] if not names or fact.get("name") in names
    ]


def _figure(fact: dict[str, Any], current: Item, history: Sequence[Item]) -> FigureNow:
    value, changed, before = _value(fact), current.put_at, ""
    for item in history:
        old = next((one for one in item.body.get("figures") or () if one.get("name") == fact.get("name")), None)
        if old is None:
            break
        if _value(old) != value:
            before = _value(old)
            break
        changed = item.put_at
    return FigureNow(
        name=str(fact.get("name") or ""),
        label=str(fact.get("label") or fact.get("name") or ""),
        value=value,
        source=str(fact.get("source") or ""),
        before=before,
        changed=changed if before else None,
    )


def _value(fact: dict[str, Any]) -> str:
    parts = [fact.get("value"), fact.get("unit")]
    said = " ".join(str(part) for part in parts if part not in (None, ""))
    return f"{said} (n = {fact['n']})" if fact.get("n") else said
