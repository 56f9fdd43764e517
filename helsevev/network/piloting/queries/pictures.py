"""A pilot's pace as a picture with its table, and as rows for files."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.core import charts
from helsevev.core.charts.wording import day as written
from helsevev.core.piloting.pacing import Pace
from helsevev.core.tables import Cell
from helsevev.network.piloting.queries import telling
from helsevev.network.piloting.queries.pilots import Story
from helsevev.network.piloting.rules.forecasting import Outlook


def week_name(monday: date) -> str:
    """The week as people call it."""
    year, week, _weekday = monday.isocalendar()
    return _("Week %(week)s, %(year)s") % {"week": week, "year": year}


def rows(pace: Pace) -> list[tuple[str, int, int, float, int]]:
    """A row for each week that is counted: its name, included, in all, planned by then, excluded."""
    return [
        (
            week_name(week.monday),
            week.included,
            so_far,
            round(pace.plan.due(week.until), 1),
            sum(week.excluded.values()),
        )
        for week, so_far in zip(pace.weeks, pace.running, strict=True)
    ]


def course(pace: Pace, found: Outlook | None, title: str, note: str) -> charts.Course:
    """How the pilot has gone, and where it may end under the plan's prior."""
    language = get_language() or "nb"
    plan = pace.plan
    counted = tuple(
        (float(min(max((week.until - plan.first).days, 0), plan.days)), float(so_far))
        for week, so_far in zip(pace.weeks, pace.running, strict=True)
    )
    ended = pace.until == plan.last and not pace.unreported
    coming: tuple[charts.Coming, ...] = ()
    if found and not ended:
        middle = min(max(round(found.plan.mean), found.plan.low), found.plan.high)
        coming = (charts.Coming(found.plan.low, middle, found.plan.high),)
    return charts.Course(
        name="pace",
        title=title,
        note=note,
        language=language,
        heads=(_("Week"), _("Included"), _("In all"), _("Planned by then"), _("Excluded")),
        rows=tuple(rows(pace)),
        days=plan.days,
        planned=float(plan.planned),
        least=float(plan.least),
        counted=counted,
        coming=coming,
        marks=tuple(_months(plan.first, plan.last, language)),
        said_plan=_("Planned"),
        said_least=_("Least"),
        said_coming=_("Forecast"),
        said_counted=_("Included"),
    )


def _months(first: date, last: date, language: str) -> Iterator[tuple[float, str]]:
    """The first day of each month, with its short name."""
    at = first.replace(day=1)
    while at <= last:
        if at >= first:
            yield float((at - first).days), written(f"{at.year}-{at.month:02}", language, short=True)
        at = (at + timedelta(days=32)).replace(day=1)


def chance(value: float) -> str:
    """A probability as so many in a hundred; never 0 for what can still happen, never 100 for what can fail."""
    if 0 < value < 0.01:
        return _("less than 1 in 100")
    if 0.99 < value < 1:
        return _("more than 99 in 100")
    return _("%(number)s in 100") % {"number": telling.number(100 * value)}


def forecast(mean: float, low: int, high: int) -> str:
    """What is expected, with its interval."""
    return f"{telling.number(mean)} ({low}–{high})"


def file_rows(story: Story) -> Iterator[tuple[Cell, ...]]:
    """Every row that was ever kept, the corrected ones too; the last column says which counts now."""
    newest = {row.monday: row.pk for row in story.rows}
    names = story.reason_names
    for row in sorted(story.rows, key=lambda one: (one.monday, one.pk)):
        by_reason = "; ".join(f"{_(names.get(name, name))}: {count}" for name, count in row.excluded.items())
        yield (
            week_name(row.monday),
            row.monday,
            row.until,
            row.included,
            sum(row.excluded.values()),
            by_reason,
            row.why,
            row.at.date(),
            _("Yes") if newest[row.monday] == row.pk else _("No"),
        )


def header() -> list[str]:
    """The columns of the files."""
    return [
        _("Week"),
        _("Monday"),
        _("Last day counted"),
        _("Included"),
        _("Excluded"),
        _("Excluded, by reason"),
        _("Why the numbers change"),
        _("Written down"),
        _("Counts now"),
    ]
