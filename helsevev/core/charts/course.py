"""How a count has gone and where it may end: what was, what was planned and is needed, and a band of what may come."""

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.letters import measure, wrap
from helsevev.core.charts.marks import Curve, Dot, Drawing, Mark, Rule, Tone, Words
from helsevev.core.charts.running import Course
from helsevev.core.charts.wording import number

_SMALL = 13.0
_TALL, _TOP, _FOOT, _LINE = 260.0, 14.0, 46.0, 17.0
_STRIP = 4.0


def lay_course(chart: Course, width: float) -> Drawing:
    """Days to the right, the count upwards; what each line is stands at its end, or below on a narrow sheet."""
    narrow = width < NARROW_BELOW
    ends = _ends(chart)
    highest = max([1.0, *(value for value, _label, _tone in ends), *(one.high for one in chart.coming)])
    step = next(size for size in _steps() if highest / size <= 6)
    top = step * -(-highest // step)
    left = measure(number(top, chart.language), _SMALL) + 12
    room = 8.0 if narrow else min(max(measure(label, _SMALL) for _value, label, _tone in ends) + 14, width * 0.36)
    frame = _Frame(left, width - room, _TOP + _TALL, _TALL / top, chart)
    marks = [*_ground(frame, step, top), *_band(frame), *_lines(frame)]
    ground = frame.ground + _FOOT
    if narrow:
        marks += [mark for at, one in enumerate(ends) for mark in _key(at, one, ground, width)]
        return Drawing(width, ground + len(ends) * 22.0, tuple(marks))
    return Drawing(width, ground, (*marks, *_labels(frame, ends, room - 10)))


class _Frame:
    """Where a day and a count stand on the sheet."""

    def __init__(self, left: float, right: float, ground: float, scale: float, chart: Course) -> None:
        """Keep the corners."""
        self.left, self.right, self.ground, self.scale, self.chart = left, right, ground, scale, chart

    def x(self, days: float) -> float:
        """How far to the right."""
        return self.left + (self.right - self.left) * min(max(days, 0), self.chart.days) / self.chart.days

    def y(self, count: float) -> float:
        """How far down."""
        return self.ground - count * self.scale


def _steps() -> list[float]:
    return [base * 10**power for power in range(7) for base in (1, 2, 5)]


def _ends(chart: Course) -> list[tuple[float, str, Tone]]:
    """What each line is called, and where it ends."""
    found: list[tuple[float, str, Tone]] = [
        (chart.planned, f"{chart.said_plan} {number(chart.planned, chart.language)}", "muted"),
        (chart.least, f"{chart.said_least} {number(chart.least, chart.language)}", "warm"),
    ]
    last = chart.counted[-1][1] if chart.counted else 0.0
    if chart.coming:
        one = chart.coming[-1]
        span = f"{number(one.low, chart.language)}\u2013{number(one.high, chart.language)}"
        found.append((one.middle, f"{chart.said_coming} {number(one.middle, chart.language)} ({span})", "accent"))
    found.append((last, f"{chart.said_counted} {number(last, chart.language)}", "ink"))
    return found


def _ground(frame: _Frame, step: float, top: float) -> list[Mark]:
    """Lines for the counts, and the first of the months below."""
    marks: list[Mark] = []
    for tick in range(round(top / step) + 1):
        y = frame.y(tick * step)
        marks.append(Rule(frame.left, y, frame.right, y, "faint"))
        said = number(tick * step, frame.chart.language)
        marks.append(Words(frame.left - 7, y + 4, (said,), _SMALL, "right", tone="muted"))
    free = 0.0
    for days, label in frame.chart.marks:
        x, wide = frame.x(days), measure(label, _SMALL)
        if x - wide / 2 >= free and x + wide / 2 <= frame.right + 14:
            marks.append(Rule(x, frame.ground, x, frame.ground + 5, "line"))
            marks.append(Words(x, frame.ground + 20, (label,), _SMALL, "center", tone="muted"))
            free = x + wide / 2 + 8
    return marks


def _band(frame: _Frame) -> list[Mark]:
    """From the last count to where it may end, wider the further away."""
    chart = frame.chart
    if not chart.coming or not chart.counted:
        return []
    last, one = chart.counted[-1], chart.coming[-1]
    start, end = frame.x(last[0]), frame.x(chart.days)
    strips = max(int((end - start) / _STRIP), 1)
    marks: list[Mark] = []
    for strip in range(strips):
        part = (strip + 0.5) / strips
        x = start + (end - start) * part
        low, high = (last[1] + (edge - last[1]) * part for edge in (one.low, one.high))
        marks.append(Rule(x, frame.y(high), x, frame.y(low), "tint", (end - start) / strips + 0.4))
    middle = (start, frame.y(last[1])), (end, frame.y(one.middle))
    marks.append(Curve(middle, "accent", 2, (5, 4)))
    return marks


def _lines(frame: _Frame) -> list[Mark]:
    """The plan, the least number, and what was counted."""
    chart = frame.chart
    ends = (frame.x(0), frame.y(0)), (frame.x(chart.days), frame.y(chart.planned))
    marks: list[Mark] = [
        Curve(ends, "muted", 1.5, (2, 4)),
        Rule(frame.left, frame.y(chart.least), frame.right, frame.y(chart.least), "warm", 2, (7, 4)),
    ]
    points = [(frame.x(days), frame.y(count)) for days, count in ((0.0, 0.0), *chart.counted)]
    if chart.counted:
        marks.append(Curve(tuple(points), "ink", 2.5))
        marks.append(Dot(*points[-1], 9, "ink"))
    return marks


def _labels(frame: _Frame, ends: list[tuple[float, str, Tone]], room: float) -> list[Mark]:
    """Names at the ends of the lines, moved apart where they would touch."""
    placed = sorted(((frame.y(value), label, tone) for value, label, tone in ends), key=lambda one: one[0])
    marks: list[Mark] = []
    free = _TOP
    spots: list[tuple[float, tuple[str, ...], Tone]] = []
    for y, label, tone in placed:
        lines = wrap(label, room, _SMALL)
        at = max(y + 4, free + 11)
        spots.append((at, lines, tone))
        free = at + (len(lines) - 1) * _LINE + 6
    over = max(free - frame.ground - 10, 0)
    marks += [
        Words(frame.right + 10, at - over, lines, _SMALL, strong=tone == "ink", tone="ink") for at, lines, tone in spots
    ]
    return marks


def _key(at: int, one: tuple[float, str, Tone], top: float, width: float) -> list[Mark]:
    """A line of the key on a narrow sheet."""
    _value, label, tone = one
    y = top + at * 22.0
    dash: dict[Tone, tuple[int, ...]] = {"muted": (2, 4), "warm": (7, 4), "accent": (5, 4)}
    return [
        Rule(0, y, 26, y, tone, 2.5, dash.get(tone, ())),
        Words(34, y + 4, wrap(label, width - 40, _SMALL, most=1), _SMALL, strong=tone == "ink"),
    ]
