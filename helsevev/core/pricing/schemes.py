"""Reads a case's incentive: its kind, and what that kind asks for."""

from collections.abc import Mapping
from typing import Any

from helsevev.core.pricing import fields
from helsevev.core.pricing.case import Group, Incentive, Municipality, Tier
from helsevev.core.pricing.gathering import NOTHING, Gatherer, Steps, shown
from helsevev.core.pricing.partners import by_group
from helsevev.core.pricing.why import Why


def incentive_of(
    found: Gatherer,
    whole: Mapping[str, Any],
    groups: tuple[Group, ...],
    municipalities: tuple[Municipality, ...],
) -> Incentive:
    """The scheme, with what its kind asks for."""
    steps: Steps = ("incentive",)
    holder = found.part(whole, "incentive")
    if holder is NOTHING:
        return Incentive()
    kind = found.text(holder, "kind", steps)
    if not kind or not found.known(kind, fields.INCENTIVES, (*steps, "kind")):
        return Incentive()
    numbers = found.numbers(holder, fields.INCENTIVES[kind], steps)
    tiers = _tiers(found, holder) if kind == "tiers" else ()
    reserved = _reserved(found, holder, groups, municipalities) if kind == "take_or_pay" else {}
    return Incentive(kind, tiers=tiers, reserved=reserved, **numbers)


def _tiers(found: Gatherer, holder: Mapping[str, Any]) -> tuple[Tier, ...]:
    """The steps, each above the one before."""
    tiers: list[Tier] = []
    for at, row in enumerate(found.rows(holder, "tiers", ("incentive",))):
        steps: Steps = ("incentive", "tiers", at)
        values = found.mapping(row, steps)
        tier = Tier(**{leaf.key: found.number(values, leaf.key, leaf.bounds, steps) for leaf in fields.TIER})
        if tiers and tier.above_coverage <= tiers[-1].above_coverage:
            low = shown(tiers[-1].above_coverage)
            found.wrong((*steps, "above_coverage"), Why.TIERS_ORDER, low=low, value=shown(tier.above_coverage))
        tiers.append(tier)
    return tuple(tiers)


def _reserved(
    found: Gatherer,
    holder: Mapping[str, Any],
    groups: tuple[Group, ...],
    municipalities: tuple[Municipality, ...],
) -> dict[str, dict[str, float]]:
    """The places that each partner has reserved in each group."""
    steps: Steps = ("incentive", "reserved")
    written = found.part(holder, "reserved", ("incentive",))
    if written is NOTHING:
        return {}
    numbers = [partner.number for partner in municipalities if partner.number]
    for number in written:
        found.known(number, numbers, (*steps, number))
    return {number: by_group(found, found.part(written, number, steps), groups, (*steps, number)) for number in numbers}
