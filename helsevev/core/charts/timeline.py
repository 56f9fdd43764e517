"""A project in time: words to the left and marks along an axis; on a narrow sheet a line of stations."""

from collections.abc import Iterable
from datetime import date, timedelta

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Moment, Period, Timeline
from helsevev.core.charts.letters import measure, wrap
from helsevev.core.charts.marks import Box, Dot, Drawing, Mark, Rule, Shape, Tone, Words

_SIZE, _LEADING, _SMALL = 15.0, 19.0, 13.0
_WORDS_ROOM = 0.46  # of the sheet
_SHAPES: dict[str, Shape] = {"award": "square", "log": "circle", "milestone": "diamond"}


def lay_timeline(chart: Timeline, width: float) -> Drawing:
    """Every phase and happening in the order it began."""
    return _stations(chart, width) if width < NARROW_BELOW else _along_axis(chart, width)


def _tone(entry: Period | Moment) -> Tone:
    """Phases in the accent, what was granted in the second colour, the rest in grey."""
    if isinstance(entry, Period):
        return "accent"
    return "warm" if entry.kind == "award" else "muted"


def _along_axis(chart: Timeline, width: float) -> Drawing:
    """Rows of words with their marks on a true axis of time."""
    left, right = width * _WORDS_ROOM + 24, width - 14
    first, last = _years(chart)
    scale = (right - left) / (last - first).days
    marks: list[Mark] = []
    top = 40.0
    for entry in chart.entries():
        lines = wrap(entry.label, width * _WORDS_ROOM, _SIZE, strong=isinstance(entry, Period))
        tall = 17 + len(lines) * _LEADING + 14
        marks.append(Rule(0, top, width, top, tone="faint"))
        marks.append(Words(0, top + 18, (entry.when,), _SMALL, tone="muted"))
        marks.append(Words(0, top + 36, lines, strong=isinstance(entry, Period)))
        x, x2 = (left + (day - first).days * scale for day in (entry.first, _end(entry, last)))
        marks += _on_axis(entry, x, x2, top + tall / 2)
        top += tall
    legend, bottom = _legend(chart, left, top + 26, width - left)
    return Drawing(width, bottom, (*_axis((first, last), (left, scale), right, top), *marks, *legend))


def _end(entry: Period | Moment, last: date) -> date:
    """Where the mark ends: an open phase runs on to the end of the axis."""
    return entry.last if entry.last is not None else last


def _years(chart: Timeline) -> tuple[date, date]:
    """The axis from one New Year's Day to another, around everything dated."""
    first = min(entry.first for entry in chart.entries())
    ends = [entry.last or entry.first for entry in chart.entries()]
    last = max(ends) + timedelta(days=1)
    final = last.year if last == date(last.year, 1, 1) else last.year + 1
    return date(first.year, 1, 1), date(min(max(final, first.year + 1), 9999), 1, 1)


