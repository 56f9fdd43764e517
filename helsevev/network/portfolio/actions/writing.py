"""Writes projects that are settled: tables, history, trail, shelf and index, for many at once in one transaction.

The one place that touches the portfolio's tables. It decides nothing: `changing` and `loading` have asked the rules.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Model
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.finding import actions as finding
from helsevev.commons.initiatives import actions as initiatives
from helsevev.commons.initiatives import queries as initiative_queries
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.initiatives.rules import PartyValue, party
from helsevev.commons.shelf import actions as shelf
from helsevev.core import dates
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.models import Project, Revision
from helsevev.network.portfolio.queries.showing import every_key, keys_that_move
from helsevev.network.portfolio.queries.standing import (
    ENTRIES,
    INITIATIVE_TEXTS,
    PROJECT_OTHERS,
    PROJECT_TEXTS,
    ROLES,
    VOCABULARIES,
    Standing,
)
from helsevev.network.portfolio.rules.merging import same
from helsevev.network.portfolio.rules.showing import PUBLISHED, kinship, shelf_body

BATCH = 500
STATUS_COLUMNS = ("status", "status_as_of")
REPORT_EVERY = 500

Progress = Callable[[str], None]


@dataclass
class Pending:
    """A project about to be written (ventende): as it stood, as it will stand, and what differs."""

    standing: Standing
    after: rules.Fields
    changes: rules.Changes
    edited: list[str]
    made: bool = field(init=False)

    def __post_init__(self) -> None:
        """Whether it gets its face with this is settled before anything is written."""
        self.made = self.standing.project is None

    def touches(self, names: Iterable[str]) -> bool:
        """Whether any of these fields change."""
        return any(name in self.changes for name in names)

    @property
    def pk(self) -> int:
        """The row of both initiative and project."""
        return self.standing.initiative.pk


def write(
    pending: Sequence[Pending], actor: str, via: str, *, note: str = "", progress: Progress | None = None
) -> list[Revision]:
    """Write them all; the caller has opened the transaction and locked what stands."""
    kin_before = kinship(initiative_queries.edges()) if any(one.touches(rules.LINEAGE) for one in pending) else {}
    _write_initiatives(pending)
    _write_faces(pending)
    _write_carried(pending, actor)
    revisions = _write_history(pending, actor, via, note, progress)
    _put_on_shelf(pending, actor)
    _index(pending, kin_before)
    return revisions


def _write_initiatives(pending: Sequence[Pending]) -> None:
    """The rows that all wings share."""
    made: list[Initiative] = []
    changed: list[Initiative] = []
    for one in pending:
        row = one.standing.initiative
        for name in INITIATIVE_TEXTS:
            setattr(row, name, one.after[name] or "")
        row.status, _dash, row.status_as_of = (one.after["status"] or "").partition("-")
        (made if row.pk is None else changed).append(row)
    initiatives.open_initiatives(made)
    columns = [name for name in INITIATIVE_TEXTS if _changing(pending, name)]
    initiatives.save_initiatives(changed, [*columns, *(STATUS_COLUMNS if _changing(pending, "status") else ())])


def _write_faces(pending: Sequence[Pending]) -> None:
    """The portfolio's own rows. Each change makes the version one higher."""
    made: list[Project] = []
    changed: list[Project] = []
    for one in pending:
        row = one.standing.project
        if row is None:
            row = one.standing.project = Project(initiative=one.standing.initiative, version=0)
            made.append(row)
        else:
            changed.append(row)
        for name in PROJECT_TEXTS:
            setattr(row, name, one.after[name] or "")
        for name in PROJECT_OTHERS:
            setattr(row, name, one.after[name])
        row.version += 1
        row.edited_fields = one.edited
    Project.objects.bulk_create(made, batch_size=BATCH)
    columns = [name for name in (*PROJECT_TEXTS, *PROJECT_OTHERS) if _changing(pending, name)]
    Project.objects.bulk_update(changed, [*columns, "version", "edited_fields"], batch_size=BATCH)


def _write_carried(pending: Sequence[Pending], actor: str) -> None:
    """What lies in tables of its own, where it changes."""
    initiatives.set_terms(
        {
            one.pk: {vocabulary: one.after[name] for name, vocabulary in VOCABULARIES.items() if name in one.changes}
            for one in pending
            if one.touches(VOCABULARIES)
        }
    )
    for name, role in ROLES.items():
        initiatives.set_parties({one.pk: _parties(one.after[name]) for one in _changing(pending, name)}, role)
    initiatives.set_moves(
        {one.pk: [rules.stated_move(entry) for entry in one.after["phases"]] for one in _changing(pending, "phases")},
        actor,
    )
    for name in ENTRIES:
        _set_entries(name, {one.pk: _rows(name, one.after[name]) for one in _changing(pending, name)})
    kin = {
        one.pk: {kind: one.after[kind] or "" for kind in rules.LINEAGE if kind in one.changes}
        for one in pending
        if one.touches(rules.LINEAGE)
    }
    if kin:
        initiatives.set_lineage(kin)


