"""What stands under a page of another room (under siden): rooms say so when they start, as that room can't know them.

`{% under "project" project.key %}` draws what every room has to show under this project, in the order of the places.
"""

from collections.abc import Callable, Iterable

from helsevev.core.frame import Block

Finds = Callable[[str, str, str], Iterable[Block]]
_every: list[Finds] = []


def register(finds: Finds) -> None:
    """Show a room's stretches, found by what they stand under, its key, and the reader's language."""
    if finds not in _every:
        _every.append(finds)


def under(on: str, key: str, language: str) -> list[Block]:
    """Everything that stands under a page."""
    found = [block for finds in _every for block in finds(on, key, language)]
    return sorted(found, key=lambda block: block.place)
