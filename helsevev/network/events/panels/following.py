"""What later rooms show of a meeting, on its page and on its keepers' desk: they say so when they start."""

from collections.abc import Callable

from helsevev.commons.people.rules import Person
from helsevev.core.frame import Block
from helsevev.network.events.models import Meeting

Shows = Callable[[Meeting, Person], list[Block]]
_on_page: list[Shows] = []
_on_desk: list[Shows] = []


def register(*, page: Shows, desk: Shows) -> None:
    """Show a later room's blocks; each is a template of its own that finds its context as `panel`."""
    if page not in _on_page:
        _on_page.append(page)
        _on_desk.append(desk)


def on_page(meeting: Meeting, person: Person) -> list[Block]:
    """What is shown to everyone."""
    return [block for shows in _on_page for block in shows(meeting, person)]


def on_desk(meeting: Meeting, person: Person) -> list[Block]:
    """What is shown to its keepers."""
    return [block for shows in _on_desk for block in shows(meeting, person)]
