"""Conditions (vilkår, enableWhen): when a question is asked, by what was answered to others.

A condition that asks for nothing, or that leads in a circle, is refused: nobody could ever reach the question.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire.values import clock_time, day, moment
from helsevev.core.questionnaire_building import tree
from helsevev.core.questionnaire_building.tree import JSON, Item, Questionnaire
from helsevev.core.words import Refusal, Refused, gettext_noop


class Why(StrEnum):
    """Why a condition can't stand."""

    NOTHING = gettext_noop("The condition asks for a question that isn't in the form.")
    ITSELF = gettext_noop("A question can't depend on its own answer.")
    CIRCLE = gettext_noop("This would go in a circle: “%(other)s” is itself asked only when this one is.")
    NO_ANSWER = gettext_noop("“%(other)s” has no answer that a condition could ask for.")
    OPERATOR = gettext_noop("Answers to “%(other)s” can't be compared in that way.")
    ANSWER = gettext_noop("“%(answer)s” is not an answer that “%(other)s” can have.")
    NO_VALUE = gettext_noop("Say which answer the condition waits for.")


UNASKED = frozenset({"group", "display"})
ORDERED = frozenset({"integer", "decimal", "date", "dateTime", "time", "quantity"})
OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
# The key of a condition's answer by the type of the question that it asks for.
ANSWERS: Mapping[str, str] = {
    "boolean": "answerBoolean",
    "choice": "answerCoding",
    "open-choice": "answerCoding",
    "string": "answerString",
    "text": "answerString",
    "url": "answerString",
    "integer": "answerInteger",
    "decimal": "answerDecimal",
    "date": "answerDate",
    "dateTime": "answerDateTime",
    "time": "answerTime",
    "quantity": "answerQuantity",
}


# What reads an answer that is a date or a time; None where it isn't one.
CLOCKS: Mapping[str, Callable[[str], object]] = {"date": day, "dateTime": moment, "time": clock_time}


@dataclass(frozen=True)
class Condition:
    """One condition: which question, how it is compared, and with what (the standard's own value)."""

    question: str
    operator: str
    answer: JSON


def read(item: Mapping[str, Any]) -> list[Condition]:
    """An item's conditions."""
    return [
        Condition(str(one.get("question", "")), str(one.get("operator", "")), answer_of(one))
        for one in item.get("enableWhen") or ()
    ]


def answer_of(condition: Mapping[str, Any]) -> JSON:
    """What a condition in the standard's form compares with."""
    return next((value for key, value in condition.items() if key.startswith("answer")), None)


def written(condition: Condition, asked: Mapping[str, Any]) -> dict[str, Any]:
    """A condition in the standard's form; `asked` is the question that it asks for."""
    key = "answerBoolean" if condition.operator == "exists" else ANSWERS[str(asked["type"])]
    return {"question": condition.question, "operator": condition.operator, key: condition.answer}


def operators(asked: Mapping[str, Any]) -> tuple[str, ...]:
    """How answers to a question can be compared."""
    kind = asked.get("type")
    if kind in UNASKED:
        return ()
    if kind not in ANSWERS:
        return ("exists",)
    return OPERATORS if kind in ORDERED else ("exists", "=", "!=")


