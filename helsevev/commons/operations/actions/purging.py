"""Deleting what has been kept long enough; each table with persons in it leaves a line in the trail."""

from django.db import connection, transaction

from helsevev.commons.audit.actions import record
from helsevev.commons.operations.queries import rooms, tables
from helsevev.commons.operations.rules.keeping import keeping_for
from helsevev.core.keeping import Keeping

ACTOR = "system:purge"


def purge(*, dry_run: bool = False) -> dict[str, int]:
    """Delete every row that is over time (sletting etter frist), or only count; rows by table."""
    promises = rooms.promises()
    gone: dict[str, int] = {}
    for table in tables.names():
        keeping = keeping_for(table, promises)
        if keeping is None or keeping.days is None:
            continue
        count = tables.count_over_time(table, keeping)
        if count and not dry_run:
            count = _purge(table, keeping)
        if count:
            gone[table] = count
    return gone


@transaction.atomic
def _purge(table: str, keeping: Keeping) -> int:
    model = tables.models_by_table().get(table)
    if model is not None:
        # Through the model, so that what hangs on a row goes with it.
        count = tables.over_time(model, keeping).delete()[1].get(model._meta.label, 0)
    else:
        condition, values = tables.condition_over_time(keeping)
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(table)} WHERE {condition}", values)  # noqa: S608
            count = cursor.rowcount
    if count and keeping.personal:
        record(ACTOR, "purged", "table", table, {"rows": count, "until": keeping.until})
    return count
