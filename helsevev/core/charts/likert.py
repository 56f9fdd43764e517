"""One bar a statement, cut in the levels of a scale; the numbers stand below the parts, and the scale on top."""

from helsevev.core.charts.bars import NARROW_BELOW
from helsevev.core.charts.kinds import Answers, Likert
from helsevev.core.charts.letters import clean, measure, wrap
from helsevev.core.charts.marks import Box, Drawing, Mark, Tone, Words
from helsevev.core.charts.wording import number

_SIZE, _LEADING, _SMALL = 15.0, 19.0, 13.0
_THICK, _APART = 18.0, 3.0
# Told apart without colour too: the two lowest are an outline and a filled one in another tone.
_TONES: tuple[tuple[Tone, bool], ...] = (
    ("accent", False),
    ("soft", False),
    ("line", False),
    ("warm", True),
    ("warm", False),
)


def lay_likert(chart: Likert, width: float) -> Drawing:
    """The scale, then each statement above its bar."""
    tones = _TONES if len(chart.levels) == len(_TONES) else _TONES[: len(chart.levels)]
    marks, top = _scale(chart.levels, tones, width)
    for row in chart.rows:
        lines = wrap(row.label, width, _SIZE)
        marks.append(Words(0, top + _SIZE, lines))
        top += len(lines) * _LEADING + 6
        marks += _bar(row, tones, (top, width), chart.language)
        top += _THICK + 16 + (18 if width < NARROW_BELOW else 22)
    return Drawing(width, top, tuple(marks))


def _scale(levels: tuple[str, ...], tones: tuple[tuple[Tone, bool], ...], width: float) -> tuple[list[Mark], float]:
    """What each part is, on as many lines as it takes; and where the statements begin."""
    marks: list[Mark] = []
    left, top = 0.0, 2.0
    for level, (tone, hollow) in zip(levels, tones, strict=True):
        room = 20 + measure(clean(level), _SMALL) + 18
        if left and left + room > width:
            left, top = 0.0, top + 21
        marks += [Box(left, top, 13, 13, tone, hollow=hollow), Words(left + 20, top + 12, (level,), _SMALL)]
        left += room
    return marks, top + 34


def _bar(row: Answers, tones: tuple[tuple[Tone, bool], ...], place: tuple[float, float], language: str) -> list[Mark]:
    """The parts side by side; a number that would touch the one before it is left to the table."""
    top, width = place
    drawn = [one for one in row.shares if one]
    scale = (width - _APART * max(len(drawn) - 1, 0)) / (sum(drawn) or 1)
    marks: list[Mark] = []
    left, free = 0.0, 0.0
    for share, (tone, hollow) in zip(row.shares, tones, strict=True):
        if not share:
            continue
        wide = share * scale
        marks.append(Box(left, top, wide, _THICK, tone, hollow=hollow))
        said = f"{number(share, language)} %"
        half = measure(said, _SMALL) / 2
        middle = min(max(left + wide / 2, half), width - half)
        if middle - half >= free:
            marks.append(Words(middle, top + _THICK + 15, (said,), _SMALL, "center", tone="muted"))
            free = middle + half + 4
        left += wide + _APART
    return marks
