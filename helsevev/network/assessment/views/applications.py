"""One application for those who handle it: read it, declare, score, lift a conflict, write a note."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.files import queries as files
from helsevev.commons.files.views import serve
from helsevev.commons.forms import queries as forms
from helsevev.commons.forms.views import filling
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import tell
from helsevev.core.words import Refused
from helsevev.network.applications.queries import alike
from helsevev.network.assessment.actions import judging as acting
from helsevev.network.assessment.forms.assessing import DeclareForm, TextForm, WhyForm
from helsevev.network.assessment.models import Declaration
from helsevev.network.assessment.queries import closed, desk, scores
from helsevev.network.assessment.rules.conflicts import TIE_NAMES, Match
from helsevev.network.assessment.rules.scoring import ADVICE_NAMES, Advice
from helsevev.network.assessment.views.door import (
    At,
    back_to,
    enter_application,
    has_declared,
    of_application,
    of_round,
    own_assessment,
    page,
    standing_behind,
)
from helsevev.network.assessment.views.screening import judged

READ = "see_desk"


def _enter(request: HttpRequest, key: object) -> At:
    """Someone who may read the application: the secretariat, the groups, and the assessors it was given to."""
    at = enter_application(request, key, READ)
    if not at.may("read_assessments") and own_assessment(at) is None:
        raise Http404
    return at


@require_safe
def application(request: HttpRequest, key: object) -> HttpResponse:
    """What was sent in, and what has been done with it. Who hasn't declared is asked to do that first."""
    at = _enter(request, key)
    if not has_declared(at):
        return back_to(at, "declare")
    language = get_language() or "nb"
    submission = desk.newest(at.application)
    own = own_assessment(at)
    sees_others = at.may("read_assessments") or (own is not None and own.given_at is not None)
    context = {
        "application": at.application,
        **standing_behind(at),
        "submission": submission,
        "origins": at.application.origins.select_related("initiative"),
        "told": forms.told_of(submission.response, language) if submission else [],
        "own": own,
        "may_score": own is not None and own.given_at is None and at.may("assess"),
        "assessments": _assessments(at, language) if sees_others else [],
        "hidden_others": own is not None and not sees_others,
        "alike": alike.five(at.application, language),
        "screening": judged(at, language),
        "may_screen": at.may("screen") and desk.may_be_screened(at.application),
        "notes": _named(at.application.notes.all()) if at.may("read_assessments") else [],
        "note_form": TextForm() if at.may("read_assessments") else None,
        "conflicts": _conflicts(at) if at.may("lift_conflict") else [],
        "breadcrumbs": of_application(at),
    }
    return page(request, "application", at, context)


def _assessments(at: At, language: str) -> list[dict[str, Any]]:
    """Given assessments; where names are hidden from other assessors, a seat stands for each."""
    found = []
    for one in scores.assessments(at.application):
        if one.given_at is None:
            continue
        reads = at.may("read_assessments")
        named = reads or one.user_id == at.user.pk
        found.append(
            {
                "who": str(one.user) if named and one.user else desk.seat_name(one.seat if reads else ""),
                "advice": _(ADVICE_NAMES[Advice(one.advice)]),
                "comment": one.comment,
                "scores": [
                    {"name": desk.in_language(score.criterion.names, language), "score": score.score,
                     "reason": score.reason}
                    for score in one.scores.all()
                ],
            }
        )  # fmt: skip
    return found


