"""Draws, tornado and value of information against moments, loops and closed forms."""

import json
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pricing_cases import READINESS, TIERS, small

from helsevev.core.faults import Faulty
from helsevev.core.pricing import drawing, price, read
from helsevev.core.pricing.case import Law
from helsevev.core.pricing.uncertainty import (
    partial_information,
    percentiles,
    perfect_information,
    ranks,
    tornado,
    uncertainty,
    value_of_information,
)

EXAMPLE = json.loads((Path(__file__).parent / "example.json").read_text(encoding="utf-8"))
PATHS = {
    "handling_minutes": ("centre", "handling_minutes"),
    "call_minutes": ("activities", "call_minutes"),
    "coordination_minutes_per_patient_month": ("activities", "coordination_minutes_per_patient_month"),
    "enrolment_minutes": ("activities", "enrolment_minutes"),
    "sick_share": ("staff", "sick_share"),
    "indirect_share": ("staff", "indirect_share"),
    "salary_nok": ("staff", "salary_nok"),
    "licence_nok_per_patient_month": ("prices", "licence_nok_per_patient_month"),
    "absorption_share": ("centre", "absorption_share"),
}


def written(source: dict[str, Any], values: dict[str, float]) -> dict[str, Any]:
    """A case in which one draw's values stand as plain inputs: the second method, one case at a time."""
    case = json.loads(json.dumps(source))
    for name, (part, key) in PATHS.items():
        case[part][key] = values[name]
    for group in case["patient_groups"]:
        group["contacts_per_workday"] *= values["contact_rate_multiplier"]
        group["review_minutes_per_workday"] *= values["review_multiplier"]
    for partner in case["municipalities"]:
        for key in ("enrolments", "discharges"):
            partner[key] *= values["volume_multiplier"]
        partner["patients"] = {key: count * values["volume_multiplier"] for key, count in partner["patients"].items()}
    case["centre"] |= {"fixed_nok_per_year": values["fixed_nok_total"], "fixed_nok_per_municipality_per_year": 0}
    return case


@pytest.mark.parametrize("scheme", [{"kind": "none"}, TIERS, READINESS])
def test_every_draw_is_the_price_of_a_case_with_its_values(scheme: dict[str, Any]) -> None:
    source = EXAMPLE | {"incentive": scheme}
    spread = uncertainty(read(source), 40, 7)
    answers = [
        price(read(written(source, {name: float(values[at]) for name, values in spread.samples.inputs.items()})))
        for at in range(40)
    ]
    assert spread.samples.total_nok == pytest.approx([answer.cost.total_nok for answer in answers], rel=1e-12)
    assert spread.samples.positions == pytest.approx([answer.staffing.positions for answer in answers], rel=1e-12)
    for at, row in enumerate(spread.municipalities):
        paid = [answer.bills[at].total_nok for answer in answers]
        assert row.spread.mean == pytest.approx(np.mean(paid), rel=1e-10)
        assert (row.spread.p2_5, row.spread.p97_5) == pytest.approx(np.percentile(paid, [2.5, 97.5]), rel=1e-10)
    assert spread.mean_patient_month_nok is not None
    assert spread.mean_patient_month_nok.mean == pytest.approx(
        np.mean([answer.rates.mean_patient_month_nok for answer in answers])
    )


@pytest.mark.parametrize(
    "law",
    [
        Law("gamma", 12, 3), Law("lognormal", 14, 2.1), Law("beta", 0.09, 0.015), Law("normal", 600_000, 15_000),
        Law("uniform", 10, 2), Law("normal", 5, 0),
    ],
)  # fmt: skip
def test_a_law_has_the_mean_and_the_spread_that_were_asked_for(law: Law) -> None:
    values = drawing.drawn(law, 40_000, 3, "any")
    assert values.mean() == pytest.approx(law.mean, abs=4 * law.sd / 200 + 1e-9)
    assert values.std() == pytest.approx(law.sd, rel=0.03, abs=1e-9)


def test_the_same_seed_gives_the_same_numbers_and_a_new_input_leaves_the_others_alone() -> None:
    case = read(EXAMPLE)
    assert uncertainty(case, 500, 5).as_dict() == uncertainty(case, 500, 5).as_dict()
    assert uncertainty(case, 500, 5).total_nok != uncertainty(case, 500, 6).total_nok
    fewer = {name: law for name, law in EXAMPLE["uncertainty"].items() if name != "call_minutes"}
    kept = drawing.samples(read(EXAMPLE | {"uncertainty": fewer}), 500, 5)
    assert np.array_equal(kept["salary_nok"], drawing.samples(case, 500, 5)["salary_nok"])


