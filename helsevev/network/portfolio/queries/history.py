"""A project's history (historikk): every change with who, when, how, and each field before and after."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.people import queries as people
from helsevev.core import differences
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.models import Project, Revision
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.standing import standings
from helsevev.network.portfolio.queries.telling import Teller

PER_PAGE = 20
LARGEST = 2_000_000_000
VIA_NAMES: Mapping[str, str] = {
    Revision.Via.LOAD: gettext_noop("Taken in from a file"),
    Revision.Via.EXCEL: gettext_noop("Taken in from Excel"),
    Revision.Via.EDIT: gettext_noop("Edited"),
    Revision.Via.UNDO: gettext_noop("A change undone"),
}
SYSTEM = gettext_noop("The system")


@dataclass(frozen=True)
class FieldChange:
    """One field of a change (feltendring): what it is called, its lines compared, and the language they are in."""

    name: str
    label: str
    lines: Sequence[differences.Line]
    lang: str = ""


@dataclass(frozen=True)
class Change:
    """One change as a reader sees it (endring)."""

    number: int
    at: datetime
    who: str
    via: str
    note: str
    fields: Sequence[FieldChange]
    names: frozenset[str]


def field_labels(names: Iterable[str]) -> str:
    """Fields by their labels in the reader's language, in one sentence."""
    return ", ".join(_(rules.FIELDS[name].label) for name in names)


def who(actors: Iterable[str]) -> dict[str, str]:
    """What to call those who changed something: people by name, or as deleted; the house's own doings as such."""
    names = people.actor_names(set(actors))
    return {actor: _(SYSTEM) if actor.startswith("system:") else name for actor, name in names.items()}


def compared(before: Mapping[str, Any], after: Mapping[str, Any], naming: Naming) -> list[FieldChange]:
    """Every field that differs between two states, in the order of the fields."""
    return told_changes(rules.diff(before, after), naming)


def told_changes(changes: rules.Changes, naming: Naming) -> list[FieldChange]:
    """Changes that may not have been made yet, as a reader sees them."""
    return _told(_known(changes), naming)


def _told(changes: rules.Changes, naming: Naming, teller: Teller | None = None) -> list[FieldChange]:
    """Changes with their values in words."""
    tell = teller or Teller(naming, ((name, value) for name, pair in changes.items() for value in pair.values()))
    return [
        FieldChange(
            name,
            _(rules.FIELDS[name].label),
            differences.lines(tell.lines(name, changes[name]["before"]), tell.lines(name, changes[name]["after"])),
            rules.FIELDS[name].lang,
        )
        for name in rules.FIELDS
        if name in changes
    ]


def page(project: Project, number: int, naming: Naming) -> "tuple[Page[Revision], list[Change]]":
    """One page of a project's changes, newest first."""
    found = Paginator(project.revisions.order_by("-number"), PER_PAGE).get_page(number)
    return found, told(list(found.object_list), naming)


def told(revisions: Sequence[Revision], naming: Naming) -> list[Change]:
    """Changes as a reader sees them; names and titles are looked up for all of them at once."""
    called = who(revision.actor for revision in revisions)
    teller = Teller(
        naming,
        ((name, value) for row in revisions for name, pair in row.changes.items() for value in pair.values()),
    )
    return [
        Change(
            row.number,
            row.at,
            called[row.actor],
            _(VIA_NAMES[row.via]),
            row.note,
            _told(_known(row.changes), naming, teller),
            frozenset(row.changes),
        )
        for row in revisions
    ]


def _known(changes: Mapping[str, Any]) -> rules.Changes:
    """Changes of fields that still exist."""
    return {name: pair for name, pair in changes.items() if name in rules.FIELDS}


def revision(project: Project, number: int) -> Revision | None:
    """One change of a project."""
    return project.revisions.filter(number=number).first() if 0 < number < LARGEST else None


def fields_at(project: Project, number: int) -> rules.Fields:
    """The project's fields as they were after change `number`: what stands, with everything newer taken back."""
    fields = dict(standings([project.initiative.key])[project.initiative.key].fields)
    for row in project.revisions.filter(number__gt=number).order_by("-number"):
        fields |= {name: pair["before"] for name, pair in _known(row.changes).items()}
    return fields


@dataclass(frozen=True)
class Told:
    """One field of a version (felt): its label, its value in lines, and the language they are in."""

    label: str
    lines: Sequence[str]
    lang: str = ""


def version(fields: Mapping[str, Any], naming: Naming) -> list[Told]:
    """A version's every field, in their order; those that say nothing too."""
    teller = Teller(naming, fields.items())
    return [Told(_(about.label), teller.lines(name, fields[name]), about.lang) for name, about in rules.FIELDS.items()]


@dataclass(frozen=True)
class KeptMove:
    """A move between phases that was ever recorded (faseflytt)."""

    text: str
    at: datetime
    who: str
    withdrawn_at: datetime | None
    withdrawn_by: str
    why: str


def moves(project: Project, naming: Naming) -> list[KeptMove]:
    """Every move that was ever recorded, the withdrawn ones too."""
    rows = initiatives.history(project.initiative.key)
    called = who(actor for row in rows for actor in (row.recorded_by, row.withdrawn_by) if actor)
    teller = Teller(naming)
    return [
        KeptMove(
            teller.move(rules.phase_entry(initiatives.stated(row))),
            row.recorded_at,
            called[row.recorded_by],
            row.withdrawn_at,
            called.get(row.withdrawn_by, ""),
            row.withdrawn_why,
        )
        for row in rows
    ]
