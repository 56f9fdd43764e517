"""What stands of a project: its fields, read for many at once in a number of statements that doesn't grow with them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Model

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.initiatives.rules import PartyValue
from helsevev.commons.people import queries as people
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.models import Deliverable, Figure, LogEntry, Milestone, Project, Revision

CHUNK = 500
INITIATIVE_TEXTS = ("title", "title_nn", "title_en", "kind")
PROJECT_TEXTS = (
    "summary_nb",
    "summary_nn",
    "summary_en",
    "support",
    "focus_area",
    "contact_role",
    "phase_note",
    "source",
)
PROJECT_OTHERS = ("listing", "award_year", "award_round", "published")
VOCABULARIES: Mapping[str, str] = {"regions": "health_region", "patient_groups": "patient_group", "themes": "theme"}
ROLES: Mapping[str, str] = {"owners": "owner", "partners": "partner"}
# The tables whose rows are entries of one field, and their columns in the order of the entry's keys.
ENTRIES: Mapping[str, tuple[type[Model], Mapping[str, str]]] = {
    "figures": (Figure, {"what": "what", "value": "value", "unit": "unit", "as_of": "as_of", "source": "source"}),
    "log": (LogEntry, {"on": "on", "nb": "text_nb", "nn": "text_nn", "en": "text_en", "source": "source"}),
    "milestones": (Milestone, {"title": "title", "planned": "planned", "reached": "reached"}),
    "deliverables": (Deliverable, {"title": "title", "url": "url", "on": "on"}),
}


@dataclass
class Standing:
    """A project as it stands (stående prosjekt); without a project row it is an initiative that has no face yet."""

    initiative: Initiative
    project: Project | None
    fields: rules.Fields
    edited: list[str] = field(default_factory=list)

    @property
    def key(self) -> str:
        """The key of both."""
        return self.initiative.key


def standings(keys: Iterable[str], *, lock: bool = False) -> dict[str, Standing]:
    """What stands under each of these keys; keys that nothing stands under are left out."""
    found: dict[str, Standing] = {}
    for portion in portions(keys):
        found |= _portion(portion, lock=lock)
    return found


def portions(keys: Iterable[str]) -> Iterator[list[str]]:
    """Keys in portions that every database takes in one statement."""
    waiting = iter(dict.fromkeys(keys))
    while portion := list(islice(waiting, CHUNK)):
        yield portion


def _portion(keys: Collection[str], *, lock: bool) -> dict[str, Standing]:
    """One portion; with `lock` nobody else changes these until the transaction ends."""
    rows = Initiative.objects.filter(key__in=keys).order_by("pk")
    rows = rows.select_for_update() if lock else rows
    initiatives_by_id = {row.pk: row for row in rows}
    ids = list(initiatives_by_id)
    projects = Project.objects.in_bulk(ids)
    carried = _carried(ids)
    return {
        row.key: Standing(
            row,
            projects.get(pk),
            {**rules.EMPTY, **_own(row), **(_face(projects[pk]) if pk in projects else {}), **carried[pk]},
            list(projects[pk].edited_fields) if pk in projects else [],
        )
        for pk, row in initiatives_by_id.items()
    }


def _own(row: Initiative) -> rules.Fields:
    """The fields that lie in the initiative's own row."""
    status = "-".join(part for part in (row.status, row.status_as_of) if part)
    return {name: getattr(row, name) or None for name in INITIATIVE_TEXTS} | {"status": status or None}


def _face(row: Project) -> rules.Fields:
    """The fields that lie in the project's own row."""
    texts = {name: getattr(row, name) or None for name in PROJECT_TEXTS}
    return texts | {name: getattr(row, name) for name in PROJECT_OTHERS}


