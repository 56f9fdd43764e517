"""Reads a price case, and tells of every fault at once with the path of its field."""

import math
from collections.abc import Mapping
from typing import Any

from helsevev.core.faults import quoted
from helsevev.core.pricing import fields
from helsevev.core.pricing.case import (
    Activities,
    Case,
    Centre,
    Group,
    Incentive,
    Law,
    Municipality,
    Note,
    Prices,
    ServiceTarget,
    Staff,
    Tier,
)
from helsevev.core.pricing.gathering import NOTHING, Gatherer, Steps, shown
from helsevev.core.pricing.why import Why

MOST_MUNICIPALITIES = 1_000
MOST_GROUPS = 50
MOST_HOURS = 24
# How far the hourly shares may be from 1 together: what rounding to a few decimals leaves.
PROFILE_SLACK = 1e-6


def read(source: Mapping[str, object]) -> Case:
    """A case from the shape of price-case.md; keys that aren't known are let pass. Raises `Faulty` with all faults."""
    found = Gatherer()
    whole = found.mapping(source, ())
    groups = _groups(found, whole)
    municipalities = _municipalities(found, whole, groups)
    case = Case(
        title=found.text(whole, "title", default=""),
        currency=_currency(found, whole),
        centre=_centre(found, whole),
        staff=_staff(found, whole),
        groups=groups,
        activities=Activities(**found.numbers(found.part(whole, "activities"), fields.ACTIVITIES, ("activities",))),
        prices=Prices(**found.numbers(found.part(whole, "prices"), fields.PRICES, ("prices",))),
        fixed_equal_share=found.numbers(found.part(whole, "allocation"), fields.ALLOCATION, ("allocation",))[
            "fixed_equal_share"
        ],
        incentive=_incentive(found, whole, groups, municipalities),
        municipalities=municipalities,
        uncertainty=_uncertainty(found, whole),
        notes=_notes(found, whole),
    )
    _shared(found, case)
    found.finish()
    return case


def _currency(found: Gatherer, whole: Mapping[str, Any]) -> str:
    """Kroner, or a fault: nothing here knows a rate of exchange."""
    currency = found.text(whole, "currency", default="NOK")
    if currency != "NOK":
        found.wrong(("currency",), Why.NOT_NOK, value=quoted(currency))
    return currency


def _centre(found: Gatherer, whole: Mapping[str, Any]) -> Centre:
    """The centre with its day and its target."""
    steps: Steps = ("centre",)
    holder = found.part(whole, "centre")
    if holder is NOTHING:
        return Centre(**_nothing(fields.CENTRE), **_no_day())
    numbers: dict[str, Any] = found.numbers(holder, fields.CENTRE, steps)
    target = found.numbers(found.part(holder, "service_target", steps), fields.TARGET, (*steps, "service_target"))
    most, patience = fields.OPTIONAL
    return Centre(
        **numbers,
        hourly_contact_profile=_profile(found, holder, steps),
        service_target=ServiceTarget(**target),
        max_agents=_whole(found.number(holder, most.key, most.bounds, steps), 1) if most.key in holder else 2_000,
        patience_minutes=found.number(holder, patience.key, patience.bounds, steps) if patience.key in holder else None,
    )


def _nothing(leaves: tuple[fields.Leaf, ...]) -> dict[str, Any]:
    """What stands for numbers that aren't there; the fault is told, and no case comes of it."""
    return {leaf.key: math.nan for leaf in leaves}


def _no_day() -> dict[str, Any]:
    """What stands for a day that isn't there."""
    target = ServiceTarget(math.nan, math.nan)
    return {"hourly_contact_profile": (), "service_target": target, "max_agents": 1, "patience_minutes": None}


def _whole(value: float, otherwise: int) -> int:
    """A whole number; another where it is at fault."""
    return otherwise if math.isnan(value) else int(value)


def _profile(found: Gatherer, holder: Mapping[str, Any], steps: Steps) -> tuple[float, ...]:
    """The shares of a day's contacts, which make up the whole day."""
    here = (*steps, "hourly_contact_profile")
    rows = found.rows(holder, "hourly_contact_profile", steps)
    if len(rows) > MOST_HOURS:
        found.wrong(here, Why.TOO_LONG, count=len(rows), most=MOST_HOURS)
        return ()
    shares = tuple(found.checked(value, fields.SHARE, (*here, at)) for at, value in enumerate(rows))
    total = math.fsum(shares)
    if shares and abs(total - 1) > PROFILE_SLACK:  # a share at fault is nan, and is not told of twice
        found.wrong(here, Why.PROFILE_SUM, value=shown(round(total, 9)))
    return shares


def _staff(found: Gatherer, whole: Mapping[str, Any]) -> Staff:
    """A position that has hours left for patients."""
    staff = Staff(**found.numbers(found.part(whole, "staff"), fields.STAFF, ("staff",)))
    left = working_hours(staff)
    if left <= 0:
        found.wrong(("staff",), Why.NO_CAPACITY, value=shown(round(left, 6)))
    return staff


def working_hours(staff: Staff) -> float:
    """Hours of a position that are left: ((gross − holiday − public holidays)(1 − sick) − training)(1 − indirect)."""
    present = (staff.gross_hours - staff.holiday_hours - staff.public_holiday_hours) * (1 - staff.sick_share)
    return (present - staff.training_hours) * (1 - staff.indirect_share)


