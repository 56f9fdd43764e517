"""The same questions in every year that they were asked, and what the annual report is told of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from helsevev.core.surveys.asking import Question
from helsevev.core.surveys.tallying import Spread
from helsevev.core.surveys.years import Asked, Run, runs
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.queries.counting import Counted, counted
from helsevev.network.surveys.queries.surveys import published
from helsevev.network.surveys.rules.states import Kind


@dataclass(frozen=True)
class Through:
    """One question through the years: its unbroken stretches, oldest first."""

    question: Question
    runs: tuple[Run, ...]


def series(survey: Survey) -> list[Survey]:
    """Every published survey that asks the same form of the same people, oldest first."""
    same = published().filter(version__form=survey.version.form_id, initiative=survey.initiative_id, meeting=None)
    if survey.meeting_id:
        return [survey]
    return sorted(same, key=lambda one: (one.year, one.key))


def through_years(survey: Survey) -> list[Through]:
    """Each question that more than one survey of the series asked; the newest wording first in line."""
    asked: dict[str, list[Asked]] = {}
    for one in series(survey):
        found = counted(one)
        for question in found.questions if found else ():
            told = found.results.get(question.key) if found else None
            if told is not None:
                asked.setdefault(question.key, []).append(Asked(one.year, one.key, question, told.total))
    return [Through(rows[-1].question, runs(rows)) for rows in asked.values() if len({one.survey for one in rows}) > 1]


@dataclass(frozen=True)
class Answered:
    """What the annual report is told of one question: who was asked what, and how the answers fall."""

    survey: str
    question: Question
    spread: Spread
    invited: int | None
    completed: int


def of_year(year: int, cutoff: date) -> Iterator[Answered]:
    """The published satisfaction surveys of a year that had closed by a day; each question once, the newest of it."""
    found: dict[str, Answered] = {}
    rows = published().filter(kind=Kind.SATISFACTION, year=year, closed_at__date__lte=cutoff).order_by("closed_at")
    for survey in rows:
        told: Counted | None = counted(survey)
        if told is None:
            continue
        for question in told.questions:
            spread = told.results[question.key].total
            known = all(count is not None for count in spread.counts)
            if not spread.is_hidden and known and question.key not in survey.groupings:
                rates = told.rates
                found[question.key] = Answered(survey.key, question, spread, rates.invited, rates.completed)
    yield from found.values()
