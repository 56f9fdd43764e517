"""Conflicts of interest (habilitet): the ties someone has to an application, which block unless lifted. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

# Bodies so wide that two below them aren't tied by that: everybody belongs to a region.
WIDE = frozenset({"regional_health_authority", "health_community", "national_body"})


class Tie(StrEnum):
    """How someone is tied to an application."""

    PERSON = "person"
    ORGANISATION = "organisation"
    FAMILY = "family"
    DECLARED = "declared"


TIE_NAMES: Mapping[Tie, str] = {
    Tie.PERSON: gettext_noop("has written the application or confirmed it"),
    Tie.ORGANISATION: gettext_noop("belongs to %(organisation)s, which takes part"),
    Tie.FAMILY: gettext_noop("belongs to %(own)s, which is under one roof with %(organisation)s"),
    Tie.DECLARED: gettext_noop("has declared a conflict of interest"),
}


class Why(StrEnum):
    """Why something can't happen with a conflict."""

    NEEDS_REASON = gettext_noop("Say why.")
    OWN = gettext_noop("Nobody can lift a conflict of their own.")
    DECLARED = gettext_noop("A conflict that a person has declared can only be taken back by that person.")
    NOTHING_TO_LIFT = gettext_noop("There is no conflict to lift.")


@dataclass(frozen=True)
class Ties:
    """What ties a person down: who they are, and the organisations they belong to."""

    person: str
    organisations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Subject:
    """What an application is tied to: everyone who wrote or confirmed it, and the organisations behind it."""

    people: frozenset[str] = frozenset()
    organisations: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Register:
    """Which organisation belongs to which, and what kind each is."""

    parents: Mapping[str, str]
    kinds: Mapping[str, str]

    def line(self, key: str) -> tuple[str, ...]:
        """An organisation and those above it."""
        found = [key]
        while (above := self.parents.get(found[-1])) and above not in found:
            found.append(above)
        return tuple(found)

    def related(self, one: str, other: str) -> bool:
        """Whether one is above the other, or both lie under one roof that isn't a whole region."""
        first, second = self.line(one), self.line(other)
        if one in second or other in first:
            return True
        return any(self.kinds.get(roof) not in WIDE for roof in set(first) & set(second))


@dataclass(frozen=True)
class Match:
    """One tie that was found (treff), with the two organisations where there are some."""

    tie: Tie
    organisation: str = ""
    own: str = ""


def find(ties: Ties, subject: Subject, register: Register) -> tuple[Match, ...]:
    """Every tie between a person and an application, the closest first."""
    found = [Match(Tie.PERSON)] if ties.person in subject.people else []
    found += [Match(Tie.ORGANISATION, key, key) for key in sorted(ties.organisations & subject.organisations)]
    found += [
        Match(Tie.FAMILY, other, own)
        for own in sorted(ties.organisations)
        for other in sorted(subject.organisations - {own})
        if register.related(own, other)
    ]
    return tuple(found)


def is_closed(matches: Iterable[Match], *, declared: bool, lifted: bool) -> bool:
    """Whether the application is closed to the person. What a person declares nobody else can lift."""
    return declared or (any(True for _match in matches) and not lifted)


def refuse_lift(reason: str, *, own: bool, declared: bool, matched: bool) -> Refusal | None:
    """Why a conflict can't be lifted."""
    if own:
        return Refusal(Why.OWN)
    if declared:
        return Refusal(Why.DECLARED)
    if not matched:
        return Refusal(Why.NOTHING_TO_LIFT)
    return None if reason.strip() else Refusal(Why.NEEDS_REASON)
