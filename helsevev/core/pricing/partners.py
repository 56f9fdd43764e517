"""Reads who takes part in a case: groups of patients, municipalities, and numbers for each group."""

import math
from collections.abc import Mapping
from typing import Any

from helsevev.core.faults import quoted
from helsevev.core.pricing import fields
from helsevev.core.pricing.case import Group, Municipality
from helsevev.core.pricing.gathering import NOTHING, Gatherer, Steps, shown
from helsevev.core.pricing.why import Why

MOST_MUNICIPALITIES = 1_000
MOST_GROUPS = 50


def groups_of(found: Gatherer, whole: Mapping[str, Any]) -> tuple[Group, ...]:
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


def municipalities_of(found: Gatherer, whole: Mapping[str, Any], groups: tuple[Group, ...]) -> tuple[Municipality, ...]:
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
    patients = by_group(found, found.part(holder, "patients", steps), groups, (*steps, "patients"))
    partner = Municipality(number, found.text(holder, "name", steps, number), patients=patients, **numbers)
    for key, count in (("patients", partner.total_patients), ("enrolments", partner.enrolments)):
        if count > partner.adults:
            found.wrong((*steps, key), Why.MORE_THAN_ADULTS, value=shown(count), adults=shown(partner.adults))
    return partner


def by_group(found: Gatherer, holder: Mapping[str, Any], groups: tuple[Group, ...], steps: Steps) -> dict[str, float]:
    """A number for each group: all of them, and no others."""
    known = list(dict.fromkeys(group.id for group in groups))
    if holder is NOTHING or not known:
        return dict.fromkeys(known, math.nan)
    for key in holder:
        found.known(key, known, (*steps, key))
    return {key: found.number(holder, key, fields.NOT_NEGATIVE, steps) for key in known if key}
