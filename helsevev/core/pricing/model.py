"""The equations of the price model (prismodellen), written once for numbers and for arrays.

One case gives numbers; draws and coalitions give arrays along their own axis, and the same lines reckon all of them.
Numbers of the equations: 1 queue, 2 hours, 3 capacity of a position, 4 cost pools, 5 prices. Bills are in `bills`.
"""

from dataclasses import dataclass

import numpy as np

from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing.case import Case
from helsevev.core.pricing.why import Why
from helsevev.core.queueing import Floats, Target, Whole, agents_needed
from helsevev.core.words import Refusal, Refused

MONTHS = 12
Value = float | Floats


@dataclass(frozen=True)
class Levels:
    """The inputs that may be uncertain (nivåer): a number each, or one for each draw."""

    contact_rate_multiplier: Value
    handling_minutes: Value
    review_multiplier: Value
    call_minutes: Value
    coordination_minutes_per_patient_month: Value
    enrolment_minutes: Value
    discharge_minutes: Value
    sick_share: Value
    indirect_share: Value
    salary_nok: Value
    overhead_nok: Value
    licence_nok_per_patient_month: Value
    equipment_nok_per_enrolment: Value
    absorption_share: Value
    volume_multiplier: Value
    fixed_nok_total: Value


@dataclass(frozen=True)
class Volumes:
    """Who the centre is for (volum): how many municipalities, patients of each group, events a year."""

    municipalities: Value
    patients: tuple[Value, ...]
    enrolments: Value
    discharges: Value


@dataclass(frozen=True)
class Hours:
    """Equations 1 to 3 (timer): one working day's queue and a year's hours; `offered` and `agents` by opening hour."""

    offered: Floats
    agents: Whole
    contacts: Value
    open: Value
    busy: Value
    idle: Value
    patient: Value
    fixed: Value
    meetings: Value
    deferrable: Value
    absorbed: Value
    readiness: Value
    total: Value
    capacity: Value


@dataclass(frozen=True)
class Money:
    """Equations 4 and 5 (kroner): what a position and an hour cost, the pools, and the prices."""

    position: Value
    hour: Value
    volume: Value
    readiness: Value
    fixed: Value
    municipal: Value
    patient_month: tuple[Value, ...]
    enrolment: Value
    discharge: Value

    @property
    def total(self) -> Value:
        """The cost of a year."""
        return self.volume + self.readiness + self.fixed + self.municipal


def levels(case: Case) -> Levels:
    """The case as it is written, before anything is drawn."""
    return Levels(
        contact_rate_multiplier=1.0,
        handling_minutes=case.centre.handling_minutes,
        review_multiplier=1.0,
        call_minutes=case.activities.call_minutes,
        coordination_minutes_per_patient_month=case.activities.coordination_minutes_per_patient_month,
        enrolment_minutes=case.activities.enrolment_minutes,
        discharge_minutes=case.activities.discharge_minutes,
        sick_share=case.staff.sick_share,
        indirect_share=case.staff.indirect_share,
        salary_nok=case.staff.salary_nok,
        overhead_nok=case.staff.overhead_nok,
        licence_nok_per_patient_month=case.prices.licence_nok_per_patient_month,
        equipment_nok_per_enrolment=case.prices.equipment_nok_per_enrolment,
        absorption_share=case.centre.absorption_share,
        volume_multiplier=1.0,
        fixed_nok_total=case.fixed_nok,
    )


def volumes(case: Case, multiplier: Value = 1.0) -> Volumes:
    """All partners together, times a multiplier of patients and events."""
    return Volumes(
        municipalities=float(len(case.municipalities)),
        patients=tuple(total * multiplier for total in case.patients.values()),
        enrolments=sum(m.enrolments for m in case.municipalities) * multiplier,
        discharges=sum(m.discharges for m in case.municipalities) * multiplier,
    )


def minutes_a_month(case: Case, at: Levels) -> tuple[Value, ...]:
    """Deferrable minutes of a patient-month in each group: reviews, planned calls, coordination."""
    days = case.centre.workdays_per_year / MONTHS
    return tuple(
        group.review_minutes_per_workday * at.review_multiplier * days
        + group.calls_per_month * at.call_minutes
        + at.coordination_minutes_per_patient_month
        for group in case.groups
    )


