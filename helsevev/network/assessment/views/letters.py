"""Letters about the decision, publishing it, and the applicants' own page of it with a way to ask."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.files.views import serve
from helsevev.commons.initiatives.models import Lineage
from helsevev.commons.people.models import User
from helsevev.commons.people.views.keeping_typed import keeps_typed
from helsevev.commons.ui.forms.saying import refuse, tell
from helsevev.core.words import Refused
from helsevev.network.applications.models import Application, Origin
from helsevev.network.applications.queries import alike, applying
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, Outcome
from helsevev.network.applications.rules.workflow import Kind
from helsevev.network.applications.views.door import person_on
from helsevev.network.assessment.actions import letters as acting
from helsevev.network.assessment.actions import publishing, reserves
from helsevev.network.assessment.forms.assessing import LetterForm, TextForm, WhyForm
from helsevev.network.assessment.models import Award, Letter, Placement, Question
from helsevev.network.assessment.queries import boards, desk
from helsevev.network.assessment.queries import letters as asking
from helsevev.network.assessment.rules.board import SUPPORTED, State
from helsevev.network.assessment.views.door import Inside, enter, of_round, page


@require_safe
def letters(request: HttpRequest, code: str) -> HttpResponse:
    """Every letter of the round, and how far it has come."""
    inside = enter(request, code, "write_letters")
    rows = asking.of_round(inside.round, inside.hidden)
    board = desk.board(inside.round)
    questions = Question.objects.filter(application__round=inside.round, answered_at=None)
    context = {
        "rows": rows,
        "may_make": board.state in (State.DECIDED, State.PUBLISHED),
        "missing": sum(row["is_missing"] for row in rows),
        "waiting": sum(bool(row["letters"]) and row["letters"][0]["letter"].sent_at is None for row in rows),
        "questions": questions.exclude(application_id__in=inside.hidden).select_related("application__round"),
        "breadcrumbs": of_round(inside, (_("Letters"), "")),
    }
    return page(request, "letters", inside, context)


@require_POST
def make(request: HttpRequest, code: str) -> HttpResponse:
    """Make the letters that aren't made."""
    return _do(request, enter(request, code, "write_letters"), send=False)


