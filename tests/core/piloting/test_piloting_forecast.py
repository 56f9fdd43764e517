"""The forecast on the case's real figures, against scipy, and as laws that hold for every pilot."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from helsevev.core.piloting.forecasting import VAGUE, Coming, Look, Prior, Verdict, forecast, plan_prior
from helsevev.core.piloting.pacing import Pace, Plan, Week, monday, weeks
from helsevev.core.words import Refused

PER_WEEK = 0.10 * 1077 / 228 * 7
PLAN = plan_prior(PER_WEEK)
START, END = date(2024, 10, 28), date(2025, 6, 13)
# The case's looks: 7 included on day 73, 17 on day 150, of 228 days.
FIRST, SECOND = Look(7, 73, 228), Look(17, 150, 228)


def test_the_plans_prior_is_two_weeks_at_the_planned_rate() -> None:
    assert round(PER_WEEK, 3) == 3.307
    assert Prior(2 * PER_WEEK, 14) == PLAN


@pytest.mark.parametrize("prior", [VAGUE, PLAN], ids=["vague", "plan"])
@pytest.mark.parametrize("look", [FIRST, SECOND])
def test_the_case_has_been_warned_of_by_its_first_look(prior: Prior, look: Look) -> None:
    found = forecast(look, 60, prior)
    assert found is not None
    assert found.chance < 0.20
    assert found.verdict.warns


def test_golden_forecast_of_the_case() -> None:
    """A gamma-Poisson forecast of the first look by its closed form: 23 (12 to 39) and 31 (17 to 49)."""
    vague, plan = forecast(FIRST, 38, VAGUE), forecast(FIRST, 38, PLAN)
    assert vague is not None
    assert plan is not None
    assert (round(vague.mean), vague.low, vague.high, round(vague.chance, 3)) == (23, 12, 39, 0.035)
    assert (round(plan.mean), plan.low, plan.high, round(plan.chance, 3)) == (31, 17, 49, 0.211)
    assert vague.mean == pytest.approx(7 + 7.5 * 155 / 73)
    assert vague.low <= 28 <= vague.high  # what it became
    assert plan.low <= 28 <= plan.high


LOOKS = st.integers(2, 400).flatmap(
    lambda all_days: st.builds(
        Look, st.integers(0, 200), st.integers(1, all_days - 1), st.just(all_days), st.integers(0, 30)
    )
)
PRIORS = st.builds(Prior, st.floats(0.5, 50), st.floats(0, 60))


@settings(max_examples=60)
@given(LOOKS, st.integers(0, 300), PRIORS)
def test_the_forecast_is_scipys_negative_binomial(look: Look, least: int, prior: Prior) -> None:
    found = forecast(look, least, prior)
    assert found is not None
    days = prior.days + look.days
    other = stats.nbinom(prior.shape + look.included, days / (days + look.all_days - look.days))
    assert found.chance == pytest.approx(other.sf(least - look.so_far - 1), abs=1e-9)
    assert found.mean == pytest.approx(look.so_far + other.mean())
    assert (found.low, found.middle, found.high) == tuple(look.so_far + int(other.ppf(p)) for p in (0.025, 0.5, 0.975))


@settings(max_examples=60)
@given(LOOKS, st.integers(1, 300), PRIORS)
def test_more_included_never_lowers_and_more_demanded_never_raises_the_chance(
    look: Look, least: int, prior: Prior
) -> None:
    here = forecast(look, least, prior)
    more = forecast(Look(look.included + 1, look.days, look.all_days, look.before), least, prior)
    harder = forecast(look, least + 1, prior)
    assert here is not None
    assert more is not None
    assert harder is not None
    assert more.chance >= here.chance - 1e-12
    assert harder.chance <= here.chance + 1e-12
    assert look.so_far <= here.low <= here.middle <= here.high


def test_the_negative_binomial_is_a_gamma_of_poissons() -> None:
    """Drawn the long way: a rate from the gamma, then a count."""
    chance = np.random.default_rng(1)
    rates = chance.gamma(7.5, 1 / 73, size=200_000)
    coming = chance.poisson(rates * 155)
    assert float((coming >= 31).mean()) == pytest.approx(Coming(7.5, 73 / 228).at_least(31), abs=0.002)


def test_at_its_end_a_forecast_is_what_happened() -> None:
    missed, reached = forecast(Look(28, 228, 228), 60), forecast(Look(60, 228, 228), 60)
    assert missed is not None
    assert reached is not None
    assert (missed.low, missed.high, missed.chance, missed.verdict) == (28, 28, 0.0, Verdict.MISSED)
    assert (reached.chance, reached.verdict) == (1.0, Verdict.ON_COURSE)


def test_nothing_is_foreseen_from_nothing() -> None:
    assert forecast(Look(0, 0, 228), 60, VAGUE) is None
    assert forecast(Look(0, 0, 228), 60, PLAN) is not None
    for wrong in ((-1, 1, 2), (0, 3, 2), (0, -1, 2), (0, 0, 0)):
        with pytest.raises(Refused):
            Look(*wrong)
    with pytest.raises(Refused):
        Prior(0, 14)


def _even(counts: list[int]) -> Pace:
    rows = [
        Week(START + timedelta(days=7 * n), START + timedelta(days=7 * n + 6), count) for n, count in enumerate(counts)
    ]
    return Pace(Plan(START, END, 108, 60), weeks(rows))


def test_weeks_are_laid_together_and_the_newest_word_counts() -> None:
    pace = _even([1, 0, 2])
    assert (pace.included, pace.running, pace.unreported) == (3, (1, 1, 3), ())
    corrected = weeks([*pace.weeks, Week(START, START + timedelta(days=6), 5)])
    assert [week.included for week in corrected] == [5, 0, 2]
    assert pace.look() == Look(3, 20, 228)


def test_a_week_nobody_has_told_of_is_still_to_come() -> None:
    pace = Pace(Plan(START, END, 108, 60), (_even([1, 1, 1]).weeks[0], _even([1, 1, 1]).weeks[2]))
    assert pace.unreported == (START + timedelta(days=7),)
    assert pace.look() == Look(2, 13, 228)


def test_a_rate_that_changed_is_looked_at_anew() -> None:
    whole = _even([0, 0, 0, 3, 3])
    anew = Pace(whole.plan, whole.weeks, START + timedelta(days=21))
    assert anew.look() == Look(6, 13, 207)
    old, new = whole.forecast(VAGUE), anew.forecast(VAGUE)
    assert old is not None
    assert new is not None
    assert new.mean > old.mean


@given(st.lists(st.integers(0, 9), min_size=1, max_size=32), st.integers(0, 240))
def test_what_stood_on_a_day_is_what_was_counted_by_then(counts: list[int], days: int) -> None:
    pace = _even(counts)
    day = START + timedelta(days=days)
    then = pace.at(day)
    assert then.included == sum(c for n, c in enumerate(counts) if START + timedelta(days=7 * n + 6) <= day)
    assert pace.included >= then.included
    look = pace.look()
    assert look is not None
    assert look.so_far == pace.included


def test_the_plan_is_due_evenly() -> None:
    plan = Plan(START, END, 108, 60)
    assert plan.due(START) == 0
    assert plan.due(END) == plan.due(END + timedelta(days=9)) == 108
    assert plan.due(START + timedelta(days=114)) == 54
    assert monday(date(2025, 1, 9)) == date(2025, 1, 6)