def _carried(ids: Collection[int]) -> Mapping[int, rules.Fields]:
    """The fields that lie in tables of their own."""
    terms = initiatives.terms_of(ids)
    parents = initiatives.parents_of(ids)
    moves = initiatives.moves_of(ids)
    parties = {name: initiatives.parties_of(ids, role) for name, role in ROLES.items()}
    entries = {name: entries_of(name, ids) for name in ENTRIES}
    return {
        pk: {
            **{name: terms[pk][vocabulary] if pk in terms else [] for name, vocabulary in VOCABULARIES.items()},
            **{kind: parents[pk].get(kind) if pk in parents else None for kind in rules.LINEAGE},
            **{name: named(found.get(pk, [])) for name, found in parties.items()},
            "phases": [rules.phase_entry(move) for move in moves.get(pk, [])],
            **{name: _entries(name, found.get(pk, [])) for name, found in entries.items()},
        }
        for pk in ids
    }


def named(parties: Iterable[PartyValue]) -> list[dict[str, Any]]:
    """Parties gathered under the names by which the source writes them."""
    found: dict[str, list[str]] = {}
    for party in parties:
        found.setdefault(party.stated_name, []).append(party.who)
    return [{"name": name, "parties": who} for name, who in found.items()]


def entries_of(name: str, ids: Iterable[int]) -> Mapping[int, list[dict[str, Any]]]:
    """The entries of one field by project, in their order."""
    model, columns = ENTRIES[name]
    found: defaultdict[int, list[dict[str, Any]]] = defaultdict(list)
    for portion in initiatives.chunks(ids):
        rows = model._default_manager.filter(project_id__in=portion)
        for owner, *values in rows.values_list("project_id", *columns.values()):
            found[owner].append(dict(zip(columns, values, strict=True)))
    return found


def _entries(name: str, entries: list[dict[str, Any]]) -> Any:  # noqa: ANN401 - an object or a list, by field
    """A field's entries as the field holds them."""
    if name == "figures":
        return {entry["what"]: {key: entry[key] for key in entry if key != "what"} for entry in entries}
    return rules.log_in_order(entries) if name == "log" else entries


def known(keys: Iterable[str] | None = None, *, beside: Iterable[str] = ()) -> rules.Known:
    """What rows may refer to: words, names, and projects: all of them, or those of `keys` that exist.

    `beside` names projects that come into being in the same file.
    """
    directory = people.directory()
    organisations = {key for keys_of_name in directory.names.values() for key in keys_of_name}
    rows = Initiative.objects.order_by().values_list("key", flat=True)
    existing = rows if keys is None else (key for portion in portions(keys) for key in rows.filter(key__in=portion))
    return rules.Known(initiatives.taxonomy(), directory, frozenset((*existing, *beside)), frozenset(organisations))


# --- Documents -------------------------------------------------------------------------------------------------------
def documents(keys: Iterable[str]) -> list[dict[str, Any]]:
    """Projects as rows of the file, in the order asked for."""
    wanted = list(keys)
    found = standings(wanted)
    taxonomy = initiatives.taxonomy()
    labels = {word.code: word.nb for word in taxonomy.terms("theme")}
    return [rules.row(key, found[key].fields, labels) for key in wanted if key in found and found[key].project]


def document(key: str) -> dict[str, Any] | None:
    """One project in the shape of a row of the file; None where there is none."""
    return next(iter(documents([key])), None)


def fields(key: str) -> rules.Fields | None:
    """One project's fields, as a form edits them."""
    found = standings([key])
    return found[key].fields if key in found and found[key].project else None


# --- History ---------------------------------------------------------------------------------------------------------
def revisions(key: str) -> list[Revision]:
    """Every change of a project, newest first."""
    return list(Revision.objects.filter(project__initiative__key=key).order_by("-number"))


def revisions_since(project: Project, version: int) -> list[Revision]:
    """The changes made after `version`, oldest first."""
    return list(project.revisions.filter(number__gt=version).order_by("number"))


def changed_since(project: Project, version: int, mine: Iterable[str]) -> list[str]:
    """The fields that I mean to change and that someone else has changed after `version`."""
    return rules.meeting(mine, (revision.changes for revision in revisions_since(project, version)))
