"""Answers in FHIR's own dress: `valueCoding`, `valueDecimal` and so on, both ways."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time
from decimal import Decimal
from typing import Any

from helsevev.core.dates import PartialDate
from helsevev.core.questionnaire.extensions import decimal
from helsevev.core.questionnaire.model import (
    CHOICES,
    Attached,
    Item,
    Kind,
    Measured,
    Option,
    Other,
    Typed,
    Value,
)
from helsevev.core.questionnaire.values import written

DIGEST = "urn:helsevev:sha256"
FILE = "urn:uuid:"
MIME = {"pdf": "application/pdf", "png": "image/png", "jpeg": "image/jpeg"}
TEXTS = {Kind.URL: "valueUri", Kind.REFERENCE: "valueReference"}


def number(value: Decimal) -> int | float:
    """A number as JSON writes it; fifteen digits survive."""
    return int(value) if value == value.to_integral_value() else float(value)


def dress(item: Item, value: Typed, language: str) -> dict[str, Any]:
    """One answer as FHIR has it, such as {"valueInteger": 3}."""
    if isinstance(value, Option):
        return _option(value, language)
    if isinstance(value, Measured):
        return {"valueQuantity": {"value": number(value.number)} | _unit(value, language)}
    for kind, dressed in DRESSES.items():
        if isinstance(value, kind):
            return dressed(item, value)
    text = value.text if isinstance(value, Other) else str(value)
    if item.kind is Kind.REFERENCE:
        return {"valueReference": {"display": text}}
    return {TEXTS.get(item.kind, "valueString"): text}


DRESSES: Mapping[type, Callable[[Item, Any], dict[str, Any]]] = {
    bool: lambda _item, value: {"valueBoolean": value},
    Decimal: lambda item, value: {"valueInteger" if item.kind is Kind.INTEGER else "valueDecimal": number(value)},
    Attached: lambda _item, value: {"valueAttachment": _attached(value)},
    datetime: lambda _item, value: {"valueDateTime": value.isoformat(timespec="seconds")},
    time: lambda _item, value: {"valueTime": value.isoformat(timespec="seconds")},
    PartialDate: lambda _item, value: {"valueDate": str(value)},
}


def _option(option: Option, language: str) -> dict[str, Any]:
    if option.kind == "Coding":
        said = option.text.in_language(language)
        return {"valueCoding": {**option.given, **({"display": said} if said else {})}}
    return {f"value{option.kind}": option.given}


def _unit(value: Measured, language: str) -> dict[str, Any]:
    if value.unit is None:
        return {}
    coded = {name: value.unit.coding[name] for name in ("system", "code") if name in value.unit.coding}
    return {"unit": value.unit.text.in_language(language) or value.unit.code, **coded}


def _attached(value: Attached) -> dict[str, Any]:
    found: dict[str, Any] = {"url": f"{FILE}{value.file}", "title": value.name}
    if value.kind:
        found["contentType"] = MIME.get(value.kind, value.kind)
    if value.size:
        found["size"] = value.size
    if value.digest:
        found["extension"] = [{"url": DIGEST, "valueString": value.digest}]
    return found


def undress(item: Item, given: Mapping[str, Any]) -> Value:
    """What FHIR says, as it would have been typed; None when it says nothing that we can read."""
    name = next((one for one in given if one.startswith("value")), "")
    value = given.get(name)
    if item.kind in CHOICES:
        return _undressed_choice(item, name, value)
    if isinstance(value, bool):
        return value
    if (found := decimal(value)) is not None:
        return written(found)
    if isinstance(value, str):
        return _undressed_moment(value) if item.kind is Kind.DATE_TIME else value
    if isinstance(value, Mapping):
        return _undressed_parts(item, name, value)
    return None


def _undressed_moment(value: str) -> str:
    """A moment keeps the instant, whatever zone it was written in."""
    try:
        found = datetime.fromisoformat(value)
    except ValueError:
        return value
    return value if found.tzinfo is None or len(value) <= 10 else found.isoformat(timespec="seconds")


def _undressed_choice(item: Item, name: str, value: object) -> Value:
    if name == "valueCoding" and isinstance(value, Mapping):
        code, system = value.get("code") or value.get("display"), value.get("system")
        same = [one for one in item.options if one.kind == "Coding" and code in (one.given.get("code"), one.key)]
        exact = [one for one in same if one.given.get("system") == system] or same
        if exact:
            return exact[0].key
        text = str(value.get("display") or code or "")
        return {"other": text} if item.kind is Kind.OPEN_CHOICE and text else text or None
    for option in item.options:
        if f"value{option.kind}" == name and option.given == value:
            return option.key
    if item.kind is Kind.OPEN_CHOICE and isinstance(value, str):
        return {"other": value}
    return value if isinstance(value, str) else None


def _undressed_parts(item: Item, name: str, value: Mapping[str, Any]) -> Value:
    if name == "valueQuantity" and (found := decimal(value.get("value"))) is not None:
        if item.kind is not Kind.QUANTITY or len(item.units) < 2:
            return written(found)
        named = (value.get("code"), value.get("unit"))
        unit = next((one for one in item.units if one.code in named), item.units[0])
        return {"number": written(found), "unit": unit.code}
    if name == "valueAttachment":
        return _undressed_file(value)
    if name == "valueReference":
        return value.get("display") or value.get("reference")
    return None


def _undressed_file(value: Mapping[str, Any]) -> Value:
    mime = value.get("contentType")
    kinds = {said: kind for kind, said in MIME.items()}
    digests = [one.get("valueString") for one in value.get("extension") or () if one.get("url") == DIGEST]
    found: dict[str, Any] = {
        "file": str(value.get("url") or "").removeprefix(FILE),
        "name": str(value.get("title") or ""),
        "kind": kinds.get(mime, mime) if isinstance(mime, str) else "",
        "size": value.get("size") or 0,
        "digest": digests[0] if digests else "",
    }
    return found if found["file"] else None


def instant(at: datetime) -> str:
    """A moment as FHIR's `authored` has it."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
