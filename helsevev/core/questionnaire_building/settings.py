"""One question's own settings (innstillinger): its type, options, limits and scores. Each function gives a new item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire_building import calculations, conditions, texts, tree
from helsevev.core.questionnaire_building.tree import JSON, Item, Questionnaire
from helsevev.core.words import Refusal, Refused, gettext_noop

STRUCTURE = "http://hl7.org/fhir/StructureDefinition"
ITEM_CONTROL = f"{STRUCTURE}/questionnaire-itemControl"
ITEM_CONTROLS = "http://hl7.org/fhir/questionnaire-item-control"
ORDINAL = f"{STRUCTURE}/ordinalValue"
MIN_VALUE, MAX_VALUE = f"{STRUCTURE}/minValue", f"{STRUCTURE}/maxValue"
MIN_OCCURS, MAX_OCCURS = f"{STRUCTURE}/questionnaire-minOccurs", f"{STRUCTURE}/questionnaire-maxOccurs"
MIN_LENGTH = f"{STRUCTURE}/minLength"
DECIMALS = f"{STRUCTURE}/maxDecimalPlaces"
UNIT = f"{STRUCTURE}/questionnaire-unit"
HIDDEN = f"{STRUCTURE}/questionnaire-hidden"
MAX_SIZE = f"{STRUCTURE}/maxSize"
REGEX = f"{STRUCTURE}/regex"
PLACEHOLDER = f"{STRUCTURE}/entryFormat"
EXCLUSIVE = f"{STRUCTURE}/questionnaire-optionExclusive"

KINDS = (
    "group",
    "string",
    "text",
    "choice",
    "open-choice",
    "boolean",
    "integer",
    "decimal",
    "quantity",
    "date",
    "dateTime",
    "time",
    "url",
    "attachment",
    "display",
)
CHOICES = frozenset({"choice", "open-choice"})
WRITTEN = frozenset({"string", "text", "url"})
NUMBERS = frozenset({"integer", "decimal", "quantity"})
# The key that a limit's value has, by the type of its question.
LIMIT_KEYS: Mapping[str, str] = {
    "integer": "valueInteger",
    "decimal": "valueDecimal",
    "quantity": "valueDecimal",
    "date": "valueDate",
    "dateTime": "valueDateTime",
    "time": "valueTime",
}


class Why(StrEnum):
    """Why a setting can't be."""

    HAS_QUESTIONS = gettext_noop("Questions lie in it. Move them out first, or make it a group.")
    STILL_ASKED = gettext_noop("“%(other)s” has a condition that waits for an answer which it could no longer have.")
    NO_OPTIONS = gettext_noop("A question with options needs at least two to choose from.")
    OPTION_TWICE = gettext_noop("The option “%(option)s” stands twice.")
    OPTION_ASKED = gettext_noop("“%(other)s” has a condition that waits for “%(option)s”.")
    MIN_OVER_MAX = gettext_noop("The least is more than the most.")
    UNKNOWN_KIND = gettext_noop("There is no such type of question.")


# --- Extensions ------------------------------------------------------------------------------------------------------
def value_of(holder: Mapping[str, Any], url: str) -> JSON:
    """The value of an extension, whichever type it has; None when there is none."""
    for extension in holder.get("extension") or ():
        if extension.get("url") == url:
            return next((value for key, value in extension.items() if key.startswith("value")), None)
    return None


def with_extension(holder: Mapping[str, Any], url: str, key: str, value: JSON) -> Item:
    """The holder with one extension set where it stood, or last; None takes it away."""
    kept = list(holder.get("extension") or ())
    at = next((number for number, one in enumerate(kept) if one.get("url") == url), None)
    if at is not None and value is not None and value_of({"extension": [kept[at]]}, url) == value:
        return dict(holder)
    fresh = [] if value is None else [{"url": url, key: value}]
    if at is None:
        kept += fresh
    else:
        kept[at : at + 1] = fresh
    made = {name: held for name, held in holder.items() if name != "extension"}
    if kept:
        made["extension"] = kept
    return made


def controls(item: Mapping[str, Any]) -> list[str]:
    """How an item asks to be drawn (itemControl): the codes."""
    return [
        str(coding.get("code"))
        for extension in item.get("extension") or ()
        if extension.get("url") == ITEM_CONTROL
        for coding in (extension.get("valueCodeableConcept") or {}).get("coding") or ()
    ]


def control(code: str) -> Item:
    """The extension that asks for a way of drawing."""
    return {"url": ITEM_CONTROL, "valueCodeableConcept": {"coding": [{"system": ITEM_CONTROLS, "code": code}]}}


def is_help(item: Mapping[str, Any]) -> bool:
    """Whether an item only explains the one that it lies in."""
    return item.get("type") in ("display", "text") and "help" in controls(item)


