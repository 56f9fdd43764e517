"""The lines of a settled bill (regningslinjer): quantity and price, or a share of a sum, and what each comes to.

All comes from the signed list and the months' figures. Each line is rounded half up to the øre, and a month's use is
rounded as a whole, as `settlement` does; the few øre between are a line of their own. So the lines add up to the bill.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from helsevev.core.pricing.agreement import Line, PriceList, rounded

DIGITS = 6


@dataclass(frozen=True)
class Actual:
    """One municipality's month as it was (månedstall): patients of each group, enrolments, discharges."""

    number: str
    month: str
    patients: Mapping[str, float]
    enrolments: float = 0
    discharges: float = 0


@dataclass(frozen=True)
class Charge:
    """One line: `quantity` at `price_ore` each, or `share` of `of_ore`, or just `ore`.

    `name` is the patient group, or the key of a residual; `level` the coverage above which a discount is given.
    """

    kind: str
    ore: int
    name: str = ""
    quantity: float | None = None
    price_ore: int | None = None
    share: float | None = None
    of_ore: int | None = None
    level: float | None = None


@dataclass(frozen=True)
class Sums:
    """A municipality's sums that the lines must add up to, or all municipalities' sums of the same, øre."""

    volume: int
    fixed: int
    municipal: int
    readiness: int
    residual: int


def charges(agreed: PriceList, line: Line, used: Sequence[Actual], own: Sums, whole: Sums) -> tuple[Charge, ...]:
    """A municipality's bill line by line: its use, its parts of the pools, its part of the residual."""
    shared = [*_fixed(agreed, line, own, whole), *_readiness(agreed, line, own, whole)]
    found = [*_volume(agreed, line, used, own.volume), *shared, *_residual(agreed, line, own, whole)]
    return tuple(found)


# --- Use at the list's prices ----------------------------------------------------------------------------------------
def _volume(agreed: PriceList, line: Line, used: Sequence[Actual], volume: int) -> list[Charge]:
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
    left = volume - sum(one.ore for one in found)
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


# --- Parts of the pools, and the residual ----------------------------------------------------------------------------
def _fixed(agreed: PriceList, line: Line, own: Sums, whole: Sums) -> list[Charge]:
    """The fixed cost by its key, partly equally and partly by adults; the meetings equally."""
    equal = 1 / len(agreed.lines)
    part = float(agreed.case["allocation"]["fixed_equal_share"])
    adults = _share(line.adults, (one.adults for one in agreed.lines))
    fixed = part * equal + (1 - part) * (adults or 0.0)
    return [
        Charge("fixed", own.fixed, share=fixed, of_ore=whole.fixed),
        Charge("municipal", own.municipal, share=equal, of_ore=whole.municipal),
    ]


def _readiness(agreed: PriceList, line: Line, own: Sums, whole: Sums) -> list[Charge]:
    """The readiness by eligible; under the scheme of that name, what coverage adds or takes away is its own line."""
    share = _share(line.eligible, (one.eligible for one in agreed.lines))
    if share is None:
        return [Charge("readiness", own.readiness)]
    plain = own.readiness
    if agreed.incentive.kind == "readiness":
        plain = rounded(Fraction(share) * whole.readiness)
    found = [Charge("readiness", plain, share=share, of_ore=whole.readiness)]
    return [*found, Charge("coverage", own.readiness - plain)] if own.readiness != plain else found


def _residual(agreed: PriceList, line: Line, own: Sums, whole: Sums) -> list[Charge]:
    """What the months cost beyond what is charged, or short of it, by the key that was agreed on."""
    if not own.residual:
        return []
    weights = {
        "plan": [float(one.plan_ore) for one in agreed.lines],
        "adults": [one.adults for one in agreed.lines],
        "eligible": [one.eligible for one in agreed.lines],
        "equal": [1.0 for _one in agreed.lines],
    }.get(agreed.key)
    share = own.volume / whole.volume if weights is None else _share(weights[agreed.lines.index(line)], weights)
    return [Charge("residual", own.residual, agreed.key, share=share, of_ore=whole.residual)]


def _share(own: float, whole: Iterable[float]) -> float | None:
    """A part of a sum; none where the sum is 0."""
    total = math.fsum(whole)
    return own / total if total else None
