"""The buttons on the page of a question: its options, when it is asked, what it adds up, and taking it out."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.rules.building import What
from helsevev.commons.forms.views.building import Desk
from helsevev.core.questionnaire_building import asking, conditions, operations, settings, sums, texts, tree
from helsevev.core.words import Refusal, Refused

CONDITION_GONE = gettext_noop("The condition is no longer there.")


def _drop_option(_request: HttpRequest, desk: Desk, link_id: str, code: str) -> str:
    own = texts.own_language(desk.questionnaire)
    _options(desk, link_id, lambda held: [one for one in settings.options(held, own) if one.code != code])
    return ""


def _lift_option(_request: HttpRequest, desk: Desk, link_id: str, code: str) -> str:
    """An option one place up."""
    own = texts.own_language(desk.questionnaire)

    def lifted(held: Mapping[str, Any]) -> list[settings.Option]:
        found = settings.options(held, own)
        at = next((number for number, one in enumerate(found) if one.code == code), 0)
        if at:
            found[at - 1], found[at] = found[at], found[at - 1]
        return found

    _options(desk, link_id, lifted)
    return ""


def _options(desk: Desk, link_id: str, made: Callable[[Mapping[str, Any]], list[settings.Option]]) -> None:
    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        return settings.set_options(held, link_id, made(tree.require(held, link_id).item))

    acting.change(desk.draft, operation, desk.by, What.CHANGED, {"name": desk.name(link_id)})


def _add_condition(request: HttpRequest, desk: Desk, link_id: str, _rest: str) -> str:
    """One condition more: first which question, then how and with what."""
    asked_id = request.POST.get("question", "")
    here = reverse("forms:item", args=[desk.form.key, link_id])
    if "operator" not in request.POST:
        found = tree.find(desk.questionnaire, request.POST.get("ask", ""))
        return f"{here}?question={found.link_id}#conditions" if found else f"{here}#conditions"

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        asked = tree.require(held, asked_id).item
        one = asking.condition(asked, request.POST["operator"], request.POST.get("answer", ""))
        standing = tree.require(held, link_id).item
        every = standing.get("enableBehavior", "all") != "any"
        return conditions.set_conditions(held, link_id, [*conditions.read(standing), one], every=every)

    acting.change(desk.draft, operation, desk.by, What.CONDITIONS, {"name": desk.name(link_id)})
    return f"{here}#conditions"


def _drop_condition(_request: HttpRequest, desk: Desk, link_id: str, number: str) -> str:
    """One condition less; it is named by its number and by what it says, so that no other goes in its stead."""
    at, _comma, said_before = number.partition(":")

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        standing = tree.require(held, link_id).item
        found = conditions.read(standing)
        if not at.isdecimal() or int(at[:4]) >= len(found) or found[int(at)].question != said_before:
            raise Refused(Refusal(CONDITION_GONE))
        return conditions.without_numbered(held, link_id, int(at))

    acting.change(desk.draft, operation, desk.by, What.CONDITIONS, {"name": desk.name(link_id)})
    return reverse("forms:item", args=[desk.form.key, link_id]) + "#conditions"


def _behave(request: HttpRequest, desk: Desk, link_id: str, _rest: str) -> str:
    """Whether all conditions must hold, or one is enough."""
    behaviour = "any" if request.POST.get("behaviour") == "any" else "all"

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        return tree.changed(held, link_id, lambda one: {**one, "enableBehavior": behaviour})

    acting.change(desk.draft, operation, desk.by, What.CONDITIONS, {"name": desk.name(link_id)})
    return reverse("forms:item", args=[desk.form.key, link_id]) + "#conditions"


def _sum_up(request: HttpRequest, desk: Desk, link_id: str, _rest: str) -> str:
    """The answer is the sum of others; of none: a person answers."""
    chosen = request.POST.getlist("sum")

    def operation(held: Mapping[str, Any]) -> Mapping[str, Any]:
        return sums.set_sum(held, link_id, chosen)

    acting.change(desk.draft, operation, desk.by, What.CHANGED, {"name": desk.name(link_id)})
    return reverse("forms:item", args=[desk.form.key, link_id]) + "#calculation"


def _remove(request: HttpRequest, desk: Desk, link_id: str, rest: str) -> str:
    """Take the question out; with what asks for it when that was agreed to."""
    acting.change(
        desk.draft,
        lambda held: operations.remove(held, link_id, with_conditions=rest == "all"),
        desk.by,
        What.REMOVED,
        {"name": desk.name(link_id)},
    )
    messages.success(request, _("Removed. You can undo it."))
    return reverse("forms:edit", args=[desk.form.key])


# Each gives the address to go on to, or nothing: the question itself.
DO: Mapping[str, Callable[[HttpRequest, Desk, str, str], str]] = {
    "option-drop": _drop_option,
    "option-up": _lift_option,
    "condition": _add_condition,
    "condition-drop": _drop_condition,
    "behaviour": _behave,
    "sum": _sum_up,
    "remove": _remove,
}
