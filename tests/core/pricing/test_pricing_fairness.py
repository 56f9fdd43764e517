"""Shapley, stand-alone and the core, against exact fractions, all joining orders and a loop over coalitions."""

import copy
from itertools import combinations, permutations
from typing import Any

import pytest
from hypothesis import given, settings
from pricing_cases import cases, small

from helsevev.core.pricing import price, read
from helsevev.core.pricing.fairness import fairness


def alone(source: dict[str, Any], members: tuple[int, ...]) -> float:
    """The second method: a coalition is priced as a case of its own."""
    case = copy.deepcopy(source)
    case["incentive"] = {"kind": "none"}
    case["municipalities"] = [case["municipalities"][at] for at in members]
    return price(read(case)).cost.total_nok


@given(cases(most=4))
@settings(max_examples=15)
def test_shapley_is_the_mean_over_all_joining_orders(source: dict[str, Any]) -> None:
    count = len(source["municipalities"])
    cost = {
        members: alone(source, members) for size in range(1, count + 1) for members in combinations(range(count), size)
    }
    cost[()] = 0
    found = fairness(read(source))
    orders = list(permutations(range(count)))
    for partner in range(count):
        gains = [
            cost[tuple(sorted(order[: order.index(partner) + 1]))] - cost[tuple(sorted(order[: order.index(partner)]))]
            for order in orders
        ]
        assert found.rows[partner].shapley_nok == pytest.approx(sum(gains) / len(orders), rel=1e-9)
        assert found.rows[partner].stand_alone_nok == pytest.approx(cost[(partner,)], rel=1e-12)
    bills = [bill.total_nok for bill in price(read(source)).bills]
    excess = {
        members: sum(bills[at] for at in members) - nok for members, nok in cost.items() if 0 < len(members) < count
    }
    assert found.largest_overcharge_nok == pytest.approx(max(excess.values(), default=0.0), abs=0.01)
    assert found.coalitions == len(excess)


@given(cases(most=6))
@settings(max_examples=25)
def test_shapley_shares_the_whole_cost_and_treats_twins_alike(source: dict[str, Any]) -> None:
    source["municipalities"].append(copy.deepcopy(source["municipalities"][0]) | {"number": "9999"})
    case = read(source)
    found = fairness(case)
    assert sum(row.shapley_nok for row in found.rows) == pytest.approx(price(case).cost.total_nok, abs=0.01)
    assert found.rows[0].shapley_nok == pytest.approx(found.rows[-1].shapley_nok, abs=0.01)


def test_a_partner_who_brings_nothing_still_brings_its_fixed_cost_and_its_meetings() -> None:
    source = small()
    source["municipalities"][2] |= {"patients": {"lungs": 0, "heart": 0}, "enrolments": 0, "discharges": 0}
    case = read(source)
    row = fairness(case).rows[2]
    assert case.centre.fixed_nok_per_municipality_per_year <= row.shapley_nok < row.stand_alone_nok


def test_drawn_orders_come_to_the_exact_value_within_their_stated_error() -> None:
    case = read(many(9))
    exact, drawn = fairness(case), fairness(case, permutations=3_000, seed=4)
    assert not drawn.exact
    for one, other in zip(exact.rows, drawn.rows, strict=True):
        assert other.standard_error_nok > 0
        assert abs(one.shapley_nok - other.shapley_nok) < 4.5 * other.standard_error_nok
    assert sum(row.shapley_nok for row in drawn.rows) == pytest.approx(sum(row.shapley_nok for row in exact.rows))
    assert drawn.largest_overcharge_nok <= exact.largest_overcharge_nok + 1e-6


def test_two_hundred_partners_are_drawn_with_a_stated_error_and_one_seed_gives_one_answer() -> None:
    case = read(many(200))
    answer = price(case)
    found = fairness(case, answer, permutations=64)
    assert found.permutations == 64
    assert sum(row.shapley_nok for row in found.rows) == pytest.approx(answer.cost.total_nok, rel=1e-9)
    assert found == fairness(case, answer, permutations=64)


def test_a_coalition_that_pays_too_much_is_found_by_both_ways() -> None:
    """All fixed cost shared equally among a giant and dwarfs who need next to nothing."""
    source = many(6)
    source["allocation"]["fixed_equal_share"] = 1
    source["centre"] |= {"fixed_nok_per_year": 0, "fixed_nok_per_municipality_per_year": 0}
    source["centre"] |= {"fixed_hours_per_month": 2_000}
    source["municipalities"][0] |= {"eligible": 5_000, "adults": 90_000, "patients": {"lungs": 300, "heart": 90}}
    case = read(source)
    exact = fairness(case)
    assert exact.largest_overcharge_nok == pytest.approx(fairness(case, permutations=400).largest_overcharge_nok)


def test_a_single_municipality_is_its_own_fair_share() -> None:
    case = read(many(1))
    found = fairness(case)
    assert found.rows[0].shapley_nok == pytest.approx(price(case).cost.total_nok)
    assert found.largest_overcharge_nok == 0
    assert found.worst == ()


def many(count: int) -> dict[str, Any]:
    """Partners of different sizes."""
    source = small()
    one = source["municipalities"][1]
    source["municipalities"] = [
        one
        | {"number": f"{7000 + at}", "adults": 900 + 97 * at, "eligible": 9 + at}
        | {"patients": {"lungs": 2 + at % 7, "heart": 1 + at % 5}, "enrolments": 2 + at % 3}
        for at in range(count)
    ]
    return source