def _groups(found: Gatherer, whole: Mapping[str, Any]) -> tuple[Group, ...]:
    """The groups of patients, each id once."""
    rows = found.rows(whole, "patient_groups")
    if len(rows) > MOST_GROUPS:
        found.wrong(("patient_groups",), Why.TOO_LONG, count=len(rows), most=MOST_GROUPS)
        return ()
    groups: list[Group] = []
    for at, row in enumerate(rows):
        steps: Steps = ("patient_groups", at)
        holder = found.mapping(row, steps)
        if holder is NOTHING:
            continue
        name = found.text(holder, "id", steps)
        if name and name in {group.id for group in groups}:
            found.wrong((*steps, "id"), Why.TWICE, value=quoted(name))
        groups.append(Group(name, **found.numbers(holder, fields.GROUP, steps)))
    return tuple(groups)


def _municipalities(found: Gatherer, whole: Mapping[str, Any], groups: tuple[Group, ...]) -> tuple[Municipality, ...]:
    """The partners, each number once."""
    rows = found.rows(whole, "municipalities")
    if len(rows) > MOST_MUNICIPALITIES:
        found.wrong(("municipalities",), Why.TOO_LONG, count=len(rows), most=MOST_MUNICIPALITIES)
        return ()
    partners: list[Municipality] = []
    seen: set[str] = set()
    for at, row in enumerate(rows):
        steps: Steps = ("municipalities", at)
        holder = found.mapping(row, steps)
        if holder is NOTHING:
            continue
        partner = _municipality(found, holder, groups, steps)
        if partner.number and partner.number in seen:
            found.wrong((*steps, "number"), Why.TWICE, value=quoted(partner.number))
        seen.add(partner.number)
        partners.append(partner)
    return tuple(partners)


def _municipality(found: Gatherer, holder: Mapping[str, Any], groups: tuple[Group, ...], steps: Steps) -> Municipality:
    """One partner; nobody enrols more than all who live there."""
    number = found.text(holder, "number", steps)
    numbers = found.numbers(holder, fields.MUNICIPALITY, steps)
    patients = _by_group(found, found.part(holder, "patients", steps), groups, (*steps, "patients"))
    partner = Municipality(number, found.text(holder, "name", steps, number), patients=patients, **numbers)
    for key, count in (("patients", partner.total_patients), ("enrolments", partner.enrolments)):
        if count > partner.adults:
            found.wrong((*steps, key), Why.MORE_THAN_ADULTS, value=shown(count), adults=shown(partner.adults))
    return partner


def _by_group(found: Gatherer, holder: Mapping[str, Any], groups: tuple[Group, ...], steps: Steps) -> dict[str, float]:
    """A number for each group: all of them, and no others."""
    known = [group.id for group in groups]
    for key in holder:
        found.known(key, known, (*steps, key))
    return {key: found.number(holder, key, fields.NOT_NEGATIVE, steps) for key in known if key}


def _incentive(
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
    numbers = [partner.number for partner in municipalities if partner.number]
    for number in written:
        found.known(number, numbers, (*steps, number))
    return {
        number: _by_group(found, found.part(written, number, steps), groups, (*steps, number)) for number in numbers
    }


def _uncertainty(found: Gatherer, whole: Mapping[str, Any]) -> dict[str, Law]:
    """The laws of the inputs that are uncertain."""
    if whole.get("uncertainty") is None:
        return {}
    laws = {}
    for name, row in found.mapping(whole["uncertainty"], ("uncertainty",)).items():
        steps: Steps = ("uncertainty", name)
        if found.known(name, fields.UNCERTAIN, steps):
            law = _law(found, found.mapping(row, steps), steps)
            if law:
                laws[name] = law
    return laws


def _law(found: Gatherer, holder: Mapping[str, Any], steps: Steps) -> Law | None:
    """One law; a mean and a spread that it can have."""
    law = found.text(holder, "law", steps)
    known = bool(law) and found.known(law, fields.LAWS, (*steps, "law"))
    mean = found.number(holder, "mean", fields.ANY, steps)
    given = [key for key in ("cv", "sd") if holder.get(key) is not None]
    if len(given) != 1:
        found.wrong(steps, Why.ONE_OF_TWO)
        return None
    spread = found.number(holder, given[0], fields.NOT_NEGATIVE, steps)
    if not known or math.isnan(mean) or math.isnan(spread):
        return None
    made = Law(law, mean, spread * abs(mean) if given[0] == "cv" else spread, relative=given[0] == "cv")
    if not _possible(made):
        found.wrong(steps, Why.NO_LAW, law=law, mean=shown(mean), sd=shown(made.sd))
        return None
    return made


def _possible(law: Law) -> bool:
    """Whether a law of this kind can have this mean and this spread."""
    if law.law in ("gamma", "lognormal"):
        return law.mean > 0
    if law.law == "beta":
        return 0 < law.mean < 1 and law.sd**2 < law.mean * (1 - law.mean)
    return True


def _notes(found: Gatherer, whole: Mapping[str, Any]) -> dict[str, Note]:
    """Where inputs come from."""
    if whole.get("notes") is None:
        return {}
    notes = {}
    for path, row in found.mapping(whole["notes"], ("notes",)).items():
        steps: Steps = ("notes", path)
        holder = found.mapping(row, steps)
        bounds = {
            key: found.checked(holder[key], fields.ANY, (*steps, key))
            for key in ("low", "high")
            if holder.get(key) is not None
        }
        texts = {key: found.text(holder, key, steps, "") for key in ("source", "date", "owner")}
        notes[path] = Note(**bounds, **texts)  # type: ignore[arg-type]
    return notes


def _shared(found: Gatherer, case: Case) -> None:
    """Somebody must be there to share by."""
    if not case.municipalities:
        return
    if case.fixed_equal_share < 1 and sum(m.adults for m in case.municipalities) == 0:
        found.wrong(("municipalities",), Why.NO_ADULTS)
    if sum(m.eligible for m in case.municipalities) == 0:
        found.wrong(("municipalities",), Why.NO_ELIGIBLE)
