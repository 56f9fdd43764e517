"""The equations: every intermediate by exact fractions, and the properties that hold for any case."""

import copy
import json
import math
import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pricing_cases import READINESS, TIERS, cases, small, take_or_pay

from helsevev.core.pricing import bills, price, read

EXAMPLE = Path(__file__).parent / "example.json"
F = Fraction
modest = settings(max_examples=40)


def test_every_intermediate_of_a_small_case_by_exact_fractions() -> None:
    """Reckoned by hand in whole numbers: λ·n gives 12 contacts, so 60 % of an erlang in the first hour."""
    answer = price(read(small()))
    contacts = F(54, 10) + F(32, 5)
    offered = [contacts * share * 12 / 60 for share in (F(4, 10), F(3, 10), F(2, 10), F(1, 10))]
    assert answer.staffing.contacts_per_workday == pytest.approx(float(contacts))
    assert [hour.offered_erlang for hour in answer.staffing.hours] == pytest.approx([float(one) for one in offered])
    # One agent has P_w = A. 1 − A·e^(−(1−A)·10/12) ≥ 0.8 fails at 0.944 and 0.708 and 0.472, holds at 0.236.
    assert [hour.agents for hour in answer.staffing.hours] == [2, 2, 2, 1]
    opened, busy = F(7 * 240), contacts * 12 / 60 * 240
    idle = opened - busy
    lungs, heart = 20 + 20 + 10, 40 + 10 + 10
    patient = F(54 * 12 * lungs + 32 * 12 * heart + 43 * 180 + 29 * 60, 60)
    deferrable = patient + 120 + 36
    absorbed = min(deferrable, idle / 2)
    capacity = (F(1_750) * 9 / 10 - 25) * 8 / 10
    hour = (500_000 * F(11, 10) * F(114, 100) + 53_000) / capacity
    readiness = idle - absorbed
    pools = {
        "volume": hour * (patient + busy) + 400 * 12 * 86 + 2_000 * 43,
        "readiness": hour * readiness,
        "fixed": hour * 120 + 120_000,
        "municipal": hour * 36,
    }
    staffing = answer.staffing
    assert (staffing.open_hours, staffing.busy_hours) == pytest.approx((float(opened), float(busy)))
    assert staffing.deferrable_hours == pytest.approx(float(deferrable), abs=1e-6)
    assert staffing.absorbed_hours == pytest.approx(float(absorbed), abs=1e-6)
    assert staffing.readiness_hours == pytest.approx(float(readiness), abs=1e-6)
    assert staffing.positions == pytest.approx(float((busy + deferrable + readiness) / capacity))
    for name, value in pools.items():
        assert getattr(answer.cost.pools, name) == pytest.approx(float(value), abs=0.005)
    month = hour * (lungs + F(1, 10) * 20 * 12) / 60 + 400
    assert answer.rates.patient_month_nok["lungs"] == pytest.approx(float(month))
    part = F(4, 10) / 3 + F(6, 10) * F(10_000, 16_000)
    first = answer.bills[0]
    assert first.parts.fixed == pytest.approx(float(pools["fixed"] * part))
    assert first.parts.municipal == pytest.approx(float(pools["municipal"] / 3))
    assert first.parts.readiness == pytest.approx(float(pools["readiness"] * F(100, 180)))


def test_the_step_and_the_marginal_cost_of_a_patient() -> None:
    """Second method: one more agent adds D hours of idle time, of which 1 − φ is readiness, if idle time is short."""
    answer = price(read(small()))
    left = answer.staffing.deferrable_hours - 0.5 * answer.staffing.idle_hours
    absorbed = min(left, 0.5 * 240)
    assert answer.rates.agent_hour_step_nok == pytest.approx((240 - absorbed) * answer.cost.hour_nok)
    # A patient-year costs its price, less what it takes from readiness: (1 − φ) of its answering.
    for group, contacts in (("lungs", 0.1), ("heart", 0.2)):
        cost = 12 * answer.rates.patient_month_nok[group] - 0.5 * contacts * 240 * 12 / 60 * answer.cost.hour_nok
        assert answer.rates.marginal_cost_patient_year_nok[group] == pytest.approx(cost)


def test_the_published_price_of_a_position() -> None:
    """The worked case of ten municipalities: 880,607.20 over 1,363.5 hours is 645.84 an hour."""
    case = small()
    case["staff"] |= {"gross_hours": 1363.5, "holiday_hours": 0, "public_holiday_hours": 0, "sick_share": 0}
    case["staff"] |= {"training_hours": 0, "indirect_share": 0, "salary_nok": 880_607.2, "pension_share": 0}
    case["staff"] |= {"employer_tax_share": 0, "overhead_nok": 0}
    assert price(read(case)).cost.hour_nok == pytest.approx(645.84, abs=0.005)


