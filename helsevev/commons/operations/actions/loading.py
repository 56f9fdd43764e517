"""Filling a database from a backup, in the shape it had when the backup was made; later migrations come after."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import Any

from django.apps.registry import Apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, ProgrammingError, connection, models, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from helsevev.commons.operations.actions.backing_up import sync_folder
from helsevev.commons.operations.actions.making import make_tables
from helsevev.commons.operations.actions.opening import Archive
from helsevev.commons.operations.queries import health, tables
from helsevev.commons.operations.rules import backups
from helsevev.core.words import Refusal, Refused, gettext_noop

CHUNK = 500


@contextmanager
def database(archive: Archive, manifest: backups.Manifest) -> Iterator[Callable[[], None]]:
    """Load the backup aside; what is handed out puts it in place of the database that stands.

    SQLite: a new file beside the old one, which takes its name. PostgreSQL: one transaction, open until then.
    """
    if connection.vendor == "sqlite":
        with _new_file() as new:
            _make_tables(manifest)
            with transaction.atomic():
                _fill(archive, manifest)
            yield lambda: _take_name(new)
        return
    _make_tables_or_refuse(manifest)
    with transaction.atomic():
        _fill(archive, manifest)
        yield lambda: None


@contextmanager
def _new_file() -> Iterator[Path]:
    """While this lasts, the connection is to a new database file."""
    old = Path(settings.DATABASES["default"]["NAME"])
    new = old.with_name(f"{old.name}.restoring")
    _remove(new)
    connection.close()
    connection.settings_dict["NAME"] = new
    try:
        yield new
    finally:
        connection.close()
        connection.settings_dict["NAME"] = old
        _remove(new)


def _remove(path: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _take_name(new: Path) -> None:
    """A stale log of the old file must never meet the new one, so it goes first."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    handle = os.open(new, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    old = new.with_name(new.name.removesuffix(".restoring"))
    connection.settings_dict["NAME"] = old
    if old.exists():
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
    for suffix in ("-wal", "-shm"):
        old.with_name(old.name + suffix).unlink(missing_ok=True)
    new.replace(old)
    sync_folder(old.parent)


def _last_of(manifest: backups.Manifest, executor: MigrationExecutor) -> list[tuple[str, str]]:
    """The migrations of the backup that no other one of the same room in it builds on."""
    there = {(app, name) for app, names in manifest.migrations.items() for name in names}
    graph = executor.loader.graph
    return sorted(
        key
        for key in there & graph.node_map.keys()  # others have been replaced by one that stands there too
        if not any(child.key in there and child.key[0] == key[0] for child in graph.node_map[key].children)
    )


def _make_tables(manifest: backups.Manifest) -> None:
    executor = MigrationExecutor(connection)
    make_tables(executor, _last_of(manifest, executor))


def _make_tables_or_refuse(manifest: backups.Manifest) -> None:
    """On a server the tables that stand can't be made older, so they must be the backup's, or not there."""
    if not health.has_tables():
        _make_tables(manifest)
        return
    applied = set(MigrationRecorder(connection).applied_migrations())
    if applied != {(app, name) for app, names in manifest.migrations.items() for name in names}:
        why = gettext_noop(
            "The backup was made before the database was changed to this version. Make an empty database, "
            "name it in HELSEVEV_DATABASE_URL, and restore into that."
        )
        raise Refused(Refusal(why))


def _fill(archive: Archive, manifest: backups.Manifest) -> None:
    """Empty every table, insert the backup's rows, and see that they are digest for digest what was backed up."""
    executor = MigrationExecutor(connection)
    registry = executor.loader.project_state(_last_of(manifest, executor)).apps
    found = {part: _model(archive, registry, part) for part in manifest.tables}
    with _growing_tables_open():
        with connection.cursor() as cursor:
            for model in tables.stored_models(registry):
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608
        for part, model in found.items():
            _insert(archive, part, model)
        connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(found.values())):
            cursor.execute(statement)
    for part, model in found.items():
        if tables.tally(model).sha256 != part.sha256:
            raise archive.refused(f"the rows of {part.name} did not come out of the database as they went in")


@contextmanager
def _growing_tables_open() -> Iterator[None]:
    """Let tables that otherwise only grow be emptied, which on a server their owner alone can do."""
    if connection.vendor == "sqlite":
        yield  # the file is new, so there is nothing to empty
        return
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
    growing = [table for table in tables.append_only() if table in there]
    _switch_triggers(growing, "DISABLE")
    yield
    _switch_triggers(growing, "ENABLE")


def _switch_triggers(growing: Sequence[str], how: str) -> None:
    try:
        with connection.cursor() as cursor:
            for table in growing:
                cursor.execute(f"ALTER TABLE {connection.ops.quote_name(table)} {how} TRIGGER USER")
    except ProgrammingError as error:
        why = gettext_noop(
            "Restoring empties tables that only their owner can. Name the owner in HELSEVEV_DATABASE_URL."
        )
        raise Refused(Refusal(why)) from error


def _model(archive: Archive, registry: Apps, part: backups.TablePart) -> type[models.Model]:
    try:
        model = registry.get_model(part.model)
    except (LookupError, ValueError) as error:
        raise archive.refused(f"its migrations make no table {part.name}") from error
    if tuple(field.column for field in tables.columns(model)) != part.columns:
        raise archive.refused(f"its migrations give {part.name} other columns")
    return model


def _insert(archive: Archive, part: backups.TablePart, model: type[models.Model]) -> None:
    fields, quote = tables.columns(model), connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    places = ", ".join(["%s"] * len(fields))
    statement = f"INSERT INTO {quote(part.name)} ({names}) VALUES ({places})"  # noqa: S608 names from the schema
    lines = archive.lines(part)
    with connection.cursor() as cursor:
        while chunk := list(islice(lines, CHUNK)):
            cursor.executemany(statement, [_values(archive, part, fields, line) for line in chunk])


def _values(archive: Archive, part: backups.TablePart, fields: Sequence[Any], line: bytes) -> list[Any]:
    try:
        row = json.loads(line)
        return [_stored(field, value) for field, value in zip(fields, row, strict=True)]
    except (ValueError, TypeError, ValidationError) as error:
        raise archive.refused(f"a row of {part.name} can't be read") from error


def _stored(field: Any, value: object) -> object:  # noqa: ANN401 any Django field
    """What the database takes; a JSON field that must hold something holds JSON's own null."""
    if value is None and isinstance(field, models.JSONField) and not field.null:
        return connection.ops.adapt_json_value(None, None)
    return field.get_db_prep_save(field.to_python(value), connection)
