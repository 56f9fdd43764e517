"""The dashboard (oversikt): what the portfolio looks like in numbers, each chart with its message.

Everything is counted by the index, so the page costs the same for any number of projects; only a day that a reader
asks for is counted from the moves themselves.
"""

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TypedDict

from django.conf import settings
from django.utils.translation import gettext as _

from helsevev.commons.finding import queries as finding
from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative
from helsevev.core import charts
from helsevev.core.charts.wording import day as written_day
from helsevev.core.charts.wording import number
from helsevev.core.roadmap import PHASES
from helsevev.network.portfolio.queries import messages
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.naming import Naming

KIND = "project"
COUNTED = "awarded"
FACETS = ("listing", "region", "phase", "patient_group", "support", "year", "kind", "moved", "months_in")
MOST_YEARS = 40
REPORT_YEARS = ("2020", "2021", "2022")


@dataclass(frozen=True)
class Panel:
    """One subject: its message, its chart where there is something to draw, and where each table row leads."""

    name: str
    message: str
    note: str
    chart: charts.Drawable | None
    queries: tuple[str, ...] = ()
    slip: str = ""


@dataclass(frozen=True)
class Overview:
    """The counts behind all charts, for readers of one language. `on`: the day asked for, if any."""

    naming: Naming
    today: date
    on: date | None = None

    @property
    def language(self) -> str:
        """The reader's."""
        return self.naming.language

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many counted projects have each value of each facet."""
        found = finding.counts(KIND, "", {"listing": [COUNTED]}, names=FACETS)
        return {name: dict(values) for name, values in found.items()}

    @property
    def total(self) -> int:
        """How many projects are counted."""
        return self.listed(COUNTED)

    def listed(self, listing: str) -> int:
        """How many stand on a list."""
        return self.counts.get("listing", {}).get(listing, 0)

    def stated(self, facet: str) -> dict[str, int]:
        """The stated values of a facet and their counts."""
        return {value: count for value, count in self.counts.get(facet, {}).items() if value}

    def panel(self, name: str) -> Panel | None:
        """One subject; None where there is none of that name."""
        return PANELS[name](self) if name in PANELS else None

    def panels(self) -> list[Panel]:
        """Every subject, in the order of the page."""
        return [make(self) for make in PANELS.values()]

    def said(self, value: float) -> str:
        """A number in words for this reader."""
        return number(value, self.language)

    @property
    def source(self) -> str:
        """Where a picture that leaves the page comes from."""
        return _("Source: Helsevev, %(day)s") % {"day": written_day(self.today.isoformat(), self.language)}

    @property
    def counting(self) -> str:
        """Which projects are counted."""
        return _("Counts the %(total)s awarded projects.") % {"total": self.said(self.total)}


# --- One of a few values ---------------------------------------------------------------------------------------------
def _regions(overview: Overview) -> Panel:
    """Projects by health region."""
    note = _("A project in several regions is counted in each.")
    return _bars(overview, "regions", "region", _("Health region"), note)


def _patient_groups(overview: Overview) -> Panel:
    """Projects by patient group."""
    note = _("A project for several groups is counted in each.")
    return _bars(overview, "patient-groups", "patient_group", _("Patient group"), note)


def _support(overview: Overview) -> Panel:
    """Projects by kind of support."""
    return _bars(overview, "support", "support", _("Kind of support"), "", single=True)


def _bars(overview: Overview, name: str, facet: str, head: str, note: str, *, single: bool = False) -> Panel:
    """A bar for each value; with `single` a project has one at most, so those without can be counted."""
    counted = overview.stated(facet)
    labels = _labels(overview, facet, counted)
    codes = sorted(labels, key=lambda code: (-counted.get(code, 0), list(labels).index(code)))
    values = [(labels[code], counted.get(code, 0)) for code in codes]
    missing = overview.total - sum(counted.values()) if single else 0
    message = messages.leading(name, values, overview.total - missing, overview.language)
    rows = [*_rows(values), *_unstated(missing)]
    chart = charts.Bars(rows=tuple(rows), **_frame(overview, name, message, note, (head, _("Projects"))))
    return Panel(name, message, note, chart, _queries(facet, codes, missing))


def _queries(facet: str, codes: Iterable[str], missing: int) -> tuple[str, ...]:
    """Where each row leads: to those that have the value, the last to those that don't state any."""
    return tuple(Choices().toggled(facet, code).query for code in [*codes, *([""] if missing > 0 else [])])


