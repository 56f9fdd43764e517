"""The picture of a running count against its plan."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core import charts
from helsevev.core.charts.marks import Words

SAID = {"said_plan": "Plan", "said_least": "Least", "said_coming": "Forecast", "said_counted": "Included"}
FRAME = {"name": "pace", "title": "The pilot falls behind", "heads": ("Week", "Included")}


def course(**given: object) -> charts.Course:
    """The case's first look, with what a test changes."""
    known: dict[str, object] = {"days": 228, "planned": 108, "least": 60, "counted": ((30, 1), (73, 7))}
    known |= {"coming": (charts.Coming(17, 31, 49),), "marks": ((4, "Nov"), (65, "Jan")), "rows": (("v. 44", 0),)}
    return charts.Course(**FRAME, **SAID, **(known | given))


@pytest.mark.parametrize("width", [charts.WIDE, charts.HALF, charts.NARROW])
def test_every_line_is_named_and_stays_on_the_sheet(width: float) -> None:
    drawing = charts.lay(course(), width)
    said = " ".join(line for mark in drawing.marks if isinstance(mark, Words) for line in mark.lines)
    for wanted in ("Plan 108", "Least 60", "Forecast 31 (17–49)", "Included 7"):
        assert wanted in said
    assert all(0 <= mark.x <= drawing.width for mark in drawing.marks if isinstance(mark, Words))
    assert "<svg" in charts.inline(course(), width)


def test_a_pilot_that_has_not_begun_is_drawn_too() -> None:
    assert "<svg" in charts.draw(course(counted=(), coming=()))


def test_the_table_is_what_came_with_it() -> None:
    assert course().table() == (("v. 44", 0),)


@pytest.mark.parametrize(
    "wrong", [{"days": 0}, {"planned": -1}, {"counted": ((5, 3), (9, 2))}, {"counted": ((5, -1),)}]
)
def test_what_cannot_be_drawn_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"course|count"):
        course(**wrong)
    with pytest.raises(ValueError, match="from low to high"):
        charts.Coming(3, 2, 4)


@settings(max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=1, max_size=20), st.integers(1, 5000), st.floats(300, 900))
def test_labels_never_lie_on_each_other(counts: list[int], planned: int, width: float) -> None:
    running = tuple((7.0 * (n + 1), float(sum(counts[: n + 1]))) for n in range(len(counts)))
    drawing = charts.lay(course(counted=running, planned=planned, least=min(planned, 60)), width)
    places = sorted(
        m.y for m in drawing.marks if isinstance(m, Words) and m.x > drawing.width * 0.6 and m.tone == "ink"
    )
    assert all(b - a >= 13 for a, b in pairwise(places))
