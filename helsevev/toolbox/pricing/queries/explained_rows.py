"""A municipality's, a group's or an opening hour's own numbers, each with its formula and what goes into it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from helsevev.core import pricing, queueing
from helsevev.core.pricing import bills, book, formulas, model
from helsevev.core.pricing.case import Group, Municipality
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.queries.explained import HOUR, Explained, Inputs, Part, Seen, unit

# How places are counted under each scheme; the workbook has the same, cell by cell.
MONTHS_NOK: Mapping[str, str] = {
    "none": "12*SUMPRODUCT(patients,patient_month_nok)",
    "readiness": "12*SUMPRODUCT(patients,patient_month_nok)",
    "tiers": "12*SUMPRODUCT(patients,patient_month_nok)*discounted_places/SUM(patients)",
    "take_or_pay": "12*SUMPRODUCT(incentive_theta*reserved+(1-incentive_theta)*MIN(patients,reserved)"
    "+(1+incentive_sigma)*MAX(0,patients-reserved),patient_month_nok)",
}
ONE_MORE: Mapping[str, str] = {
    "none": "12*patient_month_nok",
    "readiness": "12*patient_month_nok+readiness_nok*CHANGE(weight/SUM(municipality_weight))",
    "tiers": "12*patient_month_nok*kappa*CHANGE(discounted_places)",
    "take_or_pay": "12*patient_month_nok*CHANGE(billed_places)",
}
LABELS: Mapping[str, str] = {
    "weight": book.WEIGHT,
    "months_nok": book.MONTHS_NOK,
    "kappa": book.KAPPA,
    "blocked": gettext_noop("Share that would find all agents busy (Erlang B)"),
    "mean_nok": gettext_noop("Mean price of a patient-month"),
    "marginal_price": book.MARGINAL,
    "marginal_cost": gettext_noop("Cost of one more patient for a year, roster unchanged"),
    "municipality_weight": gettext_noop("Weights of all municipalities"),
    "municipality_adults": gettext_noop("Adults of all municipalities"),
    "discounted_places": gettext_noop("Patients, counted after their discount"),
}
BY_NAME: Mapping[str, formulas.Formula] = {one.name: one for one in formulas.ROWS}


@dataclass(frozen=True)
class Number:
    """One number of a row (tall): what it is called, its unit, its value and its formula."""

    name: str
    label: str
    unit: str
    value: float | None
    expression: str


def _number(name: str, value: float | None, expression: str = "", unit: str = "NOK") -> Number:
    """By its formula in the core, or by its label here."""
    one = BY_NAME.get(name)
    if one:
        return Number(name, one.label, one.unit, value, expression or one.expression)
    return Number(name, LABELS[name.partition(":")[0]], unit, value, expression)


def subjects(case: pricing.Case) -> list[tuple[str, list[tuple[str, str]]]]:
    """Whose own numbers can be asked for: a heading, then for each its name in the address and in words."""
    hours = range(1, len(case.centre.hourly_contact_profile) + 1)
    return [
        (_("Municipalities that take part"), [(one.number, one.name) for one in case.municipalities]),
        (_("Patient groups"), [(one.id, one.id) for one in case.groups]),
        (_("Opening hours"), [(f"{HOUR}{at}", _("Hour %(number)s") % {"number": at}) for at in hours]),
    ]


def explained_row(seen: Seen, of: str) -> tuple[str, list[Explained]] | None:
    """The numbers of one municipality, group or hour with its name; nothing where there is none such."""
    answer, case = seen.answer, seen.answer.case
    for partner in case.municipalities:
        if partner.number == of:
            return partner.name, _explained(list(_partner(answer, partner)), seen, of)
    for group in case.groups:
        if group.id == of:
            return group.id, _explained(list(_group(answer, group)), seen, of)
    at = of.removeprefix(HOUR)
    if of.startswith(HOUR) and at.isdecimal() and len(at) < 4 and 1 <= int(at) <= len(answer.staffing.hours):
        name = _("Hour %(number)s") % {"number": int(at)}
        return name, _explained(list(_hour(answer, int(at) - 1)), seen, of)
    return None


def _partner(answer: pricing.Answer, partner: Municipality) -> Iterator[Number]:
    """What a bill is made of, and what one more patient would change."""
    case, scheme = answer.case, answer.case.incentive.kind
    bill = next(one for one in answer.bills if one.number == partner.number)
    at, who = model.levels(case), model.volumes(case)
    rates = model.money(case, at, who, model.hours(case, at, who))
    weight = float(bills.weight(case.incentive, partner))
    yield _number("coverage", bill.coverage, "SUM(patients)/eligible")
    yield _number("weight", weight, formulas.WEIGHTS[scheme], "people")
    yield _number("fixed", bill.parts.fixed)
    yield _number("municipal", bill.parts.municipal)
    yield _number("readiness", bill.parts.readiness)
    yield _number("months_nok", float(bills.months_paid(case, partner, rates)), MONTHS_NOK[scheme])
    yield _number("volume", bill.parts.volume)
    yield _number("bill", bill.total_nok)
    yield _number("mean_nok", bill.mean_patient_month_nok, "bill/(12*SUM(patients))")
    for group, nok in bill.marginal_patient_year_nok.items():
        yield _number(f"marginal_price:{group}", nok, ONE_MORE[scheme])


def _group(answer: pricing.Answer, group: Group) -> Iterator[Number]:
    """What a patient-month takes and costs."""
    minutes = model.minutes_a_month(answer.case, model.levels(answer.case))
    place = [one.id for one in answer.case.groups].index(group.id)
    yield _number("group_minutes", float(minutes[place]))
    yield _number("patient_month_nok", answer.rates.patient_month_nok[group.id])
    more = answer.rates.marginal_cost_patient_year_nok[group.id]
    yield _number("marginal_cost", more, "CHANGE(total_nok)")


def _hour(answer: pricing.Answer, place: int) -> Iterator[Number]:
    """One opening hour's queue."""
    hour = answer.staffing.hours[place]
    yield _number("offered_erlang", hour.offered_erlang)
    yield _number("agents", hour.agents)
    yield _number("occupancy", hour.occupancy)
    blocked = queueing.erlang_b(hour.offered_erlang, hour.agents)
    yield _number("blocked", blocked, "ERLANG_B(offered_erlang,agents)", "share")
    yield _number("probability_of_wait", hour.probability_of_wait)
    yield _number("service_level", hour.service_level)


