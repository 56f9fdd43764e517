"""What a round holds besides its times: criteria with anchored levels, letters, texts in three languages. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from helsevev.core.words import gettext_noop

Texts = Mapping[str, str]
LANGUAGES = ("nb", "nn", "en")
FULL_WEIGHT = 100


class Support(StrEnum):
    """A kind of support on offer (støtteform)."""

    TAILORED = "tailored"
    GROUP = "group"


class CriterionKind(StrEnum):
    """What a criterion is for: to be let in at all, or to be weighed against others."""

    ELIGIBILITY = "eligibility"
    ASSESSED = "assessed"


class Check(StrEnum):
    """What the machine can tell of an eligibility criterion while one writes (maskinell sjekk)."""

    NONE = ""
    BOTH_LEVELS = "both_levels"
    FOCUS_AREA = "focus_area"


CHECK_NAMES: Mapping[Check, str] = {
    Check.NONE: gettext_noop("Judged by people alone"),
    Check.BOTH_LEVELS: gettext_noop("A municipality side and a hospital side have confirmed"),
    Check.FOCUS_AREA: gettext_noop("The application names a focus area of the call"),
}


class Outcome(StrEnum):
    """What an application can come to, and so which letter it gets (utfall)."""

    TAILORED = "tailored"
    GROUP = "group"
    NEXT_ROUND = "next_round"
    RESERVE = "reserve"
    DECLINED = "declined"


OUTCOME_NAMES: Mapping[Outcome, str] = {
    Outcome.TAILORED: gettext_noop("Tailored guidance"),
    Outcome.GROUP: gettext_noop("Group guidance"),
    Outcome.NEXT_ROUND: gettext_noop("Next round"),
    Outcome.RESERVE: gettext_noop("Reserve list"),
    Outcome.DECLINED: gettext_noop("Declined"),
}
# What a letter's text may name in braces, and what stands there when it is sent.
MERGE_FIELDS: Mapping[str, str] = {
    "title": gettext_noop("The application's title"),
    "number": gettext_noop("The application's number"),
    "organisation": gettext_noop("The organisation that owns the application"),
    "round": gettext_noop("The round, such as 2026, round 2"),
    "outcome": gettext_noop("What was decided"),
    "reasons": gettext_noop("The reasons, criterion by criterion"),
    "scores": gettext_noop("The scores, criterion by criterion"),
    "hours": gettext_noop("Hours of guidance granted"),
    "similar": gettext_noop("Earlier projects to talk to"),
    "contact": gettext_noop("Whom to ask, and how"),
}
MERGED = re.compile(r"\{([^{}\s]{1,40})\}")


@dataclass(frozen=True)
class Level:
    """One anchored level (forankret nivå): a score, and what an application at that score is like."""

    score: int
    texts: Texts


@dataclass(frozen=True)
class Criterion:
    """What applications are let in or weighed by (kriterium). `weight` is in percent; eligibility has none."""

    kind: CriterionKind
    code: str
    names: Texts
    about: Texts
    weight: int = 0
    levels: tuple[Level, ...] = ()
    check: Check = Check.NONE


@dataclass(frozen=True)
class Letter:
    """A letter's template (brevmal) for one outcome in one language."""

    outcome: Outcome
    language: str
    subject: str
    body: str

    @property
    def names(self) -> frozenset[str]:
        """The fields that it names."""
        return frozenset(MERGED.findall(f"{self.subject}\n{self.body}"))

    @property
    def unknown(self) -> list[str]:
        """Names in braces that nothing can be put in place of."""
        return sorted(self.names - set(MERGE_FIELDS))


class Text(StrEnum):
    """The call's texts (utlysningstekster)."""

    ABOUT = "about"
    WHO = "who"
    WEIGHED = "weighed"
    GUIDANCE = "guidance"


TEXT_NAMES: Mapping[Text, str] = {
    Text.ABOUT: gettext_noop("About the call"),
    Text.WHO: gettext_noop("Who can apply"),
    Text.WEIGHED: gettext_noop("What is weighed, and how"),
    Text.GUIDANCE: gettext_noop("What guidance means"),
}


@dataclass(frozen=True)
class Content:
    """All of it together, as the checks look at it and as the next round copies it."""

    supports: tuple[str, ...] = ()
    themes: tuple[Texts, ...] = ()
    focus_areas: tuple[Texts, ...] = ()
    patient_groups: tuple[str, ...] = ()
    texts: Mapping[str, Texts] = field(default_factory=dict)
    criteria: tuple[Criterion, ...] = ()
    letters: tuple[Letter, ...] = ()
    hours: int = 0
    has_form: bool = False
    assessors: int = 0


def lines(text: str, most: int = 40) -> list[Texts]:
    """Names in three languages, one a line: bokmål | nynorsk | English. Empty lines are left out."""
    found: list[Texts] = []
    for line in text.splitlines()[:most]:
        parts = [part.strip() for part in line.split("|")][: len(LANGUAGES)]
        if any(parts):
            found.append({language: part for language, part in zip(LANGUAGES, parts, strict=False) if part})
    return found


def as_lines(texts: Iterable[Texts]) -> str:
    """The reverse of `lines`."""
    return "\n".join(" | ".join(one.get(language, "") for language in LANGUAGES).rstrip(" |") for one in texts)
