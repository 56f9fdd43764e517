"""Rows of a workspace: those that stand, those that were deleted, and what happened to them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people import queries as people
from helsevev.network.workspace.models import (
    Concept,
    ConceptExample,
    PlanEntry,
    Risk,
    Row,
    RowChange,
    Stakeholder,
)
from helsevev.network.workspace.rules import rows as rules

MODELS: Mapping[str, type[Row]] = {
    "stakeholders": Stakeholder,
    "risks": Risk,
    "plan": PlanEntry,
    "concepts": Concept,
    "examples": ConceptExample,
}
TABLE_OF: Mapping[type[Row], rules.Table] = {model: rules.TABLES[name] for name, model in MODELS.items()}
AT_MOST = 200


def standing(model: type[Row], initiative: Initiative) -> QuerySet[Any]:
    """The rows that stand."""
    return model._default_manager.filter(initiative=initiative, deleted_at=None)


def deleted(model: type[Row], initiative: Initiative) -> QuerySet[Any]:
    """The rows that can be restored, the last deleted first."""
    rows = model._default_manager.filter(initiative=initiative, deleted_at__isnull=False)
    return rows.order_by("-deleted_at", "-pk")


def one(model: type[Row], initiative: Initiative, key: UUID) -> Any:  # noqa: ANN401 - a row of whichever table
    """One row, also a deleted one."""
    return model._default_manager.filter(initiative=initiative, key=key).first()


def values(row: Row) -> dict[str, Any]:
    """What a row says, as JSON keeps it."""
    found = {name: getattr(row, name) for name in TABLE_OF[type(row)].fields}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in found.items()}


def base(row: Row, version: int) -> dict[str, Any]:
    """What a row said in one version; nothing where that isn't known."""
    table = TABLE_OF[type(row)].name
    change = RowChange.objects.filter(table=table, row=row.key, number=version).first()
    return dict(change.after) if change else {}


@dataclass(frozen=True)
class Told:
    """One change as its reader sees it (fortalt endring)."""

    change: RowChange
    table: rules.Table
    who: str
    title: str
    fields: list[tuple[str, Any, Any]]


def history(initiative: Initiative, table: str = "", row: UUID | None = None) -> list[Told]:
    """What happened in a workspace, the newest first."""
    found = RowChange.objects.filter(initiative=initiative)
    found = found.filter(table=table) if table else found
    found = found.filter(row=row) if row else found
    changes = list(found[:AT_MOST])
    names = people.actor_names({one.by for one in changes})
    return [_told(one, names) for one in changes]


def _told(change: RowChange, names: Mapping[str, str]) -> Told:
    """A change with the names of its fields."""
    table = rules.TABLES[change.table]
    title = str(change.after.get(table.title) or change.before.get(table.title) or "")
    fields = [
        (table.fields[name], change.before.get(name), change.after.get(name))
        for name in rules.differing(change.before, change.after)
        if name in table.fields
    ]
    return Told(change, table, names.get(change.by, change.by), title, fields)
