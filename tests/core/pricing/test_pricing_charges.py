"""A bill line by line: what each line comes to by a second reckoning, and lines that add up to the bill to the øre."""

import json
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from pricing_cases import READINESS, TIERS, cases, small, take_or_pay

from helsevev.core.pricing import read
from helsevev.core.pricing.agreement import PriceList, price_list
from helsevev.core.pricing.charges import Charge
from helsevev.core.pricing.settlement import Actual, Row, settlement

MONTHS = ("2026-01", "2026-02", "2026-03")
COUNTS = st.one_of(st.integers(0, 60).map(float), st.floats(0, 60, allow_nan=False))


def listed(source: dict[str, Any], key: str = "plan") -> PriceList:
    return price_list(read(source), date(2026, 1, 1), date(2026, 12, 31), key=key)


def one_month(agreed: PriceList, cost_nok: float | None = None, **used: dict[str, float]) -> list[Row]:
    """A month in which those who aren't named used nothing."""
    nobody = dict.fromkeys(agreed.patient_month_ore, 0.0)
    actuals = [Actual(line.number, "2026-01", used.get(f"m{line.number}", nobody)) for line in agreed.lines]
    return list(settlement(agreed, actuals, "2026-01", "2026-01", cost_nok).rows)


def of_kind(row: Row, kind: str) -> list[Charge]:
    return [one for one in row.lines if one.kind == kind]


@given(
    cases(most=4, kinds=("none", "tiers", "readiness", "take_or_pay")),
    st.lists(COUNTS, min_size=4, max_size=12),
    st.one_of(st.none(), st.integers(0, 10**9)),
    st.sampled_from(["plan", "equal", "adults", "eligible", "fund"]),
)
@settings(max_examples=60, deadline=None)
def test_lines_add_up_to_the_bill_to_the_ore(
    source: dict[str, Any], counts: list[float], cost: int | None, key: str
) -> None:
    agreed = listed(source, key)
    used = [
        Actual(
            line.number,
            month,
            {group: counts[(at + more) % len(counts)] for more, group in enumerate(agreed.patient_month_ore)},
            counts[(at + 2) % len(counts)],
            counts[(at + 3) % len(counts)],
        )
        for at, (line, month) in enumerate((line, month) for line in agreed.lines for month in MONTHS)
    ]
    found = settlement(agreed, used, MONTHS[0], MONTHS[-1], None if cost is None else cost / 100)
    for row in found.rows:
        assert sum(one.ore for one in row.lines) == row.total_ore
        for one in row.lines:
            if one.price_ore is not None and one.share is None:
                product = Decimal(str(one.quantity)) * one.price_ore
                assert one.ore == int(product.quantize(Decimal(1), ROUND_HALF_UP))
        # Half an øre a month and a line, and what the seventh decimal of a quantity comes to.
        assert abs(sum(one.ore for one in of_kind(row, "rounding"))) <= len(MONTHS) + len(row.lines)
        assert sum(one.ore for one in row.lines if one.kind in {"readiness", "coverage"}) == row.readiness_ore
        for kind in ("fixed", "municipal", "residual"):
            assert sum(one.ore for one in of_kind(row, kind)) == getattr(row, f"{kind}_ore")
    for kind in ("fixed", "municipal", "readiness"):
        shares = [one.share or 0 for row in found.rows for one in of_kind(row, kind)]
        assert abs(sum(shares) - 1) < 1e-9 or not any(shares)


def test_whole_patients_leave_nothing_to_round() -> None:
    agreed = listed(small())
    row = one_month(agreed, m9001={"lungs": 7, "heart": 2})[0]
    lungs, heart = of_kind(row, "patients")
    assert (lungs.name, lungs.quantity, lungs.price_ore) == ("lungs", 7, agreed.patient_month_ore["lungs"])
    assert lungs.ore + heart.ore == row.volume_ore
    assert not of_kind(row, "rounding")


def test_the_fixed_part_says_its_share() -> None:
    """Two fifths equally among three, three fifths by 10,000 of 16,000 adults: 0.4/3 + 0.6·0.625 = 0.508333."""
    fixed = of_kind(one_month(listed(small()))[0], "fixed")[0]
    assert fixed.share is not None
    assert fixed.of_ore is not None
    assert round(fixed.share, 6) == 0.508333
    assert abs(fixed.ore - fixed.share * fixed.of_ore) <= 2


def test_a_tier_takes_its_part_of_the_patients_in_its_band() -> None:
    """15 of 30 eligible: 9 below 30 %, 6 above at a fifth off; then all is scaled by the locked factor."""
    agreed = listed(small(incentive=TIERS))
    row = one_month(agreed, m9003={"lungs": 15, "heart": 0})[2]
    (tier,) = of_kind(row, "tier")
    rate = agreed.patient_month_ore["lungs"]
    assert (tier.level, tier.share, tier.of_ore) == (0.3, -0.2, 6 * rate)
    assert tier.ore == round(-0.2 * 6 * rate)
    (scaled,) = of_kind(row, "scaled")
    assert abs(scaled.ore - (agreed.kappa - 1) * (15 * rate + tier.ore)) <= 1
    assert scaled.share == agreed.kappa - 1


def test_what_was_reserved_and_what_is_above_are_their_own_lines() -> None:
    """θ = 0.6, σ = 0.5, 40 reserved: 30 used leaves 10 at 0.6, 50 used is 10 above at 0.5."""
    source = small()
    source["incentive"] = take_or_pay(0.6, 0.5, source)
    agreed = listed(source)
    rate = agreed.patient_month_ore["lungs"]
    fewer = of_kind(one_month(agreed, m9001={"lungs": 30, "heart": 20})[0], "unused")
    assert [(one.name, one.quantity, one.ore) for one in fewer] == [("lungs", 10, round(0.6 * 10 * rate))]
    more = of_kind(one_month(agreed, m9001={"lungs": 50, "heart": 20})[0], "above")
    assert [(one.name, one.quantity, one.ore) for one in more] == [("lungs", 10, round(0.5 * 10 * rate))]


def test_coverage_below_the_target_is_seen_apart_from_the_eligible() -> None:
    """9003 has 6 of 30, 9001 has 60 of 100: the target is half. The first pays more than by eligible."""
    rows = one_month(listed(small(incentive=READINESS)))
    assert [of_kind(row, "readiness")[0].share for row in rows] == [100 / 180, 50 / 180, 30 / 180]
    assert of_kind(rows[2], "coverage")[0].ore > 0 > of_kind(rows[0], "coverage")[0].ore
    assert abs(sum(of_kind(row, "coverage")[0].ore for row in rows)) <= 3


def test_the_residual_says_its_key_and_its_share() -> None:
    agreed = listed(small(), "adults")
    charged = sum(row.total_ore for row in one_month(agreed))
    residual = of_kind(one_month(agreed, cost_nok=charged / 100 + 1000.01)[0], "residual")[0]
    assert (residual.name, residual.ore, residual.share, residual.of_ore) == ("adults", 62_501, 0.625, 100_001)


def test_lines_are_kept_as_json_and_come_back_the_same() -> None:
    agreed = listed(small(incentive=TIERS))
    actuals = [Actual(line.number, "2026-01", {"lungs": 7.25, "heart": 1 / 3}, 0.1) for line in agreed.lines]
    made = settlement(agreed, actuals, "2026-01", "2026-01", cost_nok=123_456.78)
    kept = json.loads(json.dumps(made.as_dict()))
    assert kept == made.as_dict()
    assert tuple(Charge(**one) for one in kept["rows"][0]["lines"]) == made.rows[0].lines
