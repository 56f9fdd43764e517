"""Title, note and source around a drawing that leaves its page."""

from helsevev.core.charts.kinds import Chart
from helsevev.core.charts.letters import wrap
from helsevev.core.charts.marks import Drawing, Mark, Words, moved

_MARGIN = 28.0


def framed(drawing: Drawing, chart: Chart) -> Drawing:
    """The drawing with its message above and what it rests on below."""
    title = Words(_MARGIN, _MARGIN + 20, wrap(chart.title, drawing.width, 21, most=6, strong=True), 21, strong=True)
    top = title.y + len(title.lines) * title.leading + 4
    below: list[Mark] = []
    bottom = top + drawing.height + 26
    for text in (chart.note, chart.source):
        if text:
            words = Words(_MARGIN, bottom + 13, wrap(text, drawing.width, 13, most=6), 13, tone="muted")
            below.append(words)
            bottom += len(words.lines) * words.leading + 4
    marks = (title, *moved(drawing.marks, _MARGIN, top), *below)
    return Drawing(drawing.width + 2 * _MARGIN, bottom + _MARGIN - 4, marks)
