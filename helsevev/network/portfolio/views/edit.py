"""The page where a project is edited, and a new one made; it answers every button without a script."""

from collections.abc import Callable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from helsevev.commons.people.middleware import answers_signed_out
from helsevev.commons.people.models import User
from helsevev.commons.ui.views import csrf_failure
from helsevev.network.portfolio.actions import Saved, throw_away
from helsevev.network.portfolio.forms import sending
from helsevev.network.portfolio.forms.page import ADD, Wrong
from helsevev.network.portfolio.queries import editing
from helsevev.network.portfolio.rules.shaping import Spot
from helsevev.network.portfolio.rules.typed import ENTRIES, LISTED
from helsevev.network.portfolio.views import leaving, meeting
from helsevev.network.portfolio.views.desk import Desk, desk_for, from_draft
from helsevev.network.portfolio.views.judging import judge
from helsevev.network.portfolio.views.saving import try_to_save
from helsevev.network.portfolio.views.sealing import Seal, opened
from helsevev.network.portfolio.views.sheet import Sheet, page

METHODS = require_http_methods(["GET", "HEAD", "POST"])


# The page's seal does the work of Django's token; `sealing` says why.
@answers_signed_out
@csrf_exempt
@METHODS
def edit(request: HttpRequest, key: str) -> HttpResponse:
    """Edit a project."""
    subject = editing.subject(key)
    if subject is None:
        raise Http404
    return _answer(request, subject) if request.method == "POST" else _open(request, subject)


@answers_signed_out
@csrf_exempt
@METHODS
def create(request: HttpRequest) -> HttpResponse:
    """Make a new project, which nobody but its own and staff sees until it is published."""
    subject = editing.Subject()
    return _answer(request, subject) if request.method == "POST" else _open(request, subject)


def _open(request: HttpRequest, subject: editing.Subject) -> HttpResponse:
    """The page as it was left, or as the project stands."""
    desk = desk_for(request, subject)
    draft = editing.draft(request.user, subject.project) if isinstance(request.user, User) else None
    if desk is None:
        if draft is None:
            raise Http404
        return leaving.revoked(request, subject, draft.fields)
    if draft is None:
        return page(request, desk, Sheet(desk.shown))
    filled, notices = from_draft(desk, draft)
    return page(request, desk, Sheet(filled, notices=notices, state=leaving.kept_at(draft)))


def _answer(request: HttpRequest, subject: editing.Subject) -> HttpResponse:
    """What the page sends, if it is ours, of this project, and of the person who is signed in."""
    seal = opened(request.POST.get("seal", ""))
    desk = desk_for(request, subject)
    if seal is None or seal.key != subject.key:
        return foreign(request, desk)
    if not isinstance(request.user, User):
        return leaving.signed_out(request, subject, seal)
    if seal.user != str(request.user.key):
        return foreign(request, desk)
    if desk is None:
        return leaving.kept_but_revoked(request, subject, seal)
    return _at_desk(request, desk, seal)


def foreign(request: HttpRequest, desk: Desk | None) -> HttpResponse:
    """A page that isn't ours, or another person's: refused as forged, and nothing told to those who may not edit."""
    if desk is None:
        raise Http404
    return csrf_failure(request)


def _at_desk(request: HttpRequest, desk: Desk, seal: Seal) -> HttpResponse:
    """A page of ours, by someone who may edit: do what the button says."""
    desk.names = tuple(name for name in desk.names if name in seal.names)
    desk.base, desk.over = seal.base, seal.over
    if seal.against:
        return meeting.settle(request, desk, seal)
    if sending.END not in request.POST:
        incomplete = _("The page came incomplete, so nothing was saved. Your last draft stands here.")
        draft = editing.draft(desk.user, desk.subject.project)
        filled = from_draft(desk, draft)[0] if draft else desk.shown
        return page(request, desk, Sheet(filled, [Wrong(Spot(""), incomplete)], status=400))
    filled = sending.read_typed(request.POST, desk.names, desk.shown)
    verb, _colon, rest = request.POST.get("do", "save").partition(":")
    return DO.get(verb, save_it)(request, desk, seal, filled, rest)


