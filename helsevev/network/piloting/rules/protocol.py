"""A pilot protocol (pilotprotokoll): its parts, what is missing before it can be signed, and its plan."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from helsevev.core.piloting.pacing import Plan
from helsevev.core.words import Refusal, gettext_noop

Content = Mapping[str, Any]


class Sort(StrEnum):
    """Whether a criterion lets someone in or keeps someone out."""

    INCLUSION = "inclusion"
    EXCLUSION = "exclusion"


SORT_NAMES: Mapping[Sort, str] = {
    Sort.INCLUSION: gettext_noop("Inclusion"),
    Sort.EXCLUSION: gettext_noop("Exclusion"),
}


class Act(StrEnum):
    """What a rule leads to."""

    ADJUST = "adjust"
    STOP = "stop"


ACT_NAMES: Mapping[Act, str] = {Act.ADJUST: gettext_noop("Adjust when"), Act.STOP: gettext_noop("Stop when")}


class Why(StrEnum):
    """What a protocol lacks."""

    MISSING = gettext_noop("Write something under “%(part)s”.")
    CRITERION = gettext_noop("Write at least one inclusion criterion.")
    TERM = gettext_noop("Tie the criterion “%(text)s” to a word that all parties have signed.")
    TERM_OLD = gettext_noop("The word “%(name)s” has another text now, or isn't signed by all. Choose it anew.")
    NUMBERS = gettext_noop("Say how many are planned, and the least number that can answer the question.")
    LEAST_ABOVE = gettext_noop("The least number can't be above the planned one.")
    PERIOD = gettext_noop("Say when the pilot begins and ends; it lasts at least a week.")
    MEASURE = gettext_noop("Name at least one measure.")
    INDICATOR = gettext_noop("Say what is counted or measured for “%(name)s”.")
    RESOURCES = gettext_noop("Say what %(name)s puts in.")
    ADJUST = gettext_noop("Write a rule for when to adjust.")
    STOP = gettext_noop("Write a rule for when to stop.")
    REVIEW = gettext_noop("Name at least one review date.")
    REVIEW_OUTSIDE = gettext_noop("The review on %(day)s lies outside the pilot.")
    DECIDER = gettext_noop("Name at least one who decides at reviews.")
    AMEND_FROM = gettext_noop("Say from which day the amendment counts.")
    AMEND_WHY = gettext_noop("Say why the protocol is amended.")
    AMEND_OUTSIDE = gettext_noop("An amendment counts from a day within the pilot.")


TEXTS: Mapping[str, tuple[str, str]] = {
    "question": (
        gettext_noop("The question to be answered"),
        gettext_noop("One question that the pilot can answer with the numbers below."),
    ),
    "population": (
        gettext_noop("Population"),
        gettext_noop("Whom the service is meant for, where, and how many there are."),
    ),
    "reasoning": (
        gettext_noop("Why so many"),
        gettext_noop("What the least number can show, and where the planned one comes from."),
    ),
}


@dataclass(frozen=True)
class Term:
    """An agreed word as a protocol refers to it: stable key, name, version, text and digest."""

    concept: str
    name: str
    number: int
    text: str
    digest: str

    def as_dict(self) -> dict[str, object]:
        """As the protocol keeps it."""
        return {
            "concept": self.concept,
            "name": self.name,
            "number": self.number,
            "text": self.text,
            "digest": self.digest,
        }


def rows(content: Content, name: str) -> list[dict[str, Any]]:
    """A list of the protocol's."""
    found = content.get(name)
    return [dict(row) for row in found if isinstance(row, Mapping)] if isinstance(found, list) else []


def day(value: object) -> date | None:
    """A date as the protocol keeps it."""
    try:
        return date.fromisoformat(str(value)) if value else None
    except ValueError:
        return None


def plan(content: Content) -> Plan | None:
    """Its time and numbers; None while they can't be a plan."""
    first, last = day(content.get("first")), day(content.get("last"))
    planned, least = content.get("planned"), content.get("least")
    if first is None or last is None or not isinstance(planned, int) or not isinstance(least, int):
        return None
    if not (last - first).days >= 7 or not 0 < least <= planned:
        return None
    return Plan(first, last, planned, least)


