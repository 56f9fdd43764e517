"""A drawing as SVG that lies in the page: the same marks in the same places, with tones that the page's sheet colours.

Files are painted by `paint`. This is for pictures that must answer while somebody moves a slider, and that follow the
reader's light or dark page without a file for each.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape

from helsevev.core.charts.letters import clean
from helsevev.core.charts.marks import PLANES, Box, Curve, Dot, Drawing, Mark, Rule, Words

_ANCHORS = {"left": "start", "center": "middle", "right": "end"}


def inline_svg(drawing: Drawing) -> str:
    """The SVG text; the table beside it says the same in words, so it is hidden from those who listen."""
    ordered = sorted(drawing.marks, key=lambda mark: PLANES.index(type(mark)))
    size = f"{_n(drawing.width)} {_n(drawing.height)}"
    head = f'<svg class="drawing" viewBox="0 0 {size}" width="{_n(drawing.width)}" height="{_n(drawing.height)}"'
    return f'{head} aria-hidden="true" focusable="false">{"".join(_written(mark) for mark in ordered)}</svg>'


def _n(value: float) -> str:
    """A place with at most one decimal."""
    return f"{value:.1f}".removesuffix(".0")


def _points(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _written(mark: Mark) -> str:
    """One mark."""
    tone = f'data-tone="{mark.tone}"'
    match mark:
        case Box():
            place = f'x="{_n(mark.x)}" y="{_n(mark.y)}" width="{_n(mark.width)}" height="{_n(mark.height)}"'
            return f'<rect {tone}{_hollow(mark.hollow)} {place} rx="{_n(mark.round)}"/>'
        case Rule():
            place = f'x1="{_n(mark.x)}" y1="{_n(mark.y)}" x2="{_n(mark.x2)}" y2="{_n(mark.y2)}"'
            return f"<line {tone} {place}{_stroke(mark.thick, mark.dash)}/>"
        case Curve():
            return f'<polyline {tone} points="{_points(mark.points)}"{_stroke(mark.thick, mark.dash)}/>'
        case Dot():
            return f"<{_shape(mark)} {tone}{_hollow(mark.hollow)}/>"
        case Words():
            return _words(mark, tone)


def _hollow(hollow: bool) -> str:
    return " data-hollow" if hollow else ""


def _stroke(thick: float, dash: tuple[int, ...]) -> str:
    dashes = f' stroke-dasharray="{" ".join(map(str, dash))}"' if dash else ""
    return f' stroke-width="{_n(thick)}"{dashes}'


def _shape(dot: Dot) -> str:
    """A point's outline."""
    x, y, half = dot.x, dot.y, dot.size / 2
    corners = {
        "diamond": ((x, y - half), (x + half, y), (x, y + half), (x - half, y)),
        "square": ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half)),
        "triangle-right": ((x - half, y - half), (x + half, y), (x - half, y + half)),
    }
    if dot.shape == "circle":
        return f'circle cx="{_n(x)}" cy="{_n(y)}" r="{_n(half)}"'
    return f'polygon points="{_points(corners[dot.shape])}"'


def _words(words: Words, tone: str) -> str:
    """Lines of text."""
    weight = ' font-weight="600"' if words.strong else ""
    anchor = f' text-anchor="{_ANCHORS[words.align]}"' if words.align != "left" else ""
    lines = "".join(
        f'<tspan x="{_n(words.x)}" y="{_n(words.y + at * words.leading)}">{escape(clean(line))}</tspan>'
        for at, line in enumerate(words.lines)
    )
    return f'<text {tone} font-size="{_n(words.size)}"{anchor}{weight}>{lines}</text>'
