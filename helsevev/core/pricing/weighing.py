"""What a case should make people stop at (varsler), what one more patient changes, and scenarios side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from helsevev.core.faults import Fault
from helsevev.core.population import codes
from helsevev.core.pricing import bills, model
from helsevev.core.pricing.answer import Answer, price
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.inputs import change
from helsevev.core.pricing.showing import kroner
from helsevev.core.pricing.warn import Warn
from helsevev.core.queueing import agents_needed
from helsevev.core.words import Refusal, Refused

# Above this share of busy time small surges make long queues: half of all wait at a single agent, and more behind them.
STRAINED = 0.85
# How far a law's mean may lie from its input, as a share: what rounding to a few digits leaves.
OFF = 0.001


@dataclass(frozen=True)
class OneMore:
    """What one more patient for a year changes (én pasient til), NOK: for all, and for each municipality.

    `marginal_price_nok` is what the partner pays at locked rates, `marginal_cost_nok` what the centre pays while its
    roster stands, `total_nok` what it pays when it is staffed and priced anew; `restaffed` says whether agents change.
    """

    number: str
    group: str
    marginal_price_nok: float
    marginal_cost_nok: float
    total_nok: float
    by_municipality: Mapping[str, float]
    restaffed: bool


@dataclass(frozen=True)
class Scenario:
    """One scenario (scenario): its name, its case and its answer."""

    name: str
    case: Case
    answer: Answer


def one_more(case: Case, number: str, group: str, answer: Answer | None = None) -> OneMore:
    """One more patient of a group in a municipality, for everyone. Raises `Faulty` when there is no such place."""
    before = answer or price(case)
    after = price(_grown(case, number, group))
    own = next(bill for bill in before.bills if bill.number == number)
    return OneMore(
        number=number,
        group=group,
        marginal_price_nok=own.marginal_patient_year_nok[group],
        marginal_cost_nok=before.rates.marginal_cost_patient_year_nok[group],
        total_nok=after.cost.total_nok - before.cost.total_nok,
        by_municipality={
            new.number: new.total_nok - old.total_nok for old, new in zip(before.bills, after.bills, strict=True)
        },
        restaffed=[hour.agents for hour in before.staffing.hours] != [hour.agents for hour in after.staffing.hours],
    )


def _grown(case: Case, number: str, group: str) -> Case:
    """The case with one more patient; what it is asked of is sound already, so nothing is read anew."""
    if not any(one.number == number and group in one.patients for one in case.municipalities):
        return change(case, {f"municipalities[{number}].patients.{group}": 1})
    grown = [
        replace(one, patients={**one.patients, group: one.patients[group] + 1}) if one.number == number else one
        for one in case.municipalities
    ]
    return replace(case, municipalities=tuple(grown))


def scenarios(case: Case, changes: Mapping[str, Mapping[str, object]]) -> tuple[Scenario, ...]:
    """Each scenario by its name: the case with its changes, and what it comes to. Raises `Faulty` as `change` does."""
    found = []
    for name, changed in changes.items():
        made = change(case, changed)
        found.append(Scenario(name, made, price(made)))
    return tuple(found)


def warnings(case: Case, answer: Answer | None = None) -> tuple[Fault, ...]:
    """Sentences about a case that can be reckoned, each with the place that it is about."""
    found = answer or price(case)
    return (*_prices(case, found), *_day(case, found), *_partners(case), *_laws(case), *_residual(found))


def _prices(case: Case, answer: Answer) -> list[Fault]:
    """A scheme that raises the price of one more patient for those below the mean coverage."""
    if case.incentive.kind == "none" or not case.groups:
        return []
    coverage = sum(m.total_patients for m in case.municipalities) / sum(m.eligible for m in case.municipalities)
    found = []
    for at, bill in enumerate(answer.bills):
        behind = bill.coverage is not None and bill.coverage < coverage
        for group, price_nok in bill.marginal_patient_year_nok.items():
            plain = model.MONTHS * answer.rates.patient_month_nok[group]
            if behind and price_nok > plain * (1 + 1e-9) + 0.005:
                values = {"plain": kroner(plain), "price": kroner(price_nok), "municipality": bill.name}
                found.append(Fault(f"municipalities[{at}]", Refusal(Warn.PRICE_RISES, values)))
                break
    return found


def _day(case: Case, answer: Answer) -> list[Fault]:
    """Hours in which agents are too busy, and where the next step comes."""
    hours = answer.staffing.hours
    found = [
        Fault(
            f"centre.hourly_contact_profile[{at}]",
            Refusal(Warn.OCCUPANCY, {"hour": at + 1, "share": round(100 * hour.occupancy)}),
        )
        for at, hour in enumerate(hours)
        if hour.occupancy > STRAINED
    ]
    if not answer.staffing.contacts_per_workday:
        return found if any(case.patients.values()) else [*found, Fault("municipalities", Refusal(Warn.NO_PATIENTS))]
    nearest = min(range(len(hours)), key=lambda at: (_slack(case, answer, at), at))
    values = {
        "step": kroner(answer.rates.agent_hour_step_nok),
        "hour": nearest + 1,
        "hours": len(hours),
        "load": round(hours[nearest].offered_erlang, 2),
    }
    return [*found, Fault("centre", Refusal(Warn.STEP, values))]


def _slack(case: Case, answer: Answer, at: int) -> float:
    """How many times its load an hour carries with the agents that it has; endless where nobody comes."""
    hour = answer.staffing.hours[at]
    if not hour.offered_erlang:
        return float("inf")
    low, high = 1.0, 1.0 + hour.agents / hour.offered_erlang
    goal = replace(model.target(case), min_agents=1, most=hour.agents)
    for _halving in range(20):
        middle = (low + high) / 2
        try:
            enough = int(agents_needed(hour.offered_erlang * middle, case.centre.handling_minutes, goal)) <= hour.agents
        except Refused:  # no more agents than these may be
            enough = False
        low, high = (middle, high) if enough else (low, middle)
    return low


def _partners(case: Case) -> list[Fault]:
    """More patients than eligible, and numbers that have ended."""
    found = []
    for at, partner in enumerate(case.municipalities):
        if partner.total_patients > partner.eligible:
            values = {
                "municipality": partner.name,
                "patients": _tidy(partner.total_patients),
                "eligible": _tidy(partner.eligible),
            }
            found.append(Fault(f"municipalities[{at}].patients", Refusal(Warn.MORE_THAN_ELIGIBLE, values)))
        if codes.ended(partner.number):
            now = {"number": partner.number, "now": ", ".join(codes.current(partner.number))}
            found.append(Fault(f"municipalities[{at}].number", Refusal(Warn.ENDED_CODE, now)))
    return found


def _tidy(value: float) -> float:
    """A number for a sentence: without decimals where it has none."""
    return int(value) if value == int(value) else value


def _laws(case: Case) -> list[Fault]:
    """Laws whose mean isn't what the case reckons with."""
    at = model.levels(case)
    found = []
    for name, law in case.uncertainty.items():
        value = float(getattr(at, name))
        if abs(law.mean - value) > OFF * max(abs(value), abs(law.mean)):
            told = {"mean": _tidy(law.mean), "value": _tidy(value)}
            found.append(Fault(f"uncertainty.{name}", Refusal(Warn.OFF_MEAN, told)))
    return found


def _residual(answer: Answer) -> list[Fault]:
    """Cost that no bill carries."""
    residual = answer.residual_nok
    if abs(residual) < bills.HALF_ORE_NOK:
        return []
    return [Fault("incentive.reserved", Refusal(Warn.RESIDUAL, {"residual": kroner(residual)}))]