@given(cases())
@modest
def test_bills_add_up_and_pools_are_paid(source: dict[str, Any]) -> None:
    answer = price(read(source))
    assert math.fsum(bill.total_nok for bill in answer.bills) == pytest.approx(answer.cost.total_nok, abs=0.005)
    assert sum(bill.bill_ore for bill in answer.bills) == math.floor(F(answer.cost.total_nok) * 100 + F(1, 2))
    for name in ("fixed", "municipal", "readiness", "volume"):
        paid = math.fsum(getattr(bill.parts, name) for bill in answer.bills)
        assert paid == pytest.approx(getattr(answer.cost.pools, name), abs=0.005)
    assert answer.residual_nok == 0


@given(cases(), st.randoms(use_true_random=False))
@modest
def test_order_does_not_matter(source: dict[str, Any], chance: random.Random) -> None:
    shuffled = copy.deepcopy(source)
    chance.shuffle(shuffled["municipalities"])
    before = {bill.number: bill for bill in price(read(source)).bills}
    for bill in price(read(shuffled)).bills:
        assert bill.total_nok == pytest.approx(before[bill.number].total_nok, abs=0.005)


@given(cases(), st.sampled_from(["none", "tiers", "readiness"]))
@modest
def test_twins_pay_alike(source: dict[str, Any], kind: str) -> None:
    source["incentive"] = {"none": {"kind": "none"}, "tiers": TIERS, "readiness": READINESS}[kind]
    twin = copy.deepcopy(source["municipalities"][0]) | {"number": "9999"}
    source["municipalities"].append(twin)
    answer = price(read(source))
    assert answer.bills[0].total_nok == pytest.approx(answer.bills[-1].total_nok, rel=1e-12)
    assert answer.bills[0].marginal_patient_year_nok == pytest.approx(answer.bills[-1].marginal_patient_year_nok)


@given(cases(), st.floats(0.1, 10))
@modest
def test_prices_scale_with_money(source: dict[str, Any], factor: float) -> None:
    scaled = copy.deepcopy(source)
    for part, names in {
        "staff": ("salary_nok", "overhead_nok"),
        "prices": ("licence_nok_per_patient_month", "equipment_nok_per_enrolment"),
        "centre": ("fixed_nok_per_year", "fixed_nok_per_municipality_per_year"),
    }.items():
        for name in names:
            scaled[part][name] *= factor
    before, after = price(read(source)), price(read(scaled))
    assert after.cost.total_nok == pytest.approx(factor * before.cost.total_nok, rel=1e-9)
    for old, new in zip(before.bills, after.bills, strict=True):
        assert new.total_nok == pytest.approx(factor * old.total_nok, rel=1e-9, abs=1e-6)
    assert after.staffing == before.staffing


@given(cases(most=1))
@modest
def test_one_municipality_pays_everything(source: dict[str, Any]) -> None:
    answer = price(read(source))
    assert answer.bills[0].total_nok == pytest.approx(answer.cost.total_nok, abs=0.005)


@given(cases())
@modest
def test_without_patients_and_events_only_fixed_municipal_and_readiness_are_paid(source: dict[str, Any]) -> None:
    source["municipalities"][0] |= {"patients": {"lungs": 0, "heart": 0}, "enrolments": 0, "discharges": 0}
    first = price(read(source)).bills[0]
    assert first.parts.volume == 0
    assert first.total_nok == pytest.approx(first.parts.fixed + first.parts.municipal + first.parts.readiness)
    assert first.mean_patient_month_nok is None


@given(cases(kinds=("none",)), st.sampled_from([TIERS, READINESS]))
@modest
def test_tiers_and_readiness_are_zero_sum(source: dict[str, Any], scheme: dict[str, Any]) -> None:
    plain = price(read(source))
    schemed = price(read(source | {"incentive": scheme}))
    assert schemed.cost == plain.cost
    assert math.fsum(bill.total_nok for bill in schemed.bills) == pytest.approx(plain.cost.total_nok, abs=0.005)


@given(cases(kinds=("take_or_pay",)))
@modest
def test_take_or_pay_is_zero_sum_when_what_is_used_was_reserved(source: dict[str, Any]) -> None:
    answer = price(read(source))
    assert answer.residual_nok == pytest.approx(0, abs=0.005)
    plain = price(read(source | {"incentive": {"kind": "none"}}))
    for bill, before in zip(answer.bills, plain.bills, strict=True):
        assert bill.total_nok == pytest.approx(before.total_nok, abs=0.005)


