"""Projects for programs (poster): what the files, the feeds and the API say of each, read in portions.

A portion costs a number of statements that doesn't grow with it, and only one is in memory at a time, so that a
hundred thousand projects leave as they were asked for: in their order, at the same cost each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.initiatives.rules import GENERIC
from helsevev.commons.people import queries as people
from helsevev.commons.people.rules import Person
from helsevev.core import roadmap
from helsevev.core.asked import Params
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.choices import LISTINGS
from helsevev.network.portfolio.queries.listing import Selection, select
from helsevev.network.portfolio.queries.standing import Standing, standings
from helsevev.network.portfolio.rules.fields import NAMES

PORTION = 250
LANGUAGES = ("nb", "nn", "en")
TITLES = {"nb": "title", "nn": "title_nn", "en": "title_en"}
EVERY_LISTING = "all"


@dataclass(frozen=True)
class Participant:
    """Who takes part (deltaker): an organisation by key and name, or a generic party by its kind."""

    stated_name: str
    key: str = ""
    name: str = ""
    generic: str = ""


@dataclass(frozen=True)
class Record:
    """A project as programs get it (post). `fields` are as the room keeps them, without parents that aren't open."""

    key: str
    fields: Mapping[str, Any]
    changed_at: datetime
    created_at: datetime
    phase: str = ""
    phase_since: str = ""
    owners: tuple[Participant, ...] = ()
    partners: tuple[Participant, ...] = field(default=())

    @property
    def titles(self) -> dict[str, str]:
        """The title in each language that has one."""
        return {
            "nb": self.fields["title"] or "",
            "nn": self.fields["title_nn"] or "",
            "en": self.fields["title_en"] or "",
        }

    @property
    def summaries(self) -> dict[str, str]:
        """The summary in each language; empty where there is none."""
        return {code: self.fields[f"summary_{code}"] or "" for code in LANGUAGES}


def selections(params: Params, person: Person, language: str) -> list[Selection]:
    """The selections that an address means: one, or with `listing=all` the same choices on every list."""
    chosen = select(params, person, language)
    if EVERY_LISTING not in params.get("listing", ()):
        return [chosen]
    return [replace(chosen, choices=chosen.choices.listed(listing)) for listing in LISTINGS]


def keys(projects: QuerySet[Project]) -> list[str]:
    """The keys of the projects selected, in their order. Keys alone: a hundred thousand take some megabytes."""
    return list(projects.values_list("initiative__key", flat=True))


def portions(wanted: Sequence[str]) -> Iterator[Sequence[str]]:
    """The keys, a portion at a time."""
    waiting = iter(wanted)
    while portion := list(islice(waiting, PORTION)):
        yield portion


def records(wanted: Sequence[str], today: date, *, drafts: bool = False) -> Iterator[Record]:
    """The projects with these keys as records, in that order; those that are gone meanwhile are left out."""
    for portion in portions(wanted):
        found = standings(portion)
        parents = _parents(found.values())
        open_parents = parents if drafts else published(parents)
        names = people.names(_organisations(found.values()))
        for key in portion:
            if key in found and found[key].project:
                yield _record(found[key], open_parents, names, today)


def record(key: str, today: date) -> Record | None:
    """One published project."""
    return next(records([key], today), None) if published([key]) else None


def published(wanted: Iterable[str]) -> frozenset[str]:
    """Those of the keys that are open to everyone."""
    found: set[str] = set()
    for portion in portions(sorted(set(wanted))):
        rows = Project.objects.filter(initiative__key__in=portion, published=True)
        found.update(rows.values_list("initiative__key", flat=True))
    return frozenset(found)


def phases_on(day: date, listing: str) -> roadmap.Counts:
    """How many published projects of one list were in each phase on a day."""
    among = Initiative.objects.filter(project__published=True, project__listing=listing)
    return initiatives.phases_on(day, among)


def rows(wanted: Sequence[str], *, drafts: bool = False) -> Iterator[dict[str, Any]]:
    """The projects as rows of the file that `load portfolio` takes, with parents that are open, or with all."""
    labels = {word.code: word.nb for word in initiatives.taxonomy().terms("theme")}
    for portion in portions(wanted):
        found = standings(portion)
        parents = _parents(found.values())
        open_parents = parents if drafts else published(parents)
        for key in portion:
            if key in found and found[key].project:
                yield rules.row(key, _open(found[key].fields, open_parents), labels)


def _parents(found: Iterable[Standing]) -> frozenset[str]:
    return frozenset(standing.fields[kind] for standing in found for kind in rules.LINEAGE if standing.fields[kind])


def _open(fields: rules.Fields, open_parents: frozenset[str]) -> rules.Fields:
    """The fields without a word of projects that nobody may see yet."""
    return fields | {kind: fields[kind] if fields[kind] in open_parents else None for kind in rules.LINEAGE}


def _organisations(found: Iterable[Standing]) -> set[str]:
    return {
        who
        for standing in found
        for name in NAMES
        for one in standing.fields[name]
        for who in one["parties"]
        if not who.startswith(GENERIC)
    }


def _record(found: Standing, open_parents: frozenset[str], names: Mapping[str, str], today: date) -> Record:
    moves = [rules.stated_move(entry).move for entry in found.fields["phases"]]
    phase = roadmap.phase_on(moves, today)
    return Record(
        key=found.key,
        fields=_open(found.fields, open_parents),
        changed_at=found.initiative.changed_at,
        created_at=found.initiative.created_at,
        phase=phase or "",
        phase_since=_since(moves, phase, today),
        owners=_participants(found.fields["owners"], names),
        partners=_participants(found.fields["partners"], names),
    )


def _since(moves: Iterable[roadmap.Move], phase: roadmap.Phase | None, today: date) -> str:
    """The date, as precisely as stated, by which it entered or was first seen in the phase it is in."""
    own = [move for move in roadmap.in_force(moves) if move.phase == phase and move.starts <= today]
    return own[-1].on if own else ""


def _participants(named: Iterable[Mapping[str, Any]], names: Mapping[str, str]) -> tuple[Participant, ...]:
    """Everyone behind the names as written, each with what the registers call it."""
    return tuple(
        Participant(one["name"], generic=who.removeprefix(GENERIC))
        if who.startswith(GENERIC)
        else Participant(one["name"], who, names.get(who, one["name"]))
        for one in named
        for who in one["parties"]
    )
