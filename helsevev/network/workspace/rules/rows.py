"""Rows that people change together: which fields they have, and what happens when two change one at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

Values = Mapping[str, object]


class Why(StrEnum):
    """Why a row can't be changed like this."""

    MET = gettext_noop("Somebody else has changed the same meanwhile. Both texts are shown: choose, and save anew.")
    GONE = gettext_noop("Somebody else has deleted this meanwhile. Restore it first.")
    CHANGED_SINCE = gettext_noop("It was changed again after this, so that this change can't be undone by itself.")
    STANDS = gettext_noop("This isn't deleted.")
    TAKEN = gettext_noop("Another one with the same name has come since.")


class Level(StrEnum):
    """From one to five (nivå), in words for whoever reads a map."""

    VERY_LOW = gettext_noop("Very low")
    LOW = gettext_noop("Low")
    MIDDLE = gettext_noop("Middle")
    HIGH = gettext_noop("High")
    VERY_HIGH = gettext_noop("Very high")


LEVELS: Mapping[int, str] = dict(enumerate(Level, start=1))
ATTITUDES: Mapping[str, str] = {
    "unknown": gettext_noop("Not known"),
    "supports": gettext_noop("Supports the project"),
    "waits": gettext_noop("Waits and sees"),
    "worried": gettext_noop("Worried"),
}
KINDS: Mapping[str, str] = {"task": gettext_noop("Task"), "milestone": gettext_noop("Milestone")}
VERB_NAMES: Mapping[str, str] = {
    "made": gettext_noop("Made"),
    "changed": gettext_noop("Changed"),
    "deleted": gettext_noop("Deleted"),
    "restored": gettext_noop("Restored"),
    "undone": gettext_noop("A change undone"),
}


@dataclass(frozen=True)
class Table:
    """A table of rows (radtabell): its fields with their labels, the first being what a row is called by."""

    name: str
    one: str
    fields: Mapping[str, str]

    @property
    def title(self) -> str:
        """The field that names a row."""
        return next(iter(self.fields))


STAKEHOLDERS = Table(
    "stakeholders",
    gettext_noop("Stakeholder"),
    {
        "name": gettext_noop("Who"),
        "interest": gettext_noop("Interest"),
        "influence": gettext_noop("Influence"),
        "attitude": gettext_noop("Attitude"),
        "involve": gettext_noop("How they are involved"),
    },
)
RISKS = Table(
    "risks",
    gettext_noop("Risk"),
    {
        "title": gettext_noop("What can go wrong"),
        "likelihood": gettext_noop("Likelihood"),
        "consequence": gettext_noop("Consequence"),
        "owner": gettext_noop("Owner"),
        "measure": gettext_noop("Measure"),
        "review_on": gettext_noop("Looked at again"),
        "closed_on": gettext_noop("Closed"),
    },
)
PLAN = Table(
    "plan",
    gettext_noop("Plan"),
    {
        "title": gettext_noop("What"),
        "kind": gettext_noop("Kind"),
        "phase": gettext_noop("Phase"),
        "owner": gettext_noop("Owner"),
        "starts": gettext_noop("From"),
        "ends": gettext_noop("To"),
        "done_on": gettext_noop("Done"),
    },
)
CONCEPTS = Table(
    "concepts",
    gettext_noop("Word"),
    {
        "name": gettext_noop("Word"),
        "also": gettext_noop("Also written"),
        "why": gettext_noop("Why it must be clear"),
    },
)
EXAMPLES = Table("examples", gettext_noop("Example"), {"text": gettext_noop("Example")})
GUIDE = Table("guide", gettext_noop("Guide"), {"local": gettext_noop("What is different here")})
TABLES: Mapping[str, Table] = {one.name: one for one in (STAKEHOLDERS, RISKS, PLAN, CONCEPTS, EXAMPLES, GUIDE)}


@dataclass(frozen=True)
class Merged:
    """What comes of a change by someone who had read an older version: what to write, and where two met."""

    values: Values
    met: tuple[str, ...]


def merged(base: Values, standing: Values, mine: Values) -> Merged:
    """Only what I have changed is mine. What others changed meanwhile stands, unless both changed the same."""
    changed = {name: value for name, value in mine.items() if value != base.get(name)}
    met = tuple(
        name for name, value in changed.items() if standing.get(name) != base.get(name) and standing.get(name) != value
    )
    return Merged({**standing, **changed}, met)


def differing(before: Values, after: Values) -> tuple[str, ...]:
    """The fields whose values differ, in the order of `after`."""
    return tuple(name for name in {**after, **before} if before.get(name) != after.get(name))


def refuse_undo(standing: Values, before: Values, after: Values) -> Refusal | None:
    """Why one change can't be taken back; None when nothing newer stands where it wrote."""
    in_the_way = [name for name in differing(before, after) if standing.get(name) != after.get(name)]
    return Refusal(Why.CHANGED_SINCE) if in_the_way else None


def severity(likelihood: int, consequence: int) -> str:
    """How much a risk asks for: "high", "middle" or "low", by the product of the two."""
    product = likelihood * consequence
    return "high" if product >= 15 else "middle" if product >= 6 else "low"


SEVERITY_NAMES: Mapping[str, str] = {
    "high": gettext_noop("High risk"),
    "middle": gettext_noop("Middle risk"),
    "low": gettext_noop("Low risk"),
}


def engagement(interest: int, influence: int) -> str:
    """What a place on the map asks for: the four corners of interest and influence."""
    if influence >= 4:
        return "close" if interest >= 4 else "satisfied"
    return "informed" if interest >= 4 else "watch"


ENGAGEMENT_NAMES: Mapping[str, str] = {
    "close": gettext_noop("Work closely with them"),
    "satisfied": gettext_noop("Keep them content"),
    "informed": gettext_noop("Keep them informed"),
    "watch": gettext_noop("Keep an eye on them"),
}
