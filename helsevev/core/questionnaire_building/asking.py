"""A condition as a page asks for it (vilkårsfelt): an operator and an answer typed or chosen, made the standard's."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from helsevev.core.questionnaire_building import conditions, settings
from helsevev.core.questionnaire_building.conditions import Condition
from helsevev.core.questionnaire_building.tree import JSON
from helsevev.core.words import Refusal, Refused

ANSWERED, UNANSWERED = "answered", "unanswered"


def operators(asked: Mapping[str, Any]) -> list[str]:
    """The operators that a page offers for a question; whether it is answered at all is two of them."""
    found = [one for one in conditions.operators(asked) if one != "exists"]
    return [*found, ANSWERED, UNANSWERED] if conditions.operators(asked) else []


def condition(asked: Mapping[str, Any], operator: str, typed: str) -> Condition:
    """The condition that was typed; refused where it isn't one."""
    question = str(asked.get("linkId"))
    if operator in (ANSWERED, UNANSWERED):
        return Condition(question, "exists", operator == ANSWERED)
    text = typed.strip()
    if not text:
        raise Refused(Refusal(conditions.Why.NO_VALUE))
    answer = _answer(asked, text)
    if answer is None:
        name = {"other": conditions.short(asked), "answer": text[:60]}
        raise Refused(Refusal(conditions.Why.ANSWER, name))
    return Condition(question, operator, answer)


def _answer(asked: Mapping[str, Any], text: str) -> JSON:
    """What was typed as the question's type has it; None where it can't be."""
    kind = asked.get("type")
    if kind == "boolean":
        return {"true": True, "false": False}.get(text)
    if kind in settings.CHOICES:
        held = next((one for one in conditions.options(asked) if one.get("code") == text), None)
        return {key: held[key] for key in ("system", "code", "display") if key in held} if held else None
    try:
        if kind in settings.NUMBERS:
            return _number(asked, Decimal(text.replace(",", ".")))
    except InvalidOperation:
        return None
    if kind == "time" and len(text) == 5:
        text = f"{text}:00"
    reads = conditions.CLOCKS.get(str(kind))
    return text if reads is None or reads(text) is not None else None


def _number(asked: Mapping[str, Any], number: Decimal) -> JSON:
    if not number.is_finite() or abs(number) >= 10**12:
        return None
    if asked.get("type") == "integer":
        return int(number) if number == number.to_integral_value() else None
    if asked.get("type") == "decimal":
        return settings.plain(number)
    unit = settings.value_of(asked, settings.UNIT)
    named = {key: unit[key] for key in ("system", "code") if key in unit} if isinstance(unit, Mapping) else {}
    shown = {"unit": unit["display"]} if isinstance(unit, Mapping) and unit.get("display") else {}
    return {"value": settings.plain(number), **shown, **named}
