"""The way from a project's page to its working room, and to opening one."""

from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.commons.people.rules import Person, may
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.rules import PERMISSIONS
from helsevev.network.portfolio.panels.beside import Way


def ways(key: str, person: Person) -> list[Way]:
    """The working room for those who may enter it; opening it for those who may."""
    initiative = rooms.initiative(key)
    engagement = rooms.engagement_of(initiative) if initiative else None
    if engagement is None:
        if not may(person, "open_engagement", PERMISSIONS):
            return []
        return [Way(_("Open an engagement"), f"{reverse('guidance:open')}?project={key}")]
    if not may(rooms.as_here(person, engagement), "see_room", PERMISSIONS, rooms.organisations(engagement)):
        return []
    return [Way(_("Working room"), reverse("guidance:hours", args=[key]))]
