"""Moves between stages as bands from a left row of stages to a right one, as thick as they are many."""

from collections.abc import Sequence
from itertools import pairwise

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Flow, Move
from helsevev.core.charts.letters import measure, wrap
from helsevev.core.charts.marks import Box, Curve, Drawing, Mark, Words, s_curve
from helsevev.core.charts.wording import number

_SIZE, _LEADING = 15.0, 19.0
_THICKEST, _THINNEST = 40.0, 2.0
_POST = 6.0  # the upright that bands leave from


def lay_flow(chart: Flow, width: float) -> Drawing:
    """Two rows of the same stages; only those that something leaves or enters are dark."""
    narrow = width < NARROW_BELOW
    label_room = 112.0 if narrow else min(200.0, max((measure(stage, _SIZE) for stage in chart.stages), default=0) + 4)
    size = 13.0 if narrow else _SIZE
    pitch = 74.0 if narrow else 62.0
    left, right = label_room + 12, width - label_room - 12 - _POST
    top = 34.0
    out = [sum(move.count for move in chart.moves if move.start == place) for place in range(len(chart.stages))]
    into = [sum(move.count for move in chart.moves if move.end == place) for place in range(len(chart.stages))]
    scale = (_THICKEST * (0.6 if narrow else 1)) / max(*out, *into, 1)
    marks: list[Mark] = [
        Words(left - 12, 13, (chart.sides[0],), 13, "right", tone="muted"),
        Words(right + _POST + 12, 13, (chart.sides[1],), 13, tone="muted"),
    ]
    marks += _bands(chart, (left + _POST, right), (top, pitch), scale)
    for place, stage in enumerate(chart.stages):
        middle = top + pitch * (place + 0.5)
        lines = wrap(stage, label_room, size)
        marks += _side(lines, (left, middle, size), out[place], scale, chart.language, to_left=True)
        marks += _side(lines, (right, middle, size), into[place], scale, chart.language, to_left=False)
    return Drawing(width, top + pitch * len(chart.stages), tuple(marks))


def _side(
    lines: tuple[str, ...], place: tuple[float, float, float], total: int, scale: float, language: str, *, to_left: bool
) -> list[Mark]:
    """A stage on one side: its post, its name, and beneath the name how many left or came."""
    x, middle, size = place
    tall = max(total * scale, _THINNEST) if total else 8.0
    said = (number(total, language),) if total else ()
    first = middle - (len(lines) + len(said) - 1) * _LEADING / 2 + 5
    at = x - 12 if to_left else x + _POST + 12
    side = "right" if to_left else "left"
    post = Box(x, middle - tall / 2, _POST, tall, "accent" if total else "line", round=0)
    name = Words(at, first, lines, size, "right" if side == "right" else "left", tone="ink" if total else "muted")
    if not said:
        return [post, name]
    count = Words(at, first + len(lines) * name.leading, said, size, name.align, strong=True)
    return [post, name, count]


def _bands(chart: Flow, sides: tuple[float, float], rows: tuple[float, float], scale: float) -> list[Mark]:
    """The bands, the thin above the thick; those that lead back are dashed and of another colour."""
    starts = _stacked(chart, rows, scale, leaving=True)
    ends = _stacked(chart, rows, scale, leaving=False)
    marks: list[Mark] = []
    for move in sorted(chart.moves, key=lambda move: (-move.count, move.start, move.end)):
        back = move.end < move.start
        marks.append(
            Curve(
                s_curve(sides[0] - _POST / 2, starts[move], sides[1] + _POST / 2, ends[move]),
                "warm" if back else "accent",
                max(move.count * scale, _THINNEST),
                dash=(6, 4) if back else (),
                opacity=0.5,
            )
        )
    return marks


def _stacked(chart: Flow, rows: tuple[float, float], scale: float, *, leaving: bool) -> dict[Move, float]:
    """Where on its post each band begins or ends, so that they lie beside one another in the order of stages."""
    top, pitch = rows
    found: dict[Move, float] = {}
    for place in range(len(chart.stages)):
        here = [move for move in chart.moves if (move.start if leaving else move.end) == place]
        here.sort(key=lambda move: move.end if leaving else move.start)
        edges = _edges([move.count * scale for move in here], top + pitch * (place + 0.5))
        found |= {move: (low + high) / 2 for move, (low, high) in zip(here, pairwise(edges), strict=True)}
    return found


def _edges(sizes: Sequence[float], middle: float) -> list[float]:
    """Where things of these sizes begin and end, laid side by side around a middle."""
    edges = [middle - sum(sizes) / 2]
    for size in sizes:
        edges.append(edges[-1] + size)
    return edges
