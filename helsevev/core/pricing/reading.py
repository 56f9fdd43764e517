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
    Note,
    Prices,
    ServiceTarget,
    Staff,
)
from helsevev.core.pricing.gathering import NOTHING, Gatherer, Steps, shown
from helsevev.core.pricing.laws import laws_of
from helsevev.core.pricing.partners import groups_of, municipalities_of
from helsevev.core.pricing.schemes import incentive_of
from helsevev.core.pricing.why import Why

MOST_HOURS = 24
# How far the hourly shares may be from 1 together: what rounding to a few decimals leaves.
PROFILE_SLACK = 1e-6
# A position that works less than this in a year has no hours for patients.
LEAST_HOURS = 0.01


def read(source: Mapping[str, object]) -> Case:
    """A case from the shape of price-case.md; keys that aren't known are let pass. Raises `Faulty` with all faults."""
    found = Gatherer()
    whole = found.mapping(source, ("case",))
    found.finish()
    groups = groups_of(found, whole)
    municipalities = municipalities_of(found, whole, groups)
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
        incentive=incentive_of(found, whole, groups, municipalities),
        municipalities=municipalities,
        uncertainty=laws_of(found, whole),
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
    if left < LEAST_HOURS:
        found.wrong(("staff",), Why.NO_CAPACITY, value=shown(round(left, 6)))
    return staff


def working_hours(staff: Staff) -> float:
    """Hours of a position that are left: ((gross − holiday − public holidays)(1 − sick) − training)(1 − indirect)."""
    present = (staff.gross_hours - staff.holiday_hours - staff.public_holiday_hours) * (1 - staff.sick_share)
    return (present - staff.training_hours) * (1 - staff.indirect_share)


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
