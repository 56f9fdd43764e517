"""The answer to a price case (svar): every intermediate, in the shape of price-case.md."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from helsevev.core import queueing
from helsevev.core.pricing import bills, model
from helsevev.core.pricing.case import Case, Municipality
from helsevev.core.pricing.model import MONTHS


@dataclass(frozen=True)
class WithPatience:
    """An opening hour's queue when those who wait give up after a while (Erlang A)."""

    probability_of_wait: float
    abandoned_share: float
    mean_wait_minutes: float


@dataclass(frozen=True)
class Hour:
    """One opening hour: load in erlang, agents, and what the queue does with them."""

    offered_erlang: float
    agents: int
    occupancy: float
    probability_of_wait: float
    service_level: float
    with_patience: WithPatience | None = None


@dataclass(frozen=True)
class Staffing:
    """Who must be there (bemanning): the day's hours, then hours of a year, then positions."""

    hours: tuple[Hour, ...]
    contacts_per_workday: float
    open_hours: float
    busy_hours: float
    idle_hours: float
    patient_hours: float
    deferrable_hours: float
    absorbed_hours: float
    readiness_hours: float
    total_hours: float
    hours_per_position: float
    positions: float


@dataclass(frozen=True)
class Pools:
    """The four pools that are shared (kostnadspotter), NOK a year."""

    volume: float
    readiness: float
    fixed: float
    municipal: float


@dataclass(frozen=True)
class Cost:
    """What the centre costs in a year, NOK."""

    position_nok: float
    hour_nok: float
    pools: Pools
    total_nok: float


@dataclass(frozen=True)
class Rates:
    """The price list's rates (satser), NOK, with the cost that one more patient and one more agent bring."""

    patient_month_nok: Mapping[str, float]
    enrolment_nok: float
    discharge_nok: float
    mean_patient_month_nok: float | None
    marginal_cost_patient_year_nok: Mapping[str, float]
    agent_hour_step_nok: float
    kappa: float


@dataclass(frozen=True)
class BillParts:
    """What a bill is made of (regningens deler), NOK a year."""

    fixed: float
    municipal: float
    readiness: float
    volume: float


@dataclass(frozen=True)
class Bill:
    """One municipality's year (regning). `bill_ore` of all add up to the total, to the øre."""

    number: str
    name: str
    total_nok: float
    parts: BillParts
    coverage: float | None
    mean_patient_month_nok: float | None
    marginal_patient_year_nok: Mapping[str, float]
    bill_ore: int


@dataclass(frozen=True)
class Answer:
    """All that a case comes to."""

    case: Case
    staffing: Staffing
    cost: Cost
    rates: Rates
    bills: tuple[Bill, ...]

    @property
    def residual_nok(self) -> float:
        """Cost that no bill carries: 0, but under take-or-pay when actual and reserved places differ."""
        if self.case.incentive.kind != "take_or_pay":
            return 0.0
        return self.cost.total_nok - sum(bill.total_nok for bill in self.bills)

    def as_dict(self) -> dict[str, Any]:
        """In the shape of price-case.md, unrounded."""
        staffing = asdict(self.staffing)
        staffing["hours"] = [_without_nothing(hour) for hour in staffing["hours"]]
        return {
            "title": self.case.title,
            "currency": self.case.currency,
            "case_digest": self.case.digest,
            "staffing": staffing,
            "cost": asdict(self.cost),
            "prices": asdict(self.rates),
            "municipalities": [_bill(bill) for bill in self.bills],
            "residual_nok": self.residual_nok,
        }


def _without_nothing(hour: dict[str, Any]) -> dict[str, Any]:
    """An hour without what wasn't asked for."""
    return {key: value for key, value in hour.items() if value is not None}


def _bill(bill: Bill) -> dict[str, Any]:
    """A bill with its kroner as they are paid."""
    said = asdict(bill)
    said["bill_nok"] = said.pop("bill_ore") / 100
    return said


def price(case: Case) -> Answer:
    """Everything a case comes to, by the equations of `model` and `bills`. Raises `Faulty` when no queue holds."""
    at, who = model.levels(case), model.volumes(case)
    spent = model.hours(case, at, who)
    rates = model.money(case, at, who, spent)
    shared = bills.keys(case, rates)
    patients = float(sum(who.patients))
    return Answer(
        case=case,
        staffing=_staffing(case, spent),
        cost=Cost(
            float(rates.position),
            float(rates.hour),
            Pools(float(rates.volume), float(rates.readiness), float(rates.fixed), float(rates.municipal)),
            float(rates.total),
        ),
        rates=Rates(
            patient_month_nok=_by_group(case, rates.patient_month),
            enrolment_nok=float(rates.enrolment),
            discharge_nok=float(rates.discharge),
            mean_patient_month_nok=float(rates.total) / (MONTHS * patients) if patients else None,
            marginal_cost_patient_year_nok=_marginal_costs(case, at, who, spent, float(rates.total)),
            agent_hour_step_nok=_step(case, at, who, spent, float(rates.total)),
            kappa=float(shared.kappa),
        ),
        bills=_bills(case, rates, shared),
    )


