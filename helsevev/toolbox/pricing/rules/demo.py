"""The centre that a demonstration shows: real municipalities around one hospital, numbers nobody measured. Pure."""

from collections.abc import Callable, Mapping
from typing import Any

from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.rules import beginning

OWNER = "akershus-universitetssykehus"
INITIATIVE = "mila-2026"
TITLE = "Eksempel: ett oppfølgingssenter for ti kommuner"
COPD, HEART = "kols", "hjertesvikt"
# Number: patients with COPD, patients with heart failure, enrolments and discharges a year. All invented.
PATIENTS: Mapping[str, tuple[int, int, int, int]] = {
    "3209": (46, 22, 60, 48),
    "3228": (18, 8, 24, 20),
    "3238": (12, 5, 15, 12),
    "3240": (20, 9, 26, 21),
    "3230": (6, 3, 8, 6),
    "3226": (15, 7, 20, 16),
    "3207": (24, 11, 33, 28),
    "3214": (8, 3, 10, 8),
    "3212": (9, 4, 12, 10),
    "3232": (14, 7, 18, 15),
}
OWNER_OF_NUMBERS = gettext_noop("Demo economist")


def content(adults: Mapping[str, int], names: Mapping[str, str], say: Callable[[str], str] = str) -> dict[str, Any]:
    """The whole case, with populations as given; `say` is the language of its notes."""
    made = beginning.begin(TITLE, (COPD, HEART), ())
    made["patient_groups"] = [
        {"id": COPD, "review_minutes_per_workday": 1.15, "calls_per_month": 0.8, "contacts_per_workday": 0.09},
        {"id": HEART, "review_minutes_per_workday": 1.35, "calls_per_month": 0.75, "contacts_per_workday": 0.11},
    ]
    made["municipalities"] = [
        {
            "number": number,
            "name": names[number],
            "adults": adults[number],
            "eligible": round(adults[number] * 0.0042, 1),
            "patients": {COPD: copd, HEART: heart},
            "enrolments": enrolled,
            "discharges": discharged,
        }
        for number, (copd, heart, enrolled, discharged) in PATIENTS.items()
    ]
    made["incentive"] = {"kind": "readiness", "gamma": 0.5, "target_coverage": 0.4}
    made["uncertainty"] = {
        "contact_rate_multiplier": {"law": "gamma", "mean": 1, "cv": 0.2},
        "handling_minutes": {"law": "lognormal", "mean": 12, "cv": 0.15},
        "review_multiplier": {"law": "gamma", "mean": 1, "cv": 0.15},
        "enrolment_minutes": {"law": "gamma", "mean": 200, "cv": 0.2},
        "sick_share": {"law": "beta", "mean": 0.09, "sd": 0.015},
        "salary_nok": {"law": "normal", "mean": 650_000, "sd": 15_000},
        "licence_nok_per_patient_month": {"law": "gamma", "mean": 400, "cv": 0.15},
        "absorption_share": {"law": "beta", "mean": 0.5, "sd": 0.1},
        "volume_multiplier": {"law": "lognormal", "mean": 1, "cv": 0.1},
    }
    made["notes"] = _notes(made, say)
    return made


def _notes(made: Mapping[str, Any], say: Callable[[str], str]) -> dict[str, dict[str, Any]]:
    """A source for every number, with an owner and some ranges to show."""
    illustrative = {"source": say(beginning.ILLUSTRATIVE), "date": "2026", "owner": say(OWNER_OF_NUMBERS)}
    notes = beginning.notes(made, illustrative, say)
    notes["centre.handling_minutes"] |= {"low": 6, "high": 24}
    notes["centre.max_occupancy"] |= {"low": 0.5, "high": 0.95}
    notes["staff.salary_nok"] |= {"low": 500_000, "high": 800_000}
    for path in ("gamma", "target_coverage"):
        notes[f"incentive.{path}"] = dict(illustrative)
    for name in (COPD, HEART):
        notes[f"patient_groups[{name}].contacts_per_workday"] = illustrative | {"low": 0.03, "high": 0.2}
    return notes
