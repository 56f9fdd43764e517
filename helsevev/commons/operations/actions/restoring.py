"""Taking a backup back: everything is verified before anything is touched, then all of it or nothing."""

import os
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from helsevev import VERSION
from helsevev.commons.audit import actions as trail_actions
from helsevev.commons.audit import queries as trail
from helsevev.commons.operations.actions import loading
from helsevev.commons.operations.actions.backing_up import KEY_SUFFIX, files_folder, kept_key, sync_folder
from helsevev.commons.operations.actions.opening import Archive, open_archive
from helsevev.commons.operations.actions.preparing import Say, alone, marker
from helsevev.commons.operations.queries import health, rooms, tables
from helsevev.commons.operations.rules import backups
from helsevev.core import chain
from helsevev.core.words import Refusal, Refused, gettext_noop


@dataclass(frozen=True)
class Restored:
    """What was taken back."""

    manifest: backups.Manifest
    trail_faults: int | None


def restore(source: Path, *, replace: bool, without_key: bool, say: Say) -> Restored:
    """Take a backup back (gjenoppretting) into an empty installation, or in place of what is there."""
    with alone("serve", wait=False) as nobody_serves:
        if not nobody_serves:
            raise _refuse(gettext_noop("Helsevev is running on this data folder. Stop it, then restore."))
        with open_archive(source) as archive:
            say("Verifying the backup.")
            secret = _secret(archive, source, without_key=without_key)
            manifest = archive.manifest(secret)
            if refusal := backups.refuse_restore(manifest, VERSION, _known()):
                raise Refused(refusal)
            archive.verify(manifest)
            _refuse_here(source, replace=replace)
            _replace(archive, manifest, secret, say)
        call_command("migrate", interactive=False, verbosity=0)
        for name in rooms.commands("rebuild"):
            say(f"Running {name.replace('_', ' ')}.")
            call_command(name)
    faults = None if secret is None else len(trail.report(secret).faults)
    return Restored(manifest, faults)


def _refuse(why: str, **values: object) -> Refused:
    return Refused(Refusal(why, values))


def _known() -> dict[str, list[str]]:
    """The migrations that this code has."""
    found: dict[str, list[str]] = {}
    for app, name in MigrationLoader(None).disk_migrations:
        found.setdefault(app, []).append(name)
    return found


def _secret(archive: Archive, source: Path, *, without_key: bool) -> bytes | None:
    """The key that sealed the backup's trail: the one that is set, or the one that lies beside the backup."""
    wanted = backups.key_of(archive.manifest_bytes())
    beside = source.with_name(source.name + KEY_SUFFIX)
    ours = trail.secret()
    if wanted in ("", chain.fingerprint(ours)):
        return ours
    if kept_key() is not None and beside.exists():
        theirs = beside.read_bytes().strip()
        if chain.fingerprint(theirs) == wanted:
            return theirs
    if without_key:
        return None
    raise _refuse(
        gettext_noop(
            "The backup's trail was sealed with another key than the one set here. Set HELSEVEV_TRAIL_KEY to that key, "
            "or put it in %(file)s; with --without-key the trail can't be verified afterwards."
        ),
        file=beside,
    )


def _refuse_here(source: Path, *, replace: bool) -> None:
    """Nothing is overwritten unasked, and nothing is begun that the disk can't hold."""
    if not replace and not marker().exists() and _holds_anything():
        raise _refuse(
            gettext_noop("This installation isn't empty. With --replace everything in it is replaced by the backup.")
        )
    Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    free, need = shutil.disk_usage(settings.DATA_DIR).free, 2 * source.stat().st_size
    if free < need:
        raise _refuse(
            gettext_noop("The disk has %(free)d MB free, and restoring needs about %(need)d MB. Nothing was changed."),
            free=free // 1_000_000,
            need=need // 1_000_000,
        )


def _holds_anything() -> bool:
    there = set(tables.names()) if health.has_tables() else set()
    ours = [model for model in tables.stored_models() if model.__module__.startswith(rooms.OURS)]
    return any(tables.count(model._meta.db_table) for model in ours if model._meta.db_table in there) or any(
        files_folder().rglob("*")
    )


def _replace(archive: Archive, manifest: backups.Manifest, secret: bytes | None, say: Say) -> None:
    """From here on a cut leaves a marker, and nothing but a new restore runs until it is whole."""
    new_files = files_folder().with_name("files.restoring")
    shutil.rmtree(new_files, ignore_errors=True)
    say(f"Restoring {manifest.rows} rows and {len(manifest.files)} files.")
    try:
        archive.copy_files(manifest, new_files)
        with loading.database(archive, manifest) as change_over:
            _mark()
            change_over()
            _swap_files(new_files)
            _take_over_head(manifest)
            _take_over_key(secret)
        _unmark()
    finally:
        shutil.rmtree(new_files, ignore_errors=True)


def _mark() -> None:
    marker().write_text("A restore is under way.\n", encoding="ascii")
    sync_folder(marker().parent)


def _unmark() -> None:
    marker().unlink()
    sync_folder(marker().parent)


def _swap_files(new: Path) -> None:
    old = files_folder().with_name("files.before-restore")
    shutil.rmtree(old, ignore_errors=True)
    if files_folder().exists():
        files_folder().rename(old)
    new.rename(files_folder())
    shutil.rmtree(old, ignore_errors=True)


def _take_over_head(manifest: backups.Manifest) -> None:
    """The head goes back to where the backup was; the one that stood is kept beside it, since it may be evidence."""
    path = Path(settings.TRAIL_HEAD_FILE)
    if path.exists():
        now = datetime.now(UTC)
        shutil.copy2(path, path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%S}"))
    trail_actions.replace_head(chain.Head(manifest.trail.number, manifest.trail.digest), manifest.trail.key)


def _take_over_key(secret: bytes | None) -> None:
    """The key that lay beside the backup becomes this machine's own."""
    if secret is None or secret == trail.secret():
        return
    path = Path(settings.DATA_DIR) / "trail.key"
    temporary = path.with_name("trail.key.new")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(secret)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)
