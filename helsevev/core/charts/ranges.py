"""Bars to both sides of a line: what makes a total smaller or larger, or what changes for each."""

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Range, Ranges
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Drawing, Mark, Rule, Words
from helsevev.core.charts.wording import number

_SIZE, _LEADING, _SMALL = 15.0, 19.0, 13.0
_THICK = 20.0


def lay_ranges(chart: Ranges, width: float) -> Drawing:
    """A row each around one upright line, with the numbers at the ends."""
    narrow = width < NARROW_BELOW
    wanted = max((measure(clean(row.label), _SIZE) for row in chart.rows), default=0) + 2
    label_room = width if narrow else min(wanted, width * 0.34)
    numbers = [number(end, chart.language) for row in chart.rows for end in (row.low, row.high)]
    room = max((measure(text, _SMALL) for text in numbers), default=0) + 10
    left = (0.0 if narrow else label_room + 14) + room
    low = min((row.low for row in chart.rows), default=chart.middle)
    high = max((row.high for row in chart.rows), default=chart.middle)
    low, high = min(low, chart.middle), max(high, chart.middle)
    scale = (width - left - room) / ((high - low) or 1)
    middle = left + (chart.middle - low) * scale
    marks: list[Mark] = []
    top = 0.0
    for row in chart.rows:
        lines = wrap(row.label, label_room, _SIZE, strong=row.strong)
        above = len(lines) * _LEADING + 4 if narrow else 0
        tall = max(_THICK + 12, 0 if narrow else len(lines) * _LEADING + 8)
        marks += _label(row, lines, (left - room - 14, top, tall), narrow=narrow)
        marks += _bar(row, (left - low * scale, top + above + tall / 2, scale), chart)
        if narrow:  # the line stands beside the bars, and never through a name
            marks.insert(0, Rule(middle, top + above, middle, top + above + tall, "ink", 1.5))
        top += above + tall
    line = () if narrow else (Rule(middle, 0, middle, top, "ink", 1.5),)
    return Drawing(width, top + 2, (*line, *marks))


def _label(row: Range, lines: tuple[str, ...], place: tuple[float, float, float], *, narrow: bool) -> list[Mark]:
    """The row's name."""
    right, top, tall = place
    if narrow:
        return [Words(0, top + 14, lines, strong=row.strong)]
    first = top + tall / 2 - (len(lines) - 1) * _LEADING / 2 + 5
    return [Words(right, first, lines, align="right", strong=row.strong)]


def _bar(row: Range, place: tuple[float, float, float], chart: Ranges) -> list[Mark]:
    """From low to high: what is below the line in one tone, above it in the other."""
    zero, middle, scale = place
    cut = min(max(chart.middle, row.low), row.high)
    marks: list[Mark] = []
    for low, high, tone in ((row.low, cut, "soft"), (cut, row.high, "accent")):
        if high > low:
            marks.append(
                Box(zero + low * scale, middle - _THICK / 2, (high - low) * scale, _THICK, tone)  # type: ignore[arg-type]
            )
    if row.low < chart.middle or chart.ends:
        said = (number(row.low, chart.language),)
        marks.append(Words(zero + row.low * scale - 6, middle + 5, said, _SMALL, "right", tone="muted"))
    if row.high > chart.middle or chart.ends or row.low == row.high:
        said = (number(row.high, chart.language),)
        marks.append(Words(zero + row.high * scale + 6, middle + 5, said, _SMALL, tone="muted"))
    return marks
