"""A plan in time (framdriftsplan): tasks as bars and milestones as points along months, with a line for today."""

from dataclasses import dataclass
from datetime import date, timedelta

from helsevev.core.charts.kinds import Cells, Chart
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Dot, Drawing, Mark, Rule, Words

_SIZE, _LEADING, _SMALL = 15.0, 19.0, 13.0
_NARROW_BELOW, _WORDS_ROOM, _HEAD, _THICK = 480.0, 0.4, 40.0, 16.0
_LEAST_DAYS = 28
# A line is drawn this often, in months, the closest that leaves its words room.
_STEPS = (1, 2, 3, 6, 12, 24, 60, 120)


@dataclass(frozen=True)
class Slot:
    """A task from one day to another, or a milestone on its last day."""

    label: str
    when: str
    first: date
    last: date
    milestone: bool = False
    done: bool = False

    def __post_init__(self) -> None:
        """Time goes forward."""
        if self.last < self.first:
            raise ValueError("a slot ends after it begins")


@dataclass(frozen=True, kw_only=True)
class Schedule(Chart):
    """The plan. `months` are the twelve short names; `now` is today and what it is called."""

    slots: tuple[Slot, ...]
    months: tuple[str, ...]
    now: tuple[date, str]
    legend: tuple[str, str]

    def __post_init__(self) -> None:
        """Something to draw, and months to name."""
        if not self.slots or len(self.months) != 12:
            raise ValueError("a plan needs something dated, and the names of the months")

    def table(self) -> Cells:
        """When and what."""
        return tuple((slot.when, slot.label) for slot in self.slots)


@dataclass(frozen=True)
class _Axis:
    """Where days lie on the sheet."""

    first: date
    last: date
    left: float
    right: float

    def at(self, day: date) -> float:
        """The place of a day's beginning."""
        return self.left + (day - self.first).days * (self.right - self.left) / (self.last - self.first).days


def lay_schedule(chart: Schedule, width: float) -> Drawing:
    """Words to the left and marks to the right; above each other on a narrow sheet."""
    narrow = width < _NARROW_BELOW
    axis = _axis(chart, 0 if narrow else width * _WORDS_ROOM + 20, width - 8)
    marks: list[Mark] = []
    top = _HEAD
    for slot in chart.slots:
        lines = wrap(slot.label, width if narrow else width * _WORDS_ROOM, _SIZE, strong=slot.milestone)
        words = len(lines) * _LEADING + 17
        tall = words + (_THICK + 12 if narrow else 10)
        marks.append(Rule(0, top, width, top, tone="faint"))
        marks.append(Words(0, top + 18, lines, _SIZE, strong=slot.milestone))
        marks.append(Words(0, top + 18 + len(lines) * _LEADING - 3, (slot.when,), _SMALL, tone="muted"))
        marks += _slot(slot, axis, top + words + _THICK / 2 + 2 if narrow else top + tall / 2)
        top += tall
    legend, foot = _legend(chart, top + 22)
    return Drawing(width, foot, (*_months(chart, axis, top), *_now(chart, axis, top), *marks, *legend))


def _axis(chart: Schedule, left: float, right: float) -> _Axis:
    """From the first of a month to the first of another, around all that is dated."""
    first = min(slot.first for slot in chart.slots).replace(day=1)
    last = _next(max(slot.last for slot in chart.slots))
    while (last - first).days < _LEAST_DAYS:
        last = _next(last)
    return _Axis(first, last, left, right)


def _next(day: date, months: int = 1) -> date:
    """The first of a month so many after this one's."""
    at = day.year * 12 + day.month - 1 + months
    return date(min(at // 12, 9999), at % 12 + 1, 1)


def _months(chart: Schedule, axis: _Axis, bottom: float) -> list[Mark]:
    """Lines between months, with their names as far as there is room; the year with January and the first."""
    every = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    room = max(measure(clean(f"{name} 0000"), _SMALL) for name in chart.months) + 8
    step = next((one for one in _STEPS if (axis.right - axis.left) / every * one >= room), _STEPS[-1])
    marks: list[Mark] = []
    day = axis.first
    while day < axis.last:
        x = axis.at(day)
        marks.append(Rule(x, 24, x, bottom, tone="faint"))
        label = f"{chart.months[day.month - 1]} {day.year}"
        if x + measure(clean(label), _SMALL) <= axis.right + 8:
            marks.append(Words(x + 3, 16, (label,), _SMALL, tone="muted"))
        day = _next(day, step)
        if day.year >= 9999:
            break
    return marks


def _now(chart: Schedule, axis: _Axis, bottom: float) -> list[Mark]:
    """A line through today, where today lies within the plan."""
    day, label = chart.now
    if not axis.first <= day < axis.last:
        return []
    x = axis.at(day)
    wide = measure(clean(label), _SMALL)
    at = max(axis.left, min(x - wide / 2, axis.right - wide))
    return [Rule(x, 34, x, bottom, "warm", 2, (4, 3)), Words(at, 33, (label,), _SMALL, tone="warm")]


def _slot(slot: Slot, axis: _Axis, middle: float) -> list[Mark]:
    """A bar or a point; filled when it is done."""
    if slot.milestone:
        return [Dot(axis.at(slot.last), middle, 17, "accent", "diamond", hollow=not slot.done)]
    x, x2 = axis.at(slot.first), axis.at(slot.last + timedelta(days=1))
    return [Box(x, middle - _THICK / 2, max(x2 - x, 5), _THICK, "accent", hollow=not slot.done)]


def _legend(chart: Schedule, top: float) -> tuple[list[Mark], float]:
    """What filled and hollow mean."""
    done, planned = chart.legend
    second = 30 + measure(clean(done), _SMALL) + 24
    marks: list[Mark] = [
        Box(0, top - 11, 20, 14, "accent"),
        Words(28, top, (done,), _SMALL, tone="muted"),
        Box(second, top - 11, 20, 14, "accent", hollow=True),
        Words(second + 28, top, (planned,), _SMALL, tone="muted"),
    ]
    return marks, top + 12
