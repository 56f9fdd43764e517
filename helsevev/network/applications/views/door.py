"""Who asks, who is let in, and how a refusal is said (dør)."""

from django.http import Http404, HttpRequest, HttpResponse

from helsevev.commons.people.rules import Person, may
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


def unkept(response: HttpResponse) -> HttpResponse:
    """A page for one reader alone: nothing on the way may keep it."""
    response["Cache-Control"] = "no-store"
    return response
