"""Every question asked about stored files, of the database and of the disk."""

import hashlib
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum
from django.utils import timezone

from helsevev.commons.files.models import StoredFile
from helsevev.commons.files.rules import ERASED_AFTER, SWEPT_AFTER

AT_A_TIME = 500


def folder() -> Path:
    """Where the bytes lie: inside the data folder, so that backups take them, and outside what is served."""
    return Path(settings.DATA_DIR) / "files"


def incoming() -> Path:
    """Where uploads lie while they come in: on the same disk, and never in a backup."""
    return Path(settings.DATA_DIR) / "incoming"


def path(file: StoredFile) -> Path:
    """Where the bytes of one file lie."""
    return folder() / file.place


def of_owner(kind: str, key: str) -> QuerySet[StoredFile]:
    """The files that an owner keeps, oldest first."""
    return StoredFile.objects.filter(owner_kind=kind, owner_key=key, state=StoredFile.State.KEPT)


def one(key: UUID | str, *, owner_kind: str, owner_key: str) -> StoredFile | None:
    """A kept file of that owner, or nothing: a key alone opens no door."""
    try:
        wanted = key if isinstance(key, UUID) else UUID(key)
    except ValueError:
        return None
    return of_owner(owner_kind, owner_key).filter(key=wanted).first()


def used(kind: str, key: str) -> int:
    """How many bytes an owner keeps."""
    return of_owner(kind, key).aggregate(total=Sum("size"))["total"] or 0


@dataclass(frozen=True)
class Stray:
    """Bytes on disk that no row says are kept; young ones may belong to a transaction that is under way."""

    path: Path
    is_old: bool


def strays() -> Iterator[Stray]:
    """Every file in the folder that no row wants."""
    wanted = StoredFile.objects.exclude(state=StoredFile.State.ERASED)
    for some in _portions(sorted(one for one in folder().rglob("*") if one.is_file() and not one.is_symlink())):
        places = {one.relative_to(folder()).as_posix(): one for one in some}
        known = set(wanted.filter(place__in=places).values_list("place", flat=True))
        yield from (Stray(one, _is_old(one)) for place, one in places.items() if place not in known)


def _portions(paths: list[Path]) -> Iterator[list[Path]]:
    yield from (paths[start : start + AT_A_TIME] for start in range(0, len(paths), AT_A_TIME))


def stale_uploads() -> list[Path]:
    """What lies where uploads come in, and hasn't been touched for long."""
    return [one for one in incoming().glob("*") if one.is_file() and _is_old(one)]


def _is_old(one: Path) -> bool:
    """Since it was written, named or linked last: one that comes over a slow line grows all the while."""
    try:
        return time.time() - one.stat().st_ctime > SWEPT_AFTER.total_seconds()
    except FileNotFoundError:
        return False


def faults() -> Iterator[str]:
    """Where rows and bytes don't agree, a sentence each."""
    due = timezone.now() - ERASED_AFTER
    for row in StoredFile.objects.exclude(state=StoredFile.State.ERASED).iterator():
        found = _sum(path(row))
        if found is None:
            # A backup may have been made just before the bytes were erased.
            if row.withdrawn_at is None or row.withdrawn_at > due:
                yield f"{row.key} has a row and no file at {row.place}"
        elif found != (row.size, row.digest):
            yield f"{row.key} is not what was received: the file at {row.place} has changed"
    for stray in strays():
        if stray.is_old:
            yield f"{stray.path.relative_to(folder())} has no row; the worker should have taken it away"


def _sum(one: Path) -> tuple[int, str] | None:
    """Size and digest of a file; None where there is none to read."""
    try:
        with one.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
            return file.tell(), digest
    except OSError:
        return None
