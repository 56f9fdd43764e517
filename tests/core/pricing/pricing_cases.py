"""Cases that several tests begin from, and a strategy for any case."""

import copy
from typing import Any

from hypothesis import strategies as st

# A case of our own; the published one of ten municipalities is in test_pricing_worked.
SMALL: dict[str, Any] = {
    "title": "Test: a centre for three invented municipalities",
    "currency": "NOK",
    "centre": {
        "workdays_per_year": 240,
        "hourly_contact_profile": [0.4, 0.3, 0.2, 0.1],
        "handling_minutes": 12,
        "service_target": {"share": 0.8, "within_minutes": 10},
        "max_occupancy": 0.85,
        "min_agents": 1,
        "absorption_share": 0.5,
        "fixed_hours_per_month": 10,
        "fixed_nok_per_year": 90_000,
        "fixed_nok_per_municipality_per_year": 10_000,
        "meeting_minutes_per_municipality_per_month": 60,
    },
    "staff": {
        "gross_hours": 1_950,
        "holiday_hours": 150,
        "public_holiday_hours": 50,
        "sick_share": 0.1,
        "training_hours": 25,
        "indirect_share": 0.2,
        "salary_nok": 500_000,
        "pension_share": 0.1,
        "employer_tax_share": 0.14,
        "overhead_nok": 53_000,
    },
    "patient_groups": [
        {"id": "lungs", "review_minutes_per_workday": 1, "calls_per_month": 1, "contacts_per_workday": 0.1},
        {"id": "heart", "review_minutes_per_workday": 2, "calls_per_month": 0.5, "contacts_per_workday": 0.2},
    ],
    "activities": {
        "call_minutes": 20,
        "coordination_minutes_per_patient_month": 10,
        "enrolment_minutes": 180,
        "discharge_minutes": 60,
    },
    "prices": {"licence_nok_per_patient_month": 400, "equipment_nok_per_enrolment": 2_000},
    "allocation": {"fixed_equal_share": 0.4},
    "incentive": {"kind": "none"},
    "municipalities": [
        {
            "number": "9001", "name": "Testvik", "adults": 10_000, "eligible": 100,
            "patients": {"lungs": 40, "heart": 20}, "enrolments": 30, "discharges": 20,
        },
        {
            "number": "9002", "name": "Testnes", "adults": 4_000, "eligible": 50,
            "patients": {"lungs": 10, "heart": 10}, "enrolments": 10, "discharges": 8,
        },
        {
            "number": "9003", "name": "Testdal", "adults": 2_000, "eligible": 30,
            "patients": {"lungs": 4, "heart": 2}, "enrolments": 3, "discharges": 1,
        },
    ],
}  # fmt: skip
TIERS = {"kind": "tiers", "tiers": [{"above_coverage": 0, "discount": 0}, {"above_coverage": 0.3, "discount": 0.2}]}
READINESS = {"kind": "readiness", "gamma": 1, "target_coverage": 0.5}


def small(**changes: Any) -> dict[str, Any]:
    """The small case with whole parts replaced."""
    return {**copy.deepcopy(SMALL), **changes}


def take_or_pay(theta: float, sigma: float, case: dict[str, Any]) -> dict[str, Any]:
    """A scheme that has reserved just what each uses."""
    reserved = {m["number"]: dict(m["patients"]) for m in case["municipalities"]}
    return {"kind": "take_or_pay", "theta": theta, "sigma": sigma, "reserved": reserved}


def _numbers(low: float, high: float) -> st.SearchStrategy[float]:
    return st.floats(low, high, allow_nan=False).map(lambda value: round(value, 4))


@st.composite
def cases(draw: st.DrawFn, most: int = 6, kinds: tuple[str, ...] = ("none", "tiers", "readiness")) -> dict[str, Any]:
    """Any case that can be reckoned."""
    case = small()
    parts = draw(st.lists(st.integers(0, 9), min_size=1, max_size=10).filter(any))
    case["centre"] |= {
        "hourly_contact_profile": [part / sum(parts) for part in parts],
        "handling_minutes": draw(_numbers(1, 40)),
        "absorption_share": draw(_numbers(0, 1)),
        "max_occupancy": draw(_numbers(0.3, 1)),
        "min_agents": draw(st.integers(0, 4)),
        "fixed_hours_per_month": draw(_numbers(0, 200)),
    }
    case["allocation"]["fixed_equal_share"] = draw(_numbers(0, 1))
    case["municipalities"] = [
        {
            "number": f"{9001 + at}",
            "name": f"Test {at}",
            "adults": 1_000 + draw(st.integers(0, 90_000)),
            "eligible": draw(_numbers(0.5, 900)),
            "patients": {"lungs": draw(st.integers(0, 90)), "heart": draw(st.integers(0, 90))},
            "enrolments": draw(st.integers(0, 90)),
            "discharges": draw(st.integers(0, 90)),
        }
        for at in range(draw(st.integers(1, most)))
    ]
    kind = draw(st.sampled_from(kinds))
    if kind == "tiers":
        discounts = draw(st.lists(_numbers(0, 0.6), min_size=1, max_size=4))
        tiers = [{"above_coverage": at * 0.2, "discount": discount} for at, discount in enumerate(discounts)]
        case["incentive"] = {"kind": "tiers", "tiers": tiers}
    elif kind == "readiness":
        case["incentive"] = {
            "kind": "readiness",
            "gamma": draw(_numbers(0, 3)),
            "target_coverage": draw(_numbers(0.1, 1)),
        }
    elif kind == "take_or_pay":
        case["incentive"] = take_or_pay(draw(_numbers(0, 1)), draw(_numbers(0, 1)), case)
    return case