@require_POST
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Send what waits, all or nothing."""
    return _do(request, enter(request, code, "write_letters"), send=True)


def _do(request: HttpRequest, inside: Inside, *, send: bool) -> HttpResponse:
    try:
        count = acting.send_all(inside.round, inside.by) if send else acting.make_all(inside.round, inside.by)
    except Refused as refused:
        tell(request, refused)
    else:
        said = _("%(count)s letters were sent.") if send else _("%(count)s letters were made.")
        messages.success(request, said % {"count": count})
    return HttpResponseRedirect(reverse("assessment:letters", args=[inside.round.code]))


def _letter(request: HttpRequest, code: str, number: int) -> tuple[Inside, Letter]:
    inside = enter(request, code, "write_letters")
    rows = Letter.objects.select_related("application__round", "application__owner")
    found = rows.filter(pk=number, application__round=inside.round).first()
    if found is None or found.application_id in inside.hidden:
        raise Http404
    return inside, found


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def letter(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Read one letter, and change it while it isn't sent."""
    inside, found = _letter(request, code, number)
    initial = {"subject": found.subject, "body": found.body, "seen": found.revision}
    form, theirs = LetterForm(request.POST or None, initial=initial), None
    if form.is_bound and form.is_valid():
        made = form.cleaned_data
        try:
            acting.change(found, made["subject"], made["body"], inside.by, made["seen"])
        except Refused as refused:
            refuse(form, refused)
            theirs = Letter.objects.get(pk=found.pk)
        else:
            messages.success(request, _("Saved."))
            return HttpResponseRedirect(reverse("assessment:letters", args=[code]))
    context = {
        "letter": found,
        "outcome": _(OUTCOME_NAMES[Outcome(found.outcome)]),
        "form": form,
        "theirs": theirs,
        "breadcrumbs": of_round(
            inside, (_("Letters"), reverse("assessment:letters", args=[code])), (found.application.code, "")
        ),
    }
    return page(request, "letter", inside, context, 422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Publish what was decided."""
    inside = enter(request, code, "publish_awards")
    board = desk.board(inside.round)
    if request.method == "POST":
        try:
            count = publishing.publish(inside.round, inside.by, inside.roles)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(
                request, _("The awards are published, and %(count)s projects are made.") % {"count": count}
            )
        return HttpResponseRedirect(request.path)
    standing = boards.standing(inside.round)
    counts = {one: sum(row.outcome == one for row in standing) for one in Outcome}
    supported = [row.application_id for row in standing if row.outcome in SUPPORTED]
    renewed = Origin.objects.filter(application_id__in=supported, kind=Lineage.Kind.CONTINUES).count()
    waiting = [one for one in asking.of_round(inside.round, frozenset()) if one["is_missing"] or not _is_sent(one)]
    context = {
        "state": board.state,
        "counts": [{"label": _(OUTCOME_NAMES[one]), "count": count} for one, count in counts.items()],
        "projects": sum(counts[one] for one in SUPPORTED),
        "renewed": renewed,
        "unsent": len(waiting),
        "awards": Award.objects.filter(application_id__in=supported).select_related("initiative"),
        "breadcrumbs": of_round(inside, (_("Publishing"), "")),
    }
    return page(request, "publishing", inside, context)


def _is_sent(row: dict[str, Any]) -> bool:
    """Whether the newest letter of an application is sent."""
    return row["letters"][0]["letter"].sent_at is not None


# --- The applicants' own page ----------------------------------------------------------------------------------------
def _own(request: HttpRequest, key: object) -> Application:
    """An application whose decision is published, for those behind it."""
    found = applying.one(str(key))
    if found is None or not applying.access(found, person_on(request)).sees:
        raise Http404
    if desk.board(found.round).state != State.PUBLISHED:
        raise Http404
    return found


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, key: object) -> HttpResponse:
    """What was decided, the letter as it was sent, earlier projects to talk to, and a way to ask."""
    found = _own(request, key)
    form = TextForm(request.POST or None)
    if form.is_bound and form.is_valid():
        acting.ask(found, form.cleaned_data["text"], person_on(request).key)
        messages.success(request, _("Your question is sent to the secretariat."))
        return HttpResponseRedirect(request.path)
    placement = Placement.objects.filter(application=found).first()
    supported = placement is not None and placement.outcome in SUPPORTED and placement.given_up_at is None
    context = {
        "application": found,
        "letters": [
            {"letter": one, "paper": asking.kept_paper(one)}
            for one in Letter.objects.filter(application=found, sent_at__isnull=False).order_by("-number")
        ],
        "outcome": _outcome(found, placement),
        "given_up_at": placement.given_up_at if placement else None,
        "may_give_up": supported and applying.access(found, person_on(request)).leads,
        "declined": placement is None or placement.outcome not in SUPPORTED,
        "alike": alike.five(found, get_language() or "nb"),
        "award": Award.objects.filter(application=found).select_related("initiative").first() if supported else None,
        "questions": found.questions.all(),
        "form": form,
        "breadcrumbs": [{"label": found.title, "url": reverse("applications:application", args=[found.key])},
                        {"label": _("The decision")}],
    }  # fmt: skip
    return page(request, "decision", None, context, 422 if form.errors else 200)


def _outcome(application: Application, placement: Placement | None) -> str:
    """What it came to, in words."""
    if placement is not None:
        return _(OUTCOME_NAMES[Outcome(placement.outcome)])
    return _("Stopped at screening") if desk.kind(application) is Kind.STOPPED else _("Not assessed")


@require_safe
def decision_pdf(request: HttpRequest, key: object, number: int) -> HttpResponseBase:
    """A letter as it was sent, as PDF."""
    found = _own(request, key)
    row = Letter.objects.filter(application=found, sent_at__isnull=False, number=number).first()
    if row is None:
        raise Http404
    return _pdf(row)


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def give_up(request: HttpRequest, key: object) -> HttpResponse:
    """Say no to the guidance that was decided; whoever leads the application does it, after being asked."""
    found = _own(request, key)
    placement = Placement.objects.filter(application=found, outcome__in=SUPPORTED, given_up_at=None).first()
    if placement is None or not applying.access(found, person_on(request)).leads:
        raise Http404
    place = reverse("assessment:decision", args=[found.key])
    form = WhyForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            reserves.give_up(found, form.cleaned_data["reason"], person_on(request).key, reserves.SECRETARIAT)
        except Refused as refused:
            tell(request, refused)
        else:
            messages.success(request, _("You have given the place up. The secretariat is told, and can give it on."))
        return HttpResponseRedirect(place)
    context = {
        "title": _("Give the place up?"),
        "body": _("You say no to the guidance. It can't be taken back, as the next on the reserve list may get it."),
        "form": form,
        "action": _("Give the place up"),
        "danger": True,
        "cancel_url": place,
        "breadcrumbs": [{"label": found.title, "url": reverse("applications:application", args=[found.key])},
                        {"label": _("The decision"), "url": place}, {"label": _("Give the place up")}],
    }  # fmt: skip
    return page(request, "confirm", None, context, 422 if form.errors else 200)


@require_safe
def letter_pdf(request: HttpRequest, code: str, number: int) -> HttpResponseBase:
    """A letter as PDF, for the secretariat."""
    _inside, found = _letter(request, code, number)
    return _pdf(found)


def _pdf(row: Letter) -> HttpResponseBase:
    """As it was sent, byte for byte; before that as it would be."""
    if (kept := asking.kept_paper(row)) is not None:
        return serve(kept)
    response = HttpResponse(asking.paper(row, row.sent_at or row.changed_at), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="decision-{row.application.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Answer what an applicant asks."""
    inside = enter(request, code, "write_letters")
    rows = Question.objects.select_related("application__round")
    found = rows.filter(pk=number, application__round=inside.round).first()
    if found is None or found.application_id in inside.hidden:
        raise Http404
    form = TextForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            acting.answer(found, form.cleaned_data["text"], inside.by)
        except Refused as refused:
            refuse(form, refused)
            found.refresh_from_db()
        else:
            messages.success(request, _("The answer is sent."))
            return HttpResponseRedirect(reverse("assessment:letters", args=[code]))
    asked = User.objects.filter(key=found.by).first()
    context = {
        "question": found,
        "who": str(asked) if asked else "",
        "form": form,
        "breadcrumbs": of_round(
            inside, (_("Letters"), reverse("assessment:letters", args=[code])), (_("Question"), "")
        ),
    }
    return page(request, "answer", inside, context, 422 if form.errors else 200)
