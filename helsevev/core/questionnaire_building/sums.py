"""An answer that is the sum of others (sum): written as the standard's calculation, and read back."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from helsevev.core.questionnaire_building import calculations, settings, tree
from helsevev.core.questionnaire_building.tree import Item, Questionnaire
from helsevev.core.words import Refusal, Refused, gettext_noop


class Why(StrEnum):
    """Why a sum can't be."""

    NOT_SUMMABLE = gettext_noop("One of the questions can't be added up, or is itself calculated from this one.")
    TOO_MANY = gettext_noop("At most %(most)s questions can be added up in one.")


MOST = 24
START = "%resource.descendants().where(linkId='"
NUMBER, SCORE = "').answer.value.sum()", "').answer.ordinal().sum()"


def has_scores(item: Mapping[str, Any]) -> bool:
    """Whether a question's options count in a score."""
    return item.get("type") in settings.CHOICES and any(
        settings.score_of(one) is not None for one in item.get("answerOption") or ()
    )


def summable(questionnaire: Questionnaire, link_id: str) -> list[tree.Found]:
    """The questions that another's answer can be the sum of: numbers and scores that aren't calculated from it."""
    items = {one.link_id: one for one in tree.walk(questionnaire)}
    return [
        one
        for one in items.values()
        if (one.item.get("type") in settings.NUMBERS or has_scores(one.item))
        and "'" not in one.link_id
        and "\\" not in one.link_id
        and link_id not in _reach(items, one.link_id)
    ]


def _reach(items: Mapping[str, tree.Found], link_id: str) -> set[str]:
    """The question itself, and all that its answer is calculated from."""
    seen: set[str] = set()
    waiting = [link_id]
    while waiting:
        here = waiting.pop()
        if here in items and here not in seen:
            seen.add(here)
            waiting += calculations.asks_for(items[here].item)
    return seen


def summed(item: Mapping[str, Any]) -> tuple[str, ...] | None:
    """The questions whose sum the answer is; None when it is calculated otherwise, empty when it isn't at all."""
    expression = calculations.expression(item)
    if not expression:
        return ()
    asked = calculations.asks_for(item)
    terms = expression.split(" + ")
    if len(terms) != len(asked):
        return None
    fits = all(
        term in (f"{START}{one}{NUMBER}", f"{START}{one}{SCORE}") for term, one in zip(terms, asked, strict=True)
    )
    return tuple(asked) if fits else None


def set_sum(questionnaire: Questionnaire, link_id: str, of: Sequence[str]) -> dict[str, Any]:
    """The questionnaire where a question's answer is the sum of others', or (of none) a person's own."""
    found = {one.link_id: one.item for one in summable(questionnaire, link_id)}
    if not set(of) <= found.keys():
        raise Refused(Refusal(Why.NOT_SUMMABLE))
    if len(of) > MOST:
        raise Refused(Refusal(Why.TOO_MANY, {"most": MOST}))
    terms = [f"{START}{one}{SCORE if has_scores(found[one]) else NUMBER}" for one in found if one in set(of)]
    return tree.changed(questionnaire, link_id, lambda item: _with(item, " + ".join(terms)))


def _with(item: Item, expression: str) -> Item:
    made = settings.set_flag(calculations.without(item), "readOnly", on=bool(expression))
    if not expression:
        return made
    held = {"language": "text/fhirpath", "expression": expression}
    return settings.with_extension(made, calculations.CALCULATED[0], "valueExpression", held)