def _named(rows: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - rows of any table that says by whom
    found = list(rows)
    names = people.actor_names({one.by for one in found})
    return [{"row": one, "who": names.get(one.by, one.by)} for one in found]


def _conflicts(at: At) -> list[dict[str, Any]]:
    """The panel's ties to this application, for those who may lift them."""
    declared = {one.user_id: one for one in Declaration.objects.filter(application=at.application)}
    lifted = set(at.application.lifts.values_list("user_id", flat=True))
    seated = User.objects.filter(panels__round=at.round).distinct()
    found = []
    for user in seated.order_by("name"):
        matches = closed.matches(at.application, user)
        said = declared.get(user.pk)
        if matches or (said and said.conflict):
            found.append(
                {
                    "user": user,
                    "ties": _ties(matches),
                    "declared": said.reason if said and said.conflict else "",
                    "lifted": user.pk in lifted,
                    "may_lift": bool(matches) and user.pk not in lifted and not (said and said.conflict),
                }
            )
    return found


def _ties(matches: tuple[Match, ...]) -> list[str]:
    names = people.names({key for one in matches for key in (one.organisation, one.own) if key})
    return [
        _(TIE_NAMES[one.tie])
        % {"organisation": names.get(one.organisation, one.organisation), "own": names.get(one.own, one.own)}
        for one in matches
    ]


@require_safe
def file(request: HttpRequest, key: object, file_key: UUID) -> HttpResponseBase:
    """A file that was sent with it."""
    at = _enter(request, key)
    submission = desk.newest(at.application)
    if (
        submission is None
        or not has_declared(at)
        or str(file_key) not in {one["key"] for one in submission.attachments}
    ):
        raise Http404
    stored = files.one(file_key, owner_kind="application", owner_key=str(at.application.key))
    if stored is None:
        raise Http404
    return serve(stored)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: HttpRequest, key: object) -> HttpResponse:
    """Declare whether there is a conflict of interest, before anything else is shown than who applies for what."""
    at = _enter(request, key)
    form = DeclareForm(request.POST or None)
    if form.is_bound and form.is_valid():
        made = form.cleaned_data
        try:
            row = acting.declare(at.application, at.user, conflict=made["conflict"] == "yes", reason=made["reason"])
        except Refused as refused:
            for one in refused.refusals:
                form.add_error("reason", _(one.why))
        else:
            if row.conflict:
                messages.success(request, _("Thank you. The application is closed to you from now on."))
                return HttpResponseRedirect(reverse("assessment:desk"))
            return back_to(at)
    partners = at.application.partners.select_related("organisation")
    context = {
        "application": at.application,
        "partners": [one.organisation.name for one in partners],
        "form": form,
        "breadcrumbs": of_round(at, (at.application.code, "")),
    }
    return page(request, "declare", at, context, 422 if form.errors else 200)


@filling.fill_view
def score(request: HttpRequest, key: object) -> HttpResponse:
    """The sheet that an assessor scores on; saved while one types."""
    at = enter_application(request, key, "assess")
    own = own_assessment(at)
    if own is None or not has_declared(at):
        raise Http404
    if own.sheet is None:
        own = acting.begin(own, at.by, get_language() or "nb")
    assert own.sheet is not None
    place = reverse("assessment:application", args=[at.application.key])
    return filling.page(
        request,
        own.sheet,
        filling.Desk(
            person=at.by,
            may_write=own.given_at is None,
            title=at.application.title,
            breadcrumbs=of_application(at, (_("Scores"), "")),
            after=reverse("assessment:give", args=[at.application.key]),
            after_label=_("Give the assessment"),
            context={"application_url": place},
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, key: object) -> HttpResponse:
    """Give the assessment, after being asked."""
    at = enter_application(request, key, "assess")
    own = own_assessment(at)
    if own is None or own.sheet is None or not has_declared(at):
        raise Http404
    if request.method == "POST":
        try:
            acting.give(own, at.by)
        except Refused as refused:
            tell(request, refused)
            return back_to(at, "score", "?step=overview")
        messages.success(request, _("The assessment is given. You can now read what the others have given."))
        return back_to(at)
    context = {
        "title": _("Give the assessment?"),
        "body": _("It counts from now on, and can't be changed. You then see what the other assessors have given."),
        "action": _("Give the assessment"),
        "cancel_url": reverse("assessment:score", args=[at.application.key]),
        "breadcrumbs": of_application(at, (_("Scores"), "")),
    }
    return page(request, "confirm", at, context)


@keeps_typed
@require_POST
def note(request: HttpRequest, key: object) -> HttpResponse:
    """Write a note from the meeting."""
    at = enter_application(request, key, "read_assessments")
    form = TextForm(request.POST)
    if form.is_valid():
        acting.note(at.application, form.cleaned_data["text"], at.by)
    else:
        messages.error(request, _("Write something first."))
    return back_to(at, anchor="#notes")


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def lift(request: HttpRequest, key: object, person: UUID) -> HttpResponse:
    """Lift a tie that doesn't stand in the way, or ask somebody to declare anew."""
    at = enter_application(request, key, "lift_conflict")
    user = User.objects.filter(key=person, panels__round=at.round).first()
    if user is None:
        raise Http404
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        do = acting.ask_anew if request.POST.get("do") == "ask_anew" else acting.lift
        try:
            do(at.application, user, form.cleaned_data["reason"], at.by)
        except Refused as refused:
            for one in refused.refusals:
                form.add_error("reason", _(one.why))
        else:
            messages.success(request, _("Saved."))
            return back_to(at, anchor="#conflicts")
    declared = Declaration.objects.filter(application=at.application, user=user, conflict=True).first()
    context = {
        "application": at.application,
        "user_": user,
        "ties": _ties(closed.matches(at.application, user)),
        "declared": declared,
        "form": form,
        "breadcrumbs": of_application(at, (_("Conflict of interest"), "")),
    }
    return page(request, "lift", at, context, 422 if form.errors else 200)
