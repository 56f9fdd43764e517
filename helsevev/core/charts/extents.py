"""Where measured things lie: a thin line from lowest to highest, a thick one over the middle half, a dot between."""

import math
from collections.abc import Mapping

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Extent, Extents
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Dot, Drawing, Mark, Rule, Tone, Words
from helsevev.core.charts.wording import number

_SIZE, _LEADING = 15.0, 19.0
_STEPS = (1, 2, 3, 6, 12, 24, 36, 60, 120)


def five(counted: Mapping[float, int]) -> tuple[float, float, float, float, float] | None:
    """Lowest, lower quarter, middle, upper quarter and highest of measured things, given how many have each measure.

    A quarter is read halfway between neighbours where it falls between two, as one does by hand.
    """
    ordered = sorted((measured, count) for measured, count in counted.items() if count > 0)
    total = sum(count for _, count in ordered)
    if not total:
        return None

    def at(place: int) -> float:
        passed = 0
        for measured, count in ordered:
            passed += count
            if place < passed:
                return measured
        return ordered[-1][0]

    def between(way: float) -> float:
        exact = way * (total - 1)
        return (at(math.floor(exact)) + at(math.ceil(exact))) / 2

    return at(0), between(0.25), between(0.5), between(0.75), at(total - 1)


def lay_extents(chart: Extents, width: float) -> Drawing:
    """A row each along one axis; a row with nothing measured says so."""
    narrow = width < NARROW_BELOW
    wanted = max((measure(clean(row.label), _SIZE) for row in chart.rows), default=0) + 2
    label_room = width if narrow else min(wanted, width * 0.36)
    left = 8.0 if narrow else label_room + 22
    highest = max((row.lies[4] for row in chart.rows if row.lies), default=0)
    step = next((step for step in _STEPS if highest / step <= (5 if narrow else 10)), 240)
    ends = max(math.ceil(highest / step), 1) * step
    scale = (width - left - 18 - max((measure(_counted(row, chart), 13) for row in chart.rows), default=0)) / ends
    rows: list[Mark] = []
    top = 0.0
    for row in chart.rows:
        lines = wrap(row.label, label_room - (0 if not narrow else 4), _SIZE, strong=row.strong)
        tall = len(lines) * _LEADING + 30 if narrow else max(42, len(lines) * _LEADING + 14)
        rows += _label(row, lines, (left, top, tall), narrow)
        rows += _extent(row, (left, top + tall - 16 if narrow else top + tall / 2, scale), chart)
        top += tall
    return Drawing(width, top + 54, (*_axis(chart, (left, top, scale), step, ends), *rows))


def _axis(chart: Extents, place: tuple[float, float, float], step: int, ends: int) -> list[Mark]:
    """Upright lines with their numbers, and the unit beneath."""
    left, bottom, scale = place
    marks: list[Mark] = []
    for tick in range(0, ends + 1, step):
        x = left + tick * scale
        marks.append(Rule(x, 0, x, bottom + 4, tone="faint"))
        marks.append(Words(x, bottom + 22, (number(tick, chart.language),), 13, "center", tone="muted"))
    marks.append(Words(left + ends * scale, bottom + 42, (chart.unit,), 13, "right", tone="muted"))
    return marks


def _label(row: Extent, lines: tuple[str, ...], place: tuple[float, float, float], narrow: bool) -> list[Mark]:
    """The row's name, beside or above."""
    left, top, tall = place
    tone: Tone = "ink" if row.lies else "muted"
    if narrow:
        return [Words(0, top + 14, lines, strong=row.strong, tone=tone)]
    first = top + tall / 2 - (len(lines) - 1) * _LEADING / 2 + 5
    return [Words(left - 22, first, lines, align="right", strong=row.strong, tone=tone)]


def _extent(row: Extent, place: tuple[float, float, float], chart: Extents) -> list[Mark]:
    """Line, box and dot; one measured thing is a dot alone."""
    left, middle, scale = place
    if row.lies is None:
        return [Words(left + 8, middle + 5, (chart.none,), 13, tone="muted")]
    low, lower, mid, upper, high = (left + at * scale for at in row.lies)
    tone: Tone = "accent" if row.strong else "soft"
    marks: list[Mark] = []
    if high > low:
        marks.append(Rule(low, middle, high, middle, tone=tone, thick=2))
        marks += [Rule(end, middle - 6, end, middle + 6, tone=tone, thick=2) for end in (low, high)]
    if upper > lower:
        marks.append(Box(lower, middle - 7, upper - lower, 14, tone))
    counted = Words(high + 14, middle + 5, (_counted(row, chart),), 13, tone="muted")
    return [*marks, Dot(mid, middle, 16, "paper"), Dot(mid, middle, 12, "ink"), counted]


def _counted(row: Extent, chart: Extents) -> str:
    """How many things a row rests on, as statistics write it."""
    return f"n = {number(row.count, chart.language)}"
