"""What a digital option costs beside today's service (kostnadssammenligning), and what it does to each payer.

Undiscounted, as budgets are; money that only moves from one payer to another is shown apart, since it saves nobody
anything. An effect on admissions is 0 with a range until evidence is stated: no result may lean on a hope.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helsevev.core.faults import Fault
from helsevev.core.pricing.bills import exact, shared_exactly
from helsevev.core.pricing.fields import ANY, NOT_NEGATIVE, SHARE, Bounds
from helsevev.core.pricing.gathering import Gatherer, Steps
from helsevev.core.statistics import Interval
from helsevev.core.words import Refusal, gettext_noop

NO_EVIDENCE = gettext_noop(
    "An effect on admissions other than 0 needs its evidence: write the study and its grade, or leave it at 0"
)
UNEQUAL_YEARS = gettext_noop("has %(count)s years, the others %(wanted)s. Write every year, 0 where there is nothing")
SAME_PAYER = gettext_noop("moves money from %(payer)s to itself. Choose who receives it")
# Admissions for each patient a year, as meta-analyses in an overview of the Norwegian Institute of Public Health
# give it for chronic airway disease: they point both ways, so the default is none at all.
ADMISSIONS = Interval(0.0, -0.58, 0.32)


@dataclass(frozen=True)
class Option:
    """A way to run a service (alternativ): cost that stands whoever comes, and cost of each case."""

    name: str
    fixed_nok: float
    per_case_nok: float

    def total(self, cases: float) -> float:
        """Cost of so many cases, NOK."""
        return self.fixed_nok + self.per_case_nok * cases

    def per_case(self, cases: float) -> float | None:
        """Cost of one of so many cases (kostnad per tilfelle); nothing without cases."""
        return self.total(cases) / cases if cases else None


@dataclass(frozen=True)
class BreakEven:
    """Where two options cost the same (nullpunkt): `cases`, and the first whole number from which `cheaper` is it.

    `cases` is nothing where one is never dearer than the other; `cheaper` is then the cheaper one for any volume,
    empty when they cost the same.
    """

    cases: float | None
    from_cases: int | None
    cheaper: str


def break_even(first: Option, second: Option) -> BreakEven:
    """The volume at which two options cost the same: (F₂ − F₁)/(v₁ − v₂)."""
    found = Gatherer()
    for place, option in (("first", first), ("second", second)):
        found.checked(option.fixed_nok, NOT_NEGATIVE, (place, "fixed_nok"))
        found.checked(option.per_case_nok, NOT_NEGATIVE, (place, "per_case_nok"))
    found.finish()
    fixed, each = second.fixed_nok - first.fixed_nok, first.per_case_nok - second.per_case_nok
    # The option with the lower cost of a case wins from the break-even on.
    later = second if each > 0 else first
    if each and fixed / each > 0:
        cases = fixed / each
        return BreakEven(cases, math.floor(cases) + 1, later.name)
    if fixed == 0 and each == 0:
        return BreakEven(None, None, "")
    cheaper = first if (fixed > 0 or (fixed == 0 and each < 0)) else second
    return BreakEven(None, None, cheaper.name)


@dataclass(frozen=True)
class Use:
    """One row of a comparison (ressursbruk): how much is used without and with the option, and what a unit costs.

    `low` and `high` are the ends of what may be used with it. `admissions` marks admissions to hospital.
    """

    name: str
    payer: str
    unit_nok: float
    without: float
    with_option: float
    low: float | None = None
    high: float | None = None
    admissions: bool = False
    evidence: str = ""

    @property
    def nok(self) -> float:
        """What the option adds, NOK; below 0 it saves."""
        return self.unit_nok * (self.with_option - self.without)

    @property
    def ends(self) -> tuple[float, float]:
        """What it adds at the ends of the range, NOK, the lower first."""
        used = [self.with_option, *(end for end in (self.low, self.high) if end is not None)]
        added = [self.unit_nok * (one - self.without) for one in used]
        return min(added), max(added)


@dataclass(frozen=True)
class Comparison:
    """With and without (sammenligning), NOK a year: each row, each payer, all of it, and for each case."""

    rows: tuple[Use, ...]
    without_nok: float
    with_nok: float
    added_nok: float
    low_nok: float
    high_nok: float
    by_payer: Mapping[str, float]
    per_case_nok: float | None


def compare(rows: Sequence[Use], cases: float) -> Comparison:
    """Cost with and without an option. Raises `Faulty` on an effect on admissions without its evidence."""
    found = Gatherer()
    found.checked(cases, NOT_NEGATIVE, ("cases",))
    for at, row in enumerate(rows):
        for key in ("unit_nok", "without", "with_option"):
            found.checked(getattr(row, key), NOT_NEGATIVE, ("rows", at, key))
        if row.admissions and row.with_option != row.without and not row.evidence.strip():
            found.faults.append(Fault(f"rows[{at}].evidence", Refusal(NO_EVIDENCE)))
    found.finish()
    added = math.fsum(row.nok for row in rows)
    return Comparison(
        rows=tuple(rows),
        without_nok=math.fsum(row.unit_nok * row.without for row in rows),
        with_nok=math.fsum(row.unit_nok * row.with_option for row in rows),
        added_nok=added,
        low_nok=math.fsum(row.ends[0] for row in rows),
        high_nok=math.fsum(row.ends[1] for row in rows),
        by_payer=_by_payer(rows),
        per_case_nok=added / cases if cases else None,
    )


def _by_payer(rows: Iterable[Use]) -> dict[str, float]:
    """What each payer spends more, in the order in which payers come."""
    parts: dict[str, list[float]] = {}
    for row in rows:
        parts.setdefault(row.payer, []).append(row.nok)
    return {payer: math.fsum(values) for payer, values in parts.items()}


@dataclass(frozen=True)
class Impact:
    """One row of a budget impact (budsjettvirkning): what a payer spends more each year, NOK.

    With `to`, the money is a transfer: what this payer gives the other receives.
    """

    name: str
    payer: str
    nok: tuple[float, ...]
    to: str = ""


@dataclass(frozen=True)
class BudgetImpact:
    """Budget impact by payer and year, undiscounted, NOK.

    `spending` is real use; `transfers` what moves between payers, which adds up to 0 each year; `net` is both.
    """

    years: tuple[int, ...]
    spending: Mapping[str, tuple[float, ...]]
    transfers: Mapping[str, tuple[float, ...]]
    net: Mapping[str, tuple[float, ...]]
    total: tuple[float, ...]


def budget_impact(rows: Sequence[Impact], years: Sequence[int]) -> BudgetImpact:
    """All payers at once, year by year. Raises `Faulty` on rows with other years, and on money to oneself."""
    found = Gatherer()
    for at, row in enumerate(rows):
        if len(row.nok) != len(years):
            values = {"count": len(row.nok), "wanted": len(years)}
            found.faults.append(Fault(f"rows[{at}].nok", Refusal(UNEQUAL_YEARS, values)))
        if row.to == row.payer:
            found.faults.append(Fault(f"rows[{at}].to", Refusal(SAME_PAYER, {"payer": row.payer})))
        for year, nok in enumerate(row.nok):
            found.checked(nok, ANY, ("rows", at, "nok", year))
    found.finish()
    payers = dict.fromkeys([row.payer for row in rows] + [row.to for row in rows if row.to])
    spending, transfers = ({payer: [0.0] * len(years) for payer in payers} for _part in range(2))
    for row in rows:
        for year, nok in enumerate(row.nok):
            if row.to:
                transfers[row.payer][year] += nok
                transfers[row.to][year] -= nok
            else:
                spending[row.payer][year] += nok
    return BudgetImpact(
        years=tuple(years),
        spending={payer: tuple(values) for payer, values in spending.items()},
        transfers={payer: tuple(values) for payer, values in transfers.items()},
        net={
            payer: tuple(one + other for one, other in zip(spending[payer], transfers[payer], strict=True))
            for payer in payers
        },
        total=tuple(math.fsum(values[year] for values in spending.values()) for year in range(len(years))),
    )


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


@dataclass(frozen=True)
class Service:
    """One of a district's services (tjeneste): who it is for, what it costs, and which frame carries it."""

    name: str
    frame: str
    users: float
    nok: float