def _changing(pending: Iterable[Pending], name: str) -> list[Pending]:
    return [one for one in pending if name in one.changes]


def _parties(names: Iterable[Mapping[str, Any]]) -> list[PartyValue]:
    """One party for each organisation or generic kind that a name means."""
    return [party(one["name"], who) for one in names for who in one["parties"]]


def _rows(name: str, entries: Any) -> list[dict[str, Any]]:  # noqa: ANN401 - an object or a list, by field
    """A field's entries as columns of its table."""
    columns = ENTRIES[name][1]
    listed = [{"what": what, **about} for what, about in entries.items()] if name == "figures" else entries
    rows = [{columns[key]: value for key, value in entry.items()} for entry in listed]
    if name == "log":
        return [row | {"first_day": dates.first_day(row["on"])} for row in rows]
    return [row | {"position": position} for position, row in enumerate(rows)]


def _set_entries(name: str, wanted: Mapping[int, list[dict[str, Any]]]) -> None:
    """Let each project have exactly these entries. Rows that stay keep their id, which feeds and links name."""
    model = ENTRIES[name][0]
    manager = model._default_manager
    made: list[Model] = []
    for portion in initiative_queries.chunks(wanted):
        missing = {owner: list(wanted[owner]) for owner in portion}
        gone = []
        for row in manager.filter(project_id__in=portion).order_by("pk"):
            owner = row.project_id  # type: ignore[attr-defined]  # every table of entries has one
            kept = next((new for new in missing[owner] if _stands(row, new)), None)
            if kept is None:
                gone.append(row.pk)
            else:
                missing[owner].remove(kept)
        manager.filter(pk__in=gone).delete()
        made += [model(project_id=owner, **columns) for owner, rows in missing.items() for columns in rows]
    manager.bulk_create(made, batch_size=BATCH)


def _stands(row: Model, wanted: Mapping[str, object]) -> bool:
    """Whether a row holds exactly this; 1 in place of True is something else."""
    return all(same(getattr(row, column), value) for column, value in wanted.items())


def _write_history(
    pending: Sequence[Pending], actor: str, via: str, note: str, progress: Progress | None
) -> list[Revision]:
    """A revision for each project, and a line in the trail."""
    now = timezone.now()
    revisions = Revision.objects.bulk_create(
        [
            Revision(
                project=one.standing.project,
                number=one.standing.project.version,
                at=now,
                actor=actor,
                via=via,
                changes=one.changes,
                note=note,
            )
            for one in pending
            if one.standing.project
        ],
        batch_size=BATCH,
    )
    for count, (one, revision) in enumerate(zip(pending, revisions, strict=True), start=1):
        detail = {"revision": revision.number, "via": via, "fields": list(one.changes)}
        audit.record(actor, _verb(one, via), "project", one.standing.key, detail)
        if progress and count % REPORT_EVERY == 0:
            progress(f"{count} of {len(pending)} written.")
    return revisions


def _verb(one: Pending, via: str) -> str:
    """What was done, in the trail's words."""
    if one.made:
        return "made"
    if via == Revision.Via.UNDO:
        return "undid"
    if set(one.changes) == {"published"}:
        return "published" if one.after["published"] else "withdrew"
    return "changed"


def _put_on_shelf(pending: Sequence[Pending], actor: str) -> None:
    """A published project lies on the shelf as it is now; a withdrawn one lies there no longer."""
    for one in pending:
        if one.after["published"]:
            body = shelf_body(one.after)
            shelf.put(PUBLISHED.type, one.standing.key, one.standing.initiative, one.after["title"], body, actor)
        elif not one.made and one.standing.fields["published"]:
            shelf.withdraw(PUBLISHED.type, one.standing.key, actor)


def _index(pending: Sequence[Pending], kin_before: Mapping[str, object]) -> None:
    """Documents of what changed, and of those whose kinship changed with it."""
    keys = [one.standing.key for one in pending]
    if any(one.touches(rules.LINEAGE) for one in pending):
        kin_after: Mapping[str, object] = kinship(initiative_queries.edges())
        keys += [key for key in {*kin_before, *kin_after} if kin_before.get(key) != kin_after.get(key)]
    reindex(keys)


def reindex(keys: Iterable[str]) -> None:
    """Make the documents of these projects anew."""
    finding.put(queries.index_documents(sorted(set(keys)), timezone.localdate()))


def reindex_all() -> None:
    """Every project, for an index that was lost."""
    reindex(every_key())


def follow_calendar() -> None:
    """Index anew the projects whose phase has changed because a day has come; the worker calls this.

    A month back, so that a worker that was away catches up; where nothing has changed nothing is written.
    """
    today = timezone.localdate()
    reindex(keys_that_move(today - timedelta(days=31), today))


def open_standing(key: str) -> Standing:
    """What stands where nothing stands yet."""
    return Standing(Initiative(key=key), None, dict(rules.EMPTY))