def reviews(content: Content) -> tuple[date, ...]:
    """The days on which it is looked at."""
    return tuple(sorted({on for row in rows(content, "reviews") if (on := day(row.get("on")))}))


def deciders(content: Content) -> tuple[str, ...]:
    """Keys of the accounts that decide at reviews."""
    return tuple(str(row["key"]) for row in rows(content, "deciders") if row.get("key"))


def refuse_offer(content: Content, current: Mapping[str, Term], *, amends: bool) -> list[Refusal]:
    """Everything that is missing; `current` are the words that all have signed now, by their concept's key."""
    found = [
        Refusal(Why.MISSING, {"part": label})
        for name, (label, _help) in TEXTS.items()
        if not str(content.get(name, "")).strip()
    ]
    found += _criteria(rows(content, "criteria"), current)
    found += _numbers(content)
    found += _measures(rows(content, "measures"))
    given = {str(row.get("party")) for row in rows(content, "resources") if str(row.get("what", "")).strip()}
    found += [
        Refusal(Why.RESOURCES, {"name": one["name"]}) for one in rows(content, "parties") if one["key"] not in given
    ]
    acts = {str(row.get("sort")) for row in rows(content, "rules") if str(row.get("when", "")).strip()}
    found += [Refusal(why) for act, why in ((Act.ADJUST, Why.ADJUST), (Act.STOP, Why.STOP)) if act not in acts]
    found += _reviews(content)
    if not deciders(content):
        found.append(Refusal(Why.DECIDER))
    return found + (_amendment(content) if amends else [])


def _criteria(criteria: Sequence[Content], current: Mapping[str, Term]) -> list[Refusal]:
    found = [] if any(row.get("sort") == Sort.INCLUSION for row in criteria) else [Refusal(Why.CRITERION)]
    for row in criteria:
        term = row.get("term")
        if not isinstance(term, Mapping):
            found.append(Refusal(Why.TERM, {"text": row.get("text", "")}))
            continue
        now = current.get(str(term.get("concept")))
        if now is None or now.digest != term.get("digest"):
            found.append(Refusal(Why.TERM_OLD, {"name": term.get("name", "")}))
    return found


def _numbers(content: Content) -> list[Refusal]:
    planned, least = content.get("planned"), content.get("least")
    found = []
    if not (isinstance(planned, int) and isinstance(least, int) and planned > 0 and least > 0):
        found.append(Refusal(Why.NUMBERS))
    elif least > planned:
        found.append(Refusal(Why.LEAST_ABOVE))
    first, last = day(content.get("first")), day(content.get("last"))
    if first is None or last is None or (last - first).days < 7:
        found.append(Refusal(Why.PERIOD))
    return found


def _measures(measures: Sequence[Content]) -> list[Refusal]:
    if not measures:
        return [Refusal(Why.MEASURE)]
    return [
        Refusal(Why.INDICATOR, {"name": row.get("name", "")})
        for row in measures
        if not str(row.get("indicator", "")).strip()
    ]


def _reviews(content: Content) -> list[Refusal]:
    days = reviews(content)
    if not days:
        return [Refusal(Why.REVIEW)]
    first, last = day(content.get("first")), day(content.get("last"))
    if first is None or last is None:
        return []
    return [Refusal(Why.REVIEW_OUTSIDE, {"day": one}) for one in days if not first < one <= last]


def _amendment(content: Content) -> list[Refusal]:
    start = day(content.get("counts_from"))
    found = [] if start else [Refusal(Why.AMEND_FROM)]
    if not str(content.get("why", "")).strip():
        found.append(Refusal(Why.AMEND_WHY))
    first, last = day(content.get("first")), day(content.get("last"))
    if start and first and last and not first <= start <= last:
        found.append(Refusal(Why.AMEND_OUTSIDE))
    return found
