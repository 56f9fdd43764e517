"""The pages of accounts and roles."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from helsevev.commons.people.rules import PERMISSIONS, Person, may

RETRY_AFTER_SECONDS = 300


def person_on(request: HttpRequest) -> Person:
    """Who asks, as the middleware has put it on the request."""
    person: Person = request.person  # type: ignore[attr-defined]
    return person


def demand(request: HttpRequest, action: str, organisations: frozenset[str] = frozenset()) -> Person:
    """The person who asks, if they may; everyone else finds nothing here."""
    person = person_on(request)
    if not may(person, action, PERMISSIONS, organisations):
        raise Http404
    return person


def too_many(request: HttpRequest) -> HttpResponse:
    """Too many attempts: wait, and for how long. Every limit counts over five minutes."""
    response = render(request, "429.html", status=429)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
