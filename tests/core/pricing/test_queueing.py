"""Queues against published tables and second methods."""

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core import queueing
from helsevev.core.queueing import Target, agents_needed, erlang_a, erlang_b, erlang_c, service_level
from helsevev.core.words import Refused


@pytest.mark.parametrize(
    # The classic traffic table of erlangs carried by N lines at a blocking of 1 % (Erlang B), as in ITU handbooks.
    ("lines", "load"),
    [(1, 0.0101), (2, 0.153), (5, 1.36), (10, 4.46), (20, 12.0), (50, 37.9)],
)
def test_erlang_b_is_the_traffic_table(lines: int, load: float) -> None:
    assert erlang_b(load, lines) == pytest.approx(0.01, rel=0.03)  # the table has three digits


@given(st.fractions(Fraction(1, 100), 40), st.integers(0, 30))
@settings(max_examples=40)
def test_erlang_b_is_its_definition_in_exact_fractions(load: Fraction, agents: int) -> None:
    terms = [load**k / math.factorial(k) for k in range(agents + 1)]
    assert erlang_b(float(load), agents) == pytest.approx(float(terms[-1] / sum(terms)), rel=1e-9)


@given(st.fractions(Fraction(1, 100), 20), st.integers(1, 30))
@settings(max_examples=40)
def test_erlang_c_is_the_stationary_birth_and_death_chain(load: Fraction, agents: int) -> None:
    if load >= agents:
        with pytest.raises(Refused, match="never ends"):
            erlang_c(float(load), agents)
        return
    idle = sum(load**k / math.factorial(k) for k in range(agents))
    tail = load**agents / math.factorial(agents) * agents / (agents - load)
    assert erlang_c(float(load), agents) == pytest.approx(float(tail / (idle + tail)), rel=1e-7)


def test_waiting_at_two_and_a_half_erlang_is_computed_not_taken_from_a_page() -> None:
    """One web page prints 60, 27, 13 and 6 %; the chain itself gives these."""
    assert [round(100 * erlang_c(2.5, agents), 1) for agents in (3, 4, 5, 6)] == [70.2, 32.0, 13.0, 4.7]


@given(st.floats(0.01, 0.99))
def test_a_single_agent_makes_wait_whoever_comes_while_busy(load: float) -> None:
    assert erlang_c(load, 1) == pytest.approx(load, rel=1e-12)


def test_the_first_hour_of_the_ten_municipalities_centre() -> None:
    """The worked case: 27.64 contacts of 12 minutes, a fifth of them in the first hour, answered within 10."""
    load = 27.64 * 0.2 * 12 / 60
    assert erlang_c(load, 3) == pytest.approx(0.1161, abs=5e-5)
    assert service_level(load, 3, 10, 12) == pytest.approx(0.9761, abs=5e-5)


@given(st.floats(0.05, 30), st.integers(1, 40))
@settings(max_examples=50)
def test_palms_queue_with_patience_as_long_as_handling_is_the_poisson_tail(load: float, agents: int) -> None:
    """θ = μ: all, served or waiting, leave alike, so the number there is Poisson (M/M/∞)."""
    below = math.fsum(math.exp(-load + k * math.log(load) - math.lgamma(k + 1)) for k in range(agents))
    assert erlang_a(load, agents, 12, 12).probability_of_wait == pytest.approx(1 - below, abs=1e-9)


@given(st.floats(0.05, 12), st.integers(1, 15), st.floats(0.2, 60))
@settings(max_examples=50)
def test_palms_formula_is_the_stationary_chain(load: float, agents: int, patience: float) -> None:
    """The second method: the birth-and-death chain cut off where nobody is."""
    handling = 10.0
    logs, value = [0.0], 0.0
    for state in range(1, 3_000):
        leaving = min(state, agents) / handling + max(0, state - agents) / patience
        value += math.log(load / handling / leaving)
        logs.append(value)
        if state > agents and value < max(logs) - 60:
            break
    top = max(logs)
    shares = np.exp(np.array(logs) - top)
    shares /= shares.sum()
    found = erlang_a(load, agents, handling, patience)
    waiting = float(((np.arange(shares.size) - agents).clip(0) * shares).sum())
    assert found.probability_of_wait == pytest.approx(float(shares[agents:].sum()), abs=1e-8)
    assert found.abandoned_share == pytest.approx(waiting / patience / (load / handling), abs=1e-7)
    assert found.mean_wait == pytest.approx(waiting / (load / handling), abs=1e-6)


def test_endless_patience_is_erlang_c_and_any_load_is_stable_with_patience() -> None:
    assert erlang_a(2.5, 4, 10, 1e7).probability_of_wait == pytest.approx(erlang_c(2.5, 4), rel=1e-4)
    crowd = erlang_a(5_000, 3, 10, 30)
    assert crowd.probability_of_wait == 1
    assert crowd.abandoned_share == pytest.approx(1 - 3 / 5_000)
    assert erlang_a(0, 3, 10, 30).mean_wait == 0


def test_square_root_staffing_has_halfin_and_whitts_limits() -> None:
    """β = 1.0615 is published for 20 % who wait; Erlang C comes to it as the load grows."""
    assert queueing.square_root_wait(1.0615) == pytest.approx(0.20, abs=1e-4)
    agents = round(queueing.square_root_agents(2_500, 1.0615))
    beta = (agents - 2_500) / 50
    assert erlang_c(2_500, agents) == pytest.approx(queueing.square_root_wait(beta), abs=0.005)


@given(
    st.lists(st.floats(0, 25), min_size=1, max_size=6),
    st.floats(2, 30),
    st.floats(0, 0.99),
    st.floats(0.3, 1),
    st.integers(0, 5),
)
@settings(max_examples=60)
def test_agents_needed_are_the_fewest(
    loads: list[float], handling: float, share: float, most: float, least: int
) -> None:
    target = Target(share, 8, most, least)
    for load, agents in zip(loads, agents_needed(loads, handling, target).tolist(), strict=True):

        def meets(count: int, load: float = load) -> bool:
            fits = count >= least and count > load and load / count <= most
            return fits and service_level(load, count, 8, handling) >= share - 1e-12

        assert meets(agents)
        assert agents == 1 or not meets(agents - 1) or abs(service_level(load, agents - 1, 8, handling) - share) < 1e-9


def test_a_target_that_no_staffing_meets_is_refused() -> None:
    with pytest.raises(Refused, match="isn't met by 5 agents at 7"):
        agents_needed([7.0], 10, Target(0.8, 5, most=5))
