"""What stands between a draft and its publishing (sjekkliste): faults that stop it, and remarks to think over."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations
from typing import Any

from helsevev.core.questionnaire_building import conditions, settings, texts, tree, wording
from helsevev.core.questionnaire_building.conditions import Condition
from helsevev.core.questionnaire_building.tree import JSON, Found, Questionnaire
from helsevev.core.words import Refusal, gettext_noop


class Why(StrEnum):
    """What is to be put right, or thought over."""

    NO_TITLE = gettext_noop("The form has no title.")
    NO_QUESTIONS = gettext_noop("The form has no questions.")
    NO_TEXT = gettext_noop("It has no text.")
    NO_OPTIONS = gettext_noop("It has fewer than two options to choose from.")
    ASKS_FOR_NOTHING = gettext_noop("Its condition asks for something that can't be: %(why)s")
    CIRCLE = gettext_noop("Its conditions lead in a circle, so it can never be asked.")
    UNREACHABLE = gettext_noop("Its conditions can't all hold at once, so it can never be asked.")
    EMPTY_GROUP = gettext_noop("The group has no questions.")
    NOTHING_REQUIRED = gettext_noop("No question must be answered: the form can be sent in empty.")
    ASKED_LATER = gettext_noop("It depends on “%(other)s”, which comes after it.")
    LACKS = gettext_noop("“%(text)s” isn't translated: %(languages)s.")
    MIXED_SCORES = gettext_noop("Some of its options count in the score and some don't.")


@dataclass(frozen=True)
class Remark:
    """One line of the check list (merknad): about which item (none: the form), and what; a fault stops publishing."""

    link_id: str
    what: Refusal
    is_fault: bool = False
    languages: tuple[str, ...] = ()


def check(questionnaire: Questionnaire, languages: tuple[str, ...] = texts.LANGUAGES) -> list[Remark]:
    """The whole check list: the faults first, then the remarks, each in reading order."""
    found = [*_of_the_form(questionnaire), *_of_items(questionnaire), *_of_conditions(questionnaire)]
    found += [
        Remark(one.link_id, Refusal(Why.LACKS, {"text": _cut(one.text)}), languages=one.languages)
        for one in wording.lacking(questionnaire, languages)
    ]
    order = {"": -1, **{link_id: at for at, link_id in enumerate(tree.link_ids(questionnaire))}}
    return sorted(found, key=lambda one: (not one.is_fault, order[one.link_id]))


def _cut(text: str) -> str:
    return conditions.short({"text": text}, 60)


def _of_the_form(questionnaire: Questionnaire) -> Iterator[Remark]:
    if not texts.read(questionnaire, "title", texts.own_language(questionnaire)):
        yield Remark("", Refusal(Why.NO_TITLE), is_fault=True)
    asked = [one.item for one in tree.walk(questionnaire) if one.item.get("type") not in conditions.UNASKED]
    if not asked:
        yield Remark("", Refusal(Why.NO_QUESTIONS), is_fault=True)
    elif not any(item.get("required") for item in asked):
        yield Remark("", Refusal(Why.NOTHING_REQUIRED))


def _of_items(questionnaire: Questionnaire) -> Iterator[Remark]:
    own = texts.own_language(questionnaire)
    for found in tree.walk(questionnaire):
        item, link_id = found.item, found.link_id
        if settings.is_help(item):
            continue
        if not texts.read(item, "text", own) and item.get("type") != "group":
            yield Remark(link_id, Refusal(Why.NO_TEXT), is_fault=True)
        if item.get("type") == "group" and not wording.questions(item):
            yield Remark(link_id, Refusal(Why.EMPTY_GROUP))
        if item.get("type") in settings.CHOICES and "answerValueSet" not in item:
            yield from _of_options(link_id, item)


def _of_options(link_id: str, item: Mapping[str, Any]) -> Iterator[Remark]:
    offered = item.get("answerOption") or ()
    if len(offered) < 2:
        yield Remark(link_id, Refusal(Why.NO_OPTIONS), is_fault=True)
    scored = [settings.score_of(option) is not None for option in offered]
    if any(scored) and not all(scored):
        yield Remark(link_id, Refusal(Why.MIXED_SCORES))


def _of_conditions(questionnaire: Questionnaire) -> Iterator[Remark]:
    items = {found.link_id: found for found in tree.walk(questionnaire)}
    order = {link_id: at for at, link_id in enumerate(items)}
    circular = set(conditions.circles(questionnaire))
    for link_id, found in items.items():
        if link_id in circular:
            yield Remark(link_id, Refusal(Why.CIRCLE), is_fault=True)
            continue
        held = conditions.read(found.item)
        wrong = [why for one in held if (why := _refuse(one, items))]
        for why in wrong:
            yield Remark(link_id, Refusal(Why.ASKS_FOR_NOTHING, {"why": why}), is_fault=True)
        if held and not wrong and not _can_hold(found, items):
            yield Remark(link_id, Refusal(Why.UNREACHABLE), is_fault=True)
        for other in dict.fromkeys(one.question for one in held):
            if order.get(other, -1) > order[link_id]:
                name = conditions.short(items[other].item)
                yield Remark(link_id, Refusal(Why.ASKED_LATER, {"other": name}))


def _refuse(condition: Condition, items: Mapping[str, Found]) -> Refusal | None:
    asked = items.get(condition.question)
    if asked is None:
        return Refusal(conditions.Why.NOTHING)
    return conditions.refuse_comparison(condition, asked.item)


def _can_hold(found: Found, items: Mapping[str, Found]) -> bool:
    """Whether what decides that an item is asked can hold all at once; what may hold one by one is let pass."""
    must: list[Condition] = []
    for item in (*found.within, found.item):
        held = conditions.read(item)
        if item.get("enableBehavior") != "any" or len(held) == 1:
            must += held
    return not any(_excludes(one, other, items) for one, other in combinations(must, 2))


def _excludes(one: Condition, other: Condition, items: Mapping[str, Found]) -> bool:
    """Whether two conditions on the same question can't both hold."""
    if one.question != other.question or one.question not in items:
        return False
    if one.operator == "exists" or other.operator == "exists":
        return {_needs_answer(one), _needs_answer(other)} == {True, False}
    if items[one.question].item.get("repeats"):
        return False
    if {one.operator, other.operator} == {"="}:
        return not _equal(one.answer, other.answer)
    if {one.operator, other.operator} == {"=", "!="}:
        return _equal(one.answer, other.answer)
    return _apart(one, other) or _apart(other, one)


def _needs_answer(condition: Condition) -> bool:
    """Whether a condition waits for an answer, or for none; what is "not this" is something, too."""
    return condition.answer is True if condition.operator == "exists" else True


def _equal(one: JSON, other: JSON) -> bool:
    if isinstance(one, Mapping) and isinstance(other, Mapping):
        return all(one.get(key) == other.get(key) for key in ("code", "value") if key in one or key in other)
    return bool(one == other)


def _apart(low: Condition, high: Condition) -> bool:
    """Whether what must lie above lies above what must lie below."""
    if low.operator not in (">", ">=", "=") or high.operator not in ("<", "<=", "="):
        return False
    least, most = _measured(low.answer), _measured(high.answer)
    if least is None or most is None or least[0] != most[0]:
        return False
    return least > most or (least == most and (low.operator == ">" or high.operator == "<"))


def _measured(answer: JSON) -> tuple[str, float, str] | None:
    """An answer as something that lies above or below others of its sort: numbers, or what is written as dates are."""
    value = answer.get("value") if isinstance(answer, Mapping) else answer
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return ("number", float(value), "")
    return ("text", 0.0, value) if isinstance(value, str) else None
