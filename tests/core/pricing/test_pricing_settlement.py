"""Price lists and settlements: exact øre, whole months, and bills that come out the same for ever."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pricing_cases import TIERS, cases, small, take_or_pay

from helsevev.core.faults import Faulty
from helsevev.core.pricing import bills, price, read
from helsevev.core.pricing.agreement import PriceList, from_dict, price_list
from helsevev.core.pricing.settlement import Actual, of_year, settlement

OLD = Path(__file__).parent / "price_list_2025.json"
NEW_YEAR, NEW_YEARS_EVE = date(2026, 1, 1), date(2026, 12, 31)


def planned(agreed: PriceList, months: list[str], **changes: Any) -> list[Actual]:
    """Figures as planned: the case's patients every month, its events spread evenly."""
    return [
        Actual(
            number=row["number"],
            month=month,
            patients=changes.get(row["number"], row["patients"]),
            enrolments=row["enrolments"] / 12,
            discharges=row["discharges"] / 12,
        )
        for row in agreed.case["municipalities"]
        for month in months
    ]


def months(year: int, first: int = 1, last: int = 12) -> list[str]:
    return [f"{year}-{month:02}" for month in range(first, last + 1)]


def test_half_a_year_at_plan_is_half_of_each_pool_and_the_volume_at_price() -> None:
    """Hand reckoning in øre: prices are whole øre, six months of 40 and 20 patients, 15 enrolments, 10 discharges."""
    case = read(small())
    agreed = price_list(case, date(2026, 7, 1), NEW_YEARS_EVE)
    found = settlement(agreed, planned(agreed, months(2026, 7)), "2026-07", "2026-12")
    first, line = found.rows[0], agreed.lines[0]
    assert found.months == 6
    used = 6 * (40 * agreed.patient_month_ore["lungs"] + 20 * agreed.patient_month_ore["heart"])
    events = 15 * agreed.enrolment_ore + 10 * agreed.discharge_ore
    assert abs(first.volume_ore - used - events) <= 3  # a twelfth of 20 discharges is no whole number each month
    assert first.fixed_ore == line.fixed_ore * 6 // 12
    assert first.residual_ore == 0
    assert found.total_ore == sum(
        row.volume_ore + row.fixed_ore + row.municipal_ore + row.readiness_ore for row in found.rows
    )
    with pytest.raises(Faulty, match="2026-06 lies outside the agreement, which is valid from 2026-07 to 2026-12"):
        settlement(agreed, [], "2026-06", "2026-12")


@given(cases(kinds=("none", "tiers", "readiness", "take_or_pay")))
@settings(max_examples=20)
def test_a_year_as_planned_is_the_bills_within_rounding(source: dict[str, Any]) -> None:
    case = read(source)
    answer = price(case)
    agreed = price_list(case, NEW_YEAR, NEW_YEARS_EVE)
    found = settlement(agreed, planned(agreed, months(2026)), "2026-01", "2026-12")
    for row, bill in zip(found.rows, answer.bills, strict=True):
        # Rates are rounded to the øre, so that a patient-month may be half an øre off, and each month's sum too.
        slack = 12 * (row.patient_months / 12 * 2 + bill.parts.volume * 1e-9) + 200
        assert abs(row.total_ore - 100 * bill.total_nok) <= slack
        assert row.planned_ore == bill.bill_ore
    for name in ("fixed", "municipal", "readiness"):
        total = sum(getattr(line, f"{name}_ore") for line in agreed.lines)
        assert total == round(100 * getattr(answer.cost.pools, name))


@given(cases(), st.integers(0, 10**9), st.sampled_from(["plan", "equal", "adults", "eligible", "fund"]))
@settings(max_examples=20)
def test_bills_and_fund_add_up_to_the_cost(source: dict[str, Any], cost: int, key: str) -> None:
    agreed = price_list(read(source), NEW_YEAR, None, key=key)
    found = settlement(agreed, planned(agreed, months(2026, 3, 5)), "2026-03", "2026-05", cost_nok=cost / 100)
    assert found.total_ore + found.fund_ore == found.cost_ore == cost
    assert found.residual_ore == found.fund_ore + sum(row.residual_ore for row in found.rows)


@given(st.integers(0, 10**9), st.integers(0, 30), st.integers(1, 12))
def test_any_twelve_months_have_the_whole_year(year_ore: int, start: int, split: int) -> None:
    agreed = price_list(read(small()), date(2026, 4, 1))
    run = [agreed.valid_from.plus(start + at) for at in range(12)]
    assert of_year(year_ore, agreed, run) == year_ore
    assert of_year(year_ore, agreed, run[:split]) + of_year(year_ore, agreed, run[split:]) == year_ore


def test_the_residual_follows_its_key_to_the_ore() -> None:
    """1,000.01 kroner more than is charged: by adults 10:4:2 of 100,001 øre."""
    agreed = price_list(read(small()), NEW_YEAR, NEW_YEARS_EVE, key="adults")
    actuals = planned(agreed, ["2026-01"])
    charged = settlement(agreed, actuals, "2026-01", "2026-01").total_ore
    found = settlement(agreed, actuals, "2026-01", "2026-01", cost_nok=charged / 100 + 1000.01)
    assert [row.residual_ore for row in found.rows] == [62_501, 25_000, 12_500]
    assert bills.shared_exactly(100_001, {"a": 10, "b": 4, "c": 2}) == {"a": 62_501, "b": 25_000, "c": 12_500}


