"""The fields of a case's form, as the page shows them, and where each fault belongs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import get_format
from django.utils.translation import gettext as _

from helsevev.core.faults import Fault, Step, place
from helsevev.core.words import Refusal
from helsevev.toolbox.pricing.rules.numbers import number, written

Steps = tuple[Step, ...]


def decimal_sign() -> str:
    """The reader's decimal sign."""
    return str(get_format("DECIMAL_SEPARATOR"))


def shown(value: object) -> str:
    """A number as a field shows it to this reader; anything else as it was typed."""
    return written(value, decimal_sign())


def heard(text: str) -> float | None:
    """The number that this reader wrote; None where it is none, or could be two."""
    return number(text, decimal_sign())


def said(refusal: Refusal) -> str:
    """A refusal in the reader's language, with the decimal sign of that language."""
    values = {name: shown(value) if isinstance(value, float) else value for name, value in refusal.values.items()}
    return _(refusal.why) % values


@dataclass
class Field:
    """One field (felt): its name, label, what it shows, and what is wrong with it."""

    steps: Steps
    label: str
    text: str
    unit: str = ""
    choices: Sequence[tuple[str, str]] = ()
    is_number: bool = True
    faults: list[str] = field(default_factory=list)
    note: "list[Field]" = field(default_factory=list)

    @property
    def name(self) -> str:
        """Its name in the form, which is its place in a fault; a note's is written out, however long its path."""
        return ".".join(str(step) for step in self.steps) if self.steps[0] == "notes" else place(self.steps)

    @property
    def id(self) -> str:
        """Its id in the page."""
        return "f-" + "".join(sign if sign.isalnum() else "-" for sign in self.name)

    @property
    def noted(self) -> bool:
        """Whether something is known of where it comes from, or something is wrong with that."""
        return any(one.text or one.faults for one in self.note)


@dataclass
class Row:
    """One row of a table (rad): what it is called, its fields, and its place for the button that takes it away."""

    title: str
    fields: list[Field]
    at: int
    note: list[Field] = field(default_factory=list)

    @property
    def noted(self) -> bool:
        """Whether something is known of where the row comes from."""
        return any(one.text or one.faults for one in self.note)


@dataclass
class Box:
    """Fields that belong together (boks); `rows` where there are several of the same kind."""

    name: str
    title: str
    fields: list[Field] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    note: list[Field] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    text: str = ""

    @property
    def noted(self) -> bool:
        """Whether something is known of where they all come from."""
        return any(one.text or one.faults for one in self.note)

    def every(self) -> Iterator[Field]:
        """All fields, notes included."""
        direct = [*self.fields, *self.note, *(one for row in self.rows for one in (*row.fields, *row.note))]
        for one in direct:
            yield one
            yield from one.note


def told(every: Sequence[Box], faults: Sequence[Fault]) -> list[Fault]:
    """Lay each fault beside its field or its box; those that have no place here are given back."""
    left = []
    by_name = {place(one.steps): one for box in every for one in box.every()}
    by_box = {box.name: box for box in every}
    for fault in faults:
        sentence = said(fault.refusal)
        home = by_name.get(fault.place) or by_box.get(fault.place)
        if home is None:
            left.append(fault)
        else:
            home.faults.append(sentence)
    return left


def section_of(fault: Fault) -> str:
    """The part of the form in which a fault's field stands."""
    first = fault.place.split(".")[0].split("[")[0]
    homes = {
        "centre": "centre",
        "title": "centre",
        "staff": "staff",
        "activities": "staff",
        "prices": "staff",
        "patient_groups": "groups",
        "municipalities": "partners",
        "allocation": "agreement",
        "incentive": "agreement",
        "uncertainty": "uncertainty",
    }
    return homes.get(first, "centre")


def at(content: Mapping[str, Any], steps: Steps) -> object:
    """What stands in a place; None where nothing does."""
    here: Any = content
    for step in steps:
        try:
            here = here[step]
        except (KeyError, IndexError, TypeError):
            return None
    return here


def rows_of(content: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """The rows of a list in the content, where it is one."""
    found = content.get(name)
    return found if isinstance(found, list) else []
