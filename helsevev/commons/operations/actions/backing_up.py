"""One file with everything but the keys: tables as portable lines, files, the trail's head, a table of contents."""

import hashlib
import os
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from django.conf import settings
from django.db import connection, models
from django.db.migrations.recorder import MigrationRecorder

from helsevev import VERSION
from helsevev.commons.audit import queries as trail
from helsevev.commons.operations.queries import tables
from helsevev.commons.operations.rules import backups
from helsevev.core import chain

KEY_SUFFIX = ".key"
PIECE = 1 << 20


@dataclass(frozen=True)
class Made:
    """A backup that was written."""

    manifest: backups.Manifest
    size: int
    key_file: Path | None


def files_folder() -> Path:
    """Where stored files lie."""
    return Path(settings.DATA_DIR) / "files"


def kept_key() -> Path | None:
    """The trail's key where this machine made it itself and keeps it in the data folder; None where it is given."""
    path = Path(settings.DATA_DIR) / "trail.key"
    if settings.PRODUCTION or not path.exists() or path.read_text(encoding="ascii").strip() != settings.TRAIL_KEY:
        return None
    return path


def back_up(target: Path) -> Made:
    """Write a backup (sikkerhetskopi) of one moment to `target`: whole, or not at all."""
    # Read before the tables, so that it is never ahead of them unless lines were taken away.
    head = _head()
    with _whole(target) as part, tarfile.open(fileobj=part, mode="w", format=tarfile.PAX_FORMAT) as tar:
        with tables.snapshot():
            contents = tuple(_add_table(tar, model, target.parent) for model in tables.stored_models())
            migrations = _applied()
        manifest = backups.Manifest(
            version=VERSION,
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            migrations=migrations,
            tables=contents,
            files=tuple(_add_file(tar, path) for path in stored_files()),
            trail=head,
        )
        _add_bytes(tar, backups.MANIFEST, backups.written(manifest, trail.secret()))
    return Made(manifest, target.stat().st_size, _write_key(target))


def _head() -> backups.TrailHead:
    try:
        kept = trail.outside()
    except trail.HeadUnreadable:
        kept = None
    head = kept.head if kept else chain.Head()
    return backups.TrailHead(head.number, head.digest, chain.fingerprint(trail.secret()))


@contextmanager
def _whole(target: Path) -> Iterator[BinaryIO]:
    """A file beside the target that takes its name when it is written, and vanishes when something goes wrong."""
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def sync_folder(folder: Path) -> None:
    """See to it that new names in a folder survive power loss."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _applied() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def _add_table(tar: tarfile.TarFile, model: type[models.Model], folder: Path) -> backups.TablePart:
    """Rows go through a file, since a tar wants to know how long a member is before it begins."""
    total = tables.Tally()
    with tempfile.TemporaryFile(dir=folder) as rows:
        for line in tables.lines(model):
            rows.write(total.add(line))
        part = backups.TablePart(
            name=model._meta.db_table,
            model=model._meta.label,
            columns=tuple(str(field.column) for field in tables.columns(model)),
            rows=total.rows,
            sha256=total.sha256,
        )
        info = _info(part.member, rows.tell())
        rows.seek(0)
        tar.addfile(info, rows)
    return part


def stored_files() -> list[Path]:
    """Every stored file; folders and links are not ours."""
    folder = files_folder()
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _add_file(tar: tarfile.TarFile, path: Path) -> backups.FilePart:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        size = file.tell()
        file.seek(0)
        part = backups.FilePart(path.relative_to(files_folder()).as_posix(), size, digest)
        tar.addfile(_info(part.member, size), file)
    return part


def _add_bytes(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    tar.addfile(_info(name, len(data)), BytesIO(data))


def _info(name: str, size: int) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, int(datetime.now(UTC).timestamp())
    return info


def _write_key(target: Path) -> Path | None:
    """Beside the backup, never in it: whoever has both could forge the trail. A given key is the giver's to keep."""
    key = kept_key()
    if key is None:
        return None
    path = target.with_name(target.name + KEY_SUFFIX)
    with _whole(path) as file:
        file.write(key.read_bytes())
    return path
