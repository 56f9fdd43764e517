"""Sliders (glidere): the inputs that people try out, what was asked for, and the case as it then would be."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.http import urlencode
from django.utils.translation import gettext as _

from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing import fields as known
from helsevev.core.pricing.inputs import laws_follow
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.forms.fields import at, heard, said, shown
from helsevev.toolbox.pricing.forms.sections import UNITS
from helsevev.toolbox.pricing.rules.keyed import Change, changed, keyed
from helsevev.toolbox.pricing.rules.numbers import linked, written

PATIENTS = "patients_percent"
PERCENT = known.Leaf(PATIENTS, known.Bounds(high=1000), "%", gettext_noop("Patients, in per cent of the case"))
TITLES: Mapping[str, str] = {
    "volume": gettext_noop("Patients and work"),
    "centre": gettext_noop("Queue and staff"),
    "money": gettext_noop("Money and agreement"),
}
PLACES: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "volume": (
        (PATIENTS,),
        ("activities", "call_minutes"),
        ("activities", "coordination_minutes_per_patient_month"),
        ("activities", "enrolment_minutes"),
    ),
    "centre": (
        ("centre", "handling_minutes"),
        ("centre", "service_target", "within_minutes"),
        ("centre", "max_occupancy"),
        ("centre", "absorption_share"),
        ("staff", "sick_share"),
    ),
    "money": (
        ("staff", "salary_nok"),
        ("prices", "licence_nok_per_patient_month"),
        ("centre", "fixed_nok_per_year"),
        ("allocation", "fixed_equal_share"),
    ),
}
LEAVES: Mapping[str, known.Leaf] = {
    leaf.key: leaf
    for leaves in (
        known.CENTRE,
        known.TARGET,
        known.STAFF,
        known.ACTIVITIES,
        known.PRICES,
        known.ALLOCATION,
        (PERCENT,),
    )
    for leaf in leaves
}


@dataclass
class Slider:
    """One slider (glider) with the number beside it."""

    path: tuple[str, ...]
    label: str
    unit: str
    base: float
    value: str
    low: float
    high: float
    step: float
    fault: str = ""

    @property
    def name(self) -> str:
        """Its name in the address."""
        return ".".join(self.path)

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "s-" + self.name.replace(".", "-")

    @property
    def is_moved(self) -> bool:
        """Whether it stands elsewhere than in the case."""
        return heard(self.value) != self.base

    @property
    def base_text(self) -> str:
        """What the case says."""
        return shown(self.base)

    @property
    def machine(self) -> str:
        """Where it stands, as the browser's own slider takes numbers."""
        found = heard(self.value)
        return written(self.base if found is None else found)


@dataclass
class Asked:
    """What the sliders ask for (spurt): the changes, the content with them, and what is wrong."""

    groups: list[tuple[str, list[Slider]]]
    changes: dict[str, float]
    content: dict[str, Any]
    faults: list[Fault]

    @property
    def query(self) -> str:
        """The address's query that asks for the same."""
        return urlencode({name: linked(value) for name, value in self.changes.items()})

    @property
    def moved(self) -> list[Slider]:
        """The sliders that stand elsewhere than in the case."""
        return [one for _title, sliders in self.groups for one in sliders if one.is_moved and not one.fault]


def sliders(content: Mapping[str, Any], given: Mapping[str, str]) -> list[tuple[str, list[Slider]]]:
    """Every slider by what it is about, where it was moved to."""
    found = []
    for name, places in PLACES.items():
        made = [_slider(content, path, given) for path in places]
        found.append((_(TITLES[name]), made))
    return found


def _slider(content: Mapping[str, Any], path: tuple[str, ...], given: Mapping[str, str]) -> Slider:
    """One slider; its ends are the note's range, or twice the value."""
    leaf = LEAVES[path[-1]]
    base = 100.0 if path == (PATIENTS,) else float(str(at(content, path)))
    note = (content.get("notes") or {}).get(".".join(path), {})
    low, high = _ends(leaf, base, note)
    name = ".".join(path)
    value = given.get(name, "").strip() or shown(base)
    made = Slider(path, _(leaf.label), _(UNITS.get(leaf.unit, leaf.unit)), base, value, low, high, _step(high - low))
    asked = heard(value)
    if asked is not None:
        made.low, made.high = min(low, asked), max(high, asked)
        made.value = shown(asked)
    return made


def _ends(leaf: known.Leaf, base: float, note: Mapping[str, Any]) -> tuple[float, float]:
    """Where a slider ends, within what the core allows."""
    low = note.get("low", 0.0)
    high = note.get("high", 1.0 if leaf.unit == "share" else 2 * base or 100.0)
    step = _step(high - low) or 1.0
    if leaf.bounds.low_open:
        low = max(low, leaf.bounds.low + step)
    if leaf.bounds.high_open:
        high = min(high, leaf.bounds.high - step)
    return min(low, base), max(min(high, leaf.bounds.high), base)


def _step(width: float) -> float:
    """A round step, about a hundredth of the way."""
    if width <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(width / 50))
    return float(f"{size:.12g}")


def asked(content: Mapping[str, Any], given: Mapping[str, str]) -> Asked:
    """What the address asks for; what is no number is a fault at its slider, and is left as it is in the case."""
    groups = sliders(content, given)
    changes: dict[str, float] = {}
    faults = []
    for _title, row in groups:
        for one in row:
            value = heard(one.value)
            if value is None:
                one.fault = _("Write a number.")
            elif value != one.base:
                changes[one.name] = value
    try:
        after = with_changes(content, changes)
    except Faulty as faulty:
        faults = faulty.faults
        after = dict(content)
    return Asked(groups, changes, after, faults)


def with_changes(content: Mapping[str, Any], changes: Mapping[str, float]) -> dict[str, Any]:
    """The content with sliders moved."""
    direct = [Change(tuple(name.split(".")), None, value) for name, value in changes.items() if name != PATIENTS]
    after = changed(content, direct)
    if PATIENTS in changes:
        after = scaled(after, changes[PATIENTS] / 100)
    return laws_follow(content, after)


def scaled(content: Mapping[str, Any], factor: float) -> dict[str, Any]:
    """The content with more or fewer patients, enrolments and discharges everywhere."""
    after = dict(content)
    after["municipalities"] = [
        {
            **row,
            "patients": {name: count * factor for name, count in row["patients"].items()},
            "enrolments": row["enrolments"] * factor,
            "discharges": row["discharges"] * factor,
        }
        for row in keyed(content)["municipalities"].values()
    ]
    return after


def hold(found: Asked, faults: list[Fault]) -> list[str]:
    """Lay faults at their sliders; the sentences of the others are given back."""
    by_name = {one.name: one for _title, row in found.groups for one in row}
    left = []
    for fault in faults:
        sentence = said(fault.refusal)
        if fault.place in by_name:
            by_name[fault.place].fault = sentence
        else:
            named = fault.place and fault.place != "centre.service_target"  # that sentence names all it is about
            left.append(f"{fault.place}: {sentence}" if named else sentence)
    return left
