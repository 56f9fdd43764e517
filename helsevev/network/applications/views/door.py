"""Who asks, who is let in, and how a refusal is said (dør)."""

from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from helsevev.commons.people.rules import Person, may
from helsevev.core.words import Refusal, Refused
from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import PERMISSIONS
from helsevev.network.applications.rules.rounds import State


def person_on(request: HttpRequest) -> Person:
    """Who asks."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return person


def allows(request: HttpRequest, action: str, organisations: frozenset[str] = frozenset()) -> bool:
    """Whether who asks may do this."""
    return may(person_on(request), action, PERMISSIONS, organisations)


def only(request: HttpRequest, action: str) -> Person:
    """Who asks, if they may; nobody else learns that there is anything here."""
    if not allows(request, action):
        raise Http404
    return person_on(request)


def kept_round(request: HttpRequest, code: str, action: str = "see_rounds") -> Round:
    """A round, for those who keep rounds."""
    only(request, action)
    found = asking.one(code)
    if found is None:
        raise Http404
    return found


def public_round(request: HttpRequest, code: str) -> Round:
    """A round whose call is published; those who keep rounds see it before that too."""
    found = asking.one(code)
    if found is None or (found.state == State.DRAFT and not allows(request, "see_rounds")):
        raise Http404
    return found


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language; words from our own tables and times with it."""
    return _(refusal.why) % {name: _told(value) for name, value in refusal.values.items()}


def all_said(refused: Refused) -> list[str]:
    """Every reason."""
    return [said(one) for one in refused.refusals]


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return dateformat.format(timezone.localtime(value), get_format("DATETIME_FORMAT"))
    return _(value) if isinstance(value, str) and value else value


def unkept(response: HttpResponse) -> HttpResponse:
    """A page for one reader alone: nothing on the way may keep it."""
    response["Cache-Control"] = "no-store"
    return response
