"""Types of things on the shelf, the fields of each, and whether a body has that shape. Pure."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from urllib.parse import urlsplit

from helsevev.core.words import gettext_noop

LANGUAGES = frozenset({"nb", "nn", "en"})
DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

JSON = str | int | float | bool | None | list["JSON"] | dict[str, "JSON"]


class Kind(StrEnum):
    """What a field of a body holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    YES_NO = "yes_no"
    DATE = "date"  # "2023", "2023-01" or "2023-01-15", as precise as the source
    TEXTS = "texts"  # a list of texts
    BY_LANGUAGE = "by_language"  # texts by nb, nn, en
    FACTS = "facts"  # a list of flat facts, each of texts, numbers, yes/no and null by name
    ADDRESS = "address"  # a page's path in the product, or an https address


@dataclass(frozen=True)
class Field:
    """One field of a body: what it holds and what it is called. One that isn't required may be null or left out."""

    kind: Kind
    label: str
    required: bool = True


@dataclass(frozen=True)
class ItemType:
    """A sort of thing that lies on the shelf (varetype), the room that puts it there, and its fields."""

    type: str
    room: str
    title: str
    fields: Mapping[str, Field]


KIND_NAMES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.TEXT: gettext_noop("a text"),
        Kind.WHOLE: gettext_noop("a whole number"),
        Kind.NUMBER: gettext_noop("a number"),
        Kind.YES_NO: gettext_noop("yes or no"),
        Kind.DATE: gettext_noop("a date, such as 2023-01-15, or its month or year"),
        Kind.TEXTS: gettext_noop("a list of texts"),
        Kind.BY_LANGUAGE: gettext_noop("texts by language"),
        Kind.FACTS: gettext_noop("a list of facts"),
        Kind.ADDRESS: gettext_noop("a path in the product or an https address"),
    }
)


def is_address(value: str) -> bool:
    """Whether `value` is a path in the product or an https address, with nothing hidden in it."""
    if len(value) > 500 or not value.isprintable() or "\\" in value or " " in value:
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname) and "@" not in parts.netloc
    return not parts.scheme and not parts.netloc and value.startswith("/")


def fits(kind: Kind, value: JSON) -> bool:
    """Whether `value` is of that kind."""
    return CHECKS[kind](value)


def _is_text(value: JSON) -> bool:
    return isinstance(value, str) and "\x00" not in value and _encodes(value)


def _encodes(value: str) -> bool:
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_whole(value: JSON) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: JSON) -> bool:
    return _is_whole(value) or (isinstance(value, float) and abs(value) < float("inf"))


def _is_fact(value: JSON) -> bool:
    return isinstance(value, dict) and all(
        _is_text(name) and (one is None or isinstance(one, bool) or _is_text(one) or _is_number(one))
        for name, one in value.items()
    )


def _is_yes_no(value: JSON) -> bool:
    return isinstance(value, bool)


def _is_date(value: JSON) -> bool:
    return isinstance(value, str) and DATE.fullmatch(value) is not None


def _is_texts(value: JSON) -> bool:
    return isinstance(value, list) and all(_is_text(one) for one in value)


def _is_by_language(value: JSON) -> bool:
    return isinstance(value, dict) and value.keys() <= LANGUAGES and all(_is_text(one) for one in value.values())


def _is_facts(value: JSON) -> bool:
    return isinstance(value, list) and all(_is_fact(one) for one in value)


def _is_address(value: JSON) -> bool:
    return isinstance(value, str) and is_address(value)


CHECKS: Mapping[Kind, Callable[[JSON], bool]] = MappingProxyType(
    {
        Kind.TEXT: _is_text,
        Kind.WHOLE: _is_whole,
        Kind.NUMBER: _is_number,
        Kind.YES_NO: _is_yes_no,
        Kind.DATE: _is_date,
        Kind.TEXTS: _is_texts,
        Kind.BY_LANGUAGE: _is_by_language,
        Kind.FACTS: _is_facts,
        Kind.ADDRESS: _is_address,
    }
)
