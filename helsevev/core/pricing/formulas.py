"""The formulas as people read them (formler), each once: the workbook reckons by them, and the page shows them.

An expression is a spreadsheet's: names of inputs and of other formulas, and names of whole columns
(`group_patients`, `hour_agents`). `tests/core/pricing` lets a spreadsheet reckon them and holds them to `model`.
"""

import re
from dataclasses import dataclass

from helsevev.core.words import gettext_noop

NAME = re.compile(r"[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Formula:
    """One reckoned number (formel): its place in the answer, its name, label, unit and expression."""

    place: str
    name: str
    label: str
    unit: str
    expression: str

    @property
    def needs(self) -> tuple[str, ...]:
        """The names that go into it, each once."""
        return tuple(dict.fromkeys(NAME.findall(self.expression)))


MODEL = (
    Formula(
        "staffing.contacts_per_workday",
        "contacts_per_workday",
        gettext_noop("Contacts a workday"),
        "contacts",
        "SUMPRODUCT(group_patients,group_contacts)",
    ),
    Formula(
        "staffing.open_hours",
        "open_hours",
        gettext_noop("Open hours: agents in each opening hour, all workdays"),
        "hours",
        "SUM(hour_agents)*workdays_per_year",
    ),
    Formula(
        "staffing.busy_hours",
        "busy_hours",
        gettext_noop("Busy hours: answering contacts"),
        "hours",
        "contacts_per_workday*handling_minutes/60*workdays_per_year",
    ),
    Formula("staffing.idle_hours", "idle_hours", gettext_noop("Idle hours"), "hours", "open_hours-busy_hours"),
    Formula(
        "staffing.patient_hours",
        "patient_hours",
        gettext_noop("Hours that patients bring, apart from contacts"),
        "hours",
        "(12*SUMPRODUCT(group_patients,group_minutes)+SUM(municipality_enrolments)*enrolment_minutes"
        "+SUM(municipality_discharges)*discharge_minutes)/60",
    ),
    Formula("", "fixed_hours", gettext_noop("Fixed hours"), "hours", "fixed_hours_per_month*12"),
    Formula(
        "",
        "meeting_hours",
        gettext_noop("Hours of meetings with municipalities"),
        "hours",
        "COUNT(municipality_adults)*meeting_minutes_per_municipality_per_month*12/60",
    ),
    Formula(
        "staffing.deferrable_hours",
        "deferrable_hours",
        gettext_noop("Hours of work that can wait"),
        "hours",
        "patient_hours+fixed_hours+meeting_hours",
    ),
    Formula(
        "staffing.absorbed_hours",
        "absorbed_hours",
        gettext_noop("Hours of it done in idle time"),
        "hours",
        "MIN(deferrable_hours,absorption_share*idle_hours)",
    ),
    Formula(
        "staffing.readiness_hours",
        "readiness_hours",
        gettext_noop("Readiness: idle hours that nothing fills"),
        "hours",
        "idle_hours-absorbed_hours",
    ),
    Formula(
        "staffing.total_hours",
        "total_hours",
        gettext_noop("Hours in all"),
        "hours",
        "busy_hours+deferrable_hours+readiness_hours",
    ),
    Formula(
        "staffing.hours_per_position",
        "hours_per_position",
        gettext_noop("Hours for patients in a position"),
        "hours",
        "((gross_hours-holiday_hours-public_holiday_hours)*(1-sick_share)-training_hours)*(1-indirect_share)",
    ),
    Formula(
        "staffing.positions", "positions", gettext_noop("Positions"), "positions", "total_hours/hours_per_position"
    ),
    Formula(
        "cost.position_nok",
        "position_nok",
        gettext_noop("Cost of a position"),
        "NOK",
        "salary_nok*(1+pension_share)*(1+employer_tax_share)+overhead_nok",
    ),
    Formula("cost.hour_nok", "hour_nok", gettext_noop("Cost of an hour"), "NOK", "position_nok/hours_per_position"),
    Formula(
        "cost.pools.volume",
        "volume_nok",
        gettext_noop("Volume pool"),
        "NOK",
        "hour_nok*(patient_hours+busy_hours)+12*licence_nok_per_patient_month*SUM(group_patients)"
        "+equipment_nok_per_enrolment*SUM(municipality_enrolments)",
    ),
    Formula("cost.pools.readiness", "readiness_nok", gettext_noop("Readiness pool"), "NOK", "hour_nok*readiness_hours"),
    Formula(
        "cost.pools.fixed",
        "fixed_nok",
        gettext_noop("Fixed pool"),
        "NOK",
        "hour_nok*fixed_hours+fixed_nok_per_year+fixed_nok_per_municipality_per_year*COUNT(municipality_adults)",
    ),
    Formula("cost.pools.municipal", "municipal_nok", gettext_noop("Municipal pool"), "NOK", "hour_nok*meeting_hours"),
    Formula(
        "cost.total_nok",
        "total_nok",
        gettext_noop("Total cost a year"),
        "NOK",
        "volume_nok+readiness_nok+fixed_nok+municipal_nok",
    ),
    Formula(
        "prices.enrolment_nok",
        "enrolment_nok",
        gettext_noop("Price of an enrolment"),
        "NOK",
        "hour_nok*enrolment_minutes/60+equipment_nok_per_enrolment",
    ),
    Formula(
        "prices.discharge_nok",
        "discharge_nok",
        gettext_noop("Price of a discharge"),
        "NOK",
        "hour_nok*discharge_minutes/60",
    ),
    Formula(
        "prices.mean_patient_month_nok",
        "mean_patient_month_nok",
        gettext_noop("Mean cost of a patient-month"),
        "NOK",
        'IF(SUM(group_patients)>0,total_nok/(12*SUM(group_patients)),"")',
    ),
)
# For each group of patients, each opening hour and each municipality; the names are those of the row.
ROWS = (
    Formula(
        "",
        "group_minutes",
        gettext_noop("Minutes a patient-month, apart from contacts"),
        "minutes",
        "review_minutes_per_workday*workdays_per_year/12+calls_per_month*call_minutes"
        "+coordination_minutes_per_patient_month",
    ),
    Formula(
        "prices.patient_month_nok",
        "patient_month_nok",
        gettext_noop("Price of a patient-month"),
        "NOK",
        "hour_nok*(group_minutes+contacts_per_workday*workdays_per_year/12*handling_minutes)/60"
        "+licence_nok_per_patient_month",
    ),
    Formula(
        "staffing.hours.offered_erlang",
        "offered_erlang",
        gettext_noop("Load"),
        "erlang",
        "contacts_per_workday*hourly_contact_profile*handling_minutes/60",
    ),
    Formula("staffing.hours.occupancy", "occupancy", gettext_noop("Occupancy"), "share", "offered_erlang/agents"),
    Formula(
        "staffing.hours.probability_of_wait",
        "probability_of_wait",
        gettext_noop("Share that must wait"),
        "share",
        "blocked/(1-occupancy*(1-blocked))",
    ),
    Formula(
        "staffing.hours.service_level",
        "service_level",
        gettext_noop("Answered in time"),
        "share",
        "1-probability_of_wait*EXP(-(agents-offered_erlang)*target_within_minutes/handling_minutes)",
    ),
    Formula(
        "staffing.hours.agents",
        "agents",
        gettext_noop("Agents"),
        "agents",
        "MATCH(agents>=min_agents;agents>offered_erlang;occupancy<=max_occupancy;service_level>=target_share)",
    ),
    Formula(
        "municipalities.parts.fixed",
        "fixed",
        gettext_noop("Fixed part"),
        "NOK",
        "fixed_nok*(fixed_equal_share/COUNT(municipality_adults)+(1-fixed_equal_share)*adults/SUM(municipality_adults))",
    ),
    Formula(
        "municipalities.parts.municipal",
        "municipal",
        gettext_noop("Municipal part"),
        "NOK",
        "municipal_nok/COUNT(municipality_adults)",
    ),
    Formula(
        "municipalities.parts.readiness",
        "readiness",
        gettext_noop("Readiness part"),
        "NOK",
        "readiness_nok*weight/SUM(municipality_weight)",
    ),
    Formula(
        "municipalities.parts.volume",
        "volume",
        gettext_noop("Volume part"),
        "NOK",
        "months_nok*kappa+enrolments*enrolment_nok+discharges*discharge_nok",
    ),
    Formula("municipalities.total_nok", "bill", gettext_noop("Bill a year"), "NOK", "fixed+municipal+readiness+volume"),
    Formula("municipalities.coverage", "coverage", gettext_noop("Coverage"), "share", "patients/eligible"),
)
WEIGHTS = {
    "none": "eligible",
    "tiers": "eligible",
    "take_or_pay": "eligible",
    "readiness": "eligible*(1+incentive_gamma*(1-MIN(1,coverage/incentive_target_coverage)))",
}


def formula(place_or_name: str) -> Formula | None:
    """The formula of a place in the answer or of a name; None for what is an input."""
    for one in (*MODEL, *ROWS):
        if place_or_name in (one.place, one.name):
            return one
    return None
