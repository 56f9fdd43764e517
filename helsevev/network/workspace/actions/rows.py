"""Every change of a row: one transaction, what two met at is refused, and a line in the history and the trail."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Field
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.words import Refusal, Refused
from helsevev.network.workspace.models import Row, RowChange
from helsevev.network.workspace.queries import rows as asking
from helsevev.network.workspace.rules import rows as rules

Verb = RowChange.Verb


class Met(Refused):
    """Two changed the same at once: carries what stands, so that the page can show both."""

    def __init__(self, row: Row, fields: tuple[str, ...]) -> None:
        """Keep the row and the fields."""
        self.row, self.fields = row, fields
        super().__init__(Refusal(rules.Why.MET))


@transaction.atomic
def make(model: type[Row], initiative: Initiative, fields: Mapping[str, Any], by: str, **fixed: object) -> Any:  # noqa: ANN401
    """A new row; `fixed` is what a row has besides its fields."""
    row = model(initiative=initiative, changed_by=by, **fields, **fixed)
    row.save()
    _write(row, Verb.MADE, {}, by)
    return row


@transaction.atomic
def change(row: Row, fields: Mapping[str, Any], by: str, base: int | None = None) -> Any:  # noqa: ANN401
    """Change a row that was read in version `base`; what others changed since stands beside, or is refused as met."""
    locked = _locked(row)
    if locked.deleted_at is not None:
        raise Refused(Refusal(rules.Why.GONE))
    before = asking.values(locked)
    for name, value in fields.items():
        setattr(locked, name, value)
    mine = asking.values(locked)
    if base is not None and base != locked.version:
        result = rules.merged(asking.base(locked, base), before, mine)
        if result.met:
            raise Met(_locked(row), result.met)
        _set(locked, result.values)
    if asking.values(locked) == before:
        return locked
    return _keep(locked, Verb.CHANGED, before, by)


@transaction.atomic
def delete(row: Row, by: str) -> Row:
    """Take a row away, with a way back."""
    locked = _locked(row)
    if locked.deleted_at is not None:
        return locked
    before = asking.values(locked)
    locked.deleted_at, locked.deleted_by = timezone.now(), by
    return _keep(locked, Verb.DELETED, before, by)


@transaction.atomic
def restore(row: Row, by: str) -> Row:
    """Bring a deleted row back."""
    locked = _locked(row)
    if locked.deleted_at is None:
        raise Refused(Refusal(rules.Why.STANDS))
    before = asking.values(locked)
    locked.deleted_at, locked.deleted_by = None, ""
    return _keep(locked, Verb.RESTORED, before, by)


@transaction.atomic
def undo(row: Row, number: int, by: str) -> Row:
    """Take one change back, where nothing newer stands in its way."""
    found = RowChange.objects.filter(table=asking.TABLE_OF[type(row)].name, row=row.key, number=number).first()
    if found is None:
        raise Refused(Refusal(rules.Why.CHANGED_SINCE))
    if found.verb == Verb.MADE:
        return delete(row, by)
    if found.verb == Verb.DELETED:
        return restore(row, by)
    if found.verb == Verb.RESTORED:
        return delete(row, by)
    locked = _locked(row)
    standing = asking.values(locked)
    if refusal := rules.refuse_undo(standing, found.before, found.after):
        raise Refused(refusal)
    _set(locked, {name: found.before.get(name) for name in rules.differing(found.before, found.after)})
    return _keep(locked, Verb.UNDONE, standing, by)


def _locked(row: Row) -> Row:
    """The row as it stands, until the transaction ends."""
    found: Row = type(row)._default_manager.select_for_update().get(pk=row.pk)
    return found


def _set(row: Row, values: Mapping[str, object]) -> None:
    """Give a row values as JSON keeps them."""
    for name, value in values.items():
        field = row._meta.get_field(name)
        assert isinstance(field, Field)  # a column of ours
        setattr(row, name, field.to_python(value))


def _keep(row: Row, verb: str, before: Mapping[str, object], by: str) -> Row:
    """Save a changed row under its next version."""
    row.version += 1
    row.changed_at, row.changed_by = timezone.now(), by
    row.save()
    _write(row, verb, before, by)
    return row


def _write(row: Row, verb: str, before: Mapping[str, object], by: str) -> None:
    """The history's line and the trail's."""
    table = asking.TABLE_OF[type(row)].name
    RowChange.objects.create(
        initiative=row.initiative,
        table=table,
        row=row.key,
        number=row.version,
        verb=verb,
        before=dict(before),
        after=asking.values(row),
        by=by,
    )
    audit.record(by, verb, f"workspace {table}", str(row.key), {"initiative": row.initiative.key})