def _by_group(case: Case, values: tuple[model.Value, ...]) -> dict[str, float]:
    """Values by the id of their group."""
    return {group.id: float(value) for group, value in zip(case.groups, values, strict=True)}


def _staffing(case: Case, spent: model.Hours) -> Staffing:
    """The hours as numbers, with each opening hour's queue."""
    return Staffing(
        hours=tuple(
            _hour(case, float(load), int(agents)) for load, agents in zip(spent.offered, spent.agents, strict=True)
        ),
        contacts_per_workday=float(spent.contacts),
        open_hours=float(spent.open),
        busy_hours=float(spent.busy),
        idle_hours=float(spent.idle),
        patient_hours=float(spent.patient),
        deferrable_hours=float(spent.deferrable),
        absorbed_hours=float(spent.absorbed),
        readiness_hours=float(spent.readiness),
        total_hours=float(spent.total),
        hours_per_position=float(spent.capacity),
        positions=float(spent.total / spent.capacity),
    )


def _hour(case: Case, load: float, agents: int) -> Hour:
    """One opening hour's queue."""
    centre = case.centre
    patience = None
    if centre.patience_minutes is not None:
        found = queueing.erlang_a(load, agents, centre.handling_minutes, centre.patience_minutes)
        patience = WithPatience(found.probability_of_wait, found.abandoned_share, found.mean_wait)
    return Hour(
        offered_erlang=load,
        agents=agents,
        occupancy=load / agents,
        probability_of_wait=queueing.erlang_c(load, agents),
        service_level=queueing.service_level(
            load, agents, centre.service_target.within_minutes, centre.handling_minutes
        ),
        with_patience=patience,
    )


def _marginal_costs(
    case: Case, at: model.Levels, who: model.Volumes, spent: model.Hours, total: float
) -> dict[str, float]:
    """What one more patient of each group for a year costs the centre while its roster stands as it is, NOK."""
    found = {}
    for place, group in enumerate(case.groups):
        more = tuple(count + (1 if at_group == place else 0) for at_group, count in enumerate(who.patients))
        grown = model.Volumes(who.municipalities, more, who.enrolments, who.discharges)
        hours = model.hours(case, at, grown, spent.agents)
        found[group.id] = float(model.money(case, at, grown, hours).total) - total
    return found


def _step(case: Case, at: model.Levels, who: model.Volumes, spent: model.Hours, total: float) -> float:
    """What one more agent in one opening hour of every workday costs in a year, NOK."""
    more = spent.agents.copy()
    more[0] += 1
    return float(model.money(case, at, who, model.hours(case, at, who, more)).total) - total


def _bills(case: Case, rates: model.Money, shared: bills.Keys) -> tuple[Bill, ...]:
    """Each partner's bill, in the case's order."""
    made = {partner.number: bills.parts(case, partner, rates, shared) for partner in case.municipalities}
    # Under take-or-pay bills need not add up to the cost; otherwise they do, and are held to it to the øre.
    whole = None if case.incentive.kind == "take_or_pay" else float(rates.total)
    ore = bills.exact({number: float(part.total) for number, part in made.items()}, total_nok=whole)
    return tuple(_one_bill(case, partner, made[partner.number], ore, rates, shared) for partner in case.municipalities)


def _one_bill(
    case: Case, partner: Municipality, made: bills.Parts, ore: Mapping[str, int], rates: model.Money, shared: bills.Keys
) -> Bill:
    """A partner's bill as numbers."""
    total, patients = float(made.total), partner.total_patients
    marginal = {
        group.id: bills.marginal_price(case, partner, place, rates, shared) for place, group in enumerate(case.groups)
    }
    return Bill(
        number=partner.number,
        name=partner.name,
        total_nok=total,
        parts=BillParts(float(made.fixed), float(made.municipal), float(made.readiness), float(made.volume)),
        coverage=partner.coverage,
        mean_patient_month_nok=total / (MONTHS * patients) if patients else None,
        marginal_patient_year_nok=marginal,
        bill_ore=ore[partner.number],
    )
