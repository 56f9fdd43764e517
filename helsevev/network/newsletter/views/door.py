"""Who is let in, and how pages of this room are answered."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, may
from helsevev.network.newsletter.models import Letter
from helsevev.network.newsletter.queries import letters
from helsevev.network.newsletter.rules import PERMISSIONS

Crumbs = list[dict[str, str]]


def allows(request: HttpRequest, action: str) -> bool:
    """Whether whoever asks may do this."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return may(person, action, PERMISSIONS)


def staff(request: HttpRequest, action: str = "write") -> User:
    """Who asks, if they may; nobody else learns that there is anything here."""
    if not allows(request, action) or not isinstance(request.user, User):
        raise Http404
    return request.user


def found(key: str) -> Letter:
    """A letter, for those who write them."""
    row = letters.one(key)
    if row is None:
        raise Http404
    return row


def name(letter: Letter) -> str:
    """What a letter is called."""
    return letter.subject_nb or _("Without a subject (%(key)s)") % {"key": letter.key}


def crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page lies."""
    every = [(_("Newsletter"), reverse("newsletter:archive")), *further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


def desk_crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page of the desk lies."""
    return crumbs((_("Write the newsletter"), reverse("newsletter:desk")), *further)


def private(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page for its reader alone."""
    answer = render(request, f"newsletter/{template}.html", {"robots": "noindex", **context}, status=status)
    answer["Cache-Control"] = "no-store"
    # One's own link is a key: it goes to nobody else.
    answer["Referrer-Policy"] = "same-origin"
    return answer
