"""What may lie on the shelf (hylla): registered types, bodies of known shape, and nothing about a person. Pure.

A room registers its types when the product starts, in `apps.ready()`:

    register(ItemType("project-published", "network.portfolio", gettext_noop("Published project"), {
        "summary": Field(Kind.BY_LANGUAGE, gettext_noop("Summary")),
        "year": Field(Kind.WHOLE, gettext_noop("Year of award"), required=False),
    }))
"""

import json
from collections.abc import Mapping
from enum import StrEnum
from hashlib import sha256

from helsevev.commons.people.rules import Permission, Role, Table
from helsevev.commons.shelf.rules.bodies import JSON, KIND_NAMES, Field, ItemType, Kind, fits, is_address
from helsevev.commons.shelf.rules.persons import tells_of_person, values
from helsevev.commons.shelf.rules.showing import Entry, Line, entries
from helsevev.core.words import Refusal, gettext_noop

__all__ = [
    "JSON",
    "KIND_NAMES",
    "PERMISSIONS",
    "Entry",
    "Field",
    "ItemType",
    "Kind",
    "Line",
    "Why",
    "digest",
    "entries",
    "item_type",
    "item_types",
    "refuse_put",
    "refuse_take",
    "register",
]

PERMISSIONS: Table = {
    "see_shelf": Permission(
        anywhere=frozenset({Role.SECRETARIAT, Role.EDITOR, Role.ADVISOR, Role.ADMINISTRATOR}),
    ),
}

TITLE_LIMIT = 300
KEY_LIMIT = 120


class Why(StrEnum):
    """Why something can't be put on the shelf, or taken from it."""

    NO_SUCH_FIELD = gettext_noop("%(place)s: a %(type)s has no such field.")
    MISSING = gettext_noop("%(place)s: is missing.")
    WRONG_KIND = gettext_noop("%(place)s: should be %(kind)s.")
    BAD_TITLE = gettext_noop("The title must be between 1 and 300 readable characters.")
    BAD_KEY = gettext_noop("The key must be between 1 and 120 readable characters, without a slash.")
    WITHDRAWN = gettext_noop("This version no longer lies on the shelf.")
    BAD_ADDRESS = gettext_noop("An address must be a path in the product or begin with https://.")


_registry: dict[str, ItemType] = {}


def register(item_type: ItemType) -> None:
    """Make a type known. The same one twice is fine; two different ones of one name are a mistake."""
    if _registry.setdefault(item_type.type, item_type) != item_type:
        raise ValueError(f"two rooms want to register {item_type.type!r}")


def item_type(name: str) -> ItemType | None:
    """The registered type of that name."""
    return _registry.get(name)


def item_types() -> list[ItemType]:
    """Every registered type, by name."""
    return sorted(_registry.values(), key=lambda known: known.type)


def refuse_put(known: ItemType, key: str, title: str, body: Mapping[str, JSON]) -> list[Refusal]:
    """Why this can't be put on the shelf; empty when it can."""
    faults = [] if 0 < len(key) <= KEY_LIMIT and key.isprintable() and "/" not in key else [Refusal(Why.BAD_KEY)]
    if not (len(title.strip()) > 0 and len(title) <= TITLE_LIMIT and fits(Kind.TEXT, title)):
        faults.append(Refusal(Why.BAD_TITLE))
    faults += _shape_faults(known, body)
    for place, value in values({"key": key, "title": title, **body}):
        if why := tells_of_person(value):
            faults.append(Refusal(why, {"place": place}))
    return faults


def refuse_take(*, withdrawn: bool, url: str) -> Refusal | None:
    """Why an item can't be taken."""
    if withdrawn:
        return Refusal(Why.WITHDRAWN)
    return None if is_address(url) else Refusal(Why.BAD_ADDRESS)


def digest(title: str, body: Mapping[str, JSON]) -> str:
    """What tells one version from another: the content alone, whatever the order of its keys."""
    content = json.dumps([title, body], sort_keys=True, ensure_ascii=True, separators=(",", ":"), allow_nan=False)
    return sha256(content.encode()).hexdigest()


def _shape_faults(known: ItemType, body: Mapping[str, JSON]) -> list[Refusal]:
    faults = [
        Refusal(Why.NO_SUCH_FIELD, {"place": name, "type": known.type}) for name in body.keys() - known.fields.keys()
    ]
    for name, field in known.fields.items():
        value = body.get(name)
        if value is None:
            if field.required:
                faults.append(Refusal(Why.MISSING, {"place": name}))
        elif not fits(field.kind, value):
            faults.append(Refusal(Why.WRONG_KIND, {"place": name, "kind": KIND_NAMES[field.kind]}))
    return sorted(faults, key=lambda fault: str(fault.values["place"]))
