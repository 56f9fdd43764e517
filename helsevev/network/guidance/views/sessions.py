"""Sessions of a working room: the list, one session, calling people to it, moving and cancelling it."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from helsevev.commons.files import queries as files
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import ROLE_NAMES
from helsevev.commons.ui.forms.saying import refuse, tell
from helsevev.core import ledger
from helsevev.core.invitations import Guest, calendar
from helsevev.core.roadmap import PHASE_NAMES, Phase
from helsevev.core.wallclock import NORWAY
from helsevev.core.words import Refused
from helsevev.network.guidance.actions import convening
from helsevev.network.guidance.actions.booking import Yes
from helsevev.network.guidance.actions.convening import Call
from helsevev.network.guidance.forms.hours import ReasonForm
from helsevev.network.guidance.forms.sessions import CallForm, PointForm, PresentForm, from_template
from helsevev.network.guidance.models import Session
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.queries import sessions as asking
from helsevev.network.guidance.rules.sessions import KIND_NAMES, STATE_NAMES, Kind, State
from helsevev.network.guidance.views.door import Crumbs, Inside, crumbs, enter, page

FILES = "session"


def session_in(inside: Inside, number: UUID) -> Session:
    """A session of this room; no other is found."""
    found = asking.one(number)
    if found is None or inside.engagement not in asking.engagements(found):
        raise Http404
    return found


def place(inside: Inside, row: Session) -> str:
    """Where a session's page is in this room."""
    return reverse("guidance:session", args=[inside.initiative.key, row.key])


def session_crumbs(inside: Inside, *further: tuple[str, str]) -> Crumbs:
    """Where a page under the sessions lies."""
    return crumbs(inside, (_("Sessions"), reverse("guidance:sessions", args=[inside.initiative.key])), *further)


@require_safe
def sessions(request: HttpRequest, key: str) -> HttpResponse:
    """All sessions: those that come, and those that have been."""
    inside = enter(request, key, "see_sessions")
    now = timezone.now()
    every = list(asking.of_engagement(inside.engagement))
    context = {
        "heading": _("Sessions"),
        "coming": [_row(one) for one in every if one.agreed.ends > now][::-1],
        "been": [_row(one) for one in every if one.agreed.ends <= now],
        "may_convene": inside.may("convene") and inside.engagement.closed_at is None,
        "breadcrumbs": crumbs(inside, (_("Sessions"), "")),
    }
    return page(request, "guidance/sessions", inside, context)


def _row(one: Session) -> dict[str, object]:
    return {
        "row": one,
        "kind": _(KIND_NAMES[Kind(one.kind)]),
        "state": _(STATE_NAMES[State(one.state)]),
        "clock": ledger.clock(one.minutes),
    }


