"""A price case (prissak): what a shared follow-up centre, its partners and their agreement are reckoned from.

Money is NOK, shares are 0 to 1, times are as the names say. A case is only made by `reading.read`, which has looked
for faults, so nothing here looks again.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from typing import Any


@dataclass(frozen=True)
class ServiceTarget:
    """How soon contacts are answered (svarmål): this share within this many minutes."""

    share: float
    within_minutes: float


@dataclass(frozen=True)
class Centre:
    """The follow-up centre (oppfølgingssenter): opening hours, its queue, and what it costs whoever comes."""

    workdays_per_year: float
    hourly_contact_profile: tuple[float, ...]
    handling_minutes: float
    service_target: ServiceTarget
    max_occupancy: float
    min_agents: int
    absorption_share: float
    fixed_hours_per_month: float
    fixed_nok_per_year: float
    fixed_nok_per_municipality_per_year: float
    meeting_minutes_per_municipality_per_month: float
    max_agents: int
    patience_minutes: float | None


@dataclass(frozen=True)
class Staff:
    """What one position works and costs in a year (stillingskategori)."""

    gross_hours: float
    holiday_hours: float
    public_holiday_hours: float
    sick_share: float
    training_hours: float
    indirect_share: float
    salary_nok: float
    pension_share: float
    employer_tax_share: float
    overhead_nok: float


@dataclass(frozen=True)
class Group:
    """A group of patients (pasientgruppe) with what each asks of the centre."""

    id: str
    review_minutes_per_workday: float
    calls_per_month: float
    contacts_per_workday: float


@dataclass(frozen=True)
class Activities:
    """Minutes of each activity (aktivitet) by its driver: a call, a patient-month, an enrolment, a discharge."""

    call_minutes: float
    coordination_minutes_per_patient_month: float
    enrolment_minutes: float
    discharge_minutes: float


@dataclass(frozen=True)
class Prices:
    """What is bought for each patient: a licence by the month, equipment by the enrolment."""

    licence_nok_per_patient_month: float
    equipment_nok_per_enrolment: float


@dataclass(frozen=True)
class Tier:
    """From this coverage on, patients have this discount (trinn)."""

    above_coverage: float
    discount: float


@dataclass(frozen=True)
class Incentive:
    """What makes municipalities enrol (insentiv): `none`, `tiers`, `readiness` or `take_or_pay`."""

    kind: str = "none"
    tiers: tuple[Tier, ...] = ()
    gamma: float = 0.0
    target_coverage: float = 1.0
    theta: float = 0.0
    sigma: float = 0.0
    reserved: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Municipality:
    """A partner (deltakerkommune): inhabitants of 18 and older, the eligible among them, and who takes part."""

    number: str
    name: str
    adults: float
    eligible: float
    patients: Mapping[str, float]
    enrolments: float
    discharges: float

    @property
    def total_patients(self) -> float:
        """Patients of all groups."""
        return sum(self.patients.values())

    @property
    def coverage(self) -> float | None:
        """Patients for each eligible (dekningsgrad); none where nobody is eligible."""
        return self.total_patients / self.eligible if self.eligible else None


@dataclass(frozen=True)
class Law:
    """The law that an uncertain input follows (fordeling), by its mean and standard deviation."""

    law: str
    mean: float
    sd: float
    relative: bool = False

    def as_dict(self) -> dict[str, Any]:
        """As it was written: with cv where it was given so."""
        spread = {"cv": self.sd / abs(self.mean)} if self.relative else {"sd": self.sd}
        return {"law": self.law, "mean": self.mean, **spread}


@dataclass(frozen=True)
class Note:
    """Where an input comes from (opphav): its range, source, date and owner; anything may be unsaid."""

    low: float | None = None
    high: float | None = None
    source: str = ""
    date: str = ""
    owner: str = ""


@dataclass(frozen=True)
class Case:
    """A whole case (prissak)."""

    title: str
    currency: str
    centre: Centre
    staff: Staff
    groups: tuple[Group, ...]
    activities: Activities
    prices: Prices
    fixed_equal_share: float
    incentive: Incentive
    municipalities: tuple[Municipality, ...]
    uncertainty: Mapping[str, Law] = field(default_factory=dict)
    notes: Mapping[str, Note] = field(default_factory=dict)

    @property
    def patients(self) -> dict[str, float]:
        """Patients of each group in all municipalities."""
        return {g.id: sum(m.patients[g.id] for m in self.municipalities) for g in self.groups}

    @property
    def fixed_nok(self) -> float:
        """Fixed money of a year, without hours."""
        each = self.centre.fixed_nok_per_municipality_per_year
        return self.centre.fixed_nok_per_year + each * len(self.municipalities)

    def as_dict(self) -> dict[str, Any]:
        """The case in the shape that is read."""
        centre = _plain(self.centre)
        centre["service_target"] = _plain(self.centre.service_target)
        centre["hourly_contact_profile"] = list(self.centre.hourly_contact_profile)
        if self.centre.patience_minutes is None:
            del centre["patience_minutes"]
        said = {
            "title": self.title,
            "currency": self.currency,
            "centre": centre,
            "staff": _plain(self.staff),
            "patient_groups": [_plain(group) for group in self.groups],
            "activities": _plain(self.activities),
            "prices": _plain(self.prices),
            "allocation": {"fixed_equal_share": self.fixed_equal_share},
            "incentive": incentive_as_dict(self.incentive),
            "municipalities": [{**_plain(m), "patients": dict(m.patients)} for m in self.municipalities],
        }
        if self.uncertainty:
            said["uncertainty"] = {name: law.as_dict() for name, law in self.uncertainty.items()}
        if self.notes:
            said["notes"] = {
                path: {key: value for key, value in _plain(note).items() if value not in ("", None)}
                for path, note in self.notes.items()
            }
        return said

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the case as canonical JSON: keys in order, no spaces."""
        return digest(self.as_dict())


def _plain(part: object) -> dict[str, Any]:
    """A part's fields in their order; `dataclasses.asdict` copies each of them, which a moved slider would wait for."""
    return dict(vars(part))


def incentive_as_dict(incentive: Incentive) -> dict[str, Any]:
    """The incentive with what its kind asks for alone."""
    wanted = {
        "none": (),
        "tiers": ("tiers",),
        "readiness": ("gamma", "target_coverage"),
        "take_or_pay": ("theta", "sigma", "reserved"),
    }[incentive.kind]
    whole = asdict(incentive)
    whole["tiers"] = [asdict(tier) for tier in incentive.tiers]
    whole["reserved"] = {number: dict(groups) for number, groups in incentive.reserved.items()}
    return {"kind": incentive.kind, **{name: whole[name] for name in wanted}}


def digest(value: object) -> str:
    """SHA-256 of a value as canonical JSON."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()
