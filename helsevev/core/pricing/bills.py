"""Who pays what (fordeling, regninger): equation 5's keys, equation 7's schemes, and kroner that add up exactly."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from helsevev.core.pricing.case import Case, Incentive, Municipality
from helsevev.core.pricing.model import MONTHS, Money, Value

HALF_ORE_NOK = 0.005


@dataclass(frozen=True)
class Keys:
    """What the pools are shared by (fordelingsnøkler); `kappa` brings tiers back to the sum they had without."""

    readiness_weight: Value
    kappa: Value


def weight(incentive: Incentive, partner: Municipality, multiplier: Value = 1.0) -> Value:
    """A partner's weight in the readiness pool: eligible; under `readiness` times 1 + γ(1 − min(1, coverage/aim))."""
    if incentive.kind != "readiness" or not partner.eligible:
        return partner.eligible
    reached = np.minimum(1.0, partner.total_patients * multiplier / partner.eligible / incentive.target_coverage)
    return partner.eligible * (1 + incentive.gamma * (1 - reached))


def paid_places(incentive: Incentive, eligible: float, patients: Value) -> Value:
    """Patients as tiers count them: those inside each band of coverage times what is left of the price there."""
    if incentive.kind != "tiers":
        return patients
    lows = [tier.above_coverage * eligible for tier in incentive.tiers]
    paid = np.minimum(patients, lows[0]) if lows else patients
    for tier, low, high in zip(incentive.tiers, lows, [*lows[1:], math.inf], strict=True):
        paid = paid + (1 - tier.discount) * np.clip(np.asarray(patients) - low, 0, high - low)
    return paid


def place_factor(incentive: Incentive, number: str, group: str, patients: Value) -> Value:
    """Places that one group is billed for under `take_or_pay`: θ·reserved + (1 − θ)·used + (1 + σ)·above."""
    reserved = incentive.reserved[number][group]
    above = np.maximum(0.0, np.asarray(patients) - reserved)
    used = patients - above
    return incentive.theta * reserved + (1 - incentive.theta) * used + (1 + incentive.sigma) * above


def months_paid(case: Case, partner: Municipality, rates: Money, multiplier: Value = 1.0) -> Value:
    """A year's patient-months of a partner in kroner, before κ: 12·Σ n·p under the scheme."""
    scheme = case.incentive
    plain: Value = 0.0
    for group, price in zip(case.groups, rates.patient_month, strict=True):
        count: Value = partner.patients[group.id] * multiplier
        if scheme.kind == "take_or_pay":
            count = place_factor(scheme, partner.number, group.id, count)
        plain = plain + MONTHS * count * price
    if scheme.kind == "tiers" and partner.total_patients:
        patients = partner.total_patients * multiplier
        with np.errstate(divide="ignore", invalid="ignore"):
            part = paid_places(scheme, partner.eligible, patients) / patients
        plain = plain * np.where(np.asarray(patients) > 0, part, 1.0)
    return plain


def keys(case: Case, rates: Money, multiplier: Value = 1.0) -> Keys:
    """The keys of a whole case. κ = Σ undiscounted/Σ discounted, 1 without tiers or without patients."""
    weights: Value = 0.0
    for partner in case.municipalities:
        weights = weights + weight(case.incentive, partner, multiplier)
    kappa: Value = 1.0
    if case.incentive.kind == "tiers":
        plain: Value = 0.0
        for group, price in zip(case.groups, rates.patient_month, strict=True):
            plain = plain + MONTHS * case.patients[group.id] * multiplier * price
        paid: Value = 0.0
        for partner in case.municipalities:
            paid = paid + months_paid(case, partner, rates, multiplier)
        with np.errstate(divide="ignore", invalid="ignore"):
            kappa = np.where(np.asarray(paid) > 0, np.divide(plain, paid), 1.0)
    return Keys(weights, kappa)


@dataclass(frozen=True)
class Parts:
    """What a bill is made of (regningens deler), NOK a year."""

    fixed: Value
    municipal: Value
    readiness: Value
    volume: Value

    @property
    def total(self) -> Value:
        """The bill."""
        return self.fixed + self.municipal + self.readiness + self.volume


