"""Rows in words, and their pictures: the stakeholder map, the map of risks, and the plan in time."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import dateformat, timezone
from django.utils.dateparse import parse_date
from django.utils.dates import MONTHS_3
from django.utils.formats import get_format
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from helsevev.core.charts.grid import LEVELS, Grid, Spot, lay_grid
from helsevev.core.charts.inline import inline_svg
from helsevev.core.charts.marks import Drawing
from helsevev.core.charts.schedule import Schedule, Slot, lay_schedule
from helsevev.core.roadmap import PHASE_NAMES, Phase
from helsevev.network.workspace.models import PlanEntry, Risk, Row, Stakeholder
from helsevev.network.workspace.rules import guides
from helsevev.network.workspace.rules import rows as rules

WIDE, HALF, NARROW = 760.0, 560.0, 340.0
DASH = "\N{EN DASH}"


def day(value: date | None) -> str:
    """A day as the reader writes it."""
    return dateformat.format(value, get_format("SHORT_DATE_FORMAT")) if value else ""


def _level(value: object) -> str:
    number = int(str(value))
    return f"{number} {DASH} {_(rules.LEVELS[number])}"


def _day(value: object) -> str:
    return day(value if isinstance(value, date) else parse_date(str(value)))


def _local(kept: Mapping[str, Any]) -> str:
    """What is different in a guide, a line each."""
    lines = [
        *((guides.Sort.CHANGED, key, text) for key, text in kept.get("texts", {}).items()),
        *((guides.Sort.DROPPED, key, "") for key in kept.get("dropped", ())),
        *((guides.Sort.ADDED, one["under"], one["text"]) for one in kept.get("added", ())),
    ]
    found = [f"{_(guides.SORT_NAMES[sort])}: {key} {text}".strip() for sort, key, text in lines]
    done = [f"{_('Done')}: {key} {_day(on)}" for key, on in kept.get("done", {}).items()]
    return "\n".join([*found, *done])


_WORDED: Mapping[str, Callable[[Any], str]] = {
    **dict.fromkeys(("interest", "influence", "likelihood", "consequence"), _level),
    **dict.fromkeys(("review_on", "closed_on", "starts", "ends", "done_on"), _day),
    "attitude": lambda value: _(rules.ATTITUDES[value]),
    "kind": lambda value: _(rules.KINDS[value]),
    "phase": lambda value: _(PHASE_NAMES[Phase(value)]),
    "local": _local,
}


def worded(name: str, value: object) -> str:
    """A field as it is read, whether it comes from a row or from the history."""
    return "" if value is None or value == "" else _WORDED.get(name, str)(value)


def told(number: int, row: Row) -> dict[str, Any]:
    """A row as its table shows it."""
    found: dict[str, Any] = {"number": number, "row": row}
    match row:
        case Stakeholder():
            found["asks"] = _(rules.ENGAGEMENT_NAMES[rules.engagement(row.interest, row.influence)])
            found["attitude"] = _(rules.ATTITUDES[row.attitude])
        case Risk():
            severity = rules.severity(row.likelihood, row.consequence)
            found["severity"] = _(rules.SEVERITY_NAMES[severity])
            found["color"] = {"high": "danger", "middle": "warning", "low": "neutral"}[severity]
            found["is_due"] = bool(row.review_on and not row.closed_on and row.review_on <= timezone.localdate())
        case PlanEntry():
            found["kind"] = _(rules.KINDS[row.kind])
            found["phase"] = worded("phase", row.phase)
            found["is_late"] = bool(row.ends and not row.done_on and row.ends < timezone.localdate())
    return found


def figure(name: str, rows: Sequence[Any]) -> dict[str, object] | None:
    """The picture, as the component ui/figure.html takes it; None where there is nothing to draw."""
    if name == "stakeholders":
        return _picture(name, _("Interest and influence"), stakeholder_map(rows)) if rows else None
    if name == "risks":
        open_ = [(number, row) for number, row in enumerate(rows, start=1) if row.closed_on is None]
        return _picture(name, _("Likelihood and consequence"), risk_map(open_)) if open_ else None
    plan = schedule(rows)
    return _picture(name, plan.title, plan) if plan else None


def _picture(name: str, title: str, chart: Grid | Schedule) -> dict[str, object]:
    if isinstance(chart, Grid):
        wide, narrow = lay_grid(chart, HALF), lay_grid(chart, NARROW)
    else:
        wide, narrow = lay_schedule(chart, WIDE), lay_schedule(chart, NARROW)
    return {"id": f"picture-{name}", "title": title, "body": _inline(wide, narrow)}


def _inline(wide: Drawing, narrow: Drawing) -> SafeString:
    """Both sizes, of which the page shows one."""
    both = f'<div class="on-wide">{inline_svg(wide)}</div><div class="on-narrow">{inline_svg(narrow)}</div>'
    return mark_safe(both)  # noqa: S308 - drawn by ourselves, every word in it escaped


def stakeholder_map(rows: Sequence[Stakeholder]) -> Grid:
    """Who cares and who can."""
    spots = tuple(
        Spot(number, row.name, row.interest, row.influence, row.attitude == Stakeholder.Attitude.WORRIED)
        for number, row in enumerate(rows, start=1)
    )
    squares = [(across, up) for across in range(1, LEVELS + 1) for up in range(1, LEVELS + 1)]
    shades = {"close": 2, "satisfied": 1, "informed": 1, "watch": 0}
    worried = sum(spot.strong for spot in spots)
    note = ngettext("One is worried: the orange spot.", "%(count)s are worried: the orange spots.", worried)
    return Grid(
        name="stakeholders",
        title=_("Interest and influence"),
        heads=(_("Who"), _("Interest"), _("Influence")),
        note=note % {"count": worried} if worried else "",
        spots=spots,
        axes=(_("Interest"), _("Influence")),
        ends=(_("Low"), _("High")),
        ground={one: shades[rules.engagement(*one)] for one in squares},
        language=get_language() or "nb",
    )


def risk_map(rows: Sequence[tuple[int, Risk]]) -> Grid:
    """How likely and how bad."""
    spots = tuple(
        Spot(
            number,
            row.title,
            row.likelihood,
            row.consequence,
            rules.severity(row.likelihood, row.consequence) == "high",
        )
        for number, row in rows
    )
    squares = [(across, up) for across in range(1, LEVELS + 1) for up in range(1, LEVELS + 1)]
    shades = {"high": 2, "middle": 1, "low": 0}
    return Grid(
        name="risks",
        title=_("Likelihood and consequence"),
        heads=(_("Risk"), _("Likelihood"), _("Consequence")),
        note=_("The darker the square, the higher the risk."),
        spots=spots,
        axes=(_("Likelihood"), _("Consequence")),
        ends=(_("Low"), _("High")),
        ground={one: shades[rules.severity(*one)] for one in squares},
        language=get_language() or "nb",
    )


def schedule(rows: Sequence[PlanEntry]) -> Schedule | None:
    """The plan in time, of what has a date."""
    slots = tuple(_slot(row) for row in rows if row.starts or row.ends)
    if not slots:
        return None
    return Schedule(
        name="plan",
        title=_("The plan in time"),
        heads=(_("When"), _("What")),
        slots=slots,
        months=tuple(str(MONTHS_3[number]) for number in range(1, 13)),
        now=(timezone.localdate(), _("Today")),
        legend=(_("Done"), _("Not done")),
        language=get_language() or "nb",
    )


def _slot(row: PlanEntry) -> Slot:
    """One entry; a task with one date alone is drawn on that day."""
    first, last = row.starts or row.ends, row.ends or row.starts
    assert first is not None and last is not None  # noqa: PT018 - only what has a date is drawn
    milestone = row.kind == PlanEntry.Kind.MILESTONE
    when = day(last) if milestone or first == last else f"{day(first)} {DASH} {day(last)}"
    return Slot(row.title, when, last if milestone else first, last, milestone, row.done_on is not None)
