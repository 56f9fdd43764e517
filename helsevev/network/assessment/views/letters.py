"""Letters about the decision, publishing it, and the applicants' own page of it with a way to ask."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.people.models import User
from helsevev.core import papers
from helsevev.core.words import Refused
from helsevev.network.applications.models import Application
from helsevev.network.applications.queries import alike, applying
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, Outcome
from helsevev.network.applications.views.door import all_said, person_on
from helsevev.network.assessment.actions import letters as acting
from helsevev.network.assessment.actions import publishing
from helsevev.network.assessment.forms.assessing import LetterForm, TextForm
from helsevev.network.assessment.models import Award, Letter, Placement, Question
from helsevev.network.assessment.queries import desk
from helsevev.network.assessment.queries import letters as asking
from helsevev.network.assessment.rules.board import SUPPORTED, State
from helsevev.network.assessment.views.door import Inside, enter, of_round, page, tell


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
        "missing": sum(row["letter"] is None for row in rows),
        "waiting": sum(row["letter"] is not None and row["letter"].sent_at is None for row in rows),
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
            for sentence in all_said(refused):
                form.add_error(None, sentence)
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
    placements = Placement.objects.filter(application__round=inside.round)
    counts = {one: placements.filter(outcome=one).count() for one in Outcome}
    context = {
        "state": board.state,
        "counts": [{"label": _(OUTCOME_NAMES[one]), "count": count} for one, count in counts.items()],
        "projects": sum(counts[one] for one in SUPPORTED),
        "renewed": placements.filter(outcome__in=SUPPORTED, application__origins__kind="continues").distinct().count(),
        "unsent": Letter.objects.filter(application__round=inside.round, sent_at=None).count(),
        "letters": Letter.objects.filter(application__round=inside.round).exists(),
        "awards": Award.objects.filter(application__round=inside.round).select_related("initiative"),
        "breadcrumbs": of_round(inside, (_("Publishing"), "")),
    }
    return page(request, "publishing", inside, context)


# --- The applicants' own page ----------------------------------------------------------------------------------------
def _own(request: HttpRequest, key: object) -> Application:
    """An application whose decision is published, for those behind it."""
    found = applying.one(str(key))
    if found is None or not applying.access(found, person_on(request)).sees:
        raise Http404
    if desk.board(found.round).state != State.PUBLISHED:
        raise Http404
    return found


@require_http_methods(["GET", "HEAD", "POST"])
def decision(request: HttpRequest, key: object) -> HttpResponse:
    """What was decided, the letter as it was sent, earlier projects to talk to, and a way to ask."""
    found = _own(request, key)
    form = TextForm(request.POST or None)
    if form.is_bound and form.is_valid():
        acting.ask(found, form.cleaned_data["text"], person_on(request).key)
        messages.success(request, _("Your question is sent to the secretariat."))
        return HttpResponseRedirect(request.path)
    letter_ = Letter.objects.filter(application=found, sent_at__isnull=False).first()
    placement = Placement.objects.filter(application=found).first()
    context = {
        "application": found,
        "letter": letter_,
        "outcome": _(OUTCOME_NAMES[Outcome(placement.outcome)]) if placement else _("Not assessed"),
        "declined": placement is None or placement.outcome not in SUPPORTED,
        "alike": alike.five(found, get_language() or "nb"),
        "award": Award.objects.filter(application=found).select_related("initiative").first(),
        "questions": found.questions.all(),
        "form": form,
        "breadcrumbs": [{"label": found.title, "url": reverse("applications:application", args=[found.key])},
                        {"label": _("The decision")}],
    }  # fmt: skip
    return page(request, "decision", None, context, 422 if form.errors else 200)


@require_safe
def decision_pdf(request: HttpRequest, key: object) -> HttpResponse:
    """The letter as it was sent, as PDF."""
    found = _own(request, key)
    row = Letter.objects.filter(application=found, sent_at__isnull=False).first()
    if row is None:
        raise Http404
    return _pdf(row)


@require_safe
def letter_pdf(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A letter as PDF, for the secretariat."""
    _inside, found = _letter(request, code, number)
    return _pdf(found)


def _pdf(row: Letter) -> HttpResponse:
    at = row.sent_at or row.changed_at
    paper = papers.Letter(
        subject=row.subject,
        sender=[_("The secretariat")],
        recipient=[row.application.owner.name],
        date=showing.when(at),
        body=row.body,
        reference=row.application.code,
    )
    response = HttpResponse(
        papers.letter(paper, papers.About(row.language, at, _("The network"), _)), content_type="application/pdf"
    )
    response["Content-Disposition"] = f'attachment; filename="decision-{row.application.code}.pdf"'
    response["Cache-Control"] = "no-store"
    return response


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
        acting.answer(found, form.cleaned_data["text"], inside.by)
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
