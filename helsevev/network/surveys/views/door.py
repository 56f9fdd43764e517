"""Who is let in to a survey, and what its pages share."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.people.rules import Person
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.queries import surveys
from helsevev.network.surveys.rules.states import State

Crumbs = list[dict[str, str]]


def person_on(request: HttpRequest) -> Person:
    """Who asks."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return person


def language() -> str:
    """The reader's."""
    return get_language() or "nb"


def kept(request: HttpRequest, key: str) -> Survey:
    """A survey, for those who keep it; nobody else learns that it is there."""
    found = surveys.one(key)
    if found is None or not surveys.may_keep(person_on(request), found):
        raise Http404
    return found


def readable(request: HttpRequest, key: str) -> Survey:
    """A survey whose results this person may read: everybody's when published, its keepers' when counted."""
    found = surveys.one(key)
    if found is None:
        raise Http404
    if found.state == State.PUBLISHED:
        return found
    if found.state == State.COUNTED and surveys.may_keep(person_on(request), found):
        return found
    raise Http404


def crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page lies."""
    every = [(_("Surveys"), reverse("surveys:list")), *further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


def page(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page that isn't kept on the way."""
    answer = render(request, f"surveys/{template}.html", {"robots": "noindex", **context}, status=status)
    answer["Cache-Control"] = "private, no-store"
    return answer
