"""Takes in a whole file: every row against what stands, all faults at once, one transaction or nothing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.utils.module_loading import import_string

from helsevev.commons.initiatives import queries as initiatives
from helsevev.core.faults import Fault, Faulty, place, unique
from helsevev.core.words import Refusal
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.actions.changing import OUTSIDE_THE_FILE, persons_in
from helsevev.network.portfolio.actions.writing import BATCH, Pending, Progress, open_standing, write
from helsevev.network.portfolio.models import Project, Revision
from helsevev.network.portfolio.queries.standing import Standing
from helsevev.network.portfolio.rules.settling import Why

LOADER = "system:load"


class Laid:
    """One row laid over what stands (lagt rad)."""

    def __init__(self, row: rules.IncomingRow, standing: Standing, merge: rules.Merge) -> None:
        """Work out what differs."""
        self.row = row
        self.standing = standing
        self.merge = merge
        self.after = rules.owners_first(merge.after)
        before = standing.fields if standing.project else rules.EMPTY
        self.changes = rules.diff(before, self.after)

    @property
    def differs(self) -> bool:
        """Whether there is anything to write."""
        return self.standing.project is None or bool(self.changes)

    def fault(self, refusal: Refusal, *steps: str) -> Fault:
        """A fault in this row."""
        return Fault(place((*self.row.where, *steps)), refusal)


def load(
    incoming: rules.Incoming,
    *,
    dry_run: bool = False,
    actor: str = LOADER,
    via: str = Revision.Via.LOAD,
    progress: Progress | None = None,
) -> rules.Report:
    """Take in a file that was read; `Faulty` carries every fault in it, and then nothing has changed.

    A row that is new is published. Via Excel it is a person who imports: what the sheet states counts as theirs.
    """
    with transaction.atomic():
        laid, faults = lay(incoming, overrule=via == Revision.Via.EXCEL)
        parts = _parts(incoming)
        for name, part in parts.items():
            faults += part.check(incoming.parts[name], name)
        if faults:
            raise Faulty(faults)
        report = _write(laid, actor, via, progress)
        for name, part in parts.items():
            report.add(part.load(incoming.parts[name], actor))
        report.waiting = [name for name in incoming.parts if name not in parts]
        if dry_run:
            transaction.set_rollback(True)
    return report


@dataclass(frozen=True)
class Difference:
    """What a load would do to one project (forskjell)."""

    key: str
    made: bool
    changes: rules.Changes
    kept: list[str]


@dataclass(frozen=True)
class Preview:
    """What a load would do (forhåndsvisning): the rows that differ or keep something, how many are left, all faults."""

    rows: list[Difference]
    left: int
    faults: list[Fault]


@transaction.atomic
def preview(incoming: rules.Incoming, *, via: str = Revision.Via.EXCEL) -> Preview:
    """What `load` would do with this, field by field. Changes nothing."""
    laid, faults = lay(incoming, overrule=via == Revision.Via.EXCEL)
    rows = [
        Difference(one.row.key, one.standing.project is None, one.changes, one.merge.kept)
        for one in laid
        if one.differs or one.merge.kept
    ]
    return Preview(rows, sum(not one.differs for one in laid), unique(faults))


def lay(incoming: rules.Incoming, *, overrule: bool = False) -> tuple[list[Laid], list[Fault]]:
    """Every row laid over what stands, and every fault of the file. Changes nothing."""
    faults = list(incoming.faults)
    keys = [row.key for row in incoming.rows]
    standings = queries.standings(keys, lock=True)
    known = queries.known(beside=keys)
    laid = []
    for row in (row for row in incoming.rows if row.readable):
        settled, unknown = rules.settle(row.fields, known, row.where)
        faults += unknown
        standing = standings.get(row.key) or open_standing(row.key)
        incoming_fields = settled if standing.project else {"published": True, **settled}
        merge = rules.merge(standing.fields, incoming_fields, standing.edited, overrule=overrule)
        laid.append(Laid(row, standing, merge))
    return laid, [*faults, *_faults(laid)]


def _faults(laid: Iterable[Laid]) -> Iterable[Fault]:
    """What the rows would be refused for when they stand together."""
    by_key = {one.row.key: one for one in laid if one.differs}
    for one in by_key.values():
        if not one.after["title"]:
            yield one.fault(Refusal(Why.NEEDS_TITLE), "title")
        for refusal in persons_in(one.row.key, one.after):
            yield one.fault(refusal)
    kin = {key: {kind: one.after[kind] for kind in rules.LINEAGE if kind in one.changes} for key, one in by_key.items()}
    kin = {key: kinds for key, kinds in kin.items() if kinds}
    if kin:
        for key, field, refusal in rules.circles(initiatives.edges(), kin):
            yield by_key[key].fault(refusal, field)


def _write(laid: Iterable[Laid], actor: str, via: str, progress: Progress | None) -> rules.Report:
    """Write what differs, and say what was done."""
    report = rules.Report()
    pending, agreed = [], []
    for one in laid:
        edited = [name for name in one.standing.edited if name not in one.merge.agreed]
        if one.merge.kept:
            report.kept[one.row.key] = one.merge.kept
        if one.differs:
            told = report.made if one.standing.project is None else report.changed
            told[one.row.key] = [name for name in one.changes if name not in OUTSIDE_THE_FILE]
            if via == Revision.Via.EXCEL:
                edited = list(dict.fromkeys((*edited, *told[one.row.key])))
            pending.append(Pending(one.standing, one.after, one.changes, edited))
        else:
            report.left += 1
            if one.standing.project and edited != one.standing.edited:
                one.standing.project.edited_fields = edited
                agreed.append(one.standing.project)
    if pending:
        write(pending, actor, via, progress=progress)
    Project.objects.bulk_update(agreed, ["edited_fields"], batch_size=BATCH)
    return report


def _parts(incoming: rules.Incoming) -> Mapping[str, rules.Part]:
    """The installed rooms that take a part of this file."""
    taken: dict[str, str] = {}
    for room in apps.get_app_configs():
        taken |= getattr(room, "portfolio_parts", {})
    return {name: import_string(taken[name]) for name in incoming.parts if name in taken}
