"""Intervals against the published examples of Newcombe 1998 (Statistics in Medicine 17, method 10)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.statistics import difference, share
from helsevev.core.words import Refused


@pytest.mark.parametrize(
    ("one", "other", "low", "high"),
    [
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((6, 7), (2, 7), 0.0582, 0.8062),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((0, 10), (0, 10), -0.2775, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
        ((10, 10), (0, 10), 0.6075, 1.0),
    ],
)
def test_the_difference_of_shares_is_newcombes_table(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = difference(*one, *other)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_wilsons_interval_of_nine_out_of_nine_is_no_certainty() -> None:
    found = share(9, 9)
    assert found.estimate == 1
    assert found.low == pytest.approx(1 / (1 + 1.959964**2 / 9))  # its closed form at p = 1
    assert found.high == 1


@given(st.integers(1, 500).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people))))
def test_an_interval_holds_its_estimate_and_mirrors(counted: tuple[int, int]) -> None:
    events, people = counted
    found, mirrored = share(events, people), share(people - events, people)
    assert 0 <= found.low <= found.estimate <= found.high <= 1
    assert found.low == pytest.approx(1 - mirrored.high, abs=1e-12)


@pytest.mark.parametrize(("events", "people"), [(1, 0), (-1, 4), (5, 4)])
def test_counts_that_cannot_be_are_refused(events: int, people: int) -> None:
    with pytest.raises(Refused, match="can't be counted"):
        share(events, people)
