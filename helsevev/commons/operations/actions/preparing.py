"""Making an installation ready: folder, tables, registers. The second time it finds nothing to do."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import OutputWrapper
from django.db import connection

from helsevev.commons.audit.actions import adopt_head
from helsevev.commons.operations.actions import rights
from helsevev.commons.operations.queries import health, rooms
from helsevev.core.words import Refusal, Refused, gettext_noop

Say = Callable[[str], None]
# One number for all hosts that share a PostgreSQL database; any other program is free to use others.
ADVISORY = 4_815_162


def marker() -> Path:
    """The file that stands while a restore is under way."""
    return Path(settings.DATA_DIR) / "restore.unfinished"


def refuse_half_restored() -> None:
    """An installation whose restore was cut off is neither before nor after; nothing but a restore may touch it."""
    if marker().exists():
        raise Refused(
            Refusal(
                gettext_noop("A restore into %(folder)s was cut off. Run it again: helsevev restore FILE --replace"),
                {"folder": settings.DATA_DIR},
            )
        )


def ready(err: OutputWrapper) -> None:
    """What every command that needs the database asks first: made, migrated and filled, unless that needs a person."""
    refuse_half_restored()
    _make_folder()
    if settings.PRODUCTION and health.has_tables():
        if health.pending_migrations():
            why = gettext_noop("The database is of an older version. Make a backup, then run: helsevev prepare")
            raise Refused(Refusal(why))
        return
    prepare(err)


def prepare(err: OutputWrapper) -> None:
    """Make the folder and the tables, and let each room fill what it needs; the lowest room first."""
    _make_folder()
    with alone("prepare"):
        _migrate(err)
        for name in rooms.commands("prepare"):
            call_command(name, stdout=err, stderr=err)
        rights.grant()


def _make_folder() -> None:
    Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)


def collect(err: OutputWrapper) -> None:
    """Put the static files where the web server takes them from in production; elsewhere it finds them itself."""
    if settings.PRODUCTION:
        Path(str(settings.STATIC_ROOT)).mkdir(parents=True, exist_ok=True)
        err.write("Collecting the static files.")
        call_command("collectstatic", interactive=False, verbosity=0)


def take_place(err: OutputWrapper) -> None:
    """On a host that has no head of the trail yet, write it; only a deliberate start does."""
    if adopt_head():
        err.write(f"The trail's head was not at {settings.TRAIL_HEAD_FILE}; it was written from the database.")


def _migrate(err: OutputWrapper) -> None:
    made = health.has_tables()
    if health.pending_migrations():
        err.write("Bringing the database up to date." if made else "Making the database.")
        call_command("migrate", interactive=False, verbosity=0)
    if settings.PRODUCTION:
        call_command("createcachetable", verbosity=0)


@contextmanager
def alone(name: str, *, wait: bool = True, shared: bool = False) -> Iterator[bool]:
    """Hold a lock of this data folder, and for making ready also one of the database; false when another has it."""
    path = Path(settings.DATA_DIR) / f"{name}.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
            return
        with _across_hosts(name):
            yield True
    finally:
        os.close(handle)


@contextmanager
def _across_hosts(name: str) -> Iterator[None]:
    if name != "prepare" or connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [ADVISORY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [ADVISORY])
