"""What is new in a wing (nytt), for whoever gathers news without knowing the room that it comes from.

A room says when it starts how its own are found: `register(finds)`, where `finds(since)` gives what was published
after a moment.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class News:
    """One new thing (nyhet): a name that stays, its words by language, its path without the language, and when."""

    source: str
    titles: Mapping[str, str]
    texts: Mapping[str, str]
    path: str
    at: datetime


Finds = Callable[[datetime], Iterable[News]]
_every: list[Finds] = []


def register(finds: Finds) -> None:
    """Make a room's news known."""
    if finds not in _every:
        _every.append(finds)


def since(moment: datetime) -> list[News]:
    """Everything that rooms have published after a moment, the newest first."""
    found = [one for finds in _every for one in finds(moment)]
    return sorted(found, key=lambda one: one.at, reverse=True)
