"""Who is let in to a pilot, and what its pages share."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.models import Organisation
from helsevev.commons.ui.forms.saying import said
from helsevev.core.words import Refused
from helsevev.network.guidance.views.door import Crumbs, Inside, crumbs, enter
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import papers, pilots
from helsevev.network.piloting.queries.papers import Laid
from helsevev.network.piloting.queries.pilots import Story
from helsevev.network.piloting.rules import PERMISSIONS


@dataclass(frozen=True)
class Here:
    """Someone at a pilot: who, and which."""

    inside: Inside
    story: Story

    @property
    def args(self) -> list[object]:
        """What the pilot's addresses take."""
        return [self.inside.initiative.key, self.story.pilot.number]

    def may(self, action: str) -> bool:
        """Whether the person may do this here."""
        return self.inside.may(action, PERMISSIONS)

    def crumbs(self, *further: tuple[str, str]) -> Crumbs:
        """Where a page of the pilot lies."""
        label = _("Pilot %(number)s") % {"number": self.story.pilot.number}
        return crumbs(self.inside, (label, reverse("piloting:one", args=self.args)), *further)


def room(request: HttpRequest, key: str, action: str = "see") -> Inside:
    """A project's working room, for those who may do this in it."""
    return enter(request, key, action, PERMISSIONS)


def pilot(request: HttpRequest, key: str, number: int, action: str = "see") -> Here:
    """A pilot, for those who may do this with it; nobody else learns that it is there."""
    inside = room(request, key, action)
    found = pilots.one(inside.initiative, number) if number < 2**31 else None
    if found is None:
        raise Http404
    return Here(inside, pilots.story(found))


def laid(paper: Paper | None, version: int) -> Laid:
    """One of a paper's texts."""
    found = papers.version(paper, version) if paper and version < 2**31 else None
    if found is None:
        raise Http404
    return found


def mine(inside: Inside, found: Laid) -> list[dict[str, str]]:
    """The parties that the person may sign for, and hasn't."""
    missing = found.missing if found.is_open else []
    return [{"key": one.key, "name": one.name} for one in missing if one.key in inside.signs_for]


def signing_for(inside: Inside, request: HttpRequest) -> Organisation:
    """The party that someone says to sign for; another's is no such page."""
    key = request.POST.get("organisation", "")
    found = Organisation.objects.filter(key=key).first() if key in inside.signs_for else None
    if found is None:
        raise Http404
    return found


def told(refused: Refused) -> list[str]:
    """Every reason, each once."""
    return list(dict.fromkeys(said(one) for one in refused.refusals))


def seen(sent_with: Mapping[str, str]) -> int:
    """The revision that the page was made from, as it was sent or kept."""
    sent = sent_with.get("revision", "")
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0
