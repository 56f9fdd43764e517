"""What this room takes from the shelf. Pure."""

from helsevev.commons.shelf.rules import Field, ItemType, Kind
from helsevev.core.words import gettext_noop

ROOM = "network.workspace"

# A page about a way of working; whoever writes such pages puts them there, and the phase shows the way to them.
METHOD_PAGE = ItemType(
    "method-page",
    ROOM,
    gettext_noop("Page about a method"),
    {
        "method": Field(Kind.TEXT, gettext_noop("Method")),
        "page": Field(Kind.ADDRESS, gettext_noop("Page")),
    },
)
