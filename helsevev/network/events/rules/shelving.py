"""What of a meeting lies on the shelf (hylla), for the knowledge bank and others. Pure."""

from helsevev.commons.shelf.rules import ItemType, Kind, register
from helsevev.commons.shelf.rules.bodies import Field
from helsevev.core.words import gettext_noop

MEETING = "meeting"

register(
    ItemType(
        MEETING,
        "network.events",
        gettext_noop("Meeting"),
        {
            "kind": Field(Kind.TEXT, gettext_noop("Kind of meeting")),
            "day": Field(Kind.DATE, gettext_noop("Day")),
            "address": Field(Kind.ADDRESS, gettext_noop("Page")),
            "recording": Field(Kind.ADDRESS, gettext_noop("Recording"), required=False),
        },
    )
)
