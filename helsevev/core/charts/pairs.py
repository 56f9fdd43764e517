"""Two bars a row, one under the other, and what each is."""

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Pair, Pairs
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Drawing, Mark, Rule, Tone, Words
from helsevev.core.charts.wording import number

_SIZE, _LEADING, _SMALL = 15.0, 19.0, 13.0
_THICK, _LEGEND = 13.0, 34.0
_TONES: tuple[Tone, Tone] = ("accent", "warm")


def lay_pairs(chart: Pairs, width: float) -> Drawing:
    """Labels beside the bars, or above them where the sheet is narrow; the legend on top."""
    narrow = width < NARROW_BELOW
    amounts = [amount for row in chart.rows for amount in (row.first, row.second)]
    room = max((measure(number(amount, chart.language), _SMALL) for amount in amounts), default=0)
    wanted = max((measure(clean(row.label), _SIZE) for row in chart.rows), default=0) + 2
    label_room = width if narrow else min(wanted, width * 0.36)
    left = 1.0 if narrow else label_room + 14
    scale = (width - left - room - 14) / (max(amounts, default=0) or 1)
    marks = _legend(chart, left)
    top = _LEGEND
    for row in chart.rows:
        lines = wrap(row.label, label_room, _SIZE, strong=row.strong)
        above = len(lines) * _LEADING + 4 if narrow else 6
        marks += _label(row, lines, (left, top, above), narrow=narrow)
        marks += _bars(row, (left, top + above, scale), chart.language)
        top += above + max(2 * _THICK + 14, 0 if narrow else len(lines) * _LEADING)
    if not narrow:
        marks.insert(0, Rule(left, _LEGEND, left, top, tone="line"))
    return Drawing(width, top, tuple(marks))


def _legend(chart: Pairs, left: float) -> list[Mark]:
    """Which bar is which."""
    marks: list[Mark] = []
    for side, tone in zip(chart.sides, _TONES, strict=True):
        marks += [Box(left, 2, 13, 13, tone), Words(left + 20, 14, (side,), _SMALL, tone="muted")]
        left += 20 + measure(clean(side), _SMALL) + 24
    return marks


def _label(row: Pair, lines: tuple[str, ...], place: tuple[float, float, float], *, narrow: bool) -> list[Mark]:
    """The row's name."""
    left, top, above = place
    if narrow:
        return [Words(0, top + 14, lines, strong=row.strong)]
    first = top + above + _THICK + 5 - (len(lines) - 1) * _LEADING / 2
    return [Words(left - 14, first, lines, align="right", strong=row.strong)]


def _bars(row: Pair, place: tuple[float, float, float], language: str) -> list[Mark]:
    """Both bars, each with its number."""
    left, top, scale = place
    marks: list[Mark] = []
    for at, (amount, tone) in enumerate(zip((row.first, row.second), _TONES, strict=True)):
        y = top + at * (_THICK + 2)
        if amount:
            marks.append(Box(left, y, max(amount * scale, 1.5), _THICK, tone))
        marks.append(Words(left + amount * scale + 8, y + _THICK - 2, (number(amount, language),), _SMALL))
    return marks
