"""What this room says to the front door."""

from collections.abc import Iterable

from helsevev.core.browser import Kept, Place
from helsevev.core.words import gettext_noop


def kept_in_browser() -> Iterable[Kept]:
    """What is typed in a sheet while the connection is lost or the session has ended."""
    return (
        Kept(
            "sheet:*",
            Place.BROWSER,
            gettext_noop("Keeps what you typed while the connection was lost, and sends it later."),
            gettext_noop("Until it has arrived or you sign out, at most a week"),
            gettext_noop("Those who fill in applications and other forms together"),
        ),
    )
