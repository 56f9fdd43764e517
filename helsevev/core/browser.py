"""What is kept in a reader's browser (informasjonskapsler og lignende), each declared by the room that puts it there.

A room that keeps something says so in its `panels.py`:

    kept_in_browser() -> Iterable[Kept]

The declaration is made from what the installed rooms say, so that none can be forgotten on the page alone.
"""

from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import gettext_noop


class Place(StrEnum):
    """Where it is kept (sted): a cookie is sent back to us with each page, the others never leave the browser."""

    COOKIE = "cookie"
    BROWSER = "localStorage"
    WINDOW = "sessionStorage"


PLACE_NAMES = {
    Place.COOKIE: gettext_noop("Cookie"),
    Place.BROWSER: gettext_noop("In this browser alone"),
    Place.WINDOW: gettext_noop("In this window alone"),
}


@dataclass(frozen=True)
class Kept:
    """One thing that is kept (lagret): marked texts say what for, how long, and for whom."""

    name: str
    place: Place
    purpose: str
    lasts: str
    whom: str = gettext_noop("Everyone")
