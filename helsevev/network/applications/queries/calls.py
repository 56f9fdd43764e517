"""Calls as everyone sees them: the list, one call with its criteria, a round that is decided with its projects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Lineage
from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.applications.rules.rounds import STANDING_NAMES, Standing
from helsevev.network.applications.rules.rounds_content import TEXT_NAMES, CriterionKind, Text
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.cards import Card, cards
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.wording import in_language

# How the list is parted; rounds being prepared are nobody's business yet.
GROUPS = (Standing.OPEN, Standing.ANNOUNCED, Standing.CLOSED, Standing.DECIDED, Standing.CANCELLED)


@dataclass(frozen=True)
class CallLine:
    """A call in a list."""

    code: str
    name: str
    standing: str
    tag: Mapping[str, str]
    lead: str
    opens_at: datetime | None
    closes_at: datetime | None
    decides_at: datetime | None


def lines(now: datetime, language: str) -> list[tuple[str, list[CallLine]]]:
    """All calls, parted by where they stand."""
    found = [line(one, now, language) for one in asking.public()]
    parted = [(_(STANDING_NAMES[group]), [one for one in found if one.standing == group]) for group in GROUPS]
    return [(label, rows) for label, rows in parted if rows]


def line(round_: Round, now: datetime, language: str) -> CallLine:
    """One call in a list."""
    return CallLine(
        round_.code,
        showing.name(round_),
        round_.standing(now),
        showing.standing_tag(round_, now),
        in_language(language, dict(round_.texts.get(Text.ABOUT, {}))).text,
        round_.opens_at,
        round_.closes_at,
        round_.decides_at,
    )


def texts(round_: Round, language: str) -> list[dict[str, Any]]:
    """The call's texts, each with its heading; in another language where the reader's is missing, and marked so."""
    found = []
    for text in (Text.WHO, Text.WEIGHED, Text.GUIDANCE):
        words = in_language(language, dict(round_.texts.get(text, {})))
        if words.text:
            found.append(
                {
                    "name": text.value,
                    "title": _(TEXT_NAMES[text]),
                    "paragraphs": _paragraphs(words.text),
                    "lang": words.lang,
                }
            )
    return found


def _paragraphs(text: str) -> list[str]:
    return [part.strip() for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]


def criteria(round_: Round, language: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What must be met, and what is weighed with its levels; the highest level first."""
    met: list[dict[str, Any]] = []
    weighed: list[dict[str, Any]] = []
    for one in asking.criteria(round_):
        said = {
            "code": one.code,
            "name": in_language(language, dict(one.names)),
            "about": in_language(language, dict(one.about)),
            "weight": one.weight,
            "levels": [
                (level.score, in_language(language, dict(level.texts)))
                for level in sorted(one.levels, key=lambda level: -level.score)
            ],
        }
        (weighed if one.kind is CriterionKind.ASSESSED else met).append(said)
    return met, weighed


def offer(round_: Round, language: str) -> list[dict[str, Any]]:
    """What is on offer, as facts; an empty list of patient groups is all of them."""
    words = initiatives.taxonomy()
    groups = [words.label("patient_group", code, language) for code in round_.patient_groups]
    facts: list[dict[str, Any]] = [
        {"term": _("Kinds of support"), "many": [words.label("support", one, language) for one in round_.supports]},
        {"term": _("Themes of group guidance"), "many": asking.in_words(round_.themes, language)},
        {"term": _("Focus areas"), "many": asking.in_words(round_.focus_areas, language)},
        {"term": _("Patient groups"), "many": groups or [_("All")]},
        {"term": _("Hours of guidance in all"), "value": round_.hours},
    ]
    return [fact for fact in facts if fact.get("many") or fact.get("value")]


def left(until: datetime | None, now: datetime) -> str:
    """How long there is until a moment, in the two largest units."""
    seconds = int((until - now).total_seconds()) if until else 0
    if seconds <= 0:
        return ""
    days, hours, minutes = seconds // 86400, seconds // 3600 % 24, seconds // 60 % 60
    said = [
        ngettext("%(number)s day", "%(number)s days", days) % {"number": days} if days else "",
        ngettext("%(number)s hour", "%(number)s hours", hours) % {"number": hours} if hours else "",
        ngettext("%(number)s minute", "%(number)s minutes", minutes) % {"number": minutes} if not days else "",
    ]
    return ", ".join(text for text in said if text)


# --- A round that is decided -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Awards:
    """The projects of a round, and how many of them the links show as renewed. What a source states stands beside."""

    cards: Sequence[Card]
    renewed: frozenset[str]
    stated_new: int | None
    stated_renewed: int | None
    source: str

    @property
    def linked(self) -> int:
        """How many are renewed, as far as the links show."""
        return len(self.renewed)

    @property
    def others(self) -> int:
        """Those without such a link: new, or renewed without anybody having said so."""
        return len(self.cards) - len(self.renewed)

    @property
    def disagrees(self) -> bool:
        """Whether what is stated isn't what is counted."""
        stated = (self.stated_new, self.stated_renewed)
        return None not in stated and stated != (self.others, self.linked)


def awards(round_: Round, language: str) -> Awards:
    """The published projects that were awarded support in a round."""
    projects = Project.objects.filter(
        award_year=round_.year, award_round=round_.number, published=True, listing=Project.Listing.AWARDED
    ).order_by("initiative__title", "pk")
    continued = Lineage.objects.filter(child=OuterRef("initiative"), kind=Lineage.Kind.CONTINUES)
    renewed = projects.filter(Exists(continued)).values_list("initiative__key", flat=True)
    shown = cards(projects, Naming(language), timezone.localdate())
    return Awards(shown, frozenset(renewed), round_.stated_new, round_.stated_renewed, round_.stated_source)


def ends(now: datetime, round_: Round) -> tuple[datetime | None, str]:
    """What the call counts down to: its opening, or its deadline."""
    match round_.standing(now):
        case Standing.ANNOUNCED:
            return round_.opens_at, "opens"
        case Standing.OPEN:
            return round_.closes_at, "closes"
        case _:
            return None, ""


def grace(round_: Round) -> timedelta:
    """How long after the deadline an application is still taken."""
    return timedelta(minutes=round_.grace_minutes)