def test_take_or_pay_charges_reserved_used_and_above_by_the_month() -> None:
    """θ = 0.6, σ = 0.5, 40 lungs reserved: 30 used is 0.6·40 + 0.4·30 = 36 places, 50 used is 24 + 16 + 15 = 55."""
    source = small()
    source["incentive"] = take_or_pay(0.6, 0.5, source)
    agreed = price_list(read(source), NEW_YEAR, NEW_YEARS_EVE)
    rate, heart = agreed.patient_month_ore["lungs"], 20 * agreed.patient_month_ore["heart"]
    for used, places in ((30, 36), (40, 40), (50, 55)):
        actuals = [Actual(line.number, "2026-02", {"lungs": 0, "heart": 0}) for line in agreed.lines[1:]]
        actuals.append(Actual("9001", "2026-02", {"lungs": used, "heart": 20}))
        row = settlement(agreed, actuals, "2026-02", "2026-02").rows[0]
        assert row.volume_ore == places * rate + heart
    # Who uses nothing pays θ of what was reserved.
    assert settlement(agreed, actuals, "2026-02", "2026-02").rows[1].volume_ore == round(
        0.6 * 10 * (rate + heart // 20)
    )


def test_tiers_are_settled_by_the_months_own_coverage_at_the_locked_factor() -> None:
    agreed = price_list(read(small(incentive=TIERS)), NEW_YEAR, NEW_YEARS_EVE)
    actuals = planned(agreed, ["2026-01"], **{"9003": {"lungs": 15, "heart": 0}})
    row = settlement(agreed, actuals, "2026-01", "2026-01").rows[2]
    # 15 of 30 is half: 9 below 30 %, 6 above at 0.8.
    events = 3 / 12 * agreed.enrolment_ore + 1 / 12 * agreed.discharge_ore
    assert row.volume_ore == pytest.approx(
        (9 + 6 * 0.8) * agreed.patient_month_ore["lungs"] * agreed.kappa + events, abs=1
    )


def test_old_bills_come_out_the_same_for_ever() -> None:
    """A list of 2025 as it was stored then, and the bills that were sent: read from the file, never reckoned anew."""
    stored = json.loads(OLD.read_text(encoding="utf-8"))
    agreed = from_dict(stored["price_list"])
    actuals = [Actual(**row) for row in stored["actuals"]]
    found = settlement(agreed, actuals, "2025-01", "2025-06", cost_nok=stored["cost_nok"])
    assert {row.number: row.total_ore for row in found.rows} == stored["bills_ore"]
    assert found.digest == stored["settlement_digest"]
    assert from_dict(agreed.as_dict()) == agreed


def test_a_list_that_was_changed_after_signing_is_refused() -> None:
    held = json.loads(json.dumps(price_list(read(small()), NEW_YEAR).as_dict()))
    held["enrolment_ore"] -= 1
    with pytest.raises(Faulty, match="isn't what it was when it was signed"):
        from_dict(held)


def test_another_key_needs_a_new_version() -> None:
    agreed = price_list(read(small()), NEW_YEAR)
    with pytest.raises(Faulty, match="'equal' is not the key agreed on, 'plan'"):
        settlement(agreed, planned(agreed, ["2026-01"]), "2026-01", "2026-01", key="equal")
    with pytest.raises(Faulty, match="'popularity' isn't known here"):
        price_list(read(small()), NEW_YEAR, key="popularity")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2026, 1, 15), None, "must be the first day of a month or the last, is 2026-01-15"),
        (date(2026, 1, 1), date(2026, 6, 15), "is 2026-06-15"),
        (date(2026, 7, 1), date(2026, 1, 31), "ends .2026-01-31. before it begins .2026-07-01"),
    ],
)
def test_an_agreement_has_whole_months(first: date, last: date | None, said: str) -> None:
    with pytest.raises(Faulty, match=said):
        price_list(read(small()), first, last)


def test_figures_that_lack_or_repeat_or_cannot_be_are_refused() -> None:
    agreed = price_list(read(small()), NEW_YEAR, NEW_YEARS_EVE)
    whole = planned(agreed, ["2026-01"])
    wrong: list[tuple[list[Actual], str]] = [
        (whole[1:], "Testvik has no figures for 2026-01"),
        ([*whole, whole[0]], "Testvik has figures for 2026-01 twice"),
        ([*whole, Actual("8000", "2026-01", {})], "'8000' is no municipality of this case"),
        ([*whole[:2], Actual("9003", "2026-01", {"lungs": -1, "heart": 0})], "must be at least 0, is -1"),
        ([*whole[:2], Actual("9003", "2026-01", {"lungs": 1})], "is missing"),
        ([*whole[:2], Actual("9003", "2026-01", {"lungs": 1, "heart": 0, "skin": 2})], "'skin' isn't known here"),
        ([*whole, Actual("9003", "January", {})], "must be a month such as 2026-07, is 'January'"),
    ]
    for actuals, said in wrong:
        with pytest.raises(Faulty, match=said):
            settlement(agreed, actuals, "2026-01", "2026-01")
    with pytest.raises(Faulty, match="must be at least 0, is -5"):
        settlement(agreed, whole, "2026-01", "2026-01", cost_nok=-5)
    with pytest.raises(Faulty, match="before it begins"):
        settlement(agreed, whole, "2026-02", "2026-01")
