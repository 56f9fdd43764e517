"""Screening an application: its sheet, and letting it go on or stopping it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from helsevev.commons.forms.views import filling
from helsevev.commons.forms.views.saying import said
from helsevev.commons.people import queries as people
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.core.words import Refusal, Refused
from helsevev.network.assessment.actions import screening as acting
from helsevev.network.assessment.forms.assessing import MaybeWhyForm
from helsevev.network.assessment.models import Screening, ScreeningAnswer
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.rules.screening import VERDICT_NAMES, Verdict, Why
from helsevev.network.assessment.views.door import (
    At,
    back_to,
    enter_application,
    of_application,
    page,
    standing_behind,
)


def judged(at: At, language: str) -> list[dict[str, Any]]:
    """Each condition as it is judged: what, who, when, why."""
    rows = ScreeningAnswer.objects.filter(application=at.application).select_related("criterion")
    found = list(rows.order_by("criterion__position"))
    names = people.actor_names({one.by for one in found})
    return [
        {
            "name": desk.in_language(one.criterion.names, language),
            "verdict": _(VERDICT_NAMES[Verdict(one.verdict)]),
            "reason": one.reason,
            "who": names.get(one.by, one.by),
            "at": one.at,
        }
        for one in found
    ]


@filling.fill_view
def screening(request: HttpRequest, key: object) -> HttpResponse:
    """The sheet on which each condition is judged; saved while one types, and shown to who screens beside."""
    at = enter_application(request, key, "screen")
    may_screen = desk.may_be_screened(at.application)
    if may_screen:
        sheet = acting.begin(at.application, at.by, get_language() or "nb")
    else:
        made = Screening.objects.filter(application=at.application).select_related("sheet__version__form").first()
        sheet = made.sheet if made else None
    if sheet is None:
        return back_to(at, "screening_finish") if may_screen else back_to(at, anchor="#screened")
    answer = filling.page(
        request,
        sheet,
        filling.Desk(
            person=at.by,
            may_write=may_screen,
            why_not=None if may_screen else Refusal(Why.FINISHED),
            title=at.application.title,
            breadcrumbs=of_application(at, (_("Screening"), "")),
            after=reverse("assessment:screening_finish", args=[at.application.key]) if may_screen else "",
            after_label=_("Finish the screening"),
            context={"application": at.application, **standing_behind(at)},
            template="assessment/screen.html",
        ),
    )
    if request.method == "POST":
        acting.keep(at.application)
    return answer


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def finish(request: HttpRequest, key: object) -> HttpResponse:
    """Let it go on, or stop it."""
    at = enter_application(request, key, "screen")
    why: list[str] = []
    if request.method == "POST":
        stop = request.POST.get("do") == "stop"
        try:
            acting.finish(at.application, at.by, stop=stop, why=request.POST.get("reason", "")[:300])
        except Refused as refused:
            why = [said(one) for one in refused.refusals]
        else:
            done = _("The application is stopped.") if stop else _("The application goes on to assessment.")
            messages.success(request, done)
            return back_to(at)
    elif not desk.may_be_screened(at.application):
        return back_to(at, anchor="#screened")
    context = {
        "application": at.application,
        **standing_behind(at),
        "screening": judged(at, get_language() or "nb"),
        "stop_form": MaybeWhyForm(initial={"reason": request.POST.get("reason", "")}),
        "why": why,
        "breadcrumbs": of_application(at, (_("Screening"), "")),
    }
    return page(request, "screening", at, context, 409 if why else 200)
