"""A report as a paper: cover, foreword, chapters with charts and tables, and the appendix."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core import charts, papers
from helsevev.core.charts.wording import day, number
from helsevev.network.annual_report.panels.chapters import Chapter, Figure, chapters, headlines, shown
from helsevev.network.annual_report.queries import Report

WIDTH = 560.0
SHORT = 12


def pdf(report: Report, language: str) -> bytes:
    """The report as tagged PDF; the same bytes for the same report."""
    document = report.document
    cutoff = date.fromisoformat(document["cutoff"])
    made_at = datetime(cutoff.year, cutoff.month, cutoff.day, 12, tzinfo=UTC)
    with override(language):
        about = papers.About(language, made_at, "Helsevev", _)
        paper = papers.Report(
            title=_("Annual report %(year)s") % {"year": document["year"]},
            subtitle=_("What the network did, counted from its projects and beside what others have stated"),
            facts=_cover(report, language),
            chapters=_chapters(report, language),
        )
        return papers.report(paper, about)


def _cover(report: Report, language: str) -> list[tuple[str, str]]:
    edition = report.edition
    standing = _("Edition %(number)s") % {"number": edition.number} if edition else _("Draft that follows the data")
    return [
        (_("Counted up to and including"), day(report.document["cutoff"], language)),
        (_("Edition"), standing),
        (_("Digest"), report.document["digest"]),
    ]


def _chapters(report: Report, language: str) -> list[papers.Chapter]:
    document = report.document
    numbers = [(one["label"], number(shown(one) or 0, language)) for one in headlines(document)]
    opening = papers.Chapter(_("Foreword") if report.foreword else _("The year in numbers"), report.foreword, numbers)
    told = [_chapter(one, language) for one in chapters(document, language)]
    return [opening, *told, _meanings(document), _appendix(document)]


def _chapter(chapter: Chapter, language: str) -> papers.Chapter:
    pictures = [
        papers.Picture(one.title, charts.draw(one, width=WIDTH), _("A picture of the numbers in the table"), one.note)
        for one in chapter.drawn
    ]
    return papers.Chapter(chapter.title, pictures=pictures, tables=_tables(chapter, language))


def _tables(chapter: Chapter, language: str) -> list[papers.Table]:
    tables = []
    if chapter.figures:
        heads = [_("Figure"), _("Counted"), _("Stated"), _("Difference"), _("Note")]
        rows = [[one["label"], *_numbers(one, language), one["note"]] for one in chapter.figures]
        tables.append(papers.Table(_("The figures"), heads, rows, frozenset({1, 2, 3})))
    tables += [
        papers.Table(one.heads[0], ["", *one.heads[1:]], [[one.said(cell) for cell in row] for row in one.table()])
        for one in chapter.drawn
        if isinstance(one, charts.Likert)
    ]
    return tables


def _numbers(one: Figure, language: str) -> list[str]:
    values = (one["counted"], one["stated"], one["difference"])
    return ["–" if value is None else number(value, language) for value in values]


def _meanings(document: Mapping[str, Any]) -> papers.Chapter:
    """What each figure means, and where its rows are; a survey's answers are explained where they stand."""
    address = settings.SITE_URL + reverse("annual_report:report", args=[document["year"]])
    body = _("The rows behind each figure are at %(address)s. Its digest changes when the question or a row does.")
    told = [one for one in document["figures"] if not one["key"].startswith("survey.")]
    heads = [_("Figure"), _("Definition"), _("Digest")]
    rows = [[one["label"], one["definition"], one["query_digest"][:SHORT]] for one in told]
    return papers.Chapter(
        _("What the figures mean"), body % {"address": address}, tables=[papers.Table(_("Definitions"), heads, rows)]
    )


def _appendix(document: Mapping[str, Any]) -> papers.Chapter:
    entries = [
        papers.Entry(
            row["title"],
            [
                (label, ", ".join(value) if isinstance(value, list) else str(value))
                for label, value in (
                    (_("Owner"), row["owners"]),
                    (_("Partners"), row["partners"]),
                    (_("Region"), row["regions"]),
                    (_("Award year"), row["award_year"]),
                    (_("Phase"), row["phase"]),
                    (_("Patient group"), row["patient_groups"]),
                    (_("Status"), row["status"]),
                )
                if value
            ],
            row["result"],
        )
        for row in document["appendix"]
    ]
    return papers.Chapter(_("Appendix: every project and its result"), entries=entries)
