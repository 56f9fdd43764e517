"""Bars that lie, columns that stand, and one bar in parts."""

from helsevev.core.charts.kinds import Bars, Columns, Row, Shares
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Drawing, Mark, Rule, Tone, Words
from helsevev.core.charts.wording import number, share

NARROW_BELOW = 480.0  # from here a label stands above its bar and not beside it
_SIZE = 15.0
_LEADING = 19.0
_APART = 92.0  # room of a column that counts what isn't stated
_LEAST = 1.5  # something counted is always seen


def tone_of(row: Row) -> Tone:
    """Strong where the title speaks of it; what isn't stated is drawn hollow in the words' own grey."""
    if not row.stated:
        return "muted"
    return "accent" if row.strong else "soft"


def lay_bars(chart: Bars, width: float) -> Drawing:
    """Labels beside the bars, or above them where the sheet is narrow."""
    value_room = max((measure(number(row.value, chart.language), _SIZE, strong=True) for row in chart.rows), default=0)
    narrow = width < NARROW_BELOW
    wanted = max((measure(clean(row.label), _SIZE) for row in chart.rows), default=0) + 2
    label_room = width if narrow else min(wanted, width * 0.36)
    left = 1.0 if narrow else label_room + 14
    longest = max((row.value for row in chart.rows), default=0) or 1
    scale = (width - left - value_room - 12) / longest
    marks: list[Mark] = []
    top = 0.0
    for row in chart.rows:
        lines = wrap(row.label, label_room, _SIZE, strong=row.strong)
        marks += _row(row, lines, (left, top, scale), narrow, chart.language)
        top += _row_height(len(lines), narrow)
    if not narrow:
        marks.insert(0, Rule(left, 0, left, top, tone="line"))
    return Drawing(width, top, tuple(marks))


def _row_height(lines: int, narrow: bool) -> float:
    """How much room a row takes, its air included."""
    return lines * _LEADING + 34 if narrow else max(38, lines * _LEADING + 14)


def _row(
    row: Row, lines: tuple[str, ...], place: tuple[float, float, float], narrow: bool, language: str
) -> list[Mark]:
    """One label, bar and number; `place` is the bars' left edge, the row's top and pixels for one."""
    left, top, scale = place
    tone: Tone = "ink" if row.stated else "muted"
    thick = 16.0 if narrow else 22.0
    if narrow:
        label = Words(0, top + 13, lines, strong=row.strong, tone=tone)
        bar_top = top + len(lines) * _LEADING + 3
    else:
        middle = top + _row_height(len(lines), narrow) / 2
        first = middle - (len(lines) - 1) * _LEADING / 2 + 5
        label = Words(left - 14, first, lines, align="right", strong=row.strong, tone=tone)
        bar_top = middle - thick / 2
    length = max(row.value * scale, _LEAST) if row.value else 0
    said = Words(left + length + 8, bar_top + thick / 2 + 5, (number(row.value, language),), strong=True, tone=tone)
    bar = [Box(left, bar_top, length, thick, tone_of(row), hollow=not row.stated)] if row.value else []
    return [label, *bar, said]


def lay_columns(chart: Columns, width: float) -> Drawing:
    """Columns on a line, each with its number on top; labels thin out and numbers go where they would touch."""
    stated = [row for row in chart.rows if row.stated]
    apart = [row for row in chart.rows if not row.stated]
    step = min((width - _APART * len(apart)) / max(len(stated), 1), 96)
    tallest = max((row.value for row in chart.rows), default=0) or 1
    ground, scale = 212.0, 180 / tallest
    size = 15.0 if step >= 46 else 13.0
    widest = max((measure(row.label, size) for row in stated), default=0)
    edge = step * len(stated)
    marks: list[Mark] = [Rule(0, ground, edge + _APART * len(apart), ground, tone="muted")]
    crowded = any(measure(number(row.value, chart.language), _SIZE, strong=True) > step - 2 for row in stated)
    years: list[Words] = []
    for place, row in enumerate(stated):
        drawn = _column(row, (step * place, step, ground), row.value * scale, chart.language, width)
        marks += drawn[:-1] if crowded and not row.strong else drawn
        middle = min(max(step * (place + 0.5), widest / 2), width - widest / 2)
        years.append(Words(middle, ground + 22, (row.label,), size, "center", row.strong))
    marks += _thinned(years)
    for place, row in enumerate(apart):
        left = edge + _APART * place + 8
        marks += _column(row, (left, _APART - 8, ground), row.value * scale, chart.language, width)
        lines = wrap(row.label, _APART - 8, 13)
        marks.append(Words(left + (_APART - 8) / 2, ground + 22, lines, 13, "center", tone="muted"))
    deepest = max((mark.foot for mark in marks if isinstance(mark, Words)), default=0)
    return Drawing(width, max(deepest, ground) + 8, tuple(marks))


def _column(row: Row, place: tuple[float, float, float], height: float, language: str, width: float) -> list[Mark]:
    """One column and last its number, which stays on the sheet; `place` is its left, its room and the ground."""
    left, step, ground = place
    said = number(row.value, language)
    tall = max(height, _LEAST) if row.value else 0
    thick = min(step * 0.64, 56)
    tone: Tone = "ink" if row.stated else "muted"
    half = measure(said, _SIZE, strong=True) / 2
    middle = min(max(left + step / 2, half), width - half)
    label = Words(middle, ground - tall - 8, (said,), _SIZE, "center", strong=True, tone=tone)
    if not row.value:
        return [label]
    return [Box(left + (step - thick) / 2, ground - tall, thick, tall, tone_of(row), hollow=not row.stated), label]


def _thinned(labels: list[Words]) -> list[Words]:
    """From the last backwards, those that don't touch the one after."""
    kept: list[Words] = []
    edge = float("inf")
    for label in reversed(labels):
        half = measure(label.lines[0], label.size, strong=label.strong) / 2
        if label.x + half + 3 <= edge:
            kept.append(label)
            edge = label.x - half
    return kept


_PART_TONES: tuple[Tone, ...] = ("accent", "warm", "soft", "ink")


def lay_shares(chart: Shares, width: float) -> Drawing:
    """One bar in parts, and below it each part's name, number and share."""
    whole = chart.whole or 1
    drawn = [row for row in chart.rows if row.value]
    room = width - 3 * max(len(drawn) - 1, 0)
    edge = width if width < NARROW_BELOW else 420.0
    marks: list[Mark] = []
    left, top = 0.0, 62.0
    for place, row in enumerate(chart.rows):
        tone: Tone = _PART_TONES[place % len(_PART_TONES)] if row.stated else "muted"
        if row.value:
            marks.append(Box(left, 0, room * row.value / whole, 40, tone, hollow=not row.stated))
            left += room * row.value / whole + 3
        said = f"{number(row.value, chart.language)} ({share(row.value, whole, chart.language)})"
        lines = wrap(row.label, edge - 34 - measure(said, _SIZE, strong=True), _SIZE)
        marks.append(Box(0, top, 14, 14, tone, hollow=not row.stated))
        marks.append(Words(24, top + 12, lines, strong=row.strong, tone="ink" if row.stated else "muted"))
        marks.append(Words(edge, top + 12, (said,), align="right", strong=True))
        top += len(lines) * _LEADING + 9
    return Drawing(width, top, tuple(marks))
