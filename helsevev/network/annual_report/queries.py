"""What a year's report is made from, and the report itself: live, or as it was published."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.initiatives.models import Initiative, Party, PhaseMove
from helsevev.core import annual, roadmap
from helsevev.core.roadmap import PHASE_NAMES, Move, Phase
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.annual_report.models import Edition, Foreword, StatedFigure
from helsevev.network.portfolio.models import LogEntry, Project
from helsevev.network.portfolio.queries.figures import source_title
from helsevev.network.portfolio.queries.naming import Naming

NOTHING_KNOWN = gettext_noop("Nothing is known of %(year)s. There are figures for %(years)s.")
NOTHING_AT_ALL = gettext_noop("Nothing is known of any year yet. Load a portfolio first: helsevev load portfolio FILE")
CHANNELS: Mapping[str, str] = {
    "search": gettext_noop("search engine"),
    "direct": gettext_noop("straight to the address"),
    "social": gettext_noop("social media"),
    "link": gettext_noop("link on another site"),
}
QUARTERS: Mapping[str, str] = {
    "Q1": gettext_noop("1st quarter"),
    "Q2": gettext_noop("2nd quarter"),
    "Q3": gettext_noop("3rd quarter"),
    "Q4": gettext_noop("4th quarter"),
}


@dataclass(frozen=True)
class Report:
    """A report as it is shown: its document, foreword, and the edition it was published as, if any."""

    document: annual.Document
    foreword: str
    edition: Edition | None = None


def last_day(year: int) -> date:
    """A year's report counts up to here unless another day is asked for."""
    return date(year, 12, 31)


def years() -> list[int]:
    """The years that there is something to report of, newest first."""
    known = set(StatedFigure.objects.values_list("year", flat=True).distinct())
    awards = _projects().aggregate(first=Min("award_year"), last=Max("award_year"))
    if awards["first"]:
        known |= set(range(awards["first"], awards["last"] + 1))
    return sorted(known, reverse=True)


def report(year: int, language: str, cutoff: date | None = None) -> Report:
    """The newest published edition, else what the data says now. Raises `Refused` where nothing is known."""
    edition = Edition.objects.filter(year=year).first()
    if edition and cutoff in (None, edition.cutoff):
        kept = json.loads(edition.documents)[language]
        return Report(kept["document"], kept["foreword"], edition)
    return Report(document(year, language, cutoff or last_day(year)), foreword(year, language))


def foreword(year: int, language: str) -> str:
    """The foreword in a language, else in the first that has one."""
    texts = dict(Foreword.objects.filter(year=year).values_list("language", "text"))
    return texts.get(language) or next((text for text in texts.values() if text), "")


def document(year: int, language: str, cutoff: date) -> annual.Document:
    """What the data says now."""
    facts = _facts(year, cutoff)
    if facts.is_empty:
        known = years()
        if not known:
            raise Refused(Refusal(NOTHING_AT_ALL))
        raise Refused(Refusal(NOTHING_KNOWN, {"year": year, "years": ", ".join(map(str, reversed(known)))}))
    with override(language):
        return annual.build(facts, _words(language))


def _facts(year: int, cutoff: date) -> annual.Facts:
    stated = {
        one.key: annual.Stated(one.key, one.value, one.label, one.source, one.approximate)
        for one in StatedFigure.objects.filter(year=year)
    }
    return annual.Facts(year, cutoff, tuple(_read(_projects().filter(award_year__lte=year), cutoff)), stated)


def _projects() -> Any:  # noqa: ANN401 - a QuerySet of Project
    return Project.objects.filter(listing=Project.Listing.AWARDED, published=True, award_year__isnull=False)


def _read(projects: Any, cutoff: date) -> Iterable[annual.Project]:  # noqa: ANN401 - see above
    """The projects as the cut-off saw them, in a number of statements that doesn't grow with them."""
    rows = list(projects.select_related("initiative").prefetch_related("initiative__terms"))
    keys = [row.initiative_id for row in rows]
    phases = _phases(keys, cutoff)
    spoken = _spoken_of(keys)
    parties: dict[int, dict[str, list[str]]] = {}
    for party in Party.objects.filter(initiative__in=keys):
        parties.setdefault(party.initiative_id, {}).setdefault(party.role, []).append(party.stated_name)
    for row in rows:
        one = row.initiative
        named = parties.get(one.pk, {})
        yield annual.Project(
            key=one.key,
            titles=one.titles,
            award_year=row.award_year,
            award_round=row.award_round,
            owners=tuple(named.get("owner", ())),
            partners=tuple(named.get("partner", ())),
            regions=_codes(one, "health_region"),
            patient_groups=_codes(one, "patient_group"),
            phase=phases.get(one.pk, ""),
            kind=one.kind,
            status=_status(one, cutoff),
            last_year=max(spoken.get(one.pk, 0), _year(one.status_as_of)),
            results={"nb": row.summary_nb, "nn": row.summary_nn, "en": row.summary_en},
        )


def _codes(one: Initiative, vocabulary: str) -> tuple[str, ...]:
    found = sorted((term for term in one.terms.all() if term.vocabulary == vocabulary), key=lambda term: term.position)
    return tuple(term.code for term in found)


def _year(written: str) -> int:
    return int(written[:4]) if written[:4].isdigit() else 0


def _status(one: Initiative, cutoff: date) -> str:
    """A status stated for a later year says nothing of this one, except that what ended later went on."""
    if one.status and _year(one.status_as_of) > cutoff.year:
        return str(Initiative.Status.ONGOING)
    return one.status


def _phases(keys: list[int], cutoff: date) -> dict[int, str]:
    moves: dict[int, list[Move]] = {}
    for row in PhaseMove.objects.filter(initiative__in=keys, withdrawn_at=None):
        move = Move(Phase(row.phase), row.on, row.until, planned=row.planned, as_of=row.as_of)
        moves.setdefault(row.initiative_id, []).append(move)
    return {key: str(phase) for key, found in moves.items() if (phase := roadmap.phase_on(found, cutoff))}


def _spoken_of(keys: list[int]) -> dict[int, int]:
    """The last year in which something is logged of each project, or it moved."""
    logged = LogEntry.objects.filter(project__in=keys).values_list("project").annotate(last=Max("first_day"))
    moved = PhaseMove.objects.filter(initiative__in=keys, withdrawn_at=None, planned=False)
    found: dict[int, int] = {}
    for key, last in [*logged, *moved.values_list("initiative").annotate(last=Max("first_day"))]:
        found[key] = max(found.get(key, 0), last.year)
    return found


def _words(language: str) -> annual.Words:
    naming = Naming(language)

    def name(family: str, code: str) -> str:
        if family == "projects.by_phase" and code in PHASE_NAMES:
            return _(PHASE_NAMES[Phase(code)])
        if family in VOCABULARIES:
            return naming.term(VOCABULARIES[family], code)
        return _(CHANNELS.get(code) or QUARTERS.get(code, code))

    return annual.Words(language, _, name, lambda source: source_title(source, language))


VOCABULARIES: Mapping[str, str] = {
    "projects.by_region": "health_region",
    "projects.by_patient_group": "patient_group",
    "kind": "kind",
    "status": "status",
}


def foreword_row(year: int, language: str) -> Foreword | None:
    """The foreword as it stands in one language."""
    return Foreword.objects.filter(year=year, language=language).first()


def published() -> list[int]:
    """The years with a published report."""
    return list(Edition.objects.values_list("year", flat=True).distinct())
