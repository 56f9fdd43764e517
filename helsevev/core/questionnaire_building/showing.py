"""How a question is shown and what is expected of its words (visning): drawing, pattern, what stands there at first."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire import patterns
from helsevev.core.questionnaire_building import settings
from helsevev.core.questionnaire_building.tree import JSON, Item
from helsevev.core.words import Refusal, Refused, gettext_noop


class Why(StrEnum):
    """Why a question can't be shown so."""

    SLOW_PATTERN = gettext_noop("This pattern can't be read, or could make an answer slow to check.")


def set_pattern(item: Item, pattern: str) -> Item:
    """The item with the pattern (regex) that an answer must follow; refused when it could be slow."""
    if pattern and patterns.safe(pattern) is None:
        raise Refused(Refusal(Why.SLOW_PATTERN))
    return settings.with_extension(item, settings.REGEX, "valueString", pattern or None)


# How a question can be drawn, by its type; nothing is the usual way.
DRAWN: Mapping[str, tuple[str, ...]] = {
    "choice": ("radio-button", "drop-down"),
    "open-choice": ("radio-button", "drop-down"),
    "boolean": ("check-box",),
}


def drawn(item: Mapping[str, Any]) -> str:
    """The way that an item asks to be drawn in, as far as there is a choice."""
    return next((one for one in settings.controls(item) if one in DRAWN.get(str(item.get("type")), ())), "")


def set_drawn(item: Item, code: str) -> Item:
    """The item drawn in another way; what else it asks for of its drawing is kept."""
    wanted = code if code in DRAWN.get(str(item.get("type")), ()) else ""
    if wanted == drawn(item):
        return item
    held = [
        one
        for one in item.get("extension") or ()
        if one.get("url") != settings.ITEM_CONTROL
        or not set(settings.controls({"extension": [one]})) & set(DRAWN[str(item["type"])])
    ]
    held += [settings.control(wanted)] if wanted else []
    made = {key: value for key, value in item.items() if key != "extension"}
    return {**made, "extension": held} if held else made


# What may stand in a question from the beginning, and the key that it has there, by type.
INITIAL_KEYS: Mapping[str, str] = {
    "string": "valueString",
    "text": "valueString",
    "url": "valueUri",
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "date": "valueDate",
    "time": "valueTime",
}


def initial(item: Mapping[str, Any]) -> JSON:
    """What stands in a question from the beginning; None where nothing does, or more than a field can say."""
    given = list(item.get("initial") or ())
    return given[0].get(INITIAL_KEYS.get(str(item.get("type")), "")) if len(given) == 1 else None


def set_initial(item: Item, value: JSON) -> Item:
    """The item with what stands in it from the beginning; None leaves it empty."""
    made = {key: held for key, held in item.items() if key != "initial"}
    return made if value is None else {**made, "initial": [{INITIAL_KEYS[str(item["type"])]: value}]}
