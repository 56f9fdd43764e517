"""A bill's lines of use at the list's prices (forbruk): what was used, then the scheme, then the months' rounding."""

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from helsevev.core.pricing.agreement import Line, PriceList, rounded
from helsevev.core.pricing.charges.lines import DIGITS, Actual, Charge


def volume(agreed: PriceList, line: Line, used: Sequence[Actual], whole_ore: int) -> list[Charge]:
    """Patient-months, enrolments and discharges; then the scheme; then the øre of the months' rounding."""
    found = [
        _counted("patients", (one.patients[group] for one in used), price, group)
        for group, price in agreed.patient_month_ore.items()
    ]
    found.append(_counted("enrolments", (one.enrolments for one in used), agreed.enrolment_ore))
    found.append(_counted("discharges", (one.discharges for one in used), agreed.discharge_ore))
    scheme = {"tiers": _tiers, "take_or_pay": _take_or_pay}.get(agreed.incentive.kind)
    if scheme:
        found += [one for one in scheme(agreed, line, used) if one.ore]
    left = whole_ore - sum(one.ore for one in found)
    return [*found, Charge("rounding", left)] if left else found


def _counted(kind: str, counts: Iterable[float], price: int, name: str = "") -> Charge:
    """A quantity at a price."""
    quantity = round(math.fsum(counts), DIGITS)
    return Charge(kind, rounded(Fraction(str(quantity)) * price), name, quantity, price)


def _tiers(agreed: PriceList, line: Line, used: Sequence[Actual]) -> list[Charge]:
    """The discount inside each band of coverage, and what brings all bills back to the same sum."""
    scheme = agreed.incentive
    lows = [tier.above_coverage * line.eligible for tier in scheme.tiers]
    bands = list(zip(scheme.tiers, lows, [*lows[1:], math.inf], strict=True))
    inside = [Fraction()] * len(bands)
    whole = Fraction()
    for one in used:
        patients = math.fsum(one.patients.values())
        plain = _plain(agreed, one)
        whole += plain
        for at, (_tier, low, high) in enumerate(bands):
            here = min(max(patients - low, 0.0), high - low)
            inside[at] += plain * Fraction(here) / Fraction(patients) if patients else 0
    found = [
        Charge(
            "tier",
            rounded(-Fraction(tier.discount) * sum_ore),
            share=-tier.discount,
            of_ore=rounded(sum_ore),
            level=tier.above_coverage,
        )
        for (tier, _low, _high), sum_ore in zip(bands, inside, strict=True)
        if tier.discount
    ]
    paid = whole - sum(Fraction(tier.discount) * part for (tier, _l, _h), part in zip(bands, inside, strict=True))
    more = Fraction(agreed.kappa) - 1
    return [*found, Charge("scaled", rounded(more * paid), share=float(more), of_ore=rounded(paid))]


def _plain(agreed: PriceList, one: Actual) -> Fraction:
    """A month's patients at the list's prices, øre."""
    return sum((price * Fraction(one.patients[name]) for name, price in agreed.patient_month_ore.items()), Fraction())


def _take_or_pay(agreed: PriceList, line: Line, used: Sequence[Actual]) -> list[Charge]:
    """What is paid of places that were reserved and not used, and what is added for those above."""
    scheme = agreed.incentive
    found = []
    for group, price in agreed.patient_month_ore.items():
        reserved = Fraction(scheme.reserved[line.number][group])
        above = sum((max(Fraction(one.patients[group]) - reserved, Fraction()) for one in used), Fraction())
        unused = sum((max(reserved - Fraction(one.patients[group]), Fraction()) for one in used), Fraction())
        for kind, places, share in (("unused", unused, scheme.theta), ("above", above, scheme.sigma)):
            ore, count = rounded(places * price * Fraction(share)), round(float(places), DIGITS)
            found.append(Charge(kind, ore, group, count, price, share, rounded(places * price)))
    return found
