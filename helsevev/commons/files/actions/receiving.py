"""From an upload to a stored file: looked into first, then its bytes in place, then its row; a cut leaves all or none.

The bytes take their place before the row is committed. A machine that stops in between leaves bytes without a row,
which nobody can reach and the worker sweeps away; never a row without bytes.
"""

import hashlib
import os
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError, connection, transaction

from helsevev.commons.audit import actions as audit
from helsevev.commons.files import queries, rules
from helsevev.commons.files.actions.incoming import IncomingFile, Part, copied, is_no_room
from helsevev.commons.files.models import StoredFile
from helsevev.core.inspection import Reason, inspect
from helsevev.core.words import Refusal, Refused

FULL = ("is full", "No space left")


@dataclass
class Arrived:
    """A file that was looked into and found good, on its way to its place."""

    path: Path
    name: str
    kind: rules.Kind
    size: int
    digest: str
    sent_digest: str
    pages: int | None
    removed: tuple[str, ...]


def receive(  # noqa: PLR0913 each is something that the caller must decide
    upload: UploadedFile[Any],
    *,
    owner_kind: str,
    owner_key: str,
    by: str,
    allowed: Collection[str] = ("pdf",),
    quota_bytes: int = rules.QUOTA,
    limit_bytes: int | None = None,
) -> StoredFile:
    """Take a file in (mottak), or raise Refused with the reason. The same content twice is the same file.

    Takes as long as looking into the file takes, so it is called outside a transaction.
    """
    with arriving(upload, allowed=allowed, limit_bytes=limit_bytes) as arrived:
        return keep(arrived, owner_kind=owner_kind, owner_key=owner_key, by=by, quota_bytes=quota_bytes)


@contextmanager
def arriving(
    upload: UploadedFile[Any], *, allowed: Collection[str] = ("pdf",), limit_bytes: int | None = None
) -> Iterator[Arrived]:
    """While this lasts, a harmless copy of the upload waits to be kept; what isn't kept is gone afterwards."""
    copy = queries.incoming() / f"{uuid4().hex}.copy"
    with room_or_refused(), _on_disk(upload, settings.FILES_LARGEST if limit_bytes is None else limit_bytes) as part:
        try:
            yield _looked_into(part, copy, upload.name or "", allowed)
        finally:
            copy.unlink(missing_ok=True)


