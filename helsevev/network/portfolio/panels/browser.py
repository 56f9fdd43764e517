"""What the editing of projects keeps in the browser."""

from collections.abc import Iterable

from helsevev.core.browser import Kept, Place
from helsevev.core.words import gettext_noop


def kept_in_browser() -> Iterable[Kept]:
    """What is typed in a draft while the connection is lost."""
    return (
        Kept(
            "draft:*",
            Place.WINDOW,
            gettext_noop("Keeps what you typed while the connection was lost, and sends it later."),
            gettext_noop("Until it has arrived, you sign out, or the window is closed"),
            gettext_noop("Those who edit projects"),
        ),
    )
