"""Every number with its formula and its inputs: where each comes from, and who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from helsevev.core import pricing
from helsevev.core.charts.wording import number
from helsevev.core.pricing import formulas
from helsevev.core.pricing.inputs import inputs
from helsevev.core.words import gettext_noop

UNITS: Mapping[str, str] = {
    "NOK": gettext_noop("NOK"),
    "hours": gettext_noop("hours"),
    "contacts": gettext_noop("contacts"),
    "positions": "",  # the label says it
}


@dataclass(frozen=True)
class Part:
    """What goes into a number (ledd): its label, its value, a formula of its own, or where the input comes from."""

    name: str
    label: str
    value: str
    formula: str = ""
    source: str = ""
    when: str = ""
    owner: str = ""
    spread: str = ""


@dataclass(frozen=True)
class Explained:
    """One number of the answer (tall), with the expression that gives it and what goes into that."""

    name: str
    label: str
    value: str
    unit: str
    expression: str
    parts: list[Part] = field(default_factory=list)


def explained(answer: pricing.Answer, language: str) -> list[Explained]:
    """The numbers in the order they are reckoned."""
    said, known = answer.as_dict(), _inputs(answer.case, language)
    found = []
    for one in formulas.MODEL:
        value = _walk(said, one.place)
        if isinstance(value, int | float):
            parts = list(_parts(one, said, known, language))
            text = number(round(value, 4), language, _decimals(value))
            unit = UNITS.get(one.unit, one.unit)
            unit = _(unit) if unit else ""
            found.append(Explained(one.name, _(one.label), text, unit, one.expression, parts))
    return found


def _decimals(value: float) -> int:
    """As many decimals as such a number needs."""
    return 0 if abs(value) >= 10_000 else 2 if abs(value) >= 1 else 4


def _walk(said: Mapping[str, Any], place: str) -> object:
    here: Any = said
    for step in place.split("."):
        here = here.get(step) if isinstance(here, Mapping) else None
    return here


def _parts(
    one: formulas.Formula, said: Mapping[str, Any], known: Mapping[str, list[Part]], language: str
) -> Iterator[Part]:
    """What the expression names: other formulas with their value, or inputs with their source."""
    for name in one.needs:
        other = formulas.formula(name)
        value = _walk(said, other.place) if other else None
        if other and isinstance(value, int | float):
            text = number(round(value, 4), language, _decimals(value))
            yield Part(name, _(other.label), text, formula=other.name)
        else:
            yield from known.get(name, [Part(name, name.replace("_", " "), "")])


def _inputs(case: pricing.Case, language: str) -> dict[str, list[Part]]:
    """The inputs by the name that formulas call them; rows of groups and municipalities under their columns' names."""
    found: dict[str, list[Part]] = {}
    for one in inputs(case):
        note = one.note or case.notes.get(_row(case, one.steps))
        label = f"{one.of}: {_(one.label)}" if one.of else _(one.label)
        ends = [number(end, language) for end in ((note.low, note.high) if note else ()) if end is not None]
        part = Part(
            one.name,
            label,
            number(round(one.value, 4), language, None if float(one.value).is_integer() else 2),
            source=note.source if note else "",
            when=note.date if note else "",
            owner=note.owner if note else "",
            spread="–".join(ends),
        )
        found.setdefault(one.name, []).append(part)
        for column in COLUMNS.get(one.name, ()):
            found.setdefault(column, []).append(part)
    return found


def _row(case: pricing.Case, steps: tuple[str | int, ...]) -> str:
    """What a note of a whole row is kept under: municipalities by number, groups by id."""
    if steps[0] == "municipalities":
        return f"municipalities[{case.municipalities[int(steps[1])].number}]"
    return f"patient_groups[{case.groups[int(steps[1])].id}]" if steps[0] == "patient_groups" else ""


# Whole columns that expressions name, by the input that each row of them holds.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "contacts_per_workday": ("group_contacts",),
    "review_minutes_per_workday": ("group_minutes",),
    "calls_per_month": ("group_minutes",),
    "patients": ("group_patients",),
    "enrolments": ("municipality_enrolments",),
    "discharges": ("municipality_discharges",),
    "adults": ("municipality_adults",),
    "eligible": ("municipality_eligible", "municipality_weight"),
    "hourly_contact_profile": ("hour_agents",),
}
