"""A body as people read it: each field with its label and lines. Pure; words are English and translated by the page."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from helsevev.commons.shelf.rules.bodies import JSON, Field, ItemType, Kind
from helsevev.core.words import gettext_noop

YES, NO = gettext_noop("Yes"), gettext_noop("No")


@dataclass(frozen=True)
class Line:
    """One line of a value: text as it lies there, in a stated language; or a word of our own, to be translated."""

    text: str
    language: str = ""
    is_ours: bool = False
    is_address: bool = False


@dataclass(frozen=True)
class Entry:
    """A field's label and what it holds; no line means: not stated."""

    label: str
    lines: tuple[Line, ...]


def entries(known: ItemType | None, body: Mapping[str, JSON]) -> list[Entry]:
    """The fields in the type's order; of an unknown type, every value as it was written."""
    if known is None:
        return [Entry(name, (Line(json.dumps(value, ensure_ascii=False)),)) for name, value in body.items()]
    return [Entry(field.label, _lines(field, body.get(name))) for name, field in known.fields.items()]


def _lines(field: Field, value: JSON) -> tuple[Line, ...]:
    if value is None or value == "":
        return ()
    if isinstance(value, dict):
        return tuple(Line(str(text), language) for language, text in value.items() if text)
    if isinstance(value, list):
        return tuple(Line(_fact(one)) for one in value)
    if isinstance(value, bool):
        return (Line(YES if value else NO, is_ours=True),)
    return (Line(str(value), is_address=field.kind is Kind.ADDRESS),)


def _fact(value: JSON) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items() if one is not None)
    return str(value)