# --- Type ------------------------------------------------------------------------------------------------------------
def set_kind(questionnaire: Questionnaire, link_id: str, kind: str) -> dict[str, Any]:
    """The questionnaire with an item of another type, keeping all that fits it.

    Refused while questions lie in what would be a text, or while a condition elsewhere waits for an answer that the
    new type can't give.
    """
    item = tree.require(questionnaire, link_id).item
    if kind not in KINDS:
        raise Refused(Refusal(Why.UNKNOWN_KIND))
    if item.get("type") == kind:
        return dict(questionnaire)
    if kind == "display" and not all(is_help(child) for child in tree.children(item)):
        raise Refused(Refusal(Why.HAS_QUESTIONS))
    made = fitted(item, kind)
    wrong = [
        Refusal(Why.STILL_ASKED, {"other": conditions.short(other.item)})
        for other in conditions.depending(questionnaire, [link_id])
        if any(
            one.question == link_id and conditions.refuse_comparison(one, made) for one in conditions.read(other.item)
        )
    ]
    if wrong:
        raise Refused(*wrong)
    return tree.changed(questionnaire, link_id, lambda _item: made)


# What means something for which types; what isn't named here means something for all.
ONLY_FOR: Mapping[str, frozenset[str]] = {
    "answerOption": CHOICES,
    "answerValueSet": CHOICES,
    "maxLength": WRITTEN | {"open-choice"},
    "required": frozenset(KINDS) - {"display"},
    "repeats": frozenset(KINDS) - {"display", "boolean"},
    "readOnly": frozenset(KINDS) - {"display", "group"},
    "initial": frozenset(),
    "item": frozenset(KINDS) - {"display"},
}
EXTENSION_ONLY_FOR: Mapping[str, frozenset[str]] = {
    MIN_LENGTH: WRITTEN,
    REGEX: WRITTEN,
    PLACEHOLDER: WRITTEN | NUMBERS,
    DECIMALS: frozenset({"decimal", "quantity"}),
    UNIT: NUMBERS,
    MAX_SIZE: frozenset({"attachment"}),
    MIN_OCCURS: frozenset(KINDS) - {"display", "boolean"},
    MAX_OCCURS: frozenset(KINDS) - {"display", "boolean"},
    ITEM_CONTROL: frozenset(),
    **dict.fromkeys(calculations.CALCULATED, NUMBERS),
}
# Types whose limits can be carried over to one another.
KINSHIP = (
    frozenset({"integer", "decimal", "quantity"}),
    frozenset({"date"}),
    frozenset({"dateTime"}),
    frozenset({"time"}),
)


def fitted(item: Mapping[str, Any], kind: str) -> Item:
    """An item as another type, without what that type has no use for."""
    before = str(item.get("type"))
    made = {key: value for key, value in item.items() if kind in ONLY_FOR.get(key, frozenset(KINDS))}
    if item.get("initial") and {before, kind} <= WRITTEN:
        made["initial"] = item["initial"]
    made["type"] = kind
    kept = [fresh for one in item.get("extension") or () if (fresh := _fitted_extension(one, before, kind)) is not None]
    made.pop("extension", None)
    if kept:
        made["extension"] = kept
    return made


def _fitted_extension(extension: Item, before: str, kind: str) -> Item | None:
    """An extension as the new type has it; None where it means nothing there."""
    url = extension.get("url")
    if url in (MIN_VALUE, MAX_VALUE):
        return _fitted_limit(extension, before, kind)
    if url == ITEM_CONTROL and {before, kind} <= CHOICES:
        return extension
    return extension if kind in EXTENSION_ONLY_FOR.get(str(url), frozenset(KINDS)) else None


def _fitted_limit(extension: Item, before: str, kind: str) -> Item | None:
    if not any({before, kind} <= kin for kin in KINSHIP):
        return None
    value = next((value for key, value in extension.items() if key.startswith("value")), None)
    if isinstance(value, float) and kind == "integer":
        if not value.is_integer():
            return None
        value = int(value)
    return {"url": extension["url"], LIMIT_KEYS[kind]: value}


# --- What must be, and how often -------------------------------------------------------------------------------------
def set_flag(item: Item, key: str, *, on: bool) -> Item:
    """The item with `required`, `repeats` or `readOnly` on or off; off is said by leaving it out."""
    made = {name: value for name, value in item.items() if name != key}
    return {**made, key: True} if on else made


def set_limits(item: Item, least: JSON, most: JSON) -> Item:
    """The item with the least and the most that may be answered; None sets no limit."""
    key = LIMIT_KEYS.get(str(item.get("type")))
    if key is None:
        return item
    if least is not None and most is not None and least > most:
        raise Refused(Refusal(Why.MIN_OVER_MAX))
    return with_extension(with_extension(item, MIN_VALUE, key, least), MAX_VALUE, key, most)


