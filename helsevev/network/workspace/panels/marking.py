"""The words that a project's parties have signed, for every page of the project (avklarte begrep)."""

from helsevev.commons.people.rules import Person, may
from helsevev.core.marking import Word
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.rules import PERMISSIONS
from helsevev.network.workspace.queries import words


def agreed(key: str, person: Person) -> list[Word]:
    """For those who may enter the working room; nobody else learns what the parties have agreed on."""
    initiative = rooms.initiative(key)
    engagement = rooms.engagement_of(initiative) if initiative else None
    if initiative is None or engagement is None:
        return []
    here = rooms.as_here(person, engagement)
    return words.glossary(initiative) if may(here, "see_room", PERMISSIONS, rooms.organisations(engagement)) else []
