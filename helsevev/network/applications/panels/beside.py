"""What later rooms show on this room's pages: they say so when they start, as this room can't know them."""

from collections.abc import Callable
from dataclasses import dataclass

from helsevev.commons.people.rules import Person
from helsevev.network.applications.models import Application, Round


@dataclass(frozen=True)
class Way:
    """A way on to a page of a later room (vei videre)."""

    label: str
    url: str


@dataclass(frozen=True)
class Beside:
    """A later room's ways on (ved siden av): from a round, for those who keep it, and from one's own application."""

    of_round: Callable[[Round, Person], list[Way]]
    of_application: Callable[[Application], list[Way]]


_every: list[Beside] = []


def register(one: Beside) -> None:
    """Show a later room's ways on."""
    if one not in _every:
        _every.append(one)


def from_round(round_: Round, person: Person) -> list[Way]:
    """Where one may go on to from a round's page."""
    return [way for one in _every for way in one.of_round(round_, person)]


def from_application(application: Application) -> list[Way]:
    """Where those behind an application may go on to from its page."""
    return [way for one in _every for way in one.of_application(application)]