def target(case: Case) -> Target:
    """What the queue must reach, in minutes."""
    centre = case.centre
    return Target(
        share=centre.service_target.share,
        within=centre.service_target.within_minutes,
        max_occupancy=centre.max_occupancy,
        min_agents=centre.min_agents,
        most=centre.max_agents,
    )


def hours(case: Case, at: Levels, who: Volumes, agents: Whole | None = None) -> Hours:
    """Equations 1 to 3. Agents are found for the target unless a roster is given."""
    centre, days = case.centre, case.centre.workdays_per_year
    contacts: Value = 0.0
    patient: Value = who.enrolments * at.enrolment_minutes + who.discharges * at.discharge_minutes
    for group, count, minutes in zip(case.groups, who.patients, minutes_a_month(case, at), strict=True):
        contacts = contacts + group.contacts_per_workday * at.contact_rate_multiplier * count
        patient = patient + MONTHS * count * minutes
    patient = patient / 60
    offered = np.multiply.outer(np.array(centre.hourly_contact_profile), contacts * at.handling_minutes / 60)
    if agents is None:
        agents = staffed(case, offered, at.handling_minutes)
    opened = agents.sum(axis=0) * days
    busy = contacts * at.handling_minutes / 60 * days
    idle = opened - busy
    fixed = centre.fixed_hours_per_month * MONTHS
    meetings = who.municipalities * centre.meeting_minutes_per_municipality_per_month * MONTHS / 60
    deferrable = patient + fixed + meetings
    absorbed = np.minimum(deferrable, at.absorption_share * idle)
    readiness = idle - absorbed
    return Hours(
        offered=offered,
        agents=agents,
        contacts=contacts,
        open=opened,
        busy=busy,
        idle=idle,
        patient=patient,
        fixed=fixed,
        meetings=meetings,
        deferrable=deferrable,
        absorbed=absorbed,
        readiness=readiness,
        total=busy + deferrable + readiness,
        capacity=capacity(case, at),
    )


def staffed(case: Case, offered: Floats, handling: Value) -> Whole:
    """Agents in each opening hour; hours with the same share of contacts are looked at once."""
    shares, back = np.unique(np.array(case.centre.hourly_contact_profile), return_inverse=True)
    first = np.array([int(np.argmax(back == at)) for at in range(shares.size)])
    try:
        needed = agents_needed(offered[first], handling, target(case))
    except Refused:
        values = {"agents": case.centre.max_agents, "load": round(float(offered.max()), 2)}
        raise Faulty([Fault("centre.service_target", Refusal(Why.UNSTABLE, values))]) from None
    found: Whole = needed[back]
    return found


def capacity(case: Case, at: Levels) -> Value:
    """Equation 3: ((gross − holiday − public holidays)(1 − sick) − training)(1 − indirect), hours of a position."""
    staff = case.staff
    present = (staff.gross_hours - staff.holiday_hours - staff.public_holiday_hours) * (1 - at.sick_share)
    return (present - staff.training_hours) * (1 - at.indirect_share)


def money(case: Case, at: Levels, who: Volumes, spent: Hours) -> Money:
    """Equations 4 and 5: cost of a position salary·(1+pension)·(1+employer's tax)+overhead, pools and prices."""
    staff, days = case.staff, case.centre.workdays_per_year
    position = at.salary_nok * (1 + staff.pension_share) * (1 + staff.employer_tax_share) + at.overhead_nok
    hour = position / spent.capacity
    licences = at.licence_nok_per_patient_month * MONTHS * sum(who.patients)
    bought = licences + at.equipment_nok_per_enrolment * who.enrolments
    answering = days / MONTHS * at.handling_minutes * at.contact_rate_multiplier
    return Money(
        position=position,
        hour=hour,
        volume=hour * (spent.patient + spent.busy) + bought,
        readiness=hour * spent.readiness,
        fixed=hour * spent.fixed + at.fixed_nok_total,
        municipal=hour * spent.meetings,
        patient_month=tuple(
            hour * (minutes + group.contacts_per_workday * answering) / 60 + at.licence_nok_per_patient_month
            for group, minutes in zip(case.groups, minutes_a_month(case, at), strict=True)
        ),
        enrolment=hour * at.enrolment_minutes / 60 + at.equipment_nok_per_enrolment,
        discharge=hour * at.discharge_minutes / 60,
    )
