"""Types, conditions and limits in words (i ord), marked for translation; the page translates them."""

from collections.abc import Mapping
from typing import Any

from helsevev.core.questionnaire_building import conditions, settings, texts, tree
from helsevev.core.questionnaire_building.conditions import Condition
from helsevev.core.questionnaire_building.tree import JSON, Questionnaire
from helsevev.core.words import Refusal, gettext_noop

# What a type is called by someone who asks questions.
KIND_NAMES: Mapping[str, str] = {
    "group": gettext_noop("Group of questions"),
    "string": gettext_noop("Short text"),
    "text": gettext_noop("Long text"),
    "choice": gettext_noop("Choice"),
    "open-choice": gettext_noop("Choice, or own words"),
    "boolean": gettext_noop("Yes or no"),
    "integer": gettext_noop("Whole number"),
    "decimal": gettext_noop("Number with decimals"),
    "quantity": gettext_noop("Number with a unit"),
    "date": gettext_noop("Date"),
    "dateTime": gettext_noop("Date and time"),
    "time": gettext_noop("Time of day"),
    "url": gettext_noop("Web address"),
    "attachment": gettext_noop("File"),
    "display": gettext_noop("Text to read"),
    "reference": gettext_noop("Reference"),
}
SENTENCES: Mapping[str, str] = {
    "=": gettext_noop("“%(question)s” is “%(answer)s”"),
    "!=": gettext_noop("“%(question)s” is not “%(answer)s”"),
    ">": gettext_noop("“%(question)s” is more than %(answer)s"),
    "<": gettext_noop("“%(question)s” is less than %(answer)s"),
    ">=": gettext_noop("“%(question)s” is %(answer)s or more"),
    "<=": gettext_noop("“%(question)s” is %(answer)s or less"),
}
ANSWERED = gettext_noop("“%(question)s” is answered")
NOT_ANSWERED = gettext_noop("“%(question)s” is not answered")
OPERATOR_NAMES: Mapping[str, str] = {
    "answered": gettext_noop("is answered"),
    "unanswered": gettext_noop("is not answered"),
    "=": gettext_noop("is"),
    "!=": gettext_noop("is not"),
    ">": gettext_noop("is more than"),
    "<": gettext_noop("is less than"),
    ">=": gettext_noop("is at least"),
    "<=": gettext_noop("is at most"),
}
YES, NO = gettext_noop("Yes"), gettext_noop("No")


def condition(questionnaire: Questionnaire, one: Condition, language: str) -> Refusal:
    """A condition as a clause, with question and answer as they are called in a language."""
    found = tree.find(questionnaire, one.question)
    asked: Mapping[str, Any] = found.item if found else {"linkId": one.question}
    own = texts.own_language(questionnaire)
    question = name(asked, own, language)
    if one.operator == "exists":
        return Refusal(ANSWERED if one.answer else NOT_ANSWERED, {"question": question})
    return Refusal(
        SENTENCES.get(one.operator, SENTENCES["="]),
        {"question": question, "answer": answer(asked, one.answer, own, language)},
    )


def name(item: Mapping[str, Any], own: str, language: str) -> str:
    """What an item is called in a language, else in its own, else by its link id."""
    found = texts.read(item, "text", own)
    text = found.get(language) or found.get(own) or next(iter(found.values()), "")
    return conditions.short({"text": text, "linkId": item.get("linkId")})


def answer(asked: Mapping[str, Any], value: JSON, own: str, language: str) -> object:
    """An answer as it is called in a language; yes and no as words of ours."""
    if isinstance(value, bool):
        return Refusal(YES if value else NO)
    if isinstance(value, Mapping) and "code" in value:
        offered = next((one for one in settings.options(asked, own) if one.code == value.get("code")), None)
        if offered:
            return offered.texts.get(language) or offered.texts.get(own) or offered.code
    return conditions.said(value)
