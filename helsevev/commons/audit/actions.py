"""Writing to the trail: one line in the caller's transaction, and the head outside the database after it."""

import fcntl
import json
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from django.conf import settings
from django.db import transaction

from helsevev.commons.audit import queries, rules
from helsevev.commons.audit.models import Head, Line
from helsevev.core import chain

NOTHING: Mapping[str, object] = MappingProxyType({})
log = logging.getLogger(__name__)


def record(actor: str, verb: str, kind: str, key: str, detail: Mapping[str, object] = NOTHING) -> Line:
    """Write one line (før i sporet) in the transaction of what it tells of: both are kept, or neither.

    `actor` is an account's key or words such as "system:load"; `verb` says what was done ("published").
    """
    words = {"actor": actor, "verb": verb, "kind": kind, "key": key}
    if name := rules.too_long(words):
        raise ValueError(f"the trail's {name} is longer than {rules.LONGEST[name]} characters")
    with transaction.atomic():
        head, _ = Head.objects.select_for_update().get_or_create(pk=queries.HEAD_ROW)
        if head.number == 0:
            _begin()
        content = chain.Content(
            number=head.number + 1,
            at=datetime.now(UTC).isoformat(timespec="microseconds"),
            detail=rules.written(dict(detail)),
            previous=head.digest,
            **words,
        )
        line = Line(**vars(content), digest=chain.seal(queries.secret(), content))
        line.save()
        head.number, head.digest = line.number, line.digest
        head.save()
        transaction.on_commit(lambda: keep_head(line.number))
    return line


def keep_head(number: int | None = None) -> None:
    """Write the head outside the database, never backwards; failing to is logged, since the line is already kept.

    A machine that stops before this leaves an older head, which the next line or the worker's round brings forward.
    """
    try:
        kept = queries.outside()
        if number is not None and kept and kept.head.number >= number:
            return
        with _alone():
            _bring_forward()
    except queries.HeadUnreadable as error:
        log.error("The trail's head in %s can't be read. `helsevev check trail` says more.", error)
    except OSError as error:
        log.error("The trail's head can't be written to %s: %s.", settings.TRAIL_HEAD_FILE, error.strerror)


def adopt_head() -> bool:
    """When a host starts that has no head yet, take the database's word for it once; says whether it did.

    Only a deliberate start may: were it done with every line, deleting the file would hide what was deleted before.
    """
    now = queries.inside()
    if now.number == 0 or Path(settings.TRAIL_HEAD_FILE).exists():
        return False
    replace_head(now, chain.fingerprint(queries.secret()))
    return True


def replace_head(head: chain.Head, key: str) -> None:
    """Put another head there, also an older one: only a restore may, which keeps the one that was."""
    with _alone():
        _write(head, key)


def _begin() -> None:
    """Before the first line is kept there is a head that says zero, so that a missing file is always a fault."""
    if not Path(settings.TRAIL_HEAD_FILE).exists():
        with _alone():
            if not Path(settings.TRAIL_HEAD_FILE).exists():
                _write(chain.Head(), chain.fingerprint(queries.secret()))


def _bring_forward() -> None:
    """Move the head outside to where the database is, if what it vouched for still stands."""
    kept, now = queries.outside(), queries.inside()
    if kept is None:
        if now.number:
            log.error("The trail's head in %s is missing. Say `helsevev check trail`.", settings.TRAIL_HEAD_FILE)
        return
    if kept.head.number >= now.number:
        return
    if kept.head.number and not Line.objects.filter(number=kept.head.number, digest=kept.head.digest).exists():
        log.error("Line %d of the trail isn't the one that was sealed. Say `helsevev check trail`.", kept.head.number)
        return
    _write(now, chain.fingerprint(queries.secret()))


def _write(head: chain.Head, key: str) -> None:
    """Whole or not at all, also when the machine stops."""
    path = Path(settings.TRAIL_HEAD_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}.new")
    with temporary.open("w", encoding="ascii") as file:
        json.dump({"number": head.number, "digest": head.digest, "key": key}, file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def _alone() -> Iterator[None]:
    """One process writes the head at a time."""
    path = Path(settings.TRAIL_HEAD_FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.with_name(f"{path.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