def _labels(overview: Overview, facet: str, counted: Iterable[str]) -> dict[str, str]:
    """All values of a facet with their names, the taxonomy's first, those that nobody has included."""
    vocabulary = {"region": "health_region"}.get(facet, facet)
    words = overview.naming.taxonomy.terms(vocabulary)
    return overview.naming.values(facet, [*(word.code for word in words), *sorted(set(counted))])


def _rows(values: messages.Counted) -> list[charts.Row]:
    """Rows of a chart, those that lead marked."""
    top, _most = messages.leaders(values)
    return [charts.Row(label, count, strong=label in top) for label, count in values]


def _unstated(count: int) -> list[charts.Row]:
    """The row of those that don't state it, where there are some."""
    return [charts.Row(_("Not stated"), count, stated=False)] if count > 0 else []


class Frame(TypedDict):
    """What every chart of the page has, whatever its kind."""

    name: str
    title: str
    heads: tuple[str, ...]
    note: str
    source: str
    language: str


def _frame(overview: Overview, name: str, message: str, note: str, heads: tuple[str, ...]) -> Frame:
    """The frame of one chart; which projects are counted is said first."""
    return {
        "name": name,
        "title": message,
        "heads": heads,
        "note": " ".join(part for part in (overview.counting, note) if part),
        "source": overview.source,
        "language": overview.language,
    }


# --- Phases ----------------------------------------------------------------------------------------------------------
def _phases(overview: Overview) -> Panel:
    """Projects per phase, today or on the day asked for."""
    counted, total = _phase_counts(overview)
    values = [(overview.naming.term("phase", phase), counted.get(phase, 0)) for phase in PHASES]
    stated = sum(count for _label, count in values)
    subject, said = ("phases-then", _said_day(overview)) if overview.on else ("phases", "")
    message = messages.leading(subject, values, stated, overview.language, day=said)
    note = messages.rests_on(stated, total, overview.language)
    if overview.on and overview.on > overview.today:
        note = " ".join([note, _("That day lies ahead: plans are not counted, only what is stated so far.")])
    rows = (*_rows(values), *_unstated(total - stated))
    chart = charts.Bars(rows=rows, **_frame(overview, "phases", message, note, (_("Phase"), _("Projects"))))
    queries = () if overview.on else _queries("phase", PHASES, total - stated)
    return Panel("phases", message, note, chart, queries)


def _said_day(overview: Overview) -> str:
    """The day asked for, as it stands in a sentence."""
    return written_day((overview.on or overview.today).isoformat(), overview.language)


def _phase_counts(overview: Overview) -> tuple[Mapping[str, int], int]:
    """Counts by phase and of all: from the index for today, from the moves for any other day."""
    if overview.on is None:
        return overview.stated("phase"), overview.total
    among = Initiative.objects.filter(project__listing=COUNTED, project__published=True)
    found = initiatives.phases_on(overview.on, among)
    return {str(phase): count for phase, count in found.by_phase.items()}, found.of


def _moves(overview: Overview) -> Panel:
    """Movement between phases."""
    names = tuple(overview.naming.term("phase", phase) for phase in PHASES)
    moves = _stated_moves(overview)
    values = [(messages.move(names[move.start], names[move.end]), move.count) for move in moves]
    message = messages.leading("moves", values, sum(move.count for move in moves), overview.language)
    note = _("A move is counted where a source states both phases. A project can have moved several times.")
    frame = _frame(overview, "moves", message, note, (_("From"), _("To"), _("Projects")))
    if not moves:
        return Panel("moves", message, note, None)
    chart = charts.Flow(stages=names, moves=moves, sides=(_("From"), _("To")), **frame)
    pairs = (f"{PHASES[move.start]}>{PHASES[move.end]}" for move in moves)
    return Panel("moves", message, note, chart, tuple(Choices().toggled("moved", pair).query for pair in pairs))


def _stated_moves(overview: Overview) -> tuple[charts.Move, ...]:
    """How many went from which phase to which, in the order of the Roadmap."""
    order = {str(phase): place for place, phase in enumerate(PHASES)}
    found = []
    for value, count in overview.stated("moved").items():
        start, _sign, end = value.partition(">")
        if start in order and end in order and start != end:
            found.append(charts.Move(order[start], order[end], count))
    return tuple(sorted(found, key=lambda move: (move.start, move.end)))