def set_lengths(item: Item, least: int | None, most: int | None) -> Item:
    """The item with the fewest and the most signs that may be written."""
    if least is not None and most is not None and least > most:
        raise Refused(Refusal(Why.MIN_OVER_MAX))
    made = with_extension(item, MIN_LENGTH, "valueInteger", least)
    made.pop("maxLength", None)
    return {**made, "maxLength": most} if most is not None else made


def set_times(item: Item, least: int | None, most: int | None) -> Item:
    """The item with how many times it must and may be answered."""
    if least is not None and most is not None and least > most:
        raise Refused(Refusal(Why.MIN_OVER_MAX))
    made = with_extension(item, MIN_OCCURS, "valueInteger", least)
    return with_extension(made, MAX_OCCURS, "valueInteger", most)


# --- Options ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Option:
    """One thing to choose (alternativ): its code, its texts by language, and what it counts in a score."""

    code: str
    texts: Mapping[str, str] = field(default_factory=dict)
    score: Decimal | None = None
    alone: bool = False


def options(item: Mapping[str, Any], own: str) -> list[Option]:
    """The options that lie in a question itself, as codings."""
    return [
        Option(
            str(coding.get("code", "")),
            texts.read(coding, "display", own),
            score_of(option),
            value_of(option, EXCLUSIVE) is True,
        )
        for option in item.get("answerOption") or ()
        if (coding := option.get("valueCoding")) is not None
    ]


def score_of(option: Mapping[str, Any]) -> Decimal | None:
    """What an option counts; files write it on the option or on its coding."""
    for holder in (option.get("valueCoding") or {}, option):
        value = value_of(holder, ORDINAL)
        if isinstance(value, (int, float, Decimal)):
            return Decimal(str(value))
    return None


def set_options(questionnaire: Questionnaire, link_id: str, wanted: Sequence[Option]) -> dict[str, Any]:
    """The questionnaire with the options of a question; what else an option holds is kept.

    Refused with two alike, and while a condition elsewhere waits for one that would go.
    """
    item = tree.require(questionnaire, link_id).item
    own = texts.own_language(questionnaire)
    _refuse_twice(wanted, own)
    held = {
        str(coding.get("code")): one for one in item.get("answerOption") or () if (coding := one.get("valueCoding"))
    }
    made = [_option(held.get(one.code), one, own) for one in wanted]
    others = [one for one in item.get("answerOption") or () if "valueCoding" not in one]
    codes = {one.code for one in wanted}
    wrong = [
        Refusal(Why.OPTION_ASKED, {"other": conditions.short(other.item), "option": conditions.said(one.answer)})
        for other in conditions.depending(questionnaire, [link_id])
        for one in conditions.read(other.item)
        if one.question == link_id
        and isinstance(one.answer, Mapping)
        and one.answer.get("code") not in codes
        and one.answer.get("code") in held
    ]
    if wrong:
        raise Refused(*wrong)
    return tree.changed(questionnaire, link_id, lambda now: _with_options(now, [*made, *others]))


def _refuse_twice(wanted: Sequence[Option], own: str) -> None:
    """Two options that can't be told apart, by those who answer or by those who count."""
    seen: set[str] = set()
    for one in wanted:
        for name in {f"code {one.code}", f"text {one.texts.get(own, '').strip().casefold()}"}:
            if name in seen and name != "text ":
                raise Refused(Refusal(Why.OPTION_TWICE, {"option": one.texts.get(own) or one.code}))
            seen.add(name)


def _with_options(item: Item, made: list[Item]) -> Item:
    kept = {key: value for key, value in item.items() if key != "answerOption"}
    return {**kept, "answerOption": made} if made else kept


def _option(held: Mapping[str, Any] | None, wanted: Option, own: str) -> Item:
    """An option in the standard's form, with what else the one that stood there holds."""
    option = dict(held or {})
    coding = texts.written({"code": wanted.code, **option.get("valueCoding", {})}, "display", wanted.texts, own)
    if wanted.alone != (value_of(option, EXCLUSIVE) is True):
        option = with_extension(option, EXCLUSIVE, "valueBoolean", True if wanted.alone else None)
    if wanted.score == score_of(option):
        return {**option, "valueCoding": coding}
    kept = [one for one in option.get("extension") or () if one.get("url") != ORDINAL]
    option.pop("extension", None)
    if kept:
        option["extension"] = kept
    score = None if wanted.score is None else plain(wanted.score)
    return {**option, "valueCoding": with_extension(coding, ORDINAL, "valueDecimal", score)}


def plain(number: Decimal) -> int | float:
    """A number as JSON has it: whole where it is whole."""
    return int(number) if number == number.to_integral_value() else float(number)
