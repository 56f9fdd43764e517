"""What a trend would have missed, on series whose miss is known in closed form."""

import numpy as np
import pytest

from helsevev.core.population.backtest import missed
from helsevev.core.population.people import AGES, Kind, Population

YEARS = tuple(range(2010, 2027))


def population(people: np.ndarray, kinds: tuple[Kind, ...] = (Kind.OBSERVED,) * len(YEARS)) -> Population:
    return Population(tuple(f"{9000 + at}" for at in range(people.shape[0])), YEARS[: people.shape[1]], people, kinds)


def test_a_trend_of_cohorts_that_grow_evenly_misses_nothing_five_and_ten_years_on() -> None:
    """Everyone, of every age, a tenth more each five years: P(t) = P(0)·1.1^{t/5} is Hamilton and Perry's own law."""
    growth = 1.1 ** (np.arange(len(YEARS)) / 5)
    people = 1_000 * growth[np.newaxis, :, np.newaxis] * np.ones((2, 1, AGES))
    found = {one.years_ahead: one for one in missed(population(people), from_age=20)}
    assert set(found) == set(range(1, 12))
    for ahead in (5, 10):
        assert found[ahead].mean_share == pytest.approx(0, abs=1e-9)
    for ahead in (1, 2, 3, 4):
        # Between the marks the trend is a straight line, and the series a curve below it.
        straight = 1 + ahead / 5 * 0.1
        assert found[ahead].bias_share == pytest.approx(straight / 1.1 ** (ahead / 5) - 1, rel=1e-6)
        assert found[ahead].bias_share > 0
    # From 2015 to 2025 there are starts for each distance, each with two municipalities.
    assert found[1].cases == 2 * 11
    assert found[11].cases == 2


def test_a_town_that_stops_growing_is_missed_by_what_it_had_grown() -> None:
    """Grown by a fifth until 2015 and never again: five years on the trend says a fifth too many."""
    people = np.full((2, len(YEARS), AGES), 1_000.0)
    people[0, :5] /= 1.2
    found = {one.years_ahead: one for one in missed(population(people), from_age=20)}
    assert found[5].worst_share == pytest.approx(0.2)
    assert found[5].worst_number == "9000"
    starts = len([year for year in YEARS if year - 5 in YEARS and year + 5 in YEARS])
    wrong = len([year for year in YEARS if 2010 <= year - 5 < 2015 and year + 5 in YEARS])
    assert found[5].mean_share == pytest.approx(0.2 * wrong / (2 * starts))
    assert found[5].bias_share == pytest.approx(found[5].mean_share)


def test_what_was_projected_is_nothing_to_hold_a_trend_to() -> None:
    people = np.full((1, 11, AGES), 1_000.0)
    assert missed(population(people[:, :1], (Kind.OBSERVED,))) == ()
    assert missed(population(people, (Kind.OBSERVED,) * 5 + (Kind.PROJECTED,) * 6)) == ()
    assert [one.years_ahead for one in missed(population(people, (Kind.OBSERVED,) * 11))] == [1, 2, 3, 4, 5]
