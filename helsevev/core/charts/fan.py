"""What is foreseen, year by year: a line in the middle, and a band that says how sure it is."""

from helsevev.core.charts.kinds import Fan, Year
from helsevev.core.charts.letters import measure
from helsevev.core.charts.marks import Curve, Dot, Drawing, Mark, Rule, Words
from helsevev.core.charts.wording import number

_SMALL = 13.0
_TALL, _TOP, _FOOT = 240.0, 16.0, 30.0


def lay_fan(chart: Fan, width: float) -> Drawing:
    """Years to the right, from nothing upwards; years that were are full dots, those foreseen open ones."""
    highest = max(year.high for year in chart.years) or 1
    step = _step(highest)
    ends = step * -(-highest // step)
    left = measure(number(ends, chart.language), _SMALL) + 14
    scale = _TALL / ends
    ground = _TOP + _TALL
    apart = (width - left - 40) / max(len(chart.years) - 1, 1)
    places = [(left + 20 + at * apart, year) for at, year in enumerate(chart.years)]
    marks: list[Mark] = []
    for tick in range(round(ends / step) + 1):
        y = ground - tick * step * scale
        marks.append(Rule(left, y, width, y, "faint"))
        marks.append(Words(left - 8, y + 4, (number(tick * step, chart.language),), _SMALL, "right", tone="muted"))
    marks += _band(places, ground, scale, apart)
    marks.append(_line([(x, ground - year.middle * scale) for x, year in places]))
    marks += _dots(places, ground, scale)
    return Drawing(width, ground + _FOOT, (*marks, *_labels(places, (ground, scale, apart), chart)))


def _step(highest: float) -> float:
    """A round step that gives four or five lines."""
    size = 10.0 ** (len(str(int(highest))) - 1)
    return next(size * part for part in (0.25, 0.5, 1, 2, 2.5) if highest / (size * part) <= 5)


def _band(places: list[tuple[float, Year]], ground: float, scale: float, apart: float) -> list[Mark]:
    """From lowest to highest of each year."""
    wide = min(apart - 2, 34.0) if len(places) > 1 else 34.0
    return [
        Rule(x, ground - year.high * scale, x, ground - year.low * scale, "tint", wide)
        for x, year in places
        if year.high > year.low
    ]


def _line(points: list[tuple[float, float]]) -> Mark:
    """The likeliest, from year to year; one year alone is a point."""
    return Curve(tuple(points if len(points) > 1 else points * 2), "accent", 2.5)


def _dots(places: list[tuple[float, Year]], ground: float, scale: float) -> list[Mark]:
    """A dot each year, on white where it is only foreseen."""
    marks: list[Mark] = []
    for x, year in places:
        y = ground - year.middle * scale
        marks.append(Dot(x, y, 11, "accent"))
        if not year.known:
            marks.append(Dot(x, y, 6, "paper"))
    return marks


def _labels(places: list[tuple[float, Year]], frame: tuple[float, float, float], chart: Fan) -> list[Mark]:
    """The years beneath, as many as have room, and the last year's number above it."""
    ground, scale, apart = frame
    widest = max(measure(year.label, _SMALL) for _x, year in places) + 12
    every = max(1, round(-(-widest // apart))) if apart else 1
    marks: list[Mark] = [
        Words(x, ground + 20, (year.label,), _SMALL, "center", tone="muted")
        for at, (x, year) in enumerate(places)
        if (len(places) - 1 - at) % every == 0
    ]
    x, last = places[-1]
    y = ground - last.middle * scale - 12
    marks.append(Words(x, y, (number(round(last.middle), chart.language),), _SMALL, "center", strong=True))
    return marks
