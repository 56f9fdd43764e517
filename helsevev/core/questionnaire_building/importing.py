"""A file from elsewhere (import): a FHIR Questionnaire, or a Bundle with one for each language, made one questionnaire.

The Norwegian health portal's form builder writes a form in several languages as a Bundle of whole questionnaires, the
main one first. Here a form is one questionnaire with its translations in it, so they are joined by link id and code.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from helsevev.core.faults import Fault, Faulty
from helsevev.core.questionnaire_building import texts, tree, wording
from helsevev.core.questionnaire_building.tree import JSON, Item
from helsevev.core.words import Refusal, gettext_noop


class Why(StrEnum):
    """Why a file can't be taken in as it is, or what of it was left."""

    NOT_FHIR = gettext_noop("The file isn't a FHIR Questionnaire, nor a Bundle that holds one")
    NO_QUESTIONNAIRE = gettext_noop("The Bundle holds no Questionnaire")
    OTHER_RESOURCE = gettext_noop("A %(type)s beside the form can't be used and was left out.")
    OTHER_LANGUAGE = gettext_noop("The language %(language)s isn't one of ours; its texts were left out.")
    TWICE = gettext_noop("A second questionnaire in the language %(language)s was left out.")
    ANOTHER_FORM = gettext_noop(
        "The questionnaire in %(language)s has questions that the main one doesn't have: %(ids)s."
    )


EMBEDDED = ("repeatstext", "entryFormat")


@dataclass(frozen=True)
class Brought:
    """What a file brought: one questionnaire, and what was left out of it, with its place."""

    questionnaire: dict[str, Any]
    notes: tuple[Fault, ...] = ()


def bring(value: JSON) -> Brought:
    """The questionnaire of a file that has been read as JSON; raises `Faulty` where there is none."""
    kind = value.get("resourceType") if isinstance(value, Mapping) else None
    if kind == "Questionnaire":
        return Brought(dict(value))
    if kind != "Bundle":
        raise Faulty([Fault("", Refusal(Why.NOT_FHIR))])
    return _joined(value)


def _joined(bundle: Mapping[str, Any]) -> Brought:
    """One questionnaire of a Bundle's."""
    resources = list(_resources(bundle))
    notes = [
        Fault(f"entry[{number}]", Refusal(Why.OTHER_RESOURCE, {"type": str(one.get("resourceType"))[:60]}))
        for number, one in resources
        if one.get("resourceType") != "Questionnaire"
    ]
    forms = [(number, one) for number, one in resources if one.get("resourceType") == "Questionnaire"]
    if not forms:
        raise Faulty([Fault("entry", Refusal(Why.NO_QUESTIONNAIRE))])
    main = next((one for one in forms if _language(one[1])), forms[0])
    made, seen = dict(main[1]), {_language(main[1])}
    for number, other in forms:
        if other is not main[1]:
            made, note = _with_language(made, other, seen)
            notes += [Fault(f"entry[{number}]", one) for one in note]
    return Brought(made, tuple(notes))


def _resources(bundle: Mapping[str, Any]) -> Iterator[tuple[int, Item]]:
    """What lies in a Bundle, each with its number."""
    entries = bundle.get("entry")
    for number, entry in enumerate(entries if isinstance(entries, list) else ()):
        if isinstance(entry, Mapping) and isinstance(entry.get("resource"), dict):
            yield number, entry["resource"]


def _language(questionnaire: Mapping[str, Any]) -> str | None:
    return texts.known_language(str(questionnaire.get("language") or "nb"))


def _with_language(
    made: dict[str, Any], other: Mapping[str, Any], seen: set[str | None]
) -> tuple[dict[str, Any], list[Refusal]]:
    """The questionnaire with the texts of another in a language that it hasn't yet, and what was left out."""
    language, named = _language(other), str(other.get("language") or "nb")[:20]
    if language is None:
        return made, [Refusal(Why.OTHER_LANGUAGE, {"language": named})]
    if language in seen:
        return made, [Refusal(Why.TWICE, {"language": named})]
    seen.add(language)
    items = {str(item.get("linkId")): item for item in _items(other)}
    known = {str(item.get("linkId")) for item in _items(made)}
    joined = _holder_texts(made, other, ("title", "description"), language)
    joined = {**joined, "item": [_item(item, items, language) for item in _dicts(made.get("item"))]}
    if "contained" in made:
        joined["contained"] = _contained(_dicts(made["contained"]), _dicts(other.get("contained")), language)
    stray = [one for one in items if one not in known]
    lost = [Refusal(Why.ANOTHER_FORM, {"language": named, "ids": ", ".join(stray[:10])})] if stray else []
    return joined, lost


