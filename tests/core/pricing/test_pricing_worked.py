"""The worked case of ten municipalities, whose figures are published: every figure of its centre, and its draws.

Its inputs were found backwards from the figures (contacts 178·0.1 + 82·0.12 = 27.64; 27.64·12/60·250 = 1,382 hours;
a capacity of 1,363.5; 880,607.20 a position), until every one of them came out. How patients lie among the ten isn't
published for all, so the bills aren't held here: `test_pricing_model` has them by exact fractions.
"""

from typing import Any

import pytest
from pricing_cases import small

from helsevev.core.pricing import price, read
from helsevev.core.pricing.uncertainty import uncertainty

LAWS: dict[str, tuple[str, float, float]] = {
    "contact_rate_multiplier": ("gamma", 1, 0.2),
    "handling_minutes": ("lognormal", 12, 0.15),
    "review_multiplier": ("gamma", 1, 0.15),
    "call_minutes": ("gamma", 18, 0.15),
    "coordination_minutes_per_patient_month": ("gamma", 10, 0.25),
    "enrolment_minutes": ("gamma", 210, 0.2),
    "sick_share": ("beta", 0.08, 0.015 / 0.08),
    "indirect_share": ("beta", 0.1, 0.02 / 0.1),
    "salary_nok": ("normal", 620_000, 15_000 / 620_000),
    "licence_nok_per_patient_month": ("gamma", 450, 0.15),
    "absorption_share": ("beta", 0.6, 0.1 / 0.6),
    "volume_multiplier": ("lognormal", 1, 0.1),
    "fixed_nok_total": ("gamma", 950_000, 0.05),
}


def worked() -> dict[str, Any]:
    """The case: all 260 patients stand with one of the ten, since the figures don't turn on where they live."""
    nobody = {"adults": 20_000, "eligible": 100, "patients": {"copd": 0, "hf": 0}, "enrolments": 0, "discharges": 0}
    ten = [{**nobody, "number": f"{9001 + at}", "name": f"Test {at}"} for at in range(10)]
    ten[0] |= {"patients": {"copd": 178, "hf": 82}, "enrolments": 104, "discharges": 77}
    return small(
        centre={
            "workdays_per_year": 250,
            "hourly_contact_profile": [0.2, 0.17, 0.13, 0.12, 0.11, 0.1, 0.09, 0.08],
            "handling_minutes": 12,
            "service_target": {"share": 0.9, "within_minutes": 10},
            "max_occupancy": 0.85,
            "min_agents": 2,
            "absorption_share": 0.6,
            "fixed_hours_per_month": 40,
            "fixed_nok_per_year": 450_000,
            "fixed_nok_per_municipality_per_year": 50_000,
            "meeting_minutes_per_municipality_per_month": 90,
        },
        staff={
            "gross_hours": 1_950,
            "holiday_hours": 187.5,
            "public_holiday_hours": 75,
            "sick_share": 0.08,
            "training_hours": 37.5,
            "indirect_share": 0.1,
            "salary_nok": 620_000,
            "pension_share": 0.16,
            "employer_tax_share": 0.141,
            "overhead_nok": 60_000,
        },
        patient_groups=[
            {"id": "copd", "review_minutes_per_workday": 1, "calls_per_month": 1, "contacts_per_workday": 0.1},
            {"id": "hf", "review_minutes_per_workday": 1.2, "calls_per_month": 0.8, "contacts_per_workday": 0.12},
        ],
        activities={
            "call_minutes": 18,
            "coordination_minutes_per_patient_month": 10,
            "enrolment_minutes": 210,
            "discharge_minutes": 60,
        },
        prices={"licence_nok_per_patient_month": 450, "equipment_nok_per_enrolment": 2_200},
        municipalities=ten,
        uncertainty={name: {"law": law, "mean": mean, "cv": cv} for name, (law, mean, cv) in LAWS.items()},
    )


def test_every_published_figure_of_the_worked_case() -> None:
    answer = price(read(worked()))
    staffing, cost, rates = answer.staffing, answer.cost, answer.rates
    assert [hour.agents for hour in staffing.hours] == [3, 3, 2, 2, 2, 2, 2, 2]
    peak = staffing.hours[0]
    assert peak.offered_erlang == pytest.approx(1.1056)
    assert (peak.probability_of_wait, peak.service_level) == pytest.approx((0.1161, 0.9761), abs=5e-5)
    assert (staffing.open_hours, staffing.busy_hours, staffing.idle_hours) == pytest.approx((4_500, 1_382, 3_118))
    assert (staffing.absorbed_hours, staffing.readiness_hours) == pytest.approx((1_870.8, 1_247.2))
    assert (staffing.deferrable_hours, staffing.total_hours) == pytest.approx((3_649.6, 6_278.8), abs=0.05)
    assert staffing.hours_per_position == pytest.approx(1_363.5)
    assert staffing.positions == pytest.approx(4.605, abs=5e-4)
    assert cost.position_nok == pytest.approx(880_607.20, abs=0.005)
    assert cost.hour_nok == pytest.approx(645.84, abs=0.005)
    pools = (cost.pools.volume, cost.pools.readiness, cost.pools.fixed, cost.pools.municipal)
    assert pools == pytest.approx((4_456_185, 805_496, 1_260_005, 116_252), abs=0.5)
    assert cost.total_nok == pytest.approx(6_637_937.49, abs=0.005)
    assert rates.patient_month_nok == pytest.approx({"copd": 1_244.75, "hf": 1_304.67}, abs=0.005)
    assert (rates.enrolment_nok, rates.discharge_nok) == pytest.approx((4_460.45, 645.84), abs=0.005)
    assert 12 * rates.patient_month_nok["copd"] == pytest.approx(14_937, abs=0.5)
    assert rates.marginal_cost_patient_year_nok["copd"] == pytest.approx(13_645, abs=0.5)
    assert rates.agent_hour_step_nok == pytest.approx(64_584, abs=0.5)
    patients = sum(answer.case.patients.values())
    assert patients / staffing.positions == pytest.approx(56.5, abs=0.05)
    volume_work = staffing.patient_hours + staffing.busy_hours
    assert patients / (volume_work / staffing.hours_per_position) == pytest.approx(81.1, abs=0.05)


def test_the_draws_of_the_worked_case_lie_where_they_were_published() -> None:
    """Means and ends within 1 %: the published draws had a day's profile of their own after the first hours."""
    found = uncertainty(read(worked()))
    month = found.mean_patient_month_nok
    assert month is not None
    for summary, published in (
        (found.positions, (4.62, 3.64, 5.80)),
        (found.total_nok, (6.65e6, 5.50e6, 8.02e6)),
        (month, (2_139, 1_843, 2_476)),
    ):
        assert (summary.mean, summary.p2_5, summary.p97_5) == pytest.approx(published, rel=0.01)
    assert found.chance_above(7e6) == pytest.approx(0.279, abs=0.02)
