"""What comes of a session: its time, who took part, decisions, actions, notes and files."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from helsevev.commons.files import actions as filing
from helsevev.commons.files import queries as files
from helsevev.commons.files.forms import UploadField
from helsevev.commons.files.views import serve, takes_files
from helsevev.commons.forms.views import filling
from helsevev.commons.people.models import User
from helsevev.commons.ui.forms.saying import all_said, refuse, tell
from helsevev.core import ledger
from helsevev.core.words import Refused
from helsevev.network.guidance.actions import answering, convening, holding
from helsevev.network.guidance.actions.booking import Yes
from helsevev.network.guidance.actions.holding import Point
from helsevev.network.guidance.forms.sessions import PointForm
from helsevev.network.guidance.models import SessionPoint
from helsevev.network.guidance.queries import sessions as asking
from helsevev.network.guidance.rules.sessions import PointKind, State
from helsevev.network.guidance.views.door import enter
from helsevev.network.guidance.views.sessions import FILES, people_here, place, session_crumbs, session_in, session_page

KINDS = ("pdf", "png", "jpeg")


@require_POST
def book(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """Put the session's time in the ledger; past the balance ask the secretariat, or say yes as the secretariat."""
    inside = enter(request, key, "book_hours")
    row = session_in(inside, number)
    why = request.POST.get("why", "").strip()[:500]
    yes = Yes(inside.by, why) if why and inside.may("allow_past_balance") else None
    try:
        if request.POST.get("past") == "ask":
            _ask(inside.engagement.pk, row, why, inside.by)
            messages.success(request, _("The secretariat is asked, and both sides are told."))
        else:
            made = holding.book(row, inside.by, yes=yes)
            minutes = sum(one.minutes for one in made if one.engagement_id == inside.engagement.pk)
            messages.success(request, _("%(time)s is written in the ledger.") % {"time": ledger.clock(minutes)})
    except Refused as refused:
        return session_page(request, inside, row, faults=all_said(refused))
    return HttpResponseRedirect(place(inside, row))


def _ask(engagement: int, row: object, why: str, by: str) -> None:
    """Ask for the session's time past the balance."""
    session = asking.one(row.key)  # type: ignore[attr-defined] # a Session
    if session is None:
        raise Http404
    every = asking.engagements(session)
    for one, minutes in asking.shares(session, every).items():
        if one.pk == engagement:
            answering.ask(one, convening.entries(session, one, minutes, ledger.Kind.USED), why, by)


@require_POST
def present(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """Say which projects of the group took part."""
    inside = enter(request, key, "book_hours")
    row = session_in(inside, number)
    wanted = [int(one) for one in request.POST.getlist("projects") if one.isdecimal() and len(one) < 10]
    try:
        holding.say_present(row, wanted, inside.by)
        messages.success(request, _("Saved."))
    except Refused as refused:
        tell(request, refused)
    return HttpResponseRedirect(place(inside, row))


# --- Decisions and actions --------------------------------------------------------------------------------------------
@require_POST
def add_point(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """Keep a decision or an action."""
    inside = enter(request, key, "follow_up")
    row = session_in(inside, number)
    form = PointForm(request.POST, people=people_here(inside))
    if not form.is_valid():
        return session_page(request, inside, row, point=form)
    made = form.cleaned_data
    owner = User.objects.filter(key=made["owner"]).first() if made["owner"] else None
    try:
        point = Point(PointKind(made["kind"]), made["text"], owner, made["owner_name"], made["due"])
        holding.add_point(row, point, inside.by)
    except Refused as refused:
        refuse(form, refused)
        return session_page(request, inside, row, point=form)
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(place(inside, row) + "#points")


@require_POST
def settle_point(request: HttpRequest, key: str, number: UUID, point: int) -> HttpResponse:
    """Say that an action is done, or isn't after all."""
    inside = enter(request, key, "follow_up")
    row = session_in(inside, number)
    found = SessionPoint.objects.filter(session=row, pk=point, kind=PointKind.ACTION).first()
    if found is None:
        raise Http404
    holding.settle_point(found, inside.by, done=request.POST.get("how") != "undo")
    messages.success(request, _("Saved."))
    return HttpResponseRedirect(place(inside, row) + "#points")


# --- Notes ------------------------------------------------------------------------------------------------------------
@filling.fill_view
def notes(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """The notes that everyone writes together; each field is merged by itself, so nobody overwrites another."""
    inside = enter(request, key, "write_notes")
    row = session_in(inside, number)
    sheet = holding.notes(row, get_language() or "nb", inside.by)
    heading = _("Notes: %(title)s") % {"title": row.title}
    desk = filling.Desk(
        person=inside.by,
        may_write=row.state != State.CANCELLED,
        title=heading,
        breadcrumbs=session_crumbs(inside, (row.title, place(inside, row)), (_("Notes"), "")),
    )
    return filling.page(request, sheet, desk)


# --- Files ------------------------------------------------------------------------------------------------------------
@takes_files(most=100_000_000)
@require_POST
def add_file(request: HttpRequest, key: str, number: UUID) -> HttpResponse:
    """Keep a file with the session."""
    inside = enter(request, key, "follow_up")
    row = session_in(inside, number)
    field = UploadField(allowed=KINDS, label=_("File"))
    upload = request.FILES.get("file")
    try:
        field.clean(upload)
        assert upload is not None  # a required field
        filing.receive(upload, owner_kind=FILES, owner_key=str(row.key), by=inside.by, allowed=KINDS)
        messages.success(request, _("The file is kept."))
    except Refused as refused:
        tell(request, refused)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
    return HttpResponseRedirect(place(inside, row) + "#files")


@require_safe
def file(request: HttpRequest, key: str, number: UUID, stored: UUID) -> HttpResponseBase:
    """A file of the session."""
    inside = enter(request, key, "see_sessions")
    row = session_in(inside, number)
    found = files.one(stored, owner_kind=FILES, owner_key=str(row.key))
    if found is None:
        raise Http404
    return serve(found)


@require_POST
def drop_file(request: HttpRequest, key: str, number: UUID, stored: UUID) -> HttpResponse:
    """Take a file away."""
    inside = enter(request, key, "follow_up")
    row = session_in(inside, number)
    found = files.one(stored, owner_kind=FILES, owner_key=str(row.key))
    if found is None:
        raise Http404
    filing.withdraw(found, by=inside.by)
    messages.success(request, _("The file is taken away."))
    return HttpResponseRedirect(place(inside, row) + "#files")
