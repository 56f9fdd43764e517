"""Every question asked about stored files."""

from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet, Sum

from helsevev.commons.files.models import StoredFile


def folder() -> Path:
    """Where the bytes lie: inside the data folder, so that backups take them, and outside what is served."""
    return Path(settings.DATA_DIR) / "files"


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
