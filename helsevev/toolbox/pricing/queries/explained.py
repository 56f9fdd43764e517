"""Every number with its formula and its inputs: where each comes from, and who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from helsevev.core import pricing
from helsevev.core.charts.wording import number
from helsevev.core.pricing import formulas, model
from helsevev.core.pricing.inputs import Input, inputs
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.rules.numbers import written

EVERYBODY = "patients_percent"
HOUR = "hour-"  # and its number, in addresses
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
    of: str = ""


Inputs = dict[str, list[Part]]


@dataclass(frozen=True)
class Explained:
    """One number of the answer (tall), with the expression that gives it and what goes into that."""

    name: str
    label: str
    value: str
    unit: str
    expression: str
    parts: list[Part] = field(default_factory=list)


@dataclass(frozen=True)
class Seen:
    """What numbers are explained from (grunnlag): the answer, the reader's language, and which inputs were moved."""

    answer: pricing.Answer
    language: str
    moved: frozenset[str] = frozenset()

    @cached_property
    def inputs(self) -> Inputs:
        """The inputs by the name that formulas call them."""
        return inputs_of(self.answer.case, self.language, self.moved)

    @cached_property
    def _said(self) -> Mapping[str, Any]:
        return self.answer.as_dict()

    def reckoned(self, one: formulas.Formula | None) -> float | None:
        """What one of the centre's own formulas comes to; nothing for what stands in rows."""
        here: Any = self._said if one and one.place else None
        for step in one.place.split(".") if one else ():
            here = here.get(step) if isinstance(here, Mapping) else None
        return here if isinstance(here, int | float) else None

    def text(self, value: float) -> str:
        """A number with as many decimals as it needs."""
        return number(round(value, 4), self.language, _decimals(value))


def explained(seen: Seen) -> list[Explained]:
    """The centre's numbers in the order they are reckoned."""
    found = []
    for one in formulas.MODEL:
        value = seen.reckoned(one)
        if value is not None:
            parts = list(_parts(one, seen))
            found.append(Explained(one.name, _(one.label), seen.text(value), unit(one.unit), one.expression, parts))
    return found


def unit(name: str) -> str:
    """A unit in words."""
    words = UNITS.get(name, name)
    return _(words) if words else ""


def _decimals(value: float) -> int:
    """As many decimals as such a number needs."""
    return 0 if abs(value) >= 10_000 else 2 if abs(value) >= 1 else 4


def _parts(one: formulas.Formula, seen: Seen) -> Iterator[Part]:
    """What the expression names: other formulas with their value, or inputs with their source."""
    for name in one.needs:
        if name in COLUMNS_RECKONED:
            yield from _column(name, seen)
            continue
        other = formulas.formula(name)
        value = seen.reckoned(other)
        if other and value is not None:
            yield Part(name, _(other.label), seen.text(value), formula=other.name)
        else:
            yield from seen.inputs.get(name, [Part(name, name.replace("_", " "), "")])


def _column(name: str, seen: Seen) -> Iterator[Part]:
    """A column whose every row has a formula of its own: agents by opening hour, minutes by group."""
    case = seen.answer.case
    if name == "hour_agents":
        for at, hour in enumerate(seen.answer.staffing.hours, start=1):
            label = _("Hour %(number)s") % {"number": at}
            yield Part("agents", label, seen.text(hour.agents), formula="agents", of=f"{HOUR}{at}")
        return
    for group, spent in zip(case.groups, model.minutes_a_month(case, model.levels(case)), strict=True):
        yield Part(name, group.id, seen.text(float(spent)), formula=name, of=group.id)


def inputs_of(case: pricing.Case, language: str, moved: frozenset[str] = frozenset()) -> Inputs:
    """The inputs by the name that formulas call them; rows of groups and municipalities under their columns' names."""
    found: Inputs = {}
    names = {partner.number: partner.name for partner in case.municipalities}
    for one in inputs(case):
        note = one.note
        label = f"{names.get(one.of, one.of)}: {_(one.label)}" if one.of else _(one.label)
        if one.name in ("patients", "reserved"):
            label = f"{label}, {one.steps[-1]}"
        ends = [number(end, language) for end in ((note.low, note.high) if note else ()) if end is not None]
        part = Part(
            one.name,
            label,
            number(one.value, language, len(written(round(one.value, 6)).partition(".")[2])),
            source=_("Moved by a slider") if _is_moved(one, moved) else note.source if note else "",
            when=note.date if note else "",
            owner=note.owner if note else "",
            spread="–".join(ends),
            of=one.of,
        )
        found.setdefault(one.name, []).append(part)
        for column in COLUMNS.get(one.name, ()):
            found.setdefault(column, []).append(part)
    return found


def _is_moved(one: Input, moved: frozenset[str]) -> bool:
    """Whether a slider has moved an input, or all that there are of patients and events."""
    return one.path in moved or (EVERYBODY in moved and one.name in ("patients", "enrolments", "discharges"))


# Whole columns that expressions name, by the input that each row of them holds.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "contacts_per_workday": ("group_contacts",),
    "patients": ("group_patients",),
    "enrolments": ("municipality_enrolments",),
    "discharges": ("municipality_discharges",),
    "adults": ("municipality_adults",),
    "eligible": ("municipality_eligible",),
}
COLUMNS_RECKONED = ("hour_agents", "group_minutes")
