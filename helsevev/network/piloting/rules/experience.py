"""An experience that a project offers others (prosjekterfaring): its parts, and what type of thing it is."""

from collections.abc import Mapping
from enum import StrEnum

from helsevev.commons.shelf.rules import Field, ItemType, Kind
from helsevev.core.words import Refusal, gettext_noop

LONGEST = 8000


class Why(StrEnum):
    """Why an experience can't be offered."""

    MISSING = gettext_noop("Write something under “%(part)s”.")


# What it is led through, in this order, with what helps to write it.
PARTS: Mapping[str, tuple[str, str]] = {
    "goal": (gettext_noop("The goal"), gettext_noop("What did you want to change, and for whom?")),
    "done": (gettext_noop("What was done"), gettext_noop("Who did what, where, and for how long?")),
    "benefits": (
        gettext_noop("Benefits"),
        gettext_noop("What became better or worse, and how sure is it? Say how many it rests on."),
    ),
    "failed": (gettext_noop("What failed"), gettext_noop("What didn't work, and why? Others learn most from this.")),
    "advice": (gettext_noop("Advice to others"), gettext_noop("What would you do the same way, and what not?")),
    "costs": (
        gettext_noop("What it cost"),
        gettext_noop("Time and money on each side, and what others should reckon with."),
    ),
}
TITLE = gettext_noop("Title")

EXPERIENCE = ItemType(
    "experience",
    "network.piloting",
    gettext_noop("Project experience"),
    {
        **{name: Field(Kind.TEXT, label) for name, (label, _help) in PARTS.items()},
        "outcomes": Field(Kind.FACTS, gettext_noop("Measured"), required=False),
        "words": Field(Kind.FACTS, gettext_noop("Words the parties agreed"), required=False),
        "parties": Field(Kind.TEXTS, gettext_noop("Told by")),
        "language": Field(Kind.TEXT, gettext_noop("Language")),
        "consented": Field(Kind.DATE, gettext_noop("Consented by all")),
        "version": Field(Kind.WHOLE, gettext_noop("Version")),
    },
)


def refuse_offer(content: Mapping[str, object]) -> list[Refusal]:
    """Every part that is empty."""
    names = {"title": TITLE} | {name: label for name, (label, _help) in PARTS.items()}
    return [
        Refusal(Why.MISSING, {"part": label}) for name, label in names.items() if not str(content.get(name, "")).strip()
    ]
