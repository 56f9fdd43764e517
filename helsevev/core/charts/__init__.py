"""Charts: a plain value in, a picture out. No browser, no clock, the same bytes every time.

`draw` gives SVG text in the light or the dark palette, `png` the light one as pixels, `inline` SVG whose colours are
the page's. A chart describes itself
(`kinds`), is laid out in pixels (`bars`, `flow`, `extents`, `timeline`, `family`,
`pairs`, `ranges`, `fan`, `course`, `likert`) and only then painted (`paint`).
`alone` adds title, note and source, for a picture that leaves its page.
"""

import hashlib
from collections.abc import Callable, Mapping

from helsevev.core.charts.bars import lay_bars, lay_columns, lay_shares
from helsevev.core.charts.course import lay_course
from helsevev.core.charts.extents import five, lay_extents
from helsevev.core.charts.family import lay_family
from helsevev.core.charts.fan import lay_fan
from helsevev.core.charts.flow import lay_flow
from helsevev.core.charts.framing import framed
from helsevev.core.charts.inline import inline_svg
from helsevev.core.charts.kinds import (
    Answers,
    Bars,
    Bond,
    Chart,
    Columns,
    Extent,
    Extents,
    Family,
    Fan,
    Flow,
    Likert,
    Member,
    Moment,
    Move,
    Pair,
    Pairs,
    Period,
    Range,
    Ranges,
    Row,
    Shares,
    Timeline,
    Year,
)
from helsevev.core.charts.kinds import Drawable as _Kinds
from helsevev.core.charts.likert import lay_likert
from helsevev.core.charts.marks import Drawing
from helsevev.core.charts.pairs import lay_pairs
from helsevev.core.charts.palette import DARK, LIGHT, PALETTES, Palette
from helsevev.core.charts.ranges import lay_ranges
from helsevev.core.charts.running import Coming, Course
from helsevev.core.charts.timeline import lay_timeline

# In pixels at full size: a picture alone in its column, one of two beside each other, and one on a phone.
WIDE, HALF, NARROW = 760.0, 560.0, 340.0
WIDTHS = {"wide": WIDE, "half": HALF, "narrow": NARROW}
# Part of every digest, so that a picture kept from before the drawing changed is not shown again.
_HAND = "1"

Drawable = _Kinds | Course

_LAYOUTS: Mapping[type[Chart], Callable[..., Drawing]] = {
    Bars: lay_bars,
    Columns: lay_columns,
    Shares: lay_shares,
    Flow: lay_flow,
    Extents: lay_extents,
    Timeline: lay_timeline,
    Family: lay_family,
    Pairs: lay_pairs,
    Ranges: lay_ranges,
    Fan: lay_fan,
    Course: lay_course,
    Likert: lay_likert,
}

__all__ = [
    "DARK",
    "HALF",
    "LIGHT",
    "NARROW",
    "PALETTES",
    "WIDE",
    "WIDTHS",
    "Answers",
    "Bars",
    "Bond",
    "Chart",
    "Columns",
    "Coming",
    "Course",
    "Drawable",
    "Drawing",
    "Extent",
    "Extents",
    "Family",
    "Fan",
    "Flow",
    "Likert",
    "Member",
    "Moment",
    "Move",
    "Pair",
    "Pairs",
    "Period",
    "Range",
    "Ranges",
    "Row",
    "Shares",
    "Timeline",
    "Year",
    "digest",
    "draw",
    "five",
    "inline",
    "lay",
    "png",
]


def lay(chart: Drawable, width: float = WIDE, *, alone: bool = False) -> Drawing:
    """The chart's marks with their places; its size is known before anything is painted."""
    drawing = _LAYOUTS[type(chart)](chart, width)
    return framed(drawing, chart) if alone else drawing


def draw(chart: Drawable, palette: Palette = LIGHT, width: float = WIDE, *, alone: bool = False) -> str:
    """The picture as SVG text."""
    from helsevev.core.charts.paint import svg as painted_svg  # noqa: PLC0415 see png

    return painted_svg(lay(chart, width, alone=alone), palette, chart.name, chart.title)


def inline(chart: Drawable, width: float = WIDE) -> str:
    """The picture as SVG that lies in the page and follows its colours; quick enough to answer a slider."""
    return inline_svg(lay(chart, width))


def png(chart: Drawable, width: float = WIDE) -> bytes:
    """The picture as a PNG that stands alone: white ground, twice the pixels, with title, note and source."""
    # The painter's packages take longer to import than all the rest; who draws nothing shouldn't wait for them.
    from helsevev.core.charts.paint import png as painted_png  # noqa: PLC0415

    return painted_png(lay(chart, width, alone=True), LIGHT, chart.name, chart.title)


def digest(chart: Drawable) -> str:
    """What the picture is drawn from, in twenty letters; another digest means another picture."""
    return hashlib.sha256(f"{_HAND}{chart!r}".encode()).hexdigest()[:20]
