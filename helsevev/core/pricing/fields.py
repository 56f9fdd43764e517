"""Every input of a case (inndata) once: where it stands, what it may be, its unit and its name.

The reader, the forms and sliders of a page and the workbook all go by these rows.
"""

import math
from dataclasses import dataclass

from helsevev.core.words import gettext_noop


@dataclass(frozen=True)
class Bounds:
    """What a number may be (grenser); an open end isn't allowed itself."""

    low: float = 0.0
    high: float = math.inf
    low_open: bool = False
    high_open: bool = False
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether a value lies within."""
        above = value > self.low if self.low_open else value >= self.low
        below = value < self.high if self.high_open else value <= self.high
        return above and below


# What units are called, for the catalogues.
UNITS = (
    gettext_noop("days"),
    gettext_noop("minutes"),
    gettext_noop("share"),
    gettext_noop("agents"),
    gettext_noop("hours"),
    gettext_noop("NOK"),
    gettext_noop("calls"),
    gettext_noop("contacts"),
    gettext_noop("people"),
    gettext_noop("a year"),
    gettext_noop("factor"),
    gettext_noop("erlang"),
    gettext_noop("positions"),
)
ANY = Bounds(low=-math.inf)
POSITIVE = Bounds(low_open=True)
NOT_NEGATIVE = Bounds()
SHARE = Bounds(high=1.0)
TAKEN_SHARE = Bounds(high=1.0, high_open=True)
REACHED_SHARE = Bounds(high=1.0, low_open=True)
DAYS = Bounds(high=366.0, low_open=True)


@dataclass(frozen=True)
class Leaf:
    """One number of a case: its key, its bounds, its unit and what people call it."""

    key: str
    bounds: Bounds
    unit: str
    label: str


CENTRE = (
    Leaf("workdays_per_year", DAYS, "days", gettext_noop("Workdays a year")),
    Leaf("handling_minutes", POSITIVE, "minutes", gettext_noop("Handling of one contact")),
    Leaf("max_occupancy", REACHED_SHARE, "share", gettext_noop("Highest occupancy of an agent")),
    Leaf("min_agents", Bounds(whole=True), "agents", gettext_noop("Agents at least, in every opening hour")),
    Leaf("absorption_share", SHARE, "share", gettext_noop("Share of idle time that takes other work")),
    Leaf("fixed_hours_per_month", NOT_NEGATIVE, "hours", gettext_noop("Fixed hours a month")),
    Leaf("fixed_nok_per_year", NOT_NEGATIVE, "NOK", gettext_noop("Fixed cost a year")),
    Leaf(
        "fixed_nok_per_municipality_per_year",
        NOT_NEGATIVE,
        "NOK",
        gettext_noop("Fixed cost a year by municipality"),
    ),
    Leaf(
        "meeting_minutes_per_municipality_per_month",
        NOT_NEGATIVE,
        "minutes",
        gettext_noop("Meetings a month with each municipality"),
    ),
)
TARGET = (
    Leaf("share", TAKEN_SHARE, "share", gettext_noop("Share of contacts answered in time")),
    Leaf("within_minutes", NOT_NEGATIVE, "minutes", gettext_noop("Answered in time means within")),
)
STAFF = (
    Leaf("gross_hours", POSITIVE, "hours", gettext_noop("Hours of a position in a year, all counted")),
    Leaf("holiday_hours", NOT_NEGATIVE, "hours", gettext_noop("Holidays")),
    Leaf("public_holiday_hours", NOT_NEGATIVE, "hours", gettext_noop("Public holidays")),
    Leaf("sick_share", TAKEN_SHARE, "share", gettext_noop("Sick leave")),
    Leaf("training_hours", NOT_NEGATIVE, "hours", gettext_noop("Training")),
    Leaf("indirect_share", TAKEN_SHARE, "share", gettext_noop("Other work than for patients")),
    Leaf("salary_nok", POSITIVE, "NOK", gettext_noop("Salary")),
    Leaf("pension_share", SHARE, "share", gettext_noop("Pension, as a share of salary")),
    Leaf("employer_tax_share", SHARE, "share", gettext_noop("Employer's tax, as a share of salary and pension")),
    Leaf("overhead_nok", NOT_NEGATIVE, "NOK", gettext_noop("Overhead of a position")),
)
GROUP = (
    Leaf("review_minutes_per_workday", NOT_NEGATIVE, "minutes", gettext_noop("Review of one patient a workday")),
    Leaf("calls_per_month", NOT_NEGATIVE, "calls", gettext_noop("Planned calls to a patient a month")),
    Leaf("contacts_per_workday", NOT_NEGATIVE, "contacts", gettext_noop("Contacts from a patient a workday")),
)
ACTIVITIES = (
    Leaf("call_minutes", NOT_NEGATIVE, "minutes", gettext_noop("A planned call")),
    Leaf(
        "coordination_minutes_per_patient_month",
        NOT_NEGATIVE,
        "minutes",
        gettext_noop("Coordination for a patient a month"),
    ),
    Leaf("enrolment_minutes", NOT_NEGATIVE, "minutes", gettext_noop("An enrolment")),
    Leaf("discharge_minutes", NOT_NEGATIVE, "minutes", gettext_noop("A discharge")),
)
PRICES = (
    Leaf("licence_nok_per_patient_month", NOT_NEGATIVE, "NOK", gettext_noop("Licence for a patient a month")),
    Leaf("equipment_nok_per_enrolment", NOT_NEGATIVE, "NOK", gettext_noop("Equipment for an enrolment")),
)
ALLOCATION = (Leaf("fixed_equal_share", SHARE, "share", gettext_noop("Part of the fixed cost that is shared equally")),)
MUNICIPALITY = (
    Leaf("adults", NOT_NEGATIVE, "people", gettext_noop("Inhabitants of 18 and older")),
    Leaf("eligible", NOT_NEGATIVE, "people", gettext_noop("Eligible inhabitants")),
    Leaf("enrolments", NOT_NEGATIVE, "a year", gettext_noop("Enrolments a year")),
    Leaf("discharges", NOT_NEGATIVE, "a year", gettext_noop("Discharges a year")),
)
PATIENTS = Leaf("patients", NOT_NEGATIVE, "people", gettext_noop("Patients"))
PROFILE = Leaf("hourly_contact_profile", SHARE, "share", gettext_noop("Share of a day's contacts in an opening hour"))
OPTIONAL = (
    Leaf("max_agents", Bounds(1, 2_000, whole=True), "agents", gettext_noop("Agents at most, in any opening hour")),
    Leaf(
        "patience_minutes",
        Bounds(high=10_080.0, low_open=True),
        "minutes",
        gettext_noop("Mean wait before a patient gives up"),
    ),
)
INCENTIVES = {
    "none": (),
    "tiers": (),
    "readiness": (
        Leaf("gamma", NOT_NEGATIVE, "factor", gettext_noop("How much more readiness costs without patients")),
        Leaf("target_coverage", POSITIVE, "share", gettext_noop("Coverage that is aimed at")),
    ),
    "take_or_pay": (
        Leaf("theta", SHARE, "share", gettext_noop("Part of the price that is paid for a reserved place")),
        Leaf("sigma", NOT_NEGATIVE, "share", gettext_noop("Added to the price above what is reserved")),
    ),
}
TIER = (
    Leaf("above_coverage", NOT_NEGATIVE, "share", gettext_noop("Above this coverage")),
    Leaf("discount", TAKEN_SHARE, "share", gettext_noop("Discount")),
)
LAWS = ("normal", "lognormal", "gamma", "beta", "uniform")
# What a spread may be given for, and what each draw must keep to.
UNCERTAIN = {
    "contact_rate_multiplier": NOT_NEGATIVE,
    "handling_minutes": POSITIVE,
    "review_multiplier": NOT_NEGATIVE,
    "call_minutes": NOT_NEGATIVE,
    "coordination_minutes_per_patient_month": NOT_NEGATIVE,
    "enrolment_minutes": NOT_NEGATIVE,
    "discharge_minutes": NOT_NEGATIVE,
    "sick_share": TAKEN_SHARE,
    "indirect_share": TAKEN_SHARE,
    "salary_nok": POSITIVE,
    "overhead_nok": NOT_NEGATIVE,
    "licence_nok_per_patient_month": NOT_NEGATIVE,
    "equipment_nok_per_enrolment": NOT_NEGATIVE,
    "absorption_share": SHARE,
    "volume_multiplier": NOT_NEGATIVE,
    "fixed_nok_total": NOT_NEGATIVE,
}
