"""The check list before publishing, publishing, and two versions compared in words."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.actions.publishing import STAMPS
from helsevev.commons.forms.forms.building import LANGUAGE_NAMES
from helsevev.commons.forms.queries import building as asking
from helsevev.commons.forms.rules.building import Why
from helsevev.commons.forms.views.building import Desk, crumbs, desk_for, form_or_404, let_in, said, title_of
from helsevev.commons.forms.views.building_files import chosen, line
from helsevev.core import differences
from helsevev.core.questionnaire import reading
from helsevev.core.questionnaire_building import checks, comparing, saying, steps, texts, tree
from helsevev.core.words import Refusal, Refused


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, key: str) -> HttpResponse:
    """The check list; and the button that makes the draft the next version."""
    desk = desk_for(request, key)
    why: list[str] = []
    if request.method == "POST":
        try:
            return _publish(request, desk)
        except Refused as refused:
            desk.again()
            why = [said(one) for one in refused.refusals]
    newest = desk.form.versions.first()
    found = checks.check(desk.questionnaire)
    faults = reading.read(desk.questionnaire).faults
    context = {
        "desk": desk,
        "form": desk.form,
        "why": why,
        "next_number": (newest.number if newest else 0) + 1,
        "unchanged": newest is not None and steps.same(_content(newest.questionnaire), _content(desk.questionnaire)),
        "faults": _lines(desk, [one for one in found if one.is_fault]),
        "unreadable": [] if any(one.is_fault for one in found) else [line(fault) for fault in faults],
        "remarks": _lines(desk, [one for one in found if not one.is_fault and not one.languages]),
        "lacking": _lines(desk, [one for one in found if one.languages]),
        **crumbs(desk.form, desk.title, {"label": _("Check and publish")}),
    }
    context["may_publish"] = not (context["faults"] or context["unreadable"] or context["unchanged"])
    return render(request, "forms/building_publish.html", context, status=409 if why else 200)


def _content(questionnaire: Mapping[str, Any]) -> dict[str, Any]:
    """What a form says, without the stamps that publishing sets."""
    return {key: value for key, value in questionnaire.items() if key not in STAMPS}


def _publish(request: HttpRequest, desk: Desk) -> HttpResponse:
    if any(one.is_fault for one in checks.check(desk.questionnaire)):
        raise Refused(Refusal(Why.FAULTS_LEFT))
    revision = request.POST.get("revision", "")
    made = acting.publish_draft(desk.draft, int(revision[:9]) if revision.isdecimal() else 0, desk.by)
    messages.success(request, _("Version %(number)s is published.") % {"number": made.number})
    return HttpResponseRedirect(reverse("forms:form", args=[desk.form.key]))


def _lines(desk: Desk, found: list[checks.Remark]) -> list[dict[str, str]]:
    """Lines of the check list, each with the question where it is put right."""
    return [
        {
            "name": desk.name(one.link_id) if one.link_id else "",
            "url": reverse("forms:item", args=[desk.form.key, one.link_id])
            if one.link_id
            else reverse("forms:edit", args=[desk.form.key]),
            "text": said(Refusal(one.what.why, {**one.what.values, "languages": _languages(one.languages)})),
        }
        for one in found
    ]


def _languages(codes: tuple[str, ...]) -> str:
    return ", ".join(str(LANGUAGE_NAMES[code]) for code in codes)


# --- Two versions ----------------------------------------------------------------------------------------------------
@require_safe
def compare(request: HttpRequest, key: str) -> HttpResponse:
    """What differs between two versions, or the newest and the draft, question by question."""
    let_in(request)
    form = form_or_404(key)
    choices = [(str(one.number), _("Version %(number)s") % {"number": one.number}) for one in asking.versions(form)]
    if asking.draft_of(form):
        choices.insert(0, ("draft", _("The draft")))
    last = _asked(request, "to", choices, 0)
    first = _asked(request, "from", choices, 1)
    before, after = (chosen(form, int(one) if one.isdecimal() else None) for one in (first, last))
    language = get_language() or "nb"
    title = title_of(dict(after), language) or form.key
    context = {
        "form": form,
        "title": title,
        "choices": choices,
        "first": first,
        "last": last,
        "first_name": dict(choices)[first],
        "last_name": dict(choices)[last],
        "items": _told(before, after, language),
        **crumbs(form, title, {"label": _("Compare versions")}),
    }
    return render(request, "forms/building_compare.html", context)


def _asked(request: HttpRequest, name: str, choices: list[tuple[str, str]], otherwise: int) -> str:
    """The version that an address asks for, if there is one of that number."""
    given = request.GET.get(name, "")
    if given in dict(choices):
        return given
    return choices[min(otherwise, len(choices) - 1)][0] if choices else ""


def _told(before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> list[dict[str, object]]:
    """The differences, gathered by question, as lines with what went and what came."""
    found: dict[str, list[dict[str, object]]] = {}
    for one in comparing.compare(before, after, language):
        label = _(one.what)
        if one.language:
            label = f"{label}, {LANGUAGE_NAMES[one.language]}"
        was, now = ([said(part) for part in parts] for parts in (one.before, one.after))
        found.setdefault(one.link_id, []).append({"label": label, "lines": differences.lines(was, now)})
    return [{"name": _name(before, after, link_id, language), "changes": told} for link_id, told in found.items()]


def _name(before: Mapping[str, Any], after: Mapping[str, Any], link_id: str, language: str) -> str:
    """What a question is called in the later version, else in the earlier."""
    for held in (after, before):
        item = tree.find(held, link_id) if link_id else None
        if item is not None:
            return saying.name(item.item, texts.own_language(held), language)
    return _("The form as a whole")
