"""What a case may be wrong in: a sentence each with the path of the field, all at once, never a number."""

import copy
import json
import math
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pricing_cases import SMALL, TIERS, small, take_or_pay

from helsevev.core.faults import Faulty
from helsevev.core.pricing import price, read
from helsevev.core.pricing.inputs import change, inputs
from helsevev.core.pricing.weighing import one_more, scenarios, warnings


def faults(source: Any) -> list[str]:
    """The lines that reading a case gives."""
    with pytest.raises(Faulty) as refused:
        price(read(source))
    return [str(fault) for fault in refused.value.faults]


def put(source: Any, path: str, value: object) -> Any:
    """The case with a value at a path such as `centre.handling_minutes` or `municipalities.0.adults`."""
    source = copy.deepcopy(source)
    *steps, last = path.split(".")
    at = source
    for step in steps:
        at = at[int(step)] if isinstance(at, list) else at[step]
    at[int(last) if isinstance(at, list) else last] = value
    return source


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("centre.max_occupancy", 1.4, "centre.max_occupancy: must be above 0 and at most 1, is 1.4"),
        ("centre.handling_minutes", -3, "centre.handling_minutes: must be above 0, is -3"),
        ("centre.handling_minutes", "ten", "centre.handling_minutes: must be a number, is 'ten'"),
        ("centre.handling_minutes", True, "centre.handling_minutes: must be a number, is true"),
        ("centre.handling_minutes", math.nan, "centre.handling_minutes: must be a number, is NaN"),
        ("centre.handling_minutes", None, "centre.handling_minutes: is missing"),
        ("centre.min_agents", 1.5, "centre.min_agents: must be a whole number, is 1.5"),
        ("centre.service_target.share", 1, "centre.service_target.share: must be at least 0 and below 1, is 1"),
        (
            "centre.hourly_contact_profile",
            [0.5, 0.4],
            "centre.hourly_contact_profile: must add up to 1, adds up to 0.9",
        ),
        ("centre.hourly_contact_profile", [], "centre.hourly_contact_profile: is empty. Write at least one"),
        ("centre.hourly_contact_profile.1", -0.3, "centre.hourly_contact_profile[1]: must be at least 0 and at most 1"),
        ("activities.call_minutes", -1, "activities.call_minutes: must be at least 0, is -1"),
        ("staff.training_hours", 5_000, "staff: leaves no working hours in a position: -2740 hours"),
        ("patient_groups.1.id", "lungs", "patient_groups[1].id: 'lungs' stands twice"),
        ("municipalities.1.number", "9001", "municipalities[1].number: '9001' stands twice"),
        ("municipalities.1.number", 9002, "municipalities[1].number: must be text, is 9002"),
        ("municipalities.0.patients.hart", 3, "municipalities[0].patients.hart: 'hart' isn't known here. Known: heart"),
        ("municipalities.0.patients", {"lungs": 4}, "municipalities[0].patients.heart: is missing"),
        ("municipalities", [], "municipalities: is empty. Write at least one"),
        ("municipalities", {}, "municipalities: must be a list, is {}"),
        ("currency", "EUR", "currency: must be NOK, is 'EUR'"),
        ("incentive.kind", "tears", "incentive.kind: 'tears' isn't known here. Known: tiers"),
        ("incentive", {"kind": "readiness", "gamma": 1}, "incentive.target_coverage: is missing"),
        (
            "municipalities.2.patients",
            {"lungs": 1_900, "heart": 200},
            "municipalities[2].patients: 2100 are more than all 2000 adults of the municipality",
        ),
        (
            "uncertainty",
            {"salary": {"law": "normal", "mean": 1, "sd": 1}},
            "uncertainty.salary: 'salary' isn't known here. Known: salary_nok",
        ),
        ("uncertainty", {"salary_nok": {"law": "normal", "mean": 1}}, "uncertainty.salary_nok: needs either cv or sd"),
        (
            "uncertainty",
            {"sick_share": {"law": "beta", "mean": 0.1, "sd": 0.5}},
            "uncertainty.sick_share: a beta law can't have mean 0.1 and sd 0.5",
        ),
    ],
)
def test_a_fault_names_its_field_and_what_is_wrong(path: str, value: object, line: str) -> None:
    source = put(small(), path, value)
    assert any(found.startswith(line) for found in faults(source)), faults(source)


def test_every_fault_is_told_at_once_and_once() -> None:
    source = put(put(small(), "centre.max_occupancy", 0), "staff.salary_nok", -1)
    del source["prices"]
    assert faults(source) == [
        "centre.max_occupancy: must be above 0 and at most 1, is 0",
        "staff.salary_nok: must be above 0, is -1",
        "prices: is missing",
    ]


@pytest.mark.parametrize("source", [[], "case", None, 7])
def test_what_is_no_case_is_one_sentence(source: Any) -> None:
    (line,) = faults(source)
    assert line.startswith("case: must be an object with named fields, is ")


