"""What this room puts on the shelf, and what it takes from there. Pure."""

from helsevev.commons.shelf.rules import Field, ItemType, Kind
from helsevev.core.words import gettext_noop

ROOM = "toolbox.pricing"

RESULT = ItemType(
    "price-result",
    ROOM,
    gettext_noop("Price result"),
    {
        "as_of": Field(Kind.DATE, gettext_noop("As of")),
        "centre": Field(Kind.TEXT, gettext_noop("Centre")),
        "version": Field(Kind.WHOLE, gettext_noop("Version of the case")),
        "digest": Field(Kind.TEXT, gettext_noop("Digest of the inputs")),
        "total_nok": Field(Kind.NUMBER, gettext_noop("Cost a year, NOK")),
        "positions": Field(Kind.NUMBER, gettext_noop("Positions")),
        "patients": Field(Kind.NUMBER, gettext_noop("Patients")),
        "mean_patient_month_nok": Field(
            Kind.NUMBER, gettext_noop("Mean price of a patient-month, NOK"), required=False
        ),
        "municipalities": Field(Kind.FACTS, gettext_noop("Bills of the municipalities")),
        "note": Field(Kind.TEXT, gettext_noop("Note"), required=False),
        "page": Field(Kind.ADDRESS, gettext_noop("Page")),
    },
)
# Counts by month and municipality, such as one settles by; whoever has them puts them there.
VOLUMES = ItemType(
    "volume-series",
    ROOM,
    gettext_noop("Volume series"),
    {
        "as_of": Field(Kind.DATE, gettext_noop("As of")),
        "source": Field(Kind.TEXT, gettext_noop("Source")),
        # Each fact: number, month, group, patients; or number, month, enrolments, discharges.
        "rows": Field(Kind.FACTS, gettext_noop("Counts by municipality and month")),
    },
)
# What an activity takes, as measured somewhere.
MINUTES = ItemType(
    "step-minutes",
    ROOM,
    gettext_noop("Minutes per step"),
    {
        "as_of": Field(Kind.DATE, gettext_noop("As of")),
        "source": Field(Kind.TEXT, gettext_noop("Source")),
        # Each fact: step (the field's path in the case), minutes; low and high where known.
        "rows": Field(Kind.FACTS, gettext_noop("Minutes by step")),
    },
)
