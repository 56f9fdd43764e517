"""Every change of one project: the one way in for forms, Excel and undo, and the same as the load's for many."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.shelf.rules import refuse_put
from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.words import Refusal, Refused
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.actions.writing import Pending, open_standing, write
from helsevev.network.portfolio.models import Project, Revision
from helsevev.network.portfolio.queries.standing import Standing
from helsevev.network.portfolio.rules import guarding
from helsevev.network.portfolio.rules.merging import CHANGED_SINCE, EDITED_MEANWHILE, FIRST_VERSION, refusal
from helsevev.network.portfolio.rules.settling import Why
from helsevev.network.portfolio.rules.showing import PUBLISHED, shelf_body

# What the file doesn't say, so that no load can be in conflict with it.
OUTSIDE_THE_FILE = ("published",)


@transaction.atomic
def change(
    project: Project | None,
    changes: Mapping[str, Any],
    actor: str,
    via: str = Revision.Via.EDIT,
    *,
    base_version: int | None = None,
    note: str = "",
) -> Revision | None:
    """Change a project's fields, or make one (`project` None, with `id` among the changes); None: nothing differs.

    Fields are named as in `rules.FIELDS` and sent as people write them (names and words as text); `Faulty` carries
    every fault with the place of its field. With `base_version`, what others have changed since is never lost:
    fields that both changed are refused, the rest goes together.
    """
    sent = dict(changes)
    standing = _standing(project, sent.pop("id", None))
    fields, faults = rules.check(sent)
    known = queries.known(fields[kind] for kind in rules.LINEAGE if fields.get(kind))
    settled, more = rules.settle(fields, known)
    if faults or more:
        raise Faulty([*faults, *more])
    if project is not None and base_version is not None:
        _refuse_meeting(project, base_version, rules.diff(standing.fields, {**standing.fields, **settled}))
    return _apply(standing, {**standing.fields, **settled}, actor, via, note)


def publish(project: Project, actor: str) -> Revision | None:
    """Show a project to everyone."""
    return change(project, {"published": True}, actor)


def withdraw(project: Project, actor: str) -> Revision | None:
    """Show a project to its own and to staff alone."""
    return change(project, {"published": False}, actor)


@transaction.atomic
def undo(revision: Revision, actor: str) -> Revision | None:
    """Take one change back where nothing newer stands in the way; else refused, naming the fields."""
    if revision.number == 1:
        raise Refused(Refusal(FIRST_VERSION))
    standing = _standing(revision.project, None)
    after, in_the_way = rules.undoing(standing.fields, revision.changes)
    if in_the_way:
        raise Refused(refusal(CHANGED_SINCE, in_the_way))
    # What was settled then may be gone since: an organisation, a word, a project.
    undone = {name: after[name] for name in revision.changes}
    known = queries.known(after[kind] for kind in rules.LINEAGE if after[kind])
    settled, faults = rules.settle(undone, known)
    if faults:
        raise Faulty(faults)
    return _apply(standing, {**after, **settled}, actor, Revision.Via.UNDO, "")


def _standing(project: Project | None, key: object) -> Standing:
    """What stands, locked until the transaction ends."""
    if project is not None:
        return queries.standings([project.initiative.key], lock=True)[project.initiative.key]
    found, _fields, faults = rules.read_row({"id": key}, "awarded", ())
    if faults:
        raise Faulty(faults)
    standing = queries.standings([found], lock=True).get(found)
    if standing is None:
        return open_standing(found)
    if standing.project is not None:
        raise Faulty([Fault("id", Refusal(Why.ID_TAKEN, {"value": quoted(found)}))])
    return standing


def _apply(standing: Standing, after: rules.Fields, actor: str, via: str, note: str) -> Revision | None:
    """Write a person's change."""
    after = rules.owners_first(after)
    changes = rules.diff(standing.fields, after)
    if standing.project is not None and not changes:
        return None
    if standing.project is None:
        changes = rules.diff(rules.EMPTY, after)
    faults = refusals_of(standing.key, after, changes)
    if standing.project is not None:
        faults += guarding.refused(standing.key, standing.fields, after)
    if faults:
        raise Faulty(faults)
    edited = [name for name in rules.FIELDS if name in changes and name not in OUTSIDE_THE_FILE]
    pending = Pending(standing, after, changes, list(dict.fromkeys((*standing.edited, *edited))))
    return write([pending], actor, via, note=note)[0]


def refusals_of(key: str, after: Mapping[str, Any], changes: Mapping[str, object]) -> list[Fault]:
    """Why a settled project can't stand like this: no title, its own ancestor, a person named in the open."""
    faults = [] if after["title"] else [Fault("title", Refusal(Why.NEEDS_TITLE))]
    kin = {kind: after[kind] for kind in rules.LINEAGE if kind in changes}
    if kin:
        faults += [Fault(field, why) for _key, field, why in rules.circles(initiatives.edges(), {key: kin})]
    return faults + [Fault("", why) for why in persons_in(key, after)]


def persons_in(key: str, after: Mapping[str, Any]) -> Iterable[Refusal]:
    """Traces of a person in what would lie on the shelf."""
    if not after["published"] or not after["title"]:
        return []
    return refuse_put(PUBLISHED, key, after["title"], shelf_body(after))


def _refuse_meeting(project: Project, base_version: int, mine: rules.Changes) -> None:
    """Two people edit at once: what both have changed is refused, and neither's words are lost."""
    if both := queries.changed_since(project, base_version, mine):
        raise Refused(refusal(EDITED_MEANWHILE, both))
