"""Why a file is refused, and what is taken out of one that is kept. Each says what to do."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from helsevev.core.inspection import Reason, Removed
from helsevev.core.words import gettext_noop


class Why(StrEnum):
    """Why a file can't be taken."""

    EMPTY = gettext_noop("The file is empty. Choose another.")
    TOO_BIG = gettext_noop("The file is larger than %(limit)s. Make it smaller, or divide it in two.")
    OVER_QUOTA = gettext_noop(
        "There is room for %(left)s more, and the file is %(size)s. Take away another, or make this one smaller."
    )
    WRONG_KIND = gettext_noop(
        "The content of the file isn't %(allowed)s, whatever its name says. Save it anew as that."
    )
    ENCRYPTED = gettext_noop("The file is locked with a password. Save it without one, and send it again.")
    UNREADABLE = gettext_noop(
        "The file is damaged, so it can't be shown safely. Open it, print it to a new PDF, and send that."
    )
    TOO_MANY_PAGES = gettext_noop("The file has more than %(limit)d pages. Send only those that are needed.")
    TOO_COMPLEX = gettext_noop(
        "The file unpacks to far more than its size, so it isn't opened. Print it to a new PDF, and send that."
    )
    LIVE_FORM = gettext_noop("The file is a form that is filled in by a program. Print it to a new PDF, and send that.")
    ACTIVE = gettext_noop(
        "The file holds programs, other files or links that fetch things. Save it without them, and send it again."
    )
    NO_ROOM = gettext_noop("There is no room on the server for the file just now. Nothing was kept. Try again later.")
    CUT_OFF = gettext_noop("The file didn't arrive whole. Send it again.")


REMOVED_NAMES: Mapping[Removed, str] = MappingProxyType(
    {
        Removed.SCRIPTS: gettext_noop("scripts"),
        Removed.ACTIONS: gettext_noop("things that happen by themselves"),
        Removed.ATTACHMENTS: gettext_noop("files inside the file"),
        Removed.MEDIA: gettext_noop("sound, film and 3D"),
        Removed.LINKS: gettext_noop("links to elsewhere"),
        Removed.FORM_PROGRAM: gettext_noop("the program of a form"),
        Removed.METADATA: gettext_noop("notes on who made it and where"),
        Removed.SIGNATURE: gettext_noop("its digital signature"),
    }
)


def why(reason: Reason) -> Why:
    """The sentence for what an inspection found."""
    return Why[reason.name]