def parts(case: Case, partner: Municipality, rates: Money, shared: Keys, multiplier: Value = 1.0) -> Parts:
    """Equation 5 for one partner: fixed by α/M + (1 − α)·adults, municipal by 1/M, readiness by weight, then volume."""
    count = len(case.municipalities)
    adults = sum(m.adults for m in case.municipalities)
    alpha = case.fixed_equal_share
    by_adults = (1 - alpha) * partner.adults / adults if alpha < 1 else 0.0
    events = partner.enrolments * rates.enrolment + partner.discharges * rates.discharge
    return Parts(
        fixed=rates.fixed * (alpha / count + by_adults),
        municipal=rates.municipal / count,
        readiness=rates.readiness * weight(case.incentive, partner, multiplier) / shared.readiness_weight,
        volume=months_paid(case, partner, rates, multiplier) * shared.kappa + events * multiplier,
    )


def marginal_price(case: Case, partner: Municipality, group: int, rates: Money, shared: Keys) -> float:
    """What one more patient for a year costs a partner, NOK: rates and κ locked, the readiness pool held."""
    scheme = case.incentive
    price = MONTHS * float(rates.patient_month[group])
    name = case.groups[group].id
    if scheme.kind == "tiers":
        before = paid_places(scheme, partner.eligible, partner.total_patients)
        after = paid_places(scheme, partner.eligible, partner.total_patients + 1)
        return float(price * shared.kappa * (after - before))
    if scheme.kind == "take_or_pay":
        patients = partner.patients[name]
        before = place_factor(scheme, partner.number, name, patients)
        return float(price * (place_factor(scheme, partner.number, name, patients + 1) - before))
    if scheme.kind == "readiness":
        return price + _readiness_change(scheme, partner, rates, shared)
    return price


def _readiness_change(scheme: Incentive, partner: Municipality, rates: Money, shared: Keys) -> float:
    """What one more patient changes in a partner's part of the readiness pool."""
    if not partner.eligible:
        return 0.0
    before = float(weight(scheme, partner))
    reached = min(1.0, (partner.total_patients + 1) / partner.eligible / scheme.target_coverage)
    after = partner.eligible * (1 + scheme.gamma * (1 - reached))
    others = float(shared.readiness_weight) - before
    if others + after <= 0:
        return 0.0
    pool = float(rates.readiness)
    return pool * (after / (others + after) - before / (others + before))


def exact(amounts: Mapping[str, float], unit_ore: int = 1, total_nok: float | None = None) -> dict[str, int]:
    """Amounts in NOK as whole øre that add up to `total_nok` (else to their sum), rounded half up to `unit_ore`.

    Each is first rounded down to the unit; the units that are left go to the largest remainders, and where
    remainders are equal to the lowest number. `unit_ore` 1 gives øre, 100 gives whole kroner. Reckoned in fractions.
    """
    wanted = {number: Fraction(amount) * 100 / unit_ore for number, amount in amounts.items()}
    sum_nok = math.fsum(amounts.values()) if total_nok is None else total_nok
    total = math.floor(Fraction(sum_nok) * 100 / unit_ore + Fraction(1, 2))
    return _apportioned(wanted, total, unit_ore)


def shared_exactly(total_ore: int, weights: Mapping[str, float]) -> dict[str, int]:
    """Whole øre shared by weights, none lost: largest remainder, ties by number; negative sums are shared alike."""
    if total_ore < 0:
        return {number: -part for number, part in shared_exactly(-total_ore, weights).items()}
    whole = sum((Fraction(value) for value in weights.values()), Fraction())
    wanted = {number: total_ore * Fraction(value) / whole for number, value in weights.items()}
    return _apportioned(wanted, total_ore, 1)


def _apportioned(wanted: Mapping[str, Fraction], total: int, unit: int) -> dict[str, int]:
    """Whole units nearest below what is wanted, and the rest to the largest remainders."""
    low = {number: math.floor(amount) for number, amount in wanted.items()}
    left = total - sum(low.values())
    order: Sequence[str] = sorted(wanted, key=lambda number: (low[number] - wanted[number], number))
    for at in range(left):
        low[order[at % len(order)]] += 1
    for at in range(-left):
        low[order[-1 - at % len(order)]] -= 1
    return {number: amount * unit for number, amount in low.items()}
