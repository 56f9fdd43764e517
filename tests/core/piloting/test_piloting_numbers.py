"""Intervals and detectable differences against published figures, closed forms, and scipy as a second way."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helsevev.core.piloting import detecting, intervals, planning, tails
from helsevev.core.words import Refused

COUNTED = st.integers(1, 300).flatmap(lambda people: st.tuples(st.integers(0, people), st.just(people)))
SHARES = st.floats(0.02, 0.98)


def test_exact_interval_of_a_share_is_newcombes_table() -> None:
    # Newcombe 1998 (Statistics in Medicine 17:857), table I, method 5: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    table = {(81, 263): (0.2527, 0.3676), (15, 148): (0.0578, 0.1617), (0, 20): (0, 0.1684), (1, 29): (0.0009, 0.1776)}
    for counted, ends in table.items():
        found = intervals.exact_share(*counted)
        assert (round(found.low, 4), round(found.high, 4)) == ends


@given(st.integers(1, 400))
def test_none_and_all_have_a_closed_form(people: int) -> None:
    # At 0 of n the upper end solves (1 - p)^n = 0.025.
    found, mirrored = intervals.exact_share(0, people), intervals.exact_share(people, people)
    assert found.low == 0
    assert found.high == pytest.approx(1 - 0.025 ** (1 / people), abs=1e-12)
    assert mirrored.low == pytest.approx(1 - found.high, abs=1e-12)


@settings(max_examples=40)
@given(COUNTED)
def test_the_exact_share_is_scipys(counted: tuple[int, int]) -> None:
    events, people = counted
    found, other = intervals.exact_share(events, people), stats.binomtest(events, people).proportion_ci(method="exact")
    assert (found.low, found.high) == pytest.approx((other.low, other.high), abs=1e-9)
    assert found.low <= found.estimate <= found.high


def test_nothing_happened_in_so_many() -> None:
    # Hanley and Lippman-Hand 1983: 1 - 0.05^(1/n); "a 5 % event is seen among 59".
    assert intervals.none_seen(28) == pytest.approx(0.101466, abs=1e-6)
    assert intervals.none_seen(59) < 0.05 < intervals.none_seen(58)


def test_the_count_is_garwoods_table() -> None:
    # Garwood 1936; Ulm 1990: 0 gives 3.689, 10 gives 4.795 to 18.390.
    assert round(intervals.exact_count(0).high, 3) == 3.689
    ten = intervals.exact_count(10)
    assert (round(ten.low, 3), round(ten.high, 3)) == (4.795, 18.390)


@settings(max_examples=25)
@given(st.integers(0, 300))
def test_the_count_is_the_chi_squares(events: int) -> None:
    found = intervals.exact_count(events)
    low = stats.chi2.ppf(0.025, 2 * events) / 2 if events else 0
    assert found.low == pytest.approx(low, abs=1e-7)
    assert found.high == pytest.approx(stats.chi2.ppf(0.975, 2 * events + 2) / 2, rel=1e-9)


def test_students_limits_are_his_table() -> None:
    # Student's t, 97.5 %: 12.706 with one degree of freedom, 2.262 with nine, 2.052 with 27.
    assert [round(intervals.student_limit(n), 3) for n in (1, 9, 27)] == [12.706, 2.262, 2.052]


@settings(max_examples=25)
@given(st.integers(2, 120), st.floats(0, 6))
def test_off_centre_student_is_scipys(people: int, shift: float) -> None:
    limit = intervals.student_limit(people - 1)
    other = stats.nct.sf(limit, people - 1, shift) + stats.nct.cdf(-limit, people - 1, shift)
    if math.isfinite(other):
        assert tails.student_beyond(limit, people - 1, shift) == pytest.approx(other, abs=2e-6)


def test_a_mean_shift_is_cohens_table() -> None:
    # G*Power 3, paired t-test, two-sided 5 %, 80 %: effect 0.5 needs 34, effect 0.8 needs 15.
    assert detecting.mean_shift(34) <= 0.5 < detecting.mean_shift(33)
    assert detecting.mean_shift(15) <= 0.8 < detecting.mean_shift(14)


@settings(max_examples=10)
@given(st.integers(3, 14), SHARES, SHARES)
def test_fishers_power_is_every_table_weighed(people: int, one: float, other: float) -> None:
    """The slow way: ask scipy of each table."""
    slow = math.fsum(
        stats.binom.pmf(x, people, one) * stats.binom.pmf(y, people, other)
        for x in range(people + 1)
        for y in range(people + 1)
        if stats.fisher_exact([[x, people - x], [y, people - y]])[1] <= 0.05
    )
    assert detecting.two_group_power(people, one, other) == pytest.approx(slow, abs=1e-9)


@settings(max_examples=20)
@given(st.integers(2, 60), SHARES, SHARES)
def test_the_binomial_tests_power_is_every_count_weighed(people: int, known: float, real: float) -> None:
    slow = math.fsum(
        stats.binom.pmf(x, people, real) for x in range(people + 1) if stats.binomtest(x, people, known).pvalue <= 0.05
    )
    assert detecting.known_share_power(people, known, real) == pytest.approx(slow, abs=1e-9)


@settings(max_examples=15)
@given(st.integers(5, 120), st.floats(0.1, 0.9))
def test_a_detectable_share_is_detected_four_times_of_five(people: int, known: float) -> None:
    for found in (detecting.known_share_above(people, known), detecting.known_share_below(people, known)):
        if found is not None:
            assert detecting.known_share_power(people, known, found) == pytest.approx(0.8, abs=1e-6)
    above, below = detecting.two_group_share(people, known), detecting.two_group_below(people, known)
    for found in (above, below):
        if found is not None:
            assert detecting.two_group_power(people, found, known) == pytest.approx(0.8, abs=1e-6)
    assert above is None or above > known
    assert below is None or below < known


def test_stopping_for_harm_seldom_stops_what_is_acceptable() -> None:
    # With 28 and 5 % acceptable: stop at 4, which 4.9 % of acceptable pilots reach, and 84 % of those at 20 %.
    assert detecting.stop_at(28, 0.05) == 4
    assert round(tails.binomial_at_least(4, 28, 0.05), 3) == 0.049
    assert round(tails.binomial_at_least(4, 28, 0.20), 2) == 0.84


def test_the_calculator_answers_for_one_number() -> None:
    found = planning.showing(60, 0.5)
    assert found.events == 30
    assert found.exact.low < found.wilson.low < 0.5 < found.wilson.high < found.exact.high
    assert found.above is not None
    assert found.below is not None
    assert found.above - 0.5 == pytest.approx(0.5 - found.below, abs=1e-9)
    assert planning.showing(3, 0.5).between_above is None


@settings(max_examples=20)
@given(st.floats(0.05, 0.95), st.floats(0.05, 0.3))
def test_enough_is_enough(expected: float, half: float) -> None:
    number = planning.enough(expected, half)
    if number is not None and number > 1:
        found = intervals.exact_share(round(expected * number), number)
        assert (found.high - found.low) / 2 <= half


@pytest.mark.parametrize(("people", "expected"), [(1, 0.5), (501, 0.5), (20, 0.0), (20, 1.0)])
def test_what_cannot_be_reckoned_is_refused(people: int, expected: float) -> None:
    with pytest.raises(Refused):
        planning.showing(people, expected)


@pytest.mark.parametrize("counted", [(-1, 4), (5, 4), (0, 0)])
def test_counts_that_cannot_be_are_refused(counted: tuple[int, int]) -> None:
    with pytest.raises(Refused, match="can't be counted"):
        intervals.exact_share(*counted)
    with pytest.raises(Refused, match="isn't a count"):
        intervals.exact_count(-1)
