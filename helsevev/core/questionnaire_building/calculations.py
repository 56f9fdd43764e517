"""Calculated answers (beregnede svar): which questions a calculation asks for, and sums of scores."""

import re
from collections.abc import Mapping
from typing import Any

from helsevev.core.questionnaire_building.tree import Item

# The portal's builder, the standard's extension for data capture, and what older files have.
CALCULATED = (
    "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-calculatedExpression",
    "http://ehelse.no/fhir/StructureDefinition/sdf-calculatedExpression",
    "http://hl7.org/fhir/StructureDefinition/cqf-calculatedValue",
)
LINK_ID = re.compile(r"""(linkId\s*=\s*)(['"])(.*?)\2""", re.IGNORECASE)


def expression(item: Mapping[str, Any]) -> str:
    """The expression by which an item's answer is calculated; empty when a person answers."""
    for extension in item.get("extension") or ():
        if extension.get("url") in CALCULATED:
            return _text(extension)
    return ""


def _text(extension: Mapping[str, Any]) -> str:
    """The expression of an extension, whichever way it is written."""
    held = extension.get("valueExpression")
    return str(held.get("expression") or "") if isinstance(held, Mapping) else str(extension.get("valueString") or "")


def asks_for(item: Mapping[str, Any]) -> list[str]:
    """The link ids of the questions whose answers an item is calculated from."""
    return list(dict.fromkeys(found[3] for found in LINK_ID.finditer(expression(item))))


def renamed(item: Item, names: Mapping[str, str]) -> Item:
    """The item with its calculation asking for the same questions under other names."""
    if not set(asks_for(item)) & names.keys():
        return dict(item)
    return {**item, "extension": [_renamed(one, names) for one in item["extension"]]}


def _renamed(extension: dict[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    if extension.get("url") not in CALCULATED:
        return extension
    text = LINK_ID.sub(lambda found: f"{found[1]}{found[2]}{names.get(found[3], found[3])}{found[2]}", _text(extension))
    if isinstance(extension.get("valueExpression"), Mapping):
        return {**extension, "valueExpression": {**extension["valueExpression"], "expression": text}}
    return {**extension, "valueString": text}


def without(item: Item) -> Item:
    """The item, answered by a person."""
    kept = [one for one in item.get("extension") or () if one.get("url") not in CALCULATED]
    made = {key: value for key, value in item.items() if key != "extension"}
    if kept:
        made["extension"] = kept
    return made
