"""What stands under a page of another room (under siden): rooms say so when they start, as that room can't know them.

`{% under "project" project.key %}` draws what every room has to show under this project, in the order of the places.
"""

from collections.abc import Callable, Iterable

from django.conf import settings

from helsevev.core.browser import Kept, Place
from helsevev.core.frame import Block
from helsevev.core.words import gettext_noop

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


def kept_in_browser() -> Iterable[Kept]:
    """What every page's frame and forms keep."""
    return (
        Kept(
            settings.CSRF_COOKIE_NAME,
            Place.COOKIE,
            gettext_noop("Protects forms from being sent by other sites."),
            gettext_noop("One year"),
            gettext_noop("Those who open a page with a form that changes something"),
        ),
        Kept(
            "messages",
            Place.COOKIE,
            gettext_noop("Tells you once, on the next page, what you have just done."),
            gettext_noop("Until it has been shown"),
            gettext_noop("Those who send a form"),
        ),
        Kept(
            "color-scheme",
            Place.BROWSER,
            gettext_noop("Remembers whether you chose light or dark colours."),
            gettext_noop("Until you choose the device's own again"),
            gettext_noop("Those who choose colours"),
        ),
        Kept(
            "draft:*",
            Place.WINDOW,
            gettext_noop("Keeps what you typed while the connection was lost, and sends it later."),
            gettext_noop("Until it has arrived, you sign out, or the window is closed"),
            gettext_noop("Those who write what saves itself as a draft"),
        ),
    )
