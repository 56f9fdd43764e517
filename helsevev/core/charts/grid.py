"""A map of five by five (kart): numbered spots by how far across and how far up each lies, such as risks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, sqrt

from helsevev.core.charts.kinds import Cells, Chart
from helsevev.core.charts.letters import wrap
from helsevev.core.charts.marks import Box, Dot, Drawing, Mark, Tone, Words

LEVELS = 5
LARGEST_DOT, GAP = 26.0, 3.0
_TOP, _BELOW, _SMALL = 26.0, 44.0, 13.0
_WIDEST = 560.0
_GROUND: tuple[Tone, ...] = ("paper", "tint", "faint")


@dataclass(frozen=True)
class Spot:
    """Something on the map: its number in the list, what it is called, and where it lies from 1 to 5."""

    number: int
    label: str
    across: int
    up: int
    strong: bool = False

    def __post_init__(self) -> None:
        """It lies on the map."""
        if not (1 <= self.across <= LEVELS and 1 <= self.up <= LEVELS):
            raise ValueError("a spot lies from 1 to 5 both ways")


@dataclass(frozen=True, kw_only=True)
class Grid(Chart):
    """The map: `axes` name what grows across and up, `ends` the least and the most; `ground` from 0 to 2 is dark."""

    spots: tuple[Spot, ...]
    axes: tuple[str, str]
    ends: tuple[str, str]
    ground: Mapping[tuple[int, int], int]

    def table(self) -> Cells:
        """Each spot with both its places."""
        return tuple((spot.label, spot.across, spot.up) for spot in self.spots)


def lay_grid(chart: Grid, width: float) -> Drawing:
    """Squares with the spots that share them side by side; the same on a narrow sheet, only smaller."""
    side = min(width, _WIDEST) / LEVELS
    marks: list[Mark] = [Words(0, 15, (f"↑ {chart.axes[1]}",), _SMALL, tone="muted")]
    for up in range(1, LEVELS + 1):
        for across in range(1, LEVELS + 1):
            corner = ((across - 1) * side, _TOP + (LEVELS - up) * side)
            marks.append(Box(*corner, side, side, "line", round=0))
            tone = _GROUND[chart.ground.get((across, up), 0)]
            marks.append(Box(corner[0] + 0.5, corner[1] + 0.5, side - 1, side - 1, tone, round=0))
            here = [spot for spot in chart.spots if (spot.across, spot.up) == (across, up)]
            marks += _spots(here, corner, side)
    foot = _TOP + LEVELS * side
    marks += [
        Words(0, foot + 18, (chart.ends[0],), _SMALL, tone="muted"),
        Words(LEVELS * side / 2, foot + 18, (f"{chart.axes[0]} →",), _SMALL, align="center", tone="muted"),
        Words(LEVELS * side, foot + 18, (chart.ends[1],), _SMALL, align="right", tone="muted"),
    ]
    note = wrap(chart.note, min(width, _WIDEST), _SMALL) if chart.note else ()
    if note:
        marks.append(Words(0, foot + 40, note, _SMALL, tone="muted"))
    return Drawing(LEVELS * side, foot + _BELOW - 16 + 17 * len(note), tuple(marks))


def _spots(here: Sequence[Spot], corner: tuple[float, float], side: float) -> list[Mark]:
    """The spots of one square in rows, as large as there is room for."""
    if not here:
        return []
    columns = ceil(sqrt(len(here)))
    rows = ceil(len(here) / columns)
    room = min(side / columns, side / rows)
    size = max(min(LARGEST_DOT, room - GAP), 6.0)
    marks: list[Mark] = []
    for at, spot in enumerate(here):
        x = corner[0] + side / 2 + (at % columns - (columns - 1) / 2) * (size + GAP)
        y = corner[1] + side / 2 + (at // columns - (rows - 1) / 2) * (size + GAP)
        marks.append(Dot(x, y, size, "warm" if spot.strong else "accent"))
        number = Words(x, y + size * 0.18, (str(spot.number),), size * 0.5, align="center", strong=True, tone="paper")
        marks.append(number)
    return marks