def test_a_missing_part_is_told_of_once_and_not_for_all_that_is_in_it() -> None:
    places = {"kind": "take_or_pay", "theta": 0.5, "sigma": 0.1}
    assert faults(small(patient_groups=[])) == ["patient_groups: is empty. Write at least one"]
    assert faults(small(incentive=places)) == ["incentive.reserved: is missing"]
    assert faults(small(incentive=places | {"reserved": {"9001": {"lungs": 1, "heart": 1}}})) == [
        "incentive.reserved.9002: is missing",
        "incentive.reserved.9003: is missing",
    ]
    source = small()
    del source["municipalities"][1]["patients"]
    assert faults(source) == ["municipalities[1].patients: is missing"]


@pytest.mark.parametrize("path", ["staff.salary_nok", "municipalities.0.adults", "centre.handling_minutes"])
def test_a_number_that_no_year_has_is_a_sentence_and_no_overflow(path: str) -> None:
    assert faults(put(small(), path, 1e308)) == [f"{path.replace('.0', '[0]')}: 1e+308 is too large to reckon with"]
    assert price(read(put(small(), "municipalities.0.eligible", 5e-324))).bills[0].coverage is None
    assert faults(put(small(), "centre.handling_minutes", 5e-324))[0].startswith(
        "centre.handling_minutes: must be above"
    )


@given(
    st.sampled_from(sorted(SMALL)), st.one_of(st.none(), st.booleans(), st.integers(), st.text(), st.lists(st.none()))
)
@settings(max_examples=60)
def test_nonsense_anywhere_is_a_fault_and_never_a_traceback(key: str, nonsense: object) -> None:
    if key == "title" and isinstance(nonsense, str):
        assert read(small() | {key: nonsense}).title == nonsense
    elif not (nonsense is None and key == "title"):
        assert all("%(" not in line for line in faults(small() | {key: nonsense}))


def test_tiers_that_do_not_rise_and_places_of_nobody_are_refused() -> None:
    tiers = {"kind": "tiers", "tiers": [*TIERS["tiers"], {"above_coverage": 0.3, "discount": 0.5}]}
    assert faults(small(incentive=tiers)) == [
        "incentive.tiers[2].above_coverage: must be above 0.3, the step before it, is 0.3"
    ]
    places = take_or_pay(0.5, 0.5, small())
    places["reserved"]["8000"] = places["reserved"].pop("9003")
    lines = faults(small(incentive=places))
    assert lines[0].startswith("incentive.reserved.8000: '8000' isn't known here")
    assert lines[1] == "incentive.reserved.9003: is missing"


def test_a_queue_that_no_staffing_carries_is_a_sentence_and_no_number() -> None:
    source = put(put(small(), "centre.handling_minutes", 240), "centre.max_agents", 5)
    (line,) = faults(source)
    assert line.startswith("centre.service_target: no staffing up to 5 agents carries")
    assert "never end" in line
    assert faults(put(small(), "patient_groups.0.contacts_per_workday", 1e9))[0].startswith("centre.service_target")


@pytest.mark.parametrize("key", ["adults", "eligible"])
def test_nobody_to_share_by_is_refused(key: str) -> None:
    source = small()
    for partner in source["municipalities"]:
        partner[key] = 0
        if key == "adults":
            partner.update({"patients": {"lungs": 0, "heart": 0}, "enrolments": 0})
    assert any(line.startswith("municipalities: have n") for line in faults(source))


def test_half_a_patient_and_a_municipality_without_eligible_can_be_reckoned() -> None:
    source = put(put(small(), "municipalities.0.patients.lungs", 0.5), "municipalities.2.eligible", 0)
    for scheme in ({"kind": "none"}, TIERS, {"kind": "readiness", "gamma": 1, "target_coverage": 0.5}):
        answer = price(read(source | {"incentive": scheme}))
        assert answer.bills[2].coverage is None
        assert sum(bill.total_nok for bill in answer.bills) == pytest.approx(answer.cost.total_nok)
    said = [str(fault) for fault in warnings(read(source))]
    assert "municipalities[2].patients: Testdal has 6 patients, but only 0 eligible" in said


def test_inputs_are_all_numbers_of_the_case_and_each_can_be_changed() -> None:
    case = read(small(incentive=TIERS))
    rows = {one.path: one for one in inputs(case)}
    assert rows["centre.service_target.share"].name == "target_share"
    assert rows["municipalities[1].patients.heart"].of == "9002"
    assert rows["incentive.tiers[1].discount"].value == 0.2
    for path, one in rows.items():
        assert change(case, {path: one.value}) == case
    assert change(case, {"municipalities[9002].adults": 4_321}).municipalities[1].adults == 4_321
    with pytest.raises(Faulty, match=r"'municipalities\[9009\].adults' is no input"):
        change(case, {"municipalities[9009].adults": 1})
    with pytest.raises(Faulty, match="above 0, is -2"):
        change(case, {"centre.handling_minutes": -2})