def _time_in_phase(overview: Overview) -> Panel:
    """How many months projects stayed in each phase."""
    rows = [
        charts.Extent(overview.naming.term("phase", phase), measured.total(), charts.five(measured))
        for phase, measured in _months(overview).items()
    ]
    middles = [(row.label, row.lies[2]) for row in rows if row.lies]
    message = messages.time_in_phase(middles, sum(row.count for row in rows), overview.language)
    note = _("Measured where both the first and the last day in the phase are stated.")
    ends = (_("Shortest"), _("Lower quarter"), _("Middle"), _("Upper quarter"), _("Longest"))
    frame = _frame(overview, "time-in-phase", message, note, (_("Phase"), _("Projects"), *ends))
    if not middles:
        return Panel("time-in-phase", message, note, None)
    longest = max(months for _label, months in middles)
    marked = tuple(replace(row, strong=row.lies is not None and row.lies[2] == longest) for row in rows)
    chart = charts.Extents(rows=marked, unit=_("months"), none=_("Not stated"), **frame)
    return Panel("time-in-phase", message, note, chart)


def _months(overview: Overview) -> dict[str, Counter[float]]:
    """For each phase, how many projects stayed how many months."""
    measured: dict[str, Counter[float]] = {str(phase): Counter() for phase in PHASES}
    for value, count in overview.stated("months_in").items():
        phase, _colon, months = value.partition(":")
        if phase in measured and months.isdecimal():
            measured[phase][int(months)] += count
    return measured


# --- Years, new or spread --------------------------------------------------------------------------------------------
def _years(overview: Overview) -> Panel:
    """Projects by award year, years without any among them."""
    counted = {value: count for value, count in overview.stated("year").items() if value.isdecimal()}
    years = _span([int(value) for value in counted])
    values = [(str(year), counted.get(str(year), 0)) for year in years]
    missing = overview.total - sum(count for _year, count in values)
    message = messages.leading("years", values, overview.total - missing, overview.language)
    slip = slip_of("annual-report-2022", overview.language) if set(REPORT_YEARS) & counted.keys() else ""
    rows = (*_rows(values), *_unstated(missing))
    chart = charts.Columns(rows=rows, **_frame(overview, "years", message, slip, (_("Award year"), _("Projects"))))
    queries = _queries("year", [year for year, _count in values], missing)
    return Panel("years", message, "", chart, queries, slip)


def _span(years: Sequence[int]) -> range:
    """From the first year to the last, but no more than can be drawn."""
    return range(max(min(years), max(years) - MOST_YEARS + 1), max(years) + 1) if years else range(0)


def _new_or_spread(overview: Overview) -> Panel:
    """New innovation, or spread of another's."""
    counted = overview.stated("kind")
    labels = _labels(overview, "kind", counted)
    stated = sum(counted.values())
    message = messages.new_or_spread(counted.get("innovation", 0), counted.get("spread", 0), overview.language)
    rows = [charts.Row(label, counted.get(code, 0)) for code, label in labels.items()]
    rows += _unstated(overview.total - stated)
    note = messages.rests_on(stated, overview.total, overview.language)
    heads = (_("New or spread"), _("Projects"), _("Share"))
    chart = charts.Shares(rows=tuple(rows), **_frame(overview, "new-or-spread", message, note, heads))
    queries = _queries("kind", labels, overview.total - stated)
    return Panel("new-or-spread", message, note, chart, queries)


PANELS: Mapping[str, Callable[[Overview], Panel]] = {
    "regions": _regions,
    "phases": _phases,
    "patient-groups": _patient_groups,
    "years": _years,
    "support": _support,
    "new-or-spread": _new_or_spread,
    "moves": _moves,
    "time-in-phase": _time_in_phase,
}


# --- Slips of the sources --------------------------------------------------------------------------------------------
def slip_of(key: str, language: str) -> str:
    """What a source contradicts itself in, as data/source_notes.csv says it; kept visible, not smoothed over."""
    path = settings.REFERENCE_DIR / "source_notes.csv"
    return _slips(path, path.stat().st_mtime_ns).get(key, {}).get(language, "")


@lru_cache(maxsize=2)
def _slips(path: Path, _changed_at: int) -> dict[str, dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return {row["key"]: row for row in csv.DictReader(file)}
