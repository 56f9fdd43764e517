"""Who is let in to an initiative's working room, and the frame that all its pages share.

Rooms above this one use the same door: `enter` with their own table, `page` with their own template that extends
`guidance/room.html`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Role, Table, may
from helsevev.core.words import Refusal
from helsevev.network.guidance.models import Engagement
from helsevev.network.guidance.panels.tabs import tabs
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.rules import PERMISSIONS
from helsevev.network.guidance.rules.permissions import TEAM
from helsevev.network.portfolio.panels.words import Glossary

Crumbs = list[dict[str, str]]


@dataclass(frozen=True)
class Inside:
    """Someone inside a working room: who, as they are here, and what the room is about."""

    person: Person
    user: User
    engagement: Engagement
    initiative: Initiative
    organisations: frozenset[str]

    @property
    def by(self) -> str:
        """What the trail calls the person."""
        return self.person.key

    @cached_property
    def signs_for(self) -> frozenset[str]:
        """Keys of the parties that the person may sign for."""
        return self.person.organisations(frozenset({Role.ORGANISATION_SIGNER})) & self.organisations

    @cached_property
    def team_in(self) -> frozenset[str]:
        """Keys of the parties whose projects the person works in."""
        return self.person.organisations(TEAM) & self.organisations

    @property
    def title(self) -> str:
        """The initiative's title in the reader's language."""
        return rooms.title(self.initiative, get_language() or "nb")

    def may(self, action: str, table: Table = PERMISSIONS) -> bool:
        """Whether the person may do this here."""
        return may(self.person, action, table, self.organisations)


def person_on(request: HttpRequest) -> Person:
    """Who asks."""
    person: Person = request.person  # type: ignore[attr-defined] # a middleware sets it
    return person


def only(request: HttpRequest, action: str) -> User:
    """Who asks, if they may do this anywhere; nobody else learns that there is anything here."""
    if not may(person_on(request), action, PERMISSIONS) or not isinstance(request.user, User):
        raise Http404
    return request.user


def enter(request: HttpRequest, key: str, action: str = "see_room", table: Table = PERMISSIONS) -> Inside:
    """A working room, for those who may; everyone else is told that there is no such page."""
    person = person_on(request)
    if not person.is_known or not isinstance(request.user, User):
        raise Http404
    initiative = rooms.initiative(key)
    engagement = rooms.engagement_of(initiative) if initiative else None
    if initiative is None or engagement is None:
        raise Http404
    keys = rooms.organisations(engagement)
    inside = Inside(rooms.as_here(person, engagement), request.user, engagement, initiative, keys)
    if not (inside.may("see_room") and inside.may(action, table)):
        raise Http404
    return inside


def page(
    request: HttpRequest, template: str, inside: Inside | None, context: Mapping[str, object], status: int = 200
) -> HttpResponse:
    """A page for its reader alone; in a working room with the room's name and tabs."""
    room = _frame(request, inside) if inside else {}
    response = render(request, f"{template}.html", {**room, "robots": "noindex", **context}, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _frame(request: HttpRequest, inside: Inside) -> dict[str, object]:
    """What every page of a working room has: its name, its tabs, and the words that its parties have agreed on."""
    return {
        "initiative": inside.initiative,
        "room_name": inside.title,
        "tabs": _tabs(request, inside),
        "agreed_words": Glossary(inside.initiative.key, inside.person),
    }


def _tabs(request: HttpRequest, inside: Inside) -> list[dict[str, object]]:
    """The room's tabs for this person, the one where they are marked."""
    home = reverse("guidance:hours", args=[inside.initiative.key])
    here = request.path.removeprefix(home).partition("/")[0] if request.path.startswith(home) else ""
    found: list[dict[str, object]] = []
    for tab in tabs():
        if not tab.sees(inside.person, inside.organisations):
            continue
        try:
            url = reverse(tab.url, args=[inside.initiative.key])
        except NoReverseMatch:
            continue
        found.append({"label": _(tab.label), "url": url, "current": here in (tab.under, *tab.also)})
    return found


def crumbs(inside: Inside | None, *further: tuple[str, str]) -> Crumbs:
    """Where a page lies."""
    every = [(_("Guidance"), reverse("guidance:mine"))]
    if inside:
        every.append((inside.title, reverse("guidance:hours", args=[inside.initiative.key])))
    every += further
    return [{"label": label, "url": url} for label, url in every[:-1]] + [{"label": every[-1][0]}]


__all__ = ["Crumbs", "Inside", "Refusal", "crumbs", "enter", "only", "page", "person_on"]
