"""Ways on from a project's page to later rooms: they say so when they start, as this room can't know them."""

from collections.abc import Callable
from dataclasses import dataclass

from helsevev.commons.people.rules import Person


@dataclass(frozen=True)
class Way:
    """A way on (vei videre)."""

    label: str
    url: str


Finds = Callable[[str, Person], list[Way]]
_every: list[Finds] = []


def register(finds: Finds) -> None:
    """Show a later room's ways on, found by the project's key and who asks."""
    if finds not in _every:
        _every.append(finds)


def ways(key: str, person: Person) -> list[Way]:
    """Where this person may go on to from a project's page; a stranger nowhere."""
    return [way for finds in _every for way in finds(key, person)] if person.is_known else []
