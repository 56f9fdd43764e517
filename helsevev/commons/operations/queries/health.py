"""Whether the installation answers, works, and keeps what it says."""

from collections.abc import Mapping

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from helsevev.commons.operations.models import Beat
from helsevev.commons.operations.rules import health

WORKER = "worker "


def failing() -> list[str]:
    """What fails now, in words that tell a stranger nothing more; empty when all is well."""
    try:
        last = Beat.objects.filter(name__startswith=WORKER).order_by("-at").values_list("at", flat=True).first()
    except Error:
        return ["the database does not answer"]
    silent = health.worker_silent(last, timezone.now())
    return [silent] if silent else []


def durability() -> Mapping[str, str]:
    """The database's settings that decide whether an answered commit survives power loss."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            found = {}
            for name in health.DURABLE_POSTGRESQL:
                cursor.execute("SELECT current_setting(%s)", [name])
                found[name] = str(cursor.fetchone()[0])
            return found
        found = {}
        for name in health.DURABLE_SQLITE:
            cursor.execute(f"PRAGMA {name}")
            found[name] = str(cursor.fetchone()[0])
        return found


def wanted() -> Mapping[str, frozenset[str]]:
    """What those settings must be here."""
    return health.DURABLE_POSTGRESQL if connection.vendor == "postgresql" else health.DURABLE_SQLITE


def has_tables() -> bool:
    """Whether anything was ever made in the database."""
    return bool(connection.introspection.table_names())


def pending_migrations() -> int:
    """How many migrations this code has that the database doesn't."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