def test_a_changed_input_takes_its_law_along() -> None:
    laws = {
        "handling_minutes": {"law": "gamma", "mean": 12, "cv": 0.2},
        "salary_nok": {"law": "normal", "mean": 500_000, "sd": 10_000},
        "fixed_nok_total": {"law": "gamma", "mean": 120_000, "cv": 0.1},
    }
    case = read(small(uncertainty=laws))
    changed = change(case, {"centre.handling_minutes": 18, "centre.fixed_nok_per_year": 210_000})
    assert changed.uncertainty["handling_minutes"].mean == pytest.approx(18)
    assert changed.uncertainty["handling_minutes"].sd == pytest.approx(3.6)
    assert changed.uncertainty["fixed_nok_total"].mean == pytest.approx(240_000)
    assert changed.uncertainty["salary_nok"] == case.uncertainty["salary_nok"]


def test_scenarios_stand_side_by_side() -> None:
    found = scenarios(read(small()), {"as it is": {}, "longer calls": {"activities.call_minutes": 40}})
    assert [one.name for one in found] == ["as it is", "longer calls"]
    assert found[0].answer == price(read(small()))
    assert found[1].answer.staffing.patient_hours > found[0].answer.staffing.patient_hours


@pytest.mark.parametrize("number", ["9001", "9003"])
def test_one_more_patient_changes_every_bill_and_they_add_up_to_the_cost(number: str) -> None:
    case = read(small())
    more = one_more(case, number, "heart")
    assert sum(more.by_municipality.values()) == pytest.approx(more.total_nok)
    assert more.marginal_price_nok == pytest.approx(12 * price(case).rates.patient_month_nok["heart"])
    if not more.restaffed:
        assert more.total_nok == pytest.approx(more.marginal_cost_nok)
    with pytest.raises(Faulty, match="is no input"):
        one_more(case, "8000", "heart")


WARNED: list[tuple[str, Callable[[], dict[str, Any]], str]] = [
    ("price rises", lambda: small(incentive=TIERS), "raises the price of one more patient"),
    ("a step", small, "One more agent in one opening hour costs"),
    ("busy", lambda: put(put(small(), "centre.max_occupancy", 1), "centre.service_target.share", 0), "are busy 9"),
    (
        "a law elsewhere",
        lambda: small(uncertainty={"handling_minutes": {"law": "gamma", "mean": 15.5, "cv": 0.1}}),
        "uncertainty.handling_minutes: the spread lies around 15.5, but the case reckons with 12",
    ),
    ("as many agents as may be", lambda: put(small(), "centre.handling_minutes", 10_000), "One more agent in one"),
    ("an ended number", lambda: put(small(), "municipalities.0.number", "0213"), "0213 has ended. Its inhabitants"),
]


@pytest.mark.parametrize(("_name", "source", "said"), WARNED, ids=[name for name, *_rest in WARNED])
def test_what_people_should_stop_at_is_said_in_words(
    _name: str, source: Callable[[], dict[str, Any]], said: str
) -> None:
    lines = [str(fault) for fault in warnings(read(source()))]
    assert any(said in line for line in lines), lines


def test_readiness_raises_nobodys_price_and_so_warns_of_none() -> None:
    scheme = {"kind": "readiness", "gamma": 1, "target_coverage": 0.5}
    assert not any("raises the price" in str(fault) for fault in warnings(read(small(incentive=scheme))))
    places = take_or_pay(0.5, 0.5, small())
    places["reserved"]["9001"] = {"lungs": 60, "heart": 20}
    assert any("bills differ from the cost" in str(fault) for fault in warnings(read(small(incentive=places))))


def test_the_answer_is_json_with_every_name_of_its_form() -> None:
    said = json.loads(json.dumps(price(read(small())).as_dict(), allow_nan=False))
    assert set(said["staffing"]) >= {
        "hours", "contacts_per_workday", "open_hours", "busy_hours", "idle_hours", "deferrable_hours", "absorbed_hours",
        "readiness_hours", "total_hours", "hours_per_position", "positions",
    }  # fmt: skip
    hour = {"offered_erlang", "agents", "occupancy", "probability_of_wait", "service_level"}
    assert set(said["staffing"]["hours"][0]) == hour
    assert set(said["cost"]) == {"position_nok", "hour_nok", "pools", "total_nok"}
    assert set(said["cost"]["pools"]) == {"volume", "readiness", "fixed", "municipal"}
    row = said["municipalities"][0]
    assert set(row["parts"]) == {"fixed", "municipal", "readiness", "volume"}
    assert set(row) >= {"number", "name", "total_nok", "mean_patient_month_nok", "marginal_patient_year_nok"}


def test_patience_adds_erlang_a_to_each_hour() -> None:
    hour = price(read(put(small(), "centre.patience_minutes", 15))).staffing.hours[0]
    assert hour.with_patience is not None
    assert hour.with_patience.probability_of_wait < hour.probability_of_wait
    assert hour.with_patience.mean_wait_minutes == pytest.approx(15 * hour.with_patience.abandoned_share)