@dataclass(frozen=True)
class FrameUse:
    """A cost frame (kostnadsramme) and what is used of it, NOK a year; `left_nok` below 0 is too much."""

    name: str
    frame_nok: float
    used_nok: float

    @property
    def left_nok(self) -> float:
        """What is left."""
        return self.frame_nok - self.used_nok


@dataclass(frozen=True)
class Picture:
    """The total picture of a district (totalbilde): each service's cost for each user, each frame, and all of it."""

    services: tuple[Service, ...]
    per_user_nok: Mapping[str, float | None]
    frames: tuple[FrameUse, ...]
    total_nok: float
    left_nok: float


def district(services: Sequence[Service], frames: Mapping[str, float]) -> Picture:
    """A district's services beside its frames. Raises `Faulty` on a service whose frame isn't there."""
    found = Gatherer()
    for at, service in enumerate(services):
        found.checked(service.nok, NOT_NEGATIVE, ("services", at, "nok"))
        found.checked(service.users, NOT_NEGATIVE, ("services", at, "users"))
        found.known(service.frame, frames, ("services", at, "frame"))
    for name, nok in frames.items():
        found.checked(nok, NOT_NEGATIVE, ("frames", name))
    found.finish()
    used = {name: math.fsum(one.nok for one in services if one.frame == name) for name in frames}
    total = math.fsum(one.nok for one in services)
    return Picture(
        services=tuple(services),
        per_user_nok={one.name: one.nok / one.users if one.users else None for one in services},
        frames=tuple(FrameUse(name, nok, used[name]) for name, nok in frames.items()),
        total_nok=total,
        left_nok=math.fsum(frames.values()) - total,
    )