def store(content: bytes, *, name: str, owner_kind: str, owner_key: str, by: str) -> StoredFile:
    """Keep a document that is the product's own (eget dokument), byte for byte; the same bytes twice are one file."""
    copy = queries.incoming() / f"{uuid4().hex}.copy"
    digest = hashlib.sha256(content).hexdigest()
    kind = rules.sniff(content[:16], name) or rules.Kind.PDF
    made = Arrived(copy, rules.clean_name(name, kind), kind, len(content), digest, digest, None, ())
    with room_or_refused():
        try:
            _write(copy, content)
            return keep(made, owner_kind=owner_kind, owner_key=owner_key, by=by, quota_bytes=rules.NO_QUOTA)
        finally:
            copy.unlink(missing_ok=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def room_or_refused() -> Iterator[None]:
    """A full disk is a sentence for whoever sent the file, and a line in the log."""
    try:
        yield
    except OSError as error:
        if not is_no_room(error):
            raise
        raise Refused(Refusal(rules.Why.NO_ROOM)) from error
    except OperationalError as error:
        if not any(word in str(error) for word in FULL):
            raise
        raise Refused(Refusal(rules.Why.NO_ROOM)) from error


@contextmanager
def _on_disk(upload: UploadedFile[Any], most: int) -> Iterator[Part]:
    """The upload as a file; a browser's lies on disk already, and stays until its request ends."""
    own = not isinstance(upload, IncomingFile)
    part = upload.part if isinstance(upload, IncomingFile) else copied(upload.chunks(), most)
    try:
        if part.refusal is None and part.size > most:
            raise Refused(Refusal(rules.Why.TOO_BIG, {"limit": rules.in_words(most)}))
        if part.refusal:
            raise Refused(part.refusal)
        yield part
    finally:
        if own:
            part.discard()


def _looked_into(part: Part, copy: Path, name: str, allowed: Collection[str]) -> Arrived:
    """The harmless copy, safe on disk; refused where it can't be made."""
    if part.size == 0:
        raise Refused(Refusal(rules.Why.EMPTY))
    kind = kind_of(part.path, allowed, name)
    answer = inspect(part.path, copy, kind.value)
    if answer.reason:
        raise Refused(_refusal(answer.reason, allowed))
    with copy.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        os.fsync(file.fileno())
    return Arrived(
        path=copy,
        name=rules.clean_name(name, kind),
        kind=kind,
        size=size,
        digest=digest,
        sent_digest=part.digest.hexdigest(),
        pages=answer.pages,
        removed=tuple(answer.removed),
    )


def kind_of(path: Path, allowed: Collection[str], name: str = "") -> rules.Kind:
    """What the file is by its content; refused where that isn't allowed."""
    with path.open("rb") as file:
        kind = rules.sniff(file.read(16), name)
    if kind is None or kind.value not in allowed:
        raise Refused(rules.wrong_kind(allowed))
    return kind


def _refusal(reason: Reason, allowed: Collection[str]) -> Refusal:
    if reason is Reason.WRONG_KIND:
        return rules.wrong_kind(allowed)
    return Refusal(rules.why(reason), {"limit": rules.MOST_PAGES})


@transaction.atomic
def keep(arrived: Arrived, *, owner_kind: str, owner_key: str, by: str, quota_bytes: int = rules.QUOTA) -> StoredFile:
    """Put the copy in its place and write its row; refused where the owner keeps too much already."""
    _one_at_a_time(f"{owner_kind}/{owner_key}")
    standing = queries.of_owner(owner_kind, owner_key).filter(sent_digest=arrived.sent_digest).first()
    if standing:
        return standing
    if refusal := rules.over_quota(arrived.size, queries.used(owner_kind, owner_key), quota_bytes):
        raise Refused(refusal)
    row = StoredFile(
        place=new_place(),
        name=arrived.name,
        kind=arrived.kind,
        size=arrived.size,
        digest=arrived.digest,
        sent_digest=arrived.sent_digest,
        pages=arrived.pages,
        removed=list(arrived.removed),
        owner_kind=owner_kind,
        owner_key=owner_key,
        received_by=by,
    )
    return _placed(row, arrived.path, by)


def _placed(row: StoredFile, source: Path, by: str) -> StoredFile:
    """The bytes in their place, then the row and the trail's line; where those fail, the bytes go again."""
    target = queries.path(row)
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        # A link and not a move, so that the source is gone only when whoever made it lets go of it.
        _link(source, target)
        for folder in (target.parent, target.parent.parent):
            _sync(folder)
        row.save(force_insert=True)
        detail = {"owner": f"{row.owner_kind}/{row.owner_key}", "size": row.size, "digest": row.digest}
        audit.record(by, "received", "file", str(row.key), detail)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return row


def _link(source: Path, target: Path) -> None:
    """A second name for the same bytes; where the disk has no such thing, a copy under a name that swept files have."""
    try:
        os.link(source, target)
    except OSError as error:
        if is_no_room(error):
            raise
        part = queries.incoming() / f"{uuid4().hex}.copy"
        shutil.copyfile(source, part)
        part.replace(target)


def _sync(folder: Path) -> None:
    """See to it that a new name survives power loss."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def new_place() -> str:
    """A made-up name, in one of 256 folders."""
    name = uuid4().hex
    return f"{name[:2]}/{name[2:]}"


def _one_at_a_time(owner: str) -> None:
    """Two files for one owner are taken in turn, or both would fit where one does. SQLite does so anyway."""
    if connection.vendor == "postgresql":
        number = int.from_bytes(hashlib.sha256(owner.encode()).digest()[:8], signed=True)
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [number])


@transaction.atomic
def give_to(files: Iterable[StoredFile], *, owner_kind: str, owner_key: str, by: str) -> list[StoredFile]:
    """The same files for another owner too (kopi), such as an application that renews an earlier one."""
    given = []
    for file in files:
        standing = queries.of_owner(owner_kind, owner_key).filter(sent_digest=file.sent_digest).first()
        given.append(standing or _copy(file, owner_kind, owner_key, by))
    return given


def _copy(file: StoredFile, owner_kind: str, owner_key: str, by: str) -> StoredFile:
    row = StoredFile(
        place=new_place(),
        name=file.name,
        kind=file.kind,
        size=file.size,
        digest=file.digest,
        sent_digest=file.sent_digest,
        pages=file.pages,
        removed=file.removed,
        owner_kind=owner_kind,
        owner_key=owner_key,
        received_by=by,
    )
    with room_or_refused():
        return _placed(row, queries.path(file), by)
