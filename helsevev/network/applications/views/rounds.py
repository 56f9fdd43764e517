"""The secretariat's pages of rounds: the list, the next one, one round with what it lacks, and its parts."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import refuse, said
from helsevev.core.words import Refused
from helsevev.network.applications.actions import rounds as acting
from helsevev.network.applications.actions import rounds_changing as changing
from helsevev.network.applications.forms.rounds import NextForm, PartForm, ReasonForm
from helsevev.network.applications.forms.rounds_criteria import FORMS, CriteriaForm
from helsevev.network.applications.models import Round
from helsevev.network.applications.panels import beside
from helsevev.network.applications.queries import applying_form as form_asking
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules import clock
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules.rounds import PART_NAMES, Part, Standing, Times
from helsevev.network.applications.rules.rounds_content import MERGE_FIELDS
from helsevev.network.applications.views.door import kept_round, only, person_on, unkept

Crumbs = list[dict[str, str]]


def crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page of rounds lies."""
    every = [(_("Rounds"), reverse("applications:rounds")), *further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


def of_round(round_: Round, *further: tuple[str, str]) -> Crumbs:
    """Where a page of one round lies."""
    return crumbs((showing.name(round_), reverse("applications:round", args=[round_.code])), *further)


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds."""
    only(request, "see_rounds")
    now = timezone.now()
    rows = [
        {"code": one.code, "name": showing.name(one), "tag": showing.standing_tag(one, now), "round": one}
        for one in asking.every()
    ]
    context = {"rows": rows, "breadcrumbs": crumbs(), "robots": "noindex"}
    return unkept(render(request, "applications/rounds.html", context))


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def make_next(request: HttpRequest) -> HttpResponse:
    """The next round, with times proposed; everything else is copied from the last."""
    person = only(request, "edit_round")
    form = NextForm(request.POST if request.method == "POST" else None, initial=_proposed(timezone.now()))
    if form.is_bound and form.is_valid():
        made = form.cleaned_data
        times = Times(made["opens_at"], made["closes_at"], made["decides_at"])
        round_ = acting.make_next(person.key, (made["year"], made["number"]), times)
        messages.success(request, _("The round is made. Look through it and publish the call when it is ready."))
        return HttpResponseRedirect(reverse("applications:round", args=[round_.code]))
    context = {
        "form": form,
        "last": asking.last(),
        "breadcrumbs": crumbs((_("Next round"), "")),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/round_next.html", context, status=422 if form.errors else 200))


def _proposed(now: datetime) -> dict[str, object]:
    year, number, times = asking.proposal(now)
    return {
        "year": year,
        "number": number,
        "opens_at": clock.written(times.opens),
        "closes_at": clock.written(times.closes),
        "decides_at": clock.written(times.decides),
    }


@require_safe
def one_round(request: HttpRequest, code: str) -> HttpResponse:
    """One round: where it stands, what it lacks, what may be done with it, and what was done."""
    round_ = kept_round(request, code)
    now = timezone.now()
    standing = round_.standing(now)
    lacks = asking.lacks(round_, now) if standing is Standing.DRAFT else []
    context = {
        "round": round_,
        "name": showing.name(round_),
        "tag": showing.standing_tag(round_, now),
        "standing": standing.value,
        "lacks": [
            {"label": said(one.refusal), "part": _(PART_NAMES[one.part]), "url": _part_url(round_, one.part)}
            for one in lacks
            if one.stops
        ],
        "advice": [
            {"label": said(one.refusal), "part": _(PART_NAMES[one.part]), "url": _part_url(round_, one.part)}
            for one in lacks
            if not one.stops
        ],
        "parts": [{"label": _(label), "url": _part_url(round_, part)} for part, label in PART_NAMES.items()],
        "steps": showing.road(round_, now, get_language() or "nb"),
        "form_title": asking.form_title(round_.form, get_language() or "nb") if round_.form else "",
        "may_replace_form": standing is Standing.OPEN and bool(form_asking.newer_versions(round_)),
        "may_close": standing in (Standing.ANNOUNCED, Standing.OPEN),
        "may_extend": standing in (Standing.ANNOUNCED, Standing.OPEN, Standing.CLOSED),
        "may_cancel": standing in (Standing.ANNOUNCED, Standing.OPEN, Standing.CLOSED),
        "ways": beside.from_round(round_, person_on(request)),
        "history": showing.history(round_),
        "breadcrumbs": of_round(round_),
        "robots": "noindex",
    }
    return unkept(render(request, "applications/round.html", context))


def _part_url(round_: Round, part: Part) -> str:
    return reverse("applications:round_part", args=[round_.code, part.value])


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def part(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """A part of a round, to be changed."""
    round_ = kept_round(request, code, "edit_round")
    if name not in set(Part):
        raise Http404
    here = Part(name)
    form_class = FORMS[here]
    shown = form_class.shown(asking.part_values(round_, here))
    form = form_class(request.POST if request.method == "POST" else None, initial=shown)
    needs_reason = round_.standing(timezone.now()) is not Standing.DRAFT
    reason = ReasonForm(request.POST if request.method == "POST" else None) if needs_reason else None
    if form.is_bound and form.is_valid() and (reason is None or reason.is_valid()):
        return _save_part(request, round_, here, form, reason)
    return _part_page(request, round_, here, form, reason)


def _save_part(
    request: HttpRequest, round_: Round, part: Part, form: PartForm, reason: ReasonForm | None
) -> HttpResponse:
    why = reason.cleaned_data["reason"] if reason else ""
    wanted = changing.Wanted(part, form.values(), request.POST.get("seen", ""), why)
    try:
        changing.change(round_, wanted, str(only(request, "edit_round").key))
    except Refused as refused:
        refuse(form, refused)
        met = any(one.why == changing.Why.MEANWHILE for one in refused.refusals)
        return _part_page(request, round_, part, form, reason, met=met)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(reverse("applications:round", args=[round_.code]))


def _part_page(
    request: HttpRequest, round_: Round, part: Part, form: PartForm, reason: ReasonForm | None, *, met: bool = False
) -> HttpResponse:
    """The form as it stands; where somebody was first, with what theirs says."""
    now = asking.part_values(asking.one(round_.code) or round_, part)
    standing = round_.standing(timezone.now())
    fixed = rules.refuse_change(part, standing, "x")
    for field in form.fields.values() if fixed else ():
        field.disabled = True
    context: dict[str, Any] = {
        "round": round_,
        "form": form,
        "reason_form": reason,
        "part": part.value,
        "part_name": _(PART_NAMES[part]),
        "fixed": said(fixed) if fixed else "",
        "seen": changing.mark(now) if met or not form.is_bound else request.POST.get("seen", ""),
        "theirs": _theirs(part, now, form) if met else [],
        "groups": form.groups() if isinstance(form, CriteriaForm) else [],
        "merge_fields": [(f"{{{name}}}", _(about)) for name, about in MERGE_FIELDS.items()],
        "breadcrumbs": of_round(round_, (_(PART_NAMES[part]), "")),
        "robots": "noindex",
    }
    failed = form.errors or (reason is not None and reason.errors)
    return unkept(render(request, "applications/round_part.html", context, status=422 if failed else 200))


def _theirs(part: Part, now: dict[str, Any], form: PartForm) -> list[dict[str, str]]:
    """What stands now in the fields where this form says something else."""
    standing = FORMS[part].shown(now)
    return [
        {"term": str(bound.label), "value": str(standing.get(bound.name, ""))}
        for bound in form
        if not bound.is_hidden and str(standing.get(bound.name) or "") != str(bound.value() or "")
    ]