def _dicts(value: JSON) -> list[Item]:
    """The objects of a list, whatever else the file may hold there."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _items(holder: Mapping[str, Any]) -> Iterator[Item]:
    for item in _dicts(holder.get("item")):
        yield item
        yield from _items(item)


def _holder_texts(
    holder: Mapping[str, Any], other: Mapping[str, Any], keys: Sequence[str], language: str
) -> dict[str, Any]:
    """The holder with another's texts as translations; what the other doesn't say is left as it is."""
    made = dict(holder)
    for key in keys:
        said = other.get(key)
        if isinstance(said, str) and said.strip() and isinstance(holder.get(key), str):
            made = texts.written(made, key, {language: said}, "")
    return made


def _item(item: Item, others: Mapping[str, Item], language: str) -> Item:
    """An item with another's texts, and all that lies in it."""
    made = dict(item)
    other = others.get(str(item.get("linkId")))
    if other is not None:
        made = _holder_texts(made, other, ("text", "prefix"), language)
        if "extension" in item:
            made["extension"] = _extensions(_dicts(item["extension"]), _dicts(other.get("extension")), language)
        if "answerOption" in item:
            made["answerOption"] = _options(_dicts(item["answerOption"]), _dicts(other.get("answerOption")), language)
    if "item" in item:
        made["item"] = [_item(child, others, language) for child in _dicts(item["item"])]
    return made


def _extensions(own: list[Item], others: list[Item], language: str) -> list[Item]:
    """Extensions that hold a text for people, with another's text."""
    said = {one.get("url"): one for one in others}
    return [
        _holder_texts(one, said[one["url"]], ("valueString", "valueMarkdown"), language)
        if one.get("url") in said and _is_worded(str(one["url"]))
        else one
        for one in own
    ]


def _is_worded(url: str) -> bool:
    """Whether an extension holds a text that people read."""
    return url in (wording.SUBLABEL, wording.SUBLABEL_TEXT, wording.VALIDATION) or url.endswith(EMBEDDED)


def _options(own: list[Item], others: list[Item], language: str) -> list[Item]:
    """Options with another's words, by their codes."""
    said = {str(coding.get("code")): coding for one in others if isinstance(coding := one.get("valueCoding"), dict)}
    return [
        {**one, "valueCoding": _holder_texts(coding, said[str(coding.get("code"))], ("display",), language)}
        if isinstance(coding := one.get("valueCoding"), dict) and str(coding.get("code")) in said
        else one
        for one in own
    ]


def _contained(own: list[Item], others: list[Item], language: str) -> list[Item]:
    """Lists of options that lie in the form, with another's words as designations."""
    said = {
        (one.get("id"), concept.get("code")): concept.get("display")
        for one in others
        for include in _includes(one)
        for concept in _dicts(include.get("concept"))
    }
    return [_value_set(one, said, language) if one.get("resourceType") == "ValueSet" else one for one in own]


def _includes(value_set: Mapping[str, Any]) -> list[Item]:
    compose = value_set.get("compose")
    return _dicts(compose.get("include")) if isinstance(compose, dict) else []


def _value_set(value_set: Item, said: Mapping[Any, Any], language: str) -> Item:
    if not _includes(value_set):
        return value_set
    includes = [
        {
            **include,
            "concept": [
                _designated(concept, said.get((value_set.get("id"), concept.get("code"))), language)
                for concept in _dicts(include["concept"])
            ],
        }
        if "concept" in include
        else include
        for include in _includes(value_set)
    ]
    return {**value_set, "compose": {**value_set["compose"], "include": includes}}


def _designated(concept: Item, text: object, language: str) -> Item:
    if not isinstance(text, str) or not text.strip():
        return concept
    return {**concept, "designation": [*_dicts(concept.get("designation")), {"language": language, "value": text}]}


def count(questionnaire: Mapping[str, Any]) -> int:
    """How many questions a form has."""
    return sum(1 for one in tree.walk(questionnaire) if one.item.get("type") not in ("group", "display"))
