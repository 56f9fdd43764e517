"""What a new case begins with: a whole day's centre whose numbers are all plainly illustrative. Pure."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from helsevev.core.words import gettext_noop

# Nothing here is measured: each number is a place to begin, and its source says so until somebody names a better one.
ILLUSTRATIVE = gettext_noop("Illustrative")
PUBLIC = gettext_noop("Table 07459, CC BY 4.0")
STATISTICS = gettext_noop("Statistics Norway")
ELIGIBLE_SHARE = 0.005
DAY = ("service_target.share", "service_target.within_minutes")

CENTRE: Mapping[str, Any] = {
    "workdays_per_year": 250,
    "hourly_contact_profile": [0.22, 0.18, 0.14, 0.12, 0.1, 0.09, 0.08, 0.07],
    "handling_minutes": 12,
    "service_target": {"share": 0.8, "within_minutes": 15},
    "max_occupancy": 0.8,
    "min_agents": 1,
    "absorption_share": 0.5,
    "fixed_hours_per_month": 30,
    "fixed_nok_per_year": 250_000,
    "fixed_nok_per_municipality_per_year": 20_000,
    "meeting_minutes_per_municipality_per_month": 60,
}
STAFF: Mapping[str, Any] = {
    "gross_hours": 1950,
    "holiday_hours": 187.5,
    "public_holiday_hours": 75,
    "sick_share": 0.09,
    "training_hours": 30,
    "indirect_share": 0.12,
    "salary_nok": 650_000,
    "pension_share": 0.14,
    "employer_tax_share": 0.141,
    "overhead_nok": 40_000,
}
GROUP: Mapping[str, Any] = {
    "id": "group",
    "review_minutes_per_workday": 1.2,
    "calls_per_month": 0.8,
    "contacts_per_workday": 0.1,
}
ACTIVITIES: Mapping[str, Any] = {
    "call_minutes": 20,
    "coordination_minutes_per_patient_month": 12,
    "enrolment_minutes": 200,
    "discharge_minutes": 45,
}
PRICES: Mapping[str, Any] = {"licence_nok_per_patient_month": 400, "equipment_nok_per_enrolment": 1_500}
UNCERTAINTY: Mapping[str, Any] = {
    "contact_rate_multiplier": {"law": "gamma", "mean": 1, "cv": 0.2},
    "review_multiplier": {"law": "gamma", "mean": 1, "cv": 0.15},
    "volume_multiplier": {"law": "lognormal", "mean": 1, "cv": 0.1},
}


def partner(number: str, name: str, adults: int, groups: Iterable[str]) -> dict[str, Any]:
    """A municipality that takes part and has enrolled nobody yet."""
    return {
        "number": number,
        "name": name,
        "adults": adults,
        "eligible": round(adults * ELIGIBLE_SHARE, 1),
        "patients": dict.fromkeys(groups, 0),
        "enrolments": 0,
        "discharges": 0,
    }


def begin(
    title: str, groups: Iterable[str], partners: Iterable[Mapping[str, Any]], say: Callable[[str], str] = str
) -> dict[str, Any]:
    """A whole case; `say` is the language of its notes."""
    made: dict[str, Any] = {
        "title": title,
        "currency": "NOK",
        "centre": dict(CENTRE),
        "staff": dict(STAFF),
        "patient_groups": [{**GROUP, "id": name} for name in groups],
        "activities": dict(ACTIVITIES),
        "prices": dict(PRICES),
        "allocation": {"fixed_equal_share": 0.4},
        "incentive": {"kind": "none"},
        "municipalities": [dict(one) for one in partners],
        "uncertainty": {name: dict(law) for name, law in UNCERTAINTY.items()},
    }
    return made | {"notes": notes(made, {"source": say(ILLUSTRATIVE)}, say)}


def notes(
    made: Mapping[str, Any], illustrative: Mapping[str, Any], say: Callable[[str], str]
) -> dict[str, dict[str, Any]]:
    """A source for every number: inhabitants are Statistics Norway's, the rest is made up."""
    paths = [
        f"{part}.{name}"
        for part in ("centre", "staff", "activities", "prices", "allocation")
        for name, value in made[part].items()
        if isinstance(value, int | float)
    ]
    paths += [f"centre.{name}" for name in ("hourly_contact_profile", *DAY)]
    paths += [f"patient_groups[{one['id']}]" for one in made["patient_groups"]]
    paths += [f"municipalities[{one['number']}]" for one in made["municipalities"]]
    found = {path: dict(illustrative) for path in paths}
    counted = {"source": say(PUBLIC), "date": "2026-01-01", "owner": say(STATISTICS)}
    return found | {f"municipalities[{one['number']}].adults": dict(counted) for one in made["municipalities"]}