def test_percentiles_and_ranks_are_numpys_and_by_hand() -> None:
    values = np.random.default_rng(1).normal(size=1_001)
    assert percentiles(values) == pytest.approx(np.percentile(values, [2.5, 50, 97.5]))
    assert percentiles(np.array([1.0, 3.0])) == pytest.approx((1.05, 2, 2.95))
    assert ranks(np.array([3.0, 1.0, 3.0, 2.0])).tolist() == [2.5, 0, 2.5, 1]


def test_the_tornado_of_a_sum_is_its_parts() -> None:
    """Fixed money alone is uncertain: rank correlation 1, and the bar is its own 95 %."""
    source = small(uncertainty={"fixed_nok_total": {"law": "normal", "mean": 120_000, "sd": 5_000}})
    (bar,) = tornado(read(source), 4_000, 1)
    assert bar.correlation == pytest.approx(1)
    assert bar.high_nok - bar.low_nok == pytest.approx(2 * 1.96 * 5_000, rel=0.05)


def test_the_tornado_puts_first_what_moves_most() -> None:
    bars = tornado(read(EXAMPLE), 4_000, 1)
    assert bars[0].name == "absorption_share"
    assert bars[0].correlation < 0
    assert [abs(bar.correlation) for bar in bars] == sorted((abs(bar.correlation) for bar in bars), reverse=True)


def normal_loss(mean: float, sd: float) -> float:
    """E[max(0, X)] of a normal X in closed form: sd·φ(z) + mean·Φ(z), z = mean/sd."""
    z = mean / sd
    return sd * math.exp(-z * z / 2) / math.sqrt(2 * math.pi) + mean * 0.5 * math.erfc(-z / math.sqrt(2))


@pytest.mark.parametrize("mean", [-1.0, 0.0, 0.4, 2.0])
def test_value_of_information_has_its_closed_form(mean: float) -> None:
    """Gain = mean + X + Y with normal X (sd 1) and Y (sd 2): EVPI by sd √5, EVPPI of X by sd 1 alone."""
    chance = np.random.default_rng(11)
    one, other = chance.normal(0, 1, 200_000), chance.normal(0, 2, 200_000)
    gain = mean + one + other
    assert perfect_information(gain) == pytest.approx(normal_loss(mean, math.sqrt(5)) - max(0, mean), abs=0.02)
    for values, sd in ((one, 1), (other, 2)):
        assert partial_information(gain, values) == pytest.approx(normal_loss(mean, sd) - max(0, mean), abs=0.02)
    assert partial_information(gain, np.zeros(200_000)) == 0


def test_knowing_more_is_worth_most_where_the_choice_is_open() -> None:
    case = read(EXAMPLE)
    spread = uncertainty(case, 4_000, 1)
    open_choice = value_of_information(case, spread.total_nok.mean, spread=spread)
    clear = value_of_information(case, 10 * spread.total_nok.mean, spread=spread)
    assert open_choice.evpi_nok > 1_000
    assert clear.evpi_nok == pytest.approx(0, abs=1e-6)
    assert clear.chance_dearer == 0
    assert all(0 <= worth <= open_choice.evpi_nok * 1.05 for worth in open_choice.by_input.values())
    assert spread.chance_above(spread.total_nok.p50) == pytest.approx(0.5, abs=0.01)


@pytest.mark.parametrize(
    ("laws", "place", "said"),
    [
        ({}, "uncertainty", "no input has a spread"),
        ({"handling_minutes": {"law": "normal", "mean": 3, "sd": 9}}, "uncertainty.handling_minutes", "impossible"),
        ({"absorption_share": {"law": "normal", "mean": 0.5, "sd": 1}}, "uncertainty.absorption_share", "impossible"),
    ],
)
def test_draws_that_cannot_be_are_refused(laws: dict[str, Any], place: str, said: str) -> None:
    with pytest.raises(Faulty) as refused:
        uncertainty(read(small(uncertainty=laws)), 200, 1)
    assert refused.value.faults[0].place == place
    assert said in str(refused.value)


@pytest.mark.parametrize(("draws", "seed", "place"), [(1, 1, "draws"), (2_000_000, 1, "draws"), (10, -1, "seed")])
def test_too_few_or_too_many_draws_are_refused(draws: int, seed: int, place: str) -> None:
    with pytest.raises(Faulty) as refused:
        uncertainty(read(EXAMPLE), draws, seed)
    assert refused.value.faults[0].place == place


def test_draws_without_patients_have_no_price_of_a_month() -> None:
    source = small(uncertainty={"salary_nok": {"law": "normal", "mean": 500_000, "sd": 10_000}})
    for partner in source["municipalities"]:
        partner |= {"patients": {"lungs": 0, "heart": 0}}
    assert uncertainty(read(source), 50, 1).as_dict()["mean_patient_month_nok"] is None