# --- The buttons -----------------------------------------------------------------------------------------------------
def save_it(request: HttpRequest, desk: Desk, seal: Seal, filled: Mapping[str, Any], _rest: str = "") -> HttpResponse:
    """Save; or show what is wrong, or what somebody else has changed meanwhile."""
    found = try_to_save(desk, seal.uuid, filled)
    if isinstance(found, Saved):
        messages.success(request, _answer_to(desk, found))
        return HttpResponseRedirect(reverse("portfolio:project", args=[found.project.initiative.key]))
    if found.met:
        return meeting.meet(request, desk, seal, filled)
    state = leaving.try_to_keep(desk, filled, seal, force=True)
    return page(request, desk, Sheet(filled, found.wrong, state=state, status=found.status))


def _answer_to(desk: Desk, saved: Saved) -> str:
    """What was done."""
    if desk.subject.project is None:
        return _("The project is made. Nobody but its own and staff sees it until it is published.")
    return _("Saved.") if saved.changed else _("Nothing was changed.")


def keep_it(request: HttpRequest, desk: Desk, seal: Seal, filled: Mapping[str, Any], rest: str) -> HttpResponse:
    """Keep the draft, for those without a script."""
    state = leaving.try_to_keep(desk, filled, seal, force=rest == "force")
    return page(request, desk, Sheet(filled, state=state))


def throw_it_away(request: HttpRequest, desk: Desk, _seal: Seal, _filled: object, _rest: str) -> HttpResponse:
    """Put the draft away, with a way back."""
    draft = editing.draft(desk.user, desk.subject.project)
    if draft is None:
        return HttpResponseRedirect(request.path)
    throw_away(draft)
    return HttpResponseRedirect(f"{reverse('portfolio:staff')}?thrown={draft.pk}")


def add_row(request: HttpRequest, desk: Desk, seal: Seal, filled: Mapping[str, Any], name: str) -> HttpResponse:
    """One more row."""
    if name not in filled or name not in {*ENTRIES, *LISTED}:
        return page(request, desk, Sheet(filled))
    now = sending.with_row(dict(filled), name)
    state = leaving.try_to_keep(desk, filled, seal)
    return page(request, desk, Sheet(now, fresh=(name, len(now[name]) - 1), state=state))


def remove_row(request: HttpRequest, desk: Desk, seal: Seal, filled: Mapping[str, Any], rest: str) -> HttpResponse:
    """One row less."""
    name, _colon, number = rest.partition(":")
    if name in filled and name in {*ENTRIES, *LISTED} and number.isdecimal():
        filled = sending.without_row(dict(filled), name, int(number[:6]))
    return page(request, desk, Sheet(filled, fresh=(name, ADD), state=leaving.try_to_keep(desk, filled, seal)))


def choose(request: HttpRequest, desk: Desk, seal: Seal, filled: Mapping[str, Any], rest: str) -> HttpResponse:
    """What was offered takes the place of what nobody knew; what else is wrong is told again."""
    name, number, text = [*rest.split(":", 2), "", ""][:3]
    if name in filled and (isinstance(filled[name], str) or (name in LISTED and number.isdecimal())):
        at = int(number[:6]) if name in LISTED else None
        filled = sending.with_choice(dict(filled), name, at, text)
    state = leaving.try_to_keep(desk, filled, seal)
    return page(request, desk, Sheet(filled, judge(desk, filled).wrong, state=state))


DO: Mapping[str, Callable[[HttpRequest, Desk, Seal, Mapping[str, Any], str], HttpResponse]] = {
    "save": save_it,
    "keep": keep_it,
    "throw": throw_it_away,
    "add": add_row,
    "remove": remove_row,
    "choose": choose,
}
