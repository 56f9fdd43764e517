"""The financing of a national service (finansieringsmodell): the state's part, and what each region pays."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from helsevev.core.pricing.bills import exact, shared_exactly
from helsevev.core.pricing.comparison.options import Option
from helsevev.core.pricing.fields import NOT_NEGATIVE, SHARE, Bounds
from helsevev.core.pricing.gathering import Gatherer, Steps


@dataclass(frozen=True)
class Region:
    """A region that uses a national service (region): its cases a year, and its weight in what is shared."""

    name: str
    cases: float
    weight: float


@dataclass(frozen=True)
class Share:
    """One region's part of a national service, whole øre a year."""

    name: str
    fixed_ore: int
    volume_ore: int

    @property
    def total_ore(self) -> int:
        """All that the region pays."""
        return self.fixed_ore + self.volume_ore


@dataclass(frozen=True)
class Financing:
    """The financing of a national service (finansieringsmodell): what the state pays, what each region does."""

    total_nok: float
    per_case_nok: float | None
    state_ore: int
    regions: tuple[Share, ...]


def national(
    service: Option, regions: Sequence[Region], equal_share: float = 0.0, state_share: float = 0.0
) -> Financing:
    """A national service shared by regions: the state's part of the fixed cost first, the rest by α/M + (1 − α)·weight.

    Volume is paid by cases. Regions and state add up to the total to the øre.
    """
    found = Gatherer()
    for key, value in (("equal_share", equal_share), ("state_share", state_share)):
        found.checked(value, SHARE, (key,))
    for at, region in enumerate(regions):
        _region(found, region, ("regions", at))
    if not regions or (equal_share < 1 and not sum(region.weight for region in regions)):
        found.checked(sum(region.weight for region in regions), Bounds(low_open=True), ("regions",))
    found.finish()
    cases = math.fsum(region.cases for region in regions)
    volume = exact({region.name: service.per_case_nok * region.cases for region in regions})
    whole = exact({"fixed": service.fixed_nok})["fixed"]
    state = exact({"state": service.fixed_nok * state_share})["state"]
    weights = math.fsum(region.weight for region in regions)
    shares = {
        region.name: equal_share / len(regions) + (1 - equal_share) * (region.weight / weights if weights else 0)
        for region in regions
    }
    fixed = shared_exactly(whole - state, shares)
    return Financing(
        total_nok=service.total(cases),
        per_case_nok=service.per_case(cases),
        state_ore=state,
        regions=tuple(Share(region.name, fixed[region.name], volume[region.name]) for region in regions),
    )


def _region(found: Gatherer, region: Region, steps: Steps) -> None:
    """Cases and weights can't be below 0."""
    found.checked(region.cases, NOT_NEGATIVE, (*steps, "cases"))
    found.checked(region.weight, NOT_NEGATIVE, (*steps, "weight"))