@require_safe
def session(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """One session with everything that belongs to it."""
    inside = enter(request, key, "see_sessions")
    return session_page(request, inside, session_in(inside, number))


def session_page(
    request: HttpRequest, inside: Inside, row: Session, *, point: PointForm | None = None, faults: Sequence[str] = ()
) -> HttpResponse:
    """The page; with forms that have faults in place of empty ones."""
    every = asking.engagements(row)
    shares = asking.shares(row, every)
    is_open = row.state == State.PLANNED
    titles = {one: rooms.title(rooms.main_initiative(one), get_language() or "nb") for one in every}
    present = [str(one) for one in row.presences.values_list("engagement_id", flat=True)]
    context = {
        "heading": row.title,
        "session": row,
        "kind": _(KIND_NAMES[Kind(row.kind)]),
        "state": _(STATE_NAMES[State(row.state)]),
        "phase": _(PHASE_NAMES[Phase(row.phase)]) if row.phase else "",
        "starts": row.agreed.starts,
        "ends": row.agreed.ends,
        "clock": ledger.clock(row.minutes),
        "people": list(row.people.select_related("user")),
        "notes": [one for one in asking.notes(row, get_language() or "nb") if one.lines],
        "decisions": asking.decisions(row),
        "actions": asking.actions(row),
        "files": files.of_owner(FILES, str(row.key)),
        "charged": [(titles[one], ledger.clock(minutes)) for one, minutes in shares.items()] if row.group else [],
        "advisors": len(convening.advisors_of(row)),
        "present_form": PresentForm(
            initial={"projects": present}, projects=[(str(one.pk), titles[one]) for one in every]
        ),
        "point_form": point or PointForm(people=people_here(inside)),
        "cancel_form": ReasonForm(auto_id="cancel_%s"),
        "lines": list(row.lines.filter(engagement=inside.engagement).order_by("number")),
        "is_over": row.agreed.ends <= timezone.now(),
        "may_change": inside.may("convene") and is_open,
        "may_book": inside.may("book_hours") and is_open,
        "may_write": inside.may("write_notes") and row.state != State.CANCELLED,
        "faults": faults,
        "today": timezone.localdate(),
        "breadcrumbs": crumbs(
            inside, (_("Sessions"), reverse("guidance:sessions", args=[inside.initiative.key])), (row.title, "")
        ),
    }
    wrong = bool(faults) or (point is not None and bool(point.errors))
    return page(request, "guidance/session", inside, context, 422 if wrong else 200)


def people_here(inside: Inside) -> list[User]:
    """Everyone who takes part, each once."""
    return list({one.user.pk: one.user for one in rooms.people_of(inside.initiative)}.values())


# --- Calling ----------------------------------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
def convene(request: HttpRequest, key: str) -> HttpResponse:
    """Call people to a session."""
    inside = enter(request, key, "convene")
    choices = invitable(inside)
    initial = {
        "day": timezone.localdate(),
        "minutes": 90,
        "kind": Kind.WORKING_MEETING.value,
        "people": [one for one, _name in choices],
        "plan": True,
    }
    form = call_form(request, choices, initial)
    if answer := fill(request, inside, form, None):
        return answer
    return call_page(request, inside, form, _("New session"))


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """Move or change a session."""
    inside = enter(request, key, "convene")
    row = session_in(inside, number)
    choices = invitable(inside, row.people.select_related("user"))
    initial = {
        "kind": row.kind,
        "title": row.title,
        "day": row.day,
        "at": row.starts,
        "minutes": row.minutes,
        "zone": row.zone,
        "place": row.place,
        "link": row.link,
        "phase": row.phase,
        "agenda": row.agenda,
        "people": [str(one.user.key) for one in row.people.select_related("user")],
        "plan": row.lines.filter(kind=ledger.Kind.PLANNED).exists(),
    }
    form = call_form(request, choices, initial, row.zone)
    if answer := fill(request, inside, form, row):
        return answer
    return call_page(request, inside, form, _("Change the session"))


def invitable(inside: Inside, further: Iterable[object] = ()) -> list[tuple[str, str]]:
    """Whom one can invite: everyone who takes part, with what they are; and those who are invited already."""
    found: dict[str, str] = {}
    for one in rooms.people_of(inside.initiative):
        name = f"{one.user} ({_(ROLE_NAMES[one.role])})"
        found.setdefault(str(one.user.key), name)
    for person in further:
        user = person.user  # type: ignore[attr-defined] # a SessionPerson
        found.setdefault(str(user.key), str(user))
    return list(found.items())


def call_form(
    request: HttpRequest, people: Sequence[tuple[str, str]], initial: dict[str, object], zone: str = NORWAY
) -> CallForm:
    """The form as it is asked for: empty, sent, or with its agenda filled from the template."""
    if request.method != "POST":
        return CallForm(people=people, initial=initial, zone=zone)
    if "template" in request.POST:
        return from_template(request.POST, people, zone)
    return CallForm(request.POST, people=people, zone=zone)


def fill(request: HttpRequest, inside: Inside, form: CallForm, row: Session | None) -> HttpResponse | None:
    """Fill the agenda, or keep the call; nothing where the page is to be shown (again)."""
    if not form.is_bound:
        return None
    if not form.is_valid():
        return None
    call = called(form)
    why = request.POST.get("past_why", "").strip()
    yes = Yes(inside.by, why) if why and inside.may("allow_past_balance") else None
    try:
        if row is None:
            made = convening.convene(inside.engagement, call, inside.by, yes=yes)
        else:
            made = convening.change(row, call, inside.by, yes=yes)
    except Refused as refused:
        refuse(form, refused)
        return None
    messages.success(request, _("Everyone invited gets the session in their calendar."))
    return HttpResponseRedirect(place(inside, made))


def called(form: CallForm) -> Call:
    """The call that a form makes."""
    made = form.cleaned_data
    invited = list(User.objects.filter(key__in=made["people"], is_active=True))
    names = ("title", "day", "at", "minutes", "zone", "place", "link", "agenda", "phase")
    return Call(kind=Kind(made["kind"]), people=invited, plan=made["plan"], **{name: made[name] for name in names})


def call_page(request: HttpRequest, inside: Inside, form: CallForm, heading: str) -> HttpResponse:
    """The page with the call's form."""
    context = {
        "heading": heading,
        "form": form,
        "may_allow": inside.may("allow_past_balance"),
        "breadcrumbs": crumbs(
            inside, (_("Sessions"), reverse("guidance:sessions", args=[inside.initiative.key])), (heading, "")
        ),
    }
    return page(request, "guidance/call", inside, context, 422 if form.is_bound and form.errors else 200)


@require_POST
def cancel(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """Cancel a session."""
    inside = enter(request, key, "convene")
    row = session_in(inside, number)
    try:
        convening.cancel(row, request.POST.get("why", "")[:500], inside.by)
        messages.success(request, _("The session is cancelled, and goes from everyone's calendar."))
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(place(inside, row))


@require_safe
def invitation(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """The session as a calendar file: the same entry as in the letters."""
    inside = enter(request, key, "see_sessions")
    row = session_in(inside, number)
    url = request.build_absolute_uri(place(inside, row))
    guests = [Guest(one.user.name, one.user.email) for one in row.people.select_related("user")]
    file = calendar(convening.invitation(row, guests, url, cancelled=row.state == State.CANCELLED))
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="session.ics"'
    response["Cache-Control"] = "no-store"
    return response
