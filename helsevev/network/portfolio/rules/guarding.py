"""What later rooms refuse of a change to a project (vakthold): they say so when they start.

    guard("phases", refuse)     refuse(the project's key, the field before, the field after) -> refusals

Asked of what people change in the form and of what they undo. A load isn't asked: what the secretariat loads from a
file is how a record of what has happened is put right, and the history says that it was loaded.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helsevev.core.faults import Fault
from helsevev.core.words import Refusal

Refuse = Callable[[str, Any, Any], Iterable[Refusal]]
_guards: dict[str, list[Refuse]] = {}


def guard(field: str, refuse: Refuse) -> None:
    """Ask this before a field of a project that exists is changed."""
    asked = _guards.setdefault(field, [])
    if refuse not in asked:
        asked.append(refuse)


def refused(key: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Fault]:
    """Everything that later rooms refuse of these fields, each where it belongs on the page."""
    found = []
    for field, asked in _guards.items():
        if before[field] != after[field]:
            found += [Fault(field, why) for refuse in asked for why in refuse(key, before[field], after[field])]
    return found
