"""Who is let in, and how pages of this room are answered."""

from collections.abc import Mapping

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, may
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries import meetings as asking
from helsevev.network.events.rules import PERMISSIONS
from helsevev.network.events.rules.meetings import KIND_NAMES, MODE_NAMES, STATE_NAMES, Kind, Mode, State

Crumbs = list[dict[str, str]]


def allows(request: HttpRequest, action: str) -> bool:
    """Whether whoever asks may do this."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return may(person, action, PERMISSIONS)


def keeper(request: HttpRequest, action: str = "keep_meetings") -> User:
    """Who asks, if they may; nobody else learns that there is anything here."""
    if not allows(request, action) or not isinstance(request.user, User):
        raise Http404
    return request.user


def found(key: str) -> Meeting:
    """A meeting, for those who keep them."""
    row = asking.one(key)
    if row is None:
        raise Http404
    return row


def public(request: HttpRequest, key: str) -> Meeting:
    """A meeting that this reader may see."""
    row = found(key)
    if row.state == State.DRAFT and not allows(request, "keep_meetings"):
        raise Http404
    return row


def told(row: Meeting) -> dict[str, object]:
    """What templates say of a meeting beside its own words; its times are the clocks' of its zone."""
    agreed = row.agreed
    return {
        "row": row,
        "kind": _(KIND_NAMES[Kind(row.kind)]),
        "mode": _(MODE_NAMES[Mode(row.mode)]) if row.mode else "",
        "state": _(STATE_NAMES[State(row.state)]),
        "starts": agreed.starts if agreed else None,
        "ends": agreed.ends if agreed else None,
        "url": reverse("events:meeting", args=[row.key]),
    }


def crumbs(*further: tuple[str, str]) -> Crumbs:
    """Where a page lies."""
    every = [(_("Meetings"), reverse("events:calendar")), *further]
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


def private(request: HttpRequest, template: str, context: Mapping[str, object], status: int = 200) -> HttpResponse:
    """A page for its reader alone."""
    answer = render(request, f"events/{template}.html", {"robots": "noindex", **context}, status=status)
    answer["Cache-Control"] = "no-store"
    return answer
