"""The tabs of an initiative's working room: each room says which are its own when it starts."""

from collections.abc import Callable
from dataclasses import dataclass

from helsevev.commons.people.rules import Person

Sees = Callable[[Person, frozenset[str]], bool]


def everyone(_person: Person, _organisations: frozenset[str]) -> bool:
    """Whoever is let in to the working room."""
    return True


@dataclass(frozen=True)
class Tab:
    """A tab (fane): its place in the row, its label, the name of its address, and the first word after the key.

    `sees` says who has it, from the person as they are here and the keys of the parties; `also`: other first words.
    """

    place: int
    label: str
    url: str
    under: str
    sees: Sees = everyone
    also: tuple[str, ...] = ()


_every: list[Tab] = []


def register(tab: Tab) -> None:
    """Show a tab in every working room."""
    if tab not in _every:
        _every.append(tab)


def tabs() -> list[Tab]:
    """All tabs in their order."""
    return sorted(_every, key=lambda one: (one.place, one.label))