def _explained(row: list[Number], seen: Seen, of: str) -> list[Explained]:
    """Each with what its expression names: its neighbours, the centre's numbers, and inputs."""
    neighbours = {one.name: one for one in row if one.value is not None}
    found = []
    for one in neighbours.values():
        names = dict.fromkeys(formulas.NAME.findall(one.expression))
        parts = [part for name in names for part in _parts(name, neighbours, seen, of)]
        name, _colon, group = one.name.partition(":")
        label, key = (f"{_(one.label)}: {group}", f"{name}-{group}") if group else (_(one.label), name)
        found.append(Explained(key, label, seen.text(one.value or 0.0), unit(one.unit), one.expression, parts))
    return found


def _parts(name: str, neighbours: Mapping[str, Number], seen: Seen, of: str) -> Iterator[Part]:
    """What one name of an expression stands for, in this row."""
    of_the_day = name == "contacts_per_workday" and of.startswith(HOUR)
    if name in neighbours:
        yield Part(name, _(neighbours[name].label), seen.text(neighbours[name].value or 0.0), formula=name)
    elif name == "patient_month_nok":
        for group, nok in seen.answer.rates.patient_month_nok.items():
            yield Part(name, f"{group}: {_(BY_NAME[name].label)}", seen.text(nok), formula=name, of=group)
    elif name in ("municipality_weight", "municipality_adults", "kappa"):
        yield Part(name, _(LABELS[name]), seen.text(_of_all(name, seen.answer)))
    elif name in seen.inputs and not of_the_day:
        yield from _inputs(name, seen.inputs, of)
    else:
        other = formulas.formula(name)
        value = seen.reckoned(other)
        if other and value is not None:
            yield Part(name, _(other.label), seen.text(value), formula=name, of="centre")


def _inputs(name: str, known: Inputs, of: str) -> Iterator[Part]:
    """The inputs of this row, or those that all rows share."""
    if name == "hourly_contact_profile":
        yield known[name][int(of.removeprefix(HOUR)) - 1]
    else:
        yield from ([part for part in known[name] if part.of == of] or known[name])


def _of_all(name: str, answer: pricing.Answer) -> float:
    """A number that belongs to all partners together."""
    case = answer.case
    if name == "kappa":
        return answer.rates.kappa
    if name == "municipality_adults":
        return sum(one.adults for one in case.municipalities)
    return float(sum(float(bills.weight(case.incentive, one)) for one in case.municipalities))
