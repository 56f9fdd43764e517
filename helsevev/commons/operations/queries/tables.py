"""The database's tables: how long each is kept, and their rows as portable lines."""

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.apps.registry import Apps
from django.core.exceptions import FieldDoesNotExist
from django.db import connection, models, transaction
from django.db.models import F, Field, Model
from django.db.models.functions import Collate
from django.utils import timezone
from django.utils.duration import duration_string

from helsevev.commons.operations.queries import rooms
from helsevev.commons.operations.rules.keeping import Kept, keeping_for
from helsevev.core.keeping import Keeping

CHUNK = 2000


def names() -> list[str]:
    """Every table in the database."""
    return sorted(connection.introspection.table_names())


def models_by_table() -> dict[str, type[Model]]:
    """The model of each table that has one."""
    found = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model for model in found}


def kept() -> list[Kept]:
    """Every table with its promise, its rows, and how many of them are over time."""
    promises, by_table = rooms.promises(), models_by_table()
    return [_kept(table, keeping_for(table, promises), by_table.get(table)) for table in names()]


def _kept(table: str, keeping: Keeping | None, model: type[Model] | None) -> Kept:
    rows = count(table)
    unknown = tuple(_unknown(keeping, model)) if keeping and model else ()
    over = 0 if keeping is None or unknown else count_over_time(table, keeping)
    return Kept(table, keeping, rows, over, unknown)


def _unknown(keeping: Keeping, model: type[Model]) -> Iterator[str]:
    for name in (*keeping.personal, *filter(None, [keeping.counted_from])):
        try:
            model._meta.get_field(name)
        except FieldDoesNotExist:
            yield name


def count(table: str) -> int:
    """Rows of a table."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)}")  # noqa: S608 a name from the schema
        return int(cursor.fetchone()[0])


def over_time(model: type[Model], keeping: Keeping) -> "models.QuerySet[Model]":
    """The rows of a table that have been kept long enough."""
    assert keeping.counted_from is not None
    last: date = timezone.now() - timedelta(days=keeping.days or 0)
    if type(model._meta.get_field(keeping.counted_from)) is models.DateField:
        last = timezone.localdate(timezone.now()) - timedelta(days=keeping.days or 0)
    return model._base_manager.filter(**{f"{keeping.counted_from}__lt": last})  # noqa: SLF001


def condition_over_time(keeping: Keeping) -> tuple[str, list[str | None]]:
    """The same for a table without a model, as SQL and its value."""
    assert keeping.counted_from is not None
    last = connection.ops.adapt_datetimefield_value(timezone.now() - timedelta(days=keeping.days or 0))
    return f"{connection.ops.quote_name(keeping.counted_from)} < %s", [last]


def count_over_time(table: str, keeping: Keeping) -> int:
    """How many rows of a table have been kept long enough."""
    if keeping.days is None:
        return 0
    model = models_by_table().get(table)
    if model is not None:
        return over_time(model, keeping).count()
    condition, values = condition_over_time(keeping)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM {connection.ops.quote_name(table)} WHERE {condition}", values)  # noqa: S608
        return int(cursor.fetchone()[0])


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it was at one moment, without stopping those who write."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        # Django's own transactions are IMMEDIATE here, which would keep writers out while we read.
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def stored_models(registry: Apps = apps) -> list[type[Model]]:
    """Every model with a table of its own, in an order that doesn't change."""
    found = [m for m in registry.get_models(include_auto_created=True) if m._meta.managed and not m._meta.proxy]
    return sorted(found, key=lambda model: model._meta.db_table)


def append_only() -> list[str]:
    """Tables to which rows are only ever added; their models say so, and the database refuses all else."""
    return [model._meta.db_table for model in stored_models() if getattr(model, "append_only", False)]


def columns(model: type[Model]) -> list["Field[Any, Any]"]:
    """The fields whose values its own table stores and doesn't compute, in the order of their columns' names.

    Models and the models that migrations remember may differ in the order they list them.
    """
    stored = [field for field in model._meta.local_concrete_fields if not field.generated]
    return sorted(stored, key=lambda field: str(field.column))


# How a value that JSON doesn't know is written; the field reads it back.
WRITTEN: Mapping[type, Callable[[Any], str]] = {
    datetime: lambda value: value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat(),
    date: date.isoformat,
    time: time.isoformat,
    timedelta: duration_string,
    Decimal: str,
    UUID: str,
    bytes: lambda value: b64encode(value).decode(),
    memoryview: lambda value: b64encode(value).decode(),
}


def _plain(value: object) -> object:
    for kind, write in WRITTEN.items():
        if isinstance(value, kind):
            return write(value)
    if prepared := getattr(value, "get_prep_value", None):  # a text in blocks (Wagtail) knows what it is in JSON
        return prepared()
    raise TypeError(f"no way to write {type(value).__name__} into a backup")


def lines(model: type[Model]) -> Iterator[bytes]:
    """Each row as one line of JSON, in the order of its key, the same on every engine."""
    rows = model._base_manager.order_by(*_order(model)).values_list(*(field.attname for field in columns(model)))  # noqa: SLF001
    for row in rows.iterator(chunk_size=CHUNK):
        yield (
            json.dumps(row, default=_plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode() + b"\n"
        )


def _order(model: type[Model]) -> list[F | Collate]:
    """The key's fields, one or more; words in the order of their bytes, whatever language the server sorts by."""
    texts, by_bytes = (models.CharField, models.TextField), connection.vendor == "postgresql"
    return [
        Collate(F(key.attname), "C") if by_bytes and isinstance(key, texts) else F(key.attname)
        for key in model._meta.pk_fields
    ]


@dataclass
class Tally:
    """Counts and digests what passes through."""

    rows: int = 0
    _hash: Any = field(default_factory=hashlib.sha256)

    def add(self, line: bytes) -> bytes:
        """Count one row."""
        self.rows += 1
        self._hash.update(line)
        return line

    @property
    def sha256(self) -> str:
        """The digest of everything so far."""
        return str(self._hash.hexdigest())


def tally(model: type[Model]) -> Tally:
    """Rows and digest of a whole table."""
    total = Tally()
    for line in lines(model):
        total.add(line)
    return total