def test_take_or_pay_below_and_above_what_is_reserved() -> None:
    """θ = 0.6, σ = 0.5: 40 used of 50 is 0.6·50 + 0.4·40 = 46 places; 20 used of 10 is 6 + 4 + 1.5·10 = 25."""
    source = small()
    source["incentive"] = take_or_pay(0.6, 0.5, source)
    source["incentive"]["reserved"]["9001"] = {"lungs": 50, "heart": 10}
    case = read(source)
    answer, plain = price(case), price(read(small()))
    month = answer.rates.patient_month_nok
    more = 12 * (6 * month["lungs"] + 5 * month["heart"])
    assert answer.bills[0].total_nok - plain.bills[0].total_nok == pytest.approx(more)
    assert answer.residual_nok == pytest.approx(-more)
    assert answer.bills[0].marginal_patient_year_nok["lungs"] == pytest.approx(0.4 * 12 * month["lungs"])
    assert answer.bills[0].marginal_patient_year_nok["heart"] == pytest.approx(1.5 * 12 * month["heart"])


def test_tiers_raise_the_price_for_those_behind_and_lower_it_for_the_leader() -> None:
    """Hand reckoning: 60 of 100 is 30 + 30·0.8 = 54 places, 20 of 50 is 15 + 5·0.8 = 19, 6 of 30 stays 6."""
    plain, schemed = price(read(small())), price(read(small(incentive=TIERS)))
    month = plain.rates.patient_month_nok
    full = [
        40 * month["lungs"] + 20 * month["heart"],
        10 * sum(month.values()),
        4 * month["lungs"] + 2 * month["heart"],
    ]
    kappa = sum(full) / (full[0] * 54 / 60 + full[1] * 19 / 20 + full[2])
    assert schemed.rates.kappa == pytest.approx(kappa)
    leader, _middle, behind = schemed.bills
    assert behind.marginal_patient_year_nok["lungs"] == pytest.approx(12 * month["lungs"] * kappa)
    assert behind.marginal_patient_year_nok["lungs"] > 12 * month["lungs"] > leader.marginal_patient_year_nok["lungs"]


def test_readiness_lowers_the_price_just_for_those_behind() -> None:
    schemed = price(read(small(incentive=READINESS)))
    year = 12 * schemed.rates.patient_month_nok["lungs"]
    leader, middle, behind = (bill.marginal_patient_year_nok["lungs"] for bill in schemed.bills)
    assert leader == year  # has reached the target
    assert middle < year
    assert behind < year
    # By hand: weights 100, 50·1.2, 30·1.6; one more patient makes 30·1.6 into 30·1.6 − 2.
    pool = schemed.cost.pools.readiness
    assert behind == pytest.approx(year + pool * (46 / 206 - 48 / 208))


def test_nobody_anywhere_is_a_price_too() -> None:
    source = small()
    for partner in source["municipalities"]:
        partner |= {"patients": {"lungs": 0, "heart": 0}, "enrolments": 0, "discharges": 0}
    for scheme in ({"kind": "none"}, TIERS, READINESS):
        answer = price(read(source | {"incentive": scheme}))
        assert answer.rates.mean_patient_month_nok is None
        assert answer.cost.pools.volume == 0
        assert math.fsum(bill.total_nok for bill in answer.bills) == pytest.approx(answer.cost.total_nok)


def test_two_hundred_partners_add_up_to_the_ore() -> None:
    source = small()
    one = source["municipalities"][1]
    source["municipalities"] = [one | {"number": f"{7000 + at}", "adults": 900 + 7 * at} for at in range(200)]
    answer = price(read(source))
    assert sum(bill.bill_ore for bill in answer.bills) == round(answer.cost.total_nok * 100)


@given(
    st.dictionaries(st.integers(1, 999).map(str), st.floats(0, 1e7), min_size=1, max_size=30), st.sampled_from([1, 100])
)
def test_whole_amounts_keep_the_sum_and_stay_within_one_unit(amounts: dict[str, float], unit: int) -> None:
    found = bills.exact(amounts, unit)
    assert sum(found.values()) == math.floor(F(math.fsum(amounts.values())) * 100 / unit + F(1, 2)) * unit
    for number, amount in amounts.items():
        assert abs(found[number] - F(amount) * 100) < unit * (1 + 1e-6)


def test_equal_remainders_go_to_the_lowest_number() -> None:
    assert bills.exact({"0303": 1 / 3, "0101": 1 / 3, "0202": 1 / 3}) == {"0303": 33, "0101": 34, "0202": 33}
    assert bills.shared_exactly(-100, {"b": 1, "a": 1, "c": 1}) == {"b": -33, "a": -34, "c": -33}


def test_the_example_reads_back_as_itself() -> None:
    source = json.loads(EXAMPLE.read_text(encoding="utf-8"))
    case = read(source)
    assert read(case.as_dict()) == case
    assert read(json.loads(json.dumps(case.as_dict()))).digest == case.digest
