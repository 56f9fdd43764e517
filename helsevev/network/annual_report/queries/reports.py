"""What a year's report is made from, and the report itself: live, or as it was published."""

import json
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Max, Min
from django.utils.translation import override

from helsevev.core import annual
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.annual_report.models import Edition, Foreword, StatedFigure
from helsevev.network.annual_report.queries import answers
from helsevev.network.annual_report.queries.naming import words
from helsevev.network.annual_report.queries.reading import as_seen
from helsevev.network.annual_report.queries.tallies import tallies
from helsevev.network.events.queries import meetings
from helsevev.network.portfolio.models import Project

NOTHING_KNOWN = gettext_noop("Nothing is known of %(year)s. There are figures for %(years)s.")
NOTHING_AT_ALL = gettext_noop("Nothing is known of any year yet. Load a portfolio first: helsevev load portfolio FILE")


@dataclass(frozen=True)
class Report:
    """A report as it is shown: its document, foreword, rows behind, and the edition it was published as, if any."""

    document: annual.Document
    foreword: str
    behind: annual.Rows = field(default_factory=dict)
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
        return Report(kept["document"], kept["foreword"], kept.get("behind", {}), edition)
    return made(year, language, cutoff or last_day(year))


def period(language: str) -> tuple[list[annual.Line], list[int]]:
    """Every figure over all years with a report, and these years, newest first."""
    documents = {year: report(year, language).document for year in years()}
    return annual.lines(documents), list(documents)


def foreword(year: int, language: str) -> str:
    """The foreword in a language, else in the first that has one."""
    texts = dict(Foreword.objects.filter(year=year).values_list("language", "text"))
    return texts.get(language) or next((text for text in texts.values() if text), "")


def document(year: int, language: str, cutoff: date) -> annual.Document:
    """The document as the data gives it now."""
    return made(year, language, cutoff).document


def made(year: int, language: str, cutoff: date) -> Report:
    """What the data says now."""
    with override(language):
        facts = _facts(year, cutoff)
        if not facts.is_empty:
            return Report(annual.build(facts, words(language)), foreword(year, language), annual.behind(facts))
    known = years()
    if not known:
        raise Refused(Refusal(NOTHING_AT_ALL))
    raise Refused(Refusal(NOTHING_KNOWN, {"year": year, "years": ", ".join(map(str, reversed(known)))}))


def _facts(year: int, cutoff: date) -> annual.Facts:
    stated = {
        one.key: annual.Stated(one.key, one.value, one.label, one.source, one.approximate)
        for one in StatedFigure.objects.filter(year=year)
    }
    read = as_seen(_projects().filter(award_year__lte=year), cutoff)
    return annual.Facts(
        year,
        cutoff,
        tuple(read),
        stated,
        meetings=meetings.held(cutoff),
        answered=tuple(answers.answered(year, cutoff)),
        tallies=tallies(year, cutoff),
    )


def _projects() -> Any:  # noqa: ANN401 - a QuerySet of Project
    return Project.objects.filter(listing=Project.Listing.AWARDED, published=True, award_year__isnull=False)


def foreword_row(year: int, language: str) -> Foreword | None:
    """The foreword as it stands in one language."""
    return Foreword.objects.filter(year=year, language=language).first()


def published() -> list[int]:
    """The years with a published report."""
    return list(Edition.objects.values_list("year", flat=True).distinct())