def options(asked: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The codings that a question offers."""
    return [one["valueCoding"] for one in asked.get("answerOption") or () if "valueCoding" in one]


def refuse(questionnaire: Questionnaire, link_id: str, condition: Condition) -> Refusal | None:
    """Why an item can't have a condition; None when it can."""
    found = tree.find(questionnaire, condition.question)
    if found is None:
        return Refusal(Why.NOTHING)
    if condition.question == link_id:
        return Refusal(Why.ITSELF)
    name = {"other": short(found.item)}
    if why := refuse_comparison(condition, found.item):
        return why
    if link_id in reach(questionnaire, condition.question):
        return Refusal(Why.CIRCLE, name)
    return None


def refuse_comparison(condition: Condition, asked: Mapping[str, Any]) -> Refusal | None:
    """Why a condition can't be compared with answers of the question that it asks for."""
    name = {"other": short(asked)}
    if asked.get("type") in UNASKED:
        return Refusal(Why.NO_ANSWER, name)
    if condition.operator not in operators(asked):
        return Refusal(Why.OPERATOR, name)
    if condition.answer is None or condition.answer == "":
        return Refusal(Why.NO_VALUE)
    if condition.operator == "exists":
        return None if isinstance(condition.answer, bool) else Refusal(Why.NO_VALUE)
    if not _can_be(condition.answer, asked):
        return Refusal(Why.ANSWER, {**name, "answer": said(condition.answer)})
    return None


def said(answer: JSON) -> str:
    """A condition's answer as text."""
    if isinstance(answer, Mapping):
        return str(answer.get("display") or answer.get("code") or answer.get("value") or "")
    return str(answer)


def _can_be(answer: JSON, asked: Mapping[str, Any]) -> bool:
    """Whether an answer is of the kind that the question takes, and among what it offers."""
    kind = asked.get("type")
    if kind == "boolean":
        return isinstance(answer, bool)
    if kind in ("integer", "decimal"):
        return isinstance(answer, int if kind == "integer" else (int, float)) and not isinstance(answer, bool)
    if kind == "quantity":
        return isinstance(answer, Mapping) and isinstance(answer.get("value"), (int, float))
    if kind in ("choice", "open-choice"):
        return isinstance(answer, Mapping) and _is_offered(answer, asked)
    return isinstance(answer, str) and (kind not in CLOCKS or CLOCKS[str(kind)](answer) is not None)


def _is_offered(answer: Mapping[str, Any], asked: Mapping[str, Any]) -> bool:
    """Whether a coding is one of the options; where they lie in a list outside the question, any may be."""
    offered = options(asked)
    if not offered:
        return "answerValueSet" in asked
    system = answer.get("system")
    return any(one.get("code") == answer.get("code") and system in (None, one.get("system", system)) for one in offered)


def reach(questionnaire: Questionnaire, link_id: str) -> set[str]:
    """Everything that decides whether a question is asked: what its conditions ask for, what it lies in, and so on."""
    leads = edges(questionnaire)
    seen: set[str] = set()
    waiting = [link_id]
    while waiting:
        here = waiting.pop()
        if here not in seen:
            seen.add(here)
            waiting += leads.get(here, ())
    return seen


def edges(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """For each item what decides, one step away, whether it is asked."""
    return {
        found.link_id: [
            *(condition.question for condition in read(found.item)),
            *([found.parent] if found.parent is not None else []),
        ]
        for found in tree.walk(questionnaire)
    }


def circles(questionnaire: Questionnaire) -> list[str]:
    """The link ids of items that lead back to themselves, in reading order."""
    leads = edges(questionnaire)
    # What leads nowhere is taken away until only circles, and what leads into them, are left.
    left = {key: {one for one in to if one in leads} for key, to in leads.items()}
    while free := [key for key, to in left.items() if not to & left.keys()]:
        for key in free:
            del left[key]
    return [key for key in left if any(key in reach(questionnaire, one) for one in left[key])]


def depending(questionnaire: Questionnaire, link_ids: Iterable[str]) -> Iterator[tree.Found]:
    """The items with a condition that asks for one of these, those themselves left out."""
    asked = set(link_ids)
    for found in tree.walk(questionnaire):
        if found.link_id not in asked and any(one.question in asked for one in read(found.item)):
            yield found


def set_conditions(
    questionnaire: Questionnaire, link_id: str, conditions: list[Condition], *, every: bool = True
) -> dict[str, Any]:
    """The questionnaire with an item's conditions; all of them must hold, or (not `every`) one is enough."""
    wrong = [why for condition in conditions if (why := refuse(_bare(questionnaire, link_id), link_id, condition))]
    if wrong:
        raise Refused(*wrong)
    forms = [written(one, tree.require(questionnaire, one.question).item) for one in conditions]
    return tree.changed(questionnaire, link_id, lambda item: _with(item, forms, every=every))


def _bare(questionnaire: Questionnaire, link_id: str) -> dict[str, Any]:
    """The questionnaire without the item's conditions, so that each new one is judged by itself."""
    return tree.changed(questionnaire, link_id, without_conditions)


def without_conditions(item: Item) -> Item:
    """The item, always asked."""
    return {key: value for key, value in item.items() if key not in ("enableWhen", "enableBehavior")}


def _with(item: Item, forms: list[dict[str, Any]], *, every: bool) -> Item:
    made = without_conditions(item)
    if forms:
        made["enableWhen"] = forms
    if len(forms) > 1:
        made["enableBehavior"] = "all" if every else "any"
    return made


def without_numbered(questionnaire: Questionnaire, link_id: str, number: int) -> dict[str, Any]:
    """The questionnaire where an item has one condition less; the others stay as they are written."""
    return tree.changed(questionnaire, link_id, lambda item: _without_numbered(item, number))


def _without_numbered(item: Item, number: int) -> Item:
    forms = [one for at, one in enumerate(item.get("enableWhen") or ()) if at != number]
    return _with(item, forms, every=item.get("enableBehavior") != "any")


def without_asking(item: Item, link_ids: Iterable[str]) -> Item:
    """The item without the conditions that ask for these."""
    gone = set(link_ids)
    kept = [one for one in item.get("enableWhen") or () if one.get("question") not in gone]
    if len(kept) == len(item.get("enableWhen") or ()):
        return item
    made = {key: value for key, value in item.items() if key != "enableWhen"}
    if kept:
        made["enableWhen"] = kept
    if len(kept) < 2:
        made.pop("enableBehavior", None)
    return made


def short(item: Mapping[str, Any], longest: int = 80) -> str:
    """What an item is called in a sentence: the beginning of its text, else its link id."""
    text = " ".join(str(item.get("text") or item.get("linkId") or "").split())
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}…"