def _axis(ends: tuple[date, date], place: tuple[float, float], right: float, bottom: float) -> list[Mark]:
    """A line each year, and the year above; years thin out where they would touch."""
    (first, last), (left, scale) = ends, place
    every = max(1, -int(-(measure("2000", _SMALL) + 7) // (scale * 365)))
    marks: list[Mark] = []
    for year in range(first.year, last.year + 1):
        x = left + (date(year, 1, 1) - first).days * scale
        shown = (year - first.year) % every == 0
        if shown or every < 4:
            marks.append(Rule(x, 24, x, bottom, tone="faint"))
        if shown and x + 4 + measure("2000", _SMALL) <= right:
            marks.append(Words(x + 4, 16, (str(year),), _SMALL, tone="muted"))
    return marks


def _on_axis(entry: Period | Moment, x: float, x2: float, middle: float) -> list[Mark]:
    """A phase is a bar, a happening a point, with a thin line as long as its date is vague."""
    if isinstance(entry, Moment):
        marks: list[Mark] = [Rule(x, middle, x2, middle, tone=_tone(entry), thick=2)] if x2 - x > 14 else []
        return [*marks, *_point(entry, (x + x2) / 2, middle)]
    if entry.as_of:
        until = [Rule(x, middle, x2, middle, "accent", 2, (2, 4))] if entry.last is None or x2 - x > 14 else []
        return [*until, *_point(entry, x if entry.last is None else (x + x2) / 2, middle)]
    if entry.last is None:
        # How long it went on isn't stated, so only its beginning is solid.
        return [Rule(x, middle, x2, middle, "accent", 3, (2, 4)), Box(x, middle - 11, 8, 22, "accent", entry.planned)]
    return [Box(x, middle - 11, max(x2 - x, 4), 22, "accent", hollow=entry.planned)]


def _point(entry: Period | Moment, x: float, middle: float) -> list[Mark]:
    """A point in its kind's shape; hollow while planned, a ring for a phase that was under way."""
    if isinstance(entry, Period):
        return [Dot(x, middle, 16, "accent"), Dot(x, middle, 7, "paper")]
    return [Dot(x, middle, 15 if entry.kind == "milestone" else 12, _tone(entry), _SHAPES[entry.kind], entry.planned)]


def _stations(chart: Timeline, width: float) -> Drawing:
    """A line downwards with a mark for each, and the words beside."""
    entries = chart.entries()
    marks: list[Mark] = []
    top = 0.0
    for entry in entries:
        strong = isinstance(entry, Period)
        lines = wrap(entry.label, width - 34, _SIZE, most=5, strong=strong)
        tall = 18 + len(lines) * _LEADING + 16
        if entry is not entries[-1]:
            marks.append(Rule(10, top + 10, 10, top + tall + 10, tone="line", thick=2))
        marks += _station(entry, top, tall)
        marks.append(Words(34, top + 15, (entry.when,), _SMALL, tone="muted"))
        marks.append(Words(34, top + 35, lines, strong=strong))
        top += tall
    legend, bottom = _legend(chart, 0, top + 8, width)
    return Drawing(width, bottom, (*marks, *legend))


def _station(entry: Period | Moment, top: float, tall: float) -> list[Mark]:
    """A phase with a beginning and an end is a bar along the line; all else a point on it."""
    if isinstance(entry, Period) and not entry.as_of:
        length = tall - 14 if entry.last else 14
        return [Box(4, top + 4, 12, length, "accent", hollow=entry.planned)]
    return [Dot(10, top + 10, 18, "paper"), *_point(entry, 10, top + 10)]


def _legend(chart: Timeline, left: float, top: float, room: float) -> tuple[list[Mark], float]:
    """What the unusual marks mean, for those that are there; and where the sheet ends."""
    needed = [(sign, words) for sign, words in chart.legend.items() if sign in set(_signs(chart.entries()))]
    marks: list[Mark] = []
    for sign, words in needed:
        lines = wrap(words, room - 30, _SMALL)
        marks += _sign(sign, left, top + 8)
        marks.append(Words(left + 30, top + 13, lines, _SMALL, tone="muted"))
        top += len(lines) * 17 + 8
    return marks, top


def _signs(entries: Iterable[Period | Moment]) -> Iterable[str]:
    """The unusual marks that are drawn."""
    for entry in entries:
        if entry.planned:
            yield "planned"
        if isinstance(entry, Period) and entry.as_of:
            yield "as_of"
        elif isinstance(entry, Period) and entry.last is None:
            yield "open"


def _sign(sign: str, x: float, y: float) -> list[Mark]:
    """An unusual mark, small."""
    if sign == "planned":
        return [Box(x, y - 7, 20, 14, "accent", hollow=True)]
    if sign == "as_of":
        return [Dot(x + 10, y, 16, "accent"), Dot(x + 10, y, 7, "paper")]
    return [Rule(x + 6, y, x + 22, y, "accent", 3, (2, 4)), Box(x, y - 8, 6, 16, "accent")]
