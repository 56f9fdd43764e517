"""The answers that a question lets one choose from: written in it, or in a value set that the form carries."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from helsevev.core.questionnaire import extensions, texts
from helsevev.core.questionnaire.model import Option
from helsevev.core.questionnaire.texts import Text
from helsevev.core.questionnaire.values import written

VALUES = ("Coding", "String", "Integer", "Date", "Time", "Reference")
LONGEST_KEY = 200
Codings = Mapping[str, list[Mapping[str, Any]]]


def contained(raw: Mapping[str, Any]) -> Codings:
    """The codings of each value set that the form carries, by "#id" and by address."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    resources = _objects(raw.get("contained"))
    systems = {one.get("url"): one for one in resources if one.get("resourceType") == "CodeSystem"}
    for one in resources:
        if one.get("resourceType") != "ValueSet":
            continue
        compose = one.get("compose")
        codings = list(_codings(compose if isinstance(compose, Mapping) else {}, systems))
        for name in (f"#{one.get('id')}", one.get("url")):
            if isinstance(name, str):
                found[name] = codings
    return found


def _codings(compose: Mapping[str, Any], systems: Mapping[Any, Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """Each concept of a value set as a coding with its names and extensions."""
    for include in _objects(compose.get("include")):
        system = include.get("system")
        concepts = _objects(include.get("concept")) or _objects(systems.get(system, {}).get("concept"))
        for concept in concepts:
            yield {**concept, **({"system": system} if isinstance(system, str) else {})}


def read(raw: Mapping[str, Any], own: str, sets: Codings) -> tuple[Option, ...] | None:
    """A question's options in their order; None when they lie in a value set that isn't here."""
    given = [_written_in(one, own) for one in _objects(raw.get("answerOption"))]
    if not given and isinstance(raw.get("answerValueSet"), str):
        codings = sets.get(raw["answerValueSet"])
        if codings is None:
            return None
        given = [_from_coding(coding, coding, own) for coding in codings]
    return tuple(_once(option for option in given if option is not None))


def _once(found: Iterator[Option]) -> Iterator[Option]:
    """Each key once; a second option of the same code in another system gets the system in its key."""
    seen: set[str] = set()
    for option in found:
        key = option.key
        if key in seen and isinstance(option.given, Mapping):
            key = f"{option.given.get('system', '')}|{key}"
        if key not in seen:
            seen.add(key)
            yield (
                option
                if key == option.key
                else Option(
                    key, option.text, option.kind, option.given, option.weight, option.is_exclusive, option.is_initial
                )
            )


def _written_in(raw: Mapping[str, Any], own: str) -> Option | None:
    """An option that stands in the question itself."""
    kind = next((one for one in VALUES if f"value{one}" in raw), "")
    given = raw.get(f"value{kind}")
    if kind == "Coding" and isinstance(given, Mapping):
        return _from_coding(raw, given, own)
    if kind == "Reference" and isinstance(given, Mapping):
        said = str(given.get("display") or given.get("reference") or "")
        return Option(said[:LONGEST_KEY], Text({own: said}, own), kind, given) if said else None
    if kind and isinstance(given, str | int) and not isinstance(given, bool) and str(given).strip():
        text = texts.read({"value": str(given), "_value": raw.get(f"_value{kind}")}, "value", own)
        return Option(str(given)[:LONGEST_KEY], text, kind, given, weight(raw, raw.get(f"_value{kind}")), **_marks(raw))
    return None


def _from_coding(raw: Mapping[str, Any], coding: Mapping[str, Any], own: str) -> Option | None:
    code = coding.get("code")
    display = texts.read(coding, "display", own)
    key = code if isinstance(code, str) and code.strip() else str(display) if display else ""
    if not key:
        return None
    by_language = {**dict(texts.designations(coding)), **display.by_language} or {own: key}
    kept = {
        name: coding[name] for name in ("system", "version", "code", "display") if isinstance(coding.get(name), str)
    }
    return Option(key[:LONGEST_KEY], Text(by_language, own), "Coding", kept, weight(coding, raw), **_marks(raw))


def _marks(raw: Mapping[str, Any]) -> dict[str, bool]:
    return {
        "is_exclusive": extensions.value(extensions.named(raw, extensions.EXCLUSIVE)) is True,
        "is_initial": raw.get("initialSelected") is True,
    }


def weight(*elements: object) -> Decimal | None:
    """What an option counts in a score, from whichever element says it."""
    for element in elements:
        if isinstance(element, Mapping):
            found = extensions.decimal(extensions.value(extensions.named(element, *extensions.WEIGHTS)))
            if found is not None and len(written(abs(found))) <= 15:
                return found
    return None


def _objects(value: object) -> list[Mapping[str, Any]]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []
