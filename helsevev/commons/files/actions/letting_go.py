"""Files that are no longer wanted: shown to nobody at once, their bytes erased later, their rows purged last."""

from functools import partial

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.files import queries
from helsevev.commons.files.models import StoredFile
from helsevev.commons.files.rules import ERASED_AFTER

State = StoredFile.State
ACTOR = "system:files"
AT_A_TIME = 200


@transaction.atomic
def withdraw(file: StoredFile, *, by: str) -> StoredFile:
    """Its owner lets a file go (tilbaketrekking). Twice is fine."""
    row = StoredFile.objects.select_for_update().get(pk=file.pk)
    if row.state == State.KEPT:
        row.state, row.withdrawn_at = State.WITHDRAWN, timezone.now()
        row.save(update_fields=["state", "withdrawn_at"])
        audit.record(by, "withdrew", "file", str(row.key))
    return row


@transaction.atomic
def withdraw_all(owner_kind: str, owner_key: str, *, by: str) -> int:
    """An owner lets all its files go; how many they were."""
    return len([withdraw(file, by=by) for file in queries.of_owner(owner_kind, owner_key)])


@transaction.atomic
def erase_all(owner_kind: str, owner_key: str, *, by: str) -> int:
    """All bytes that an owner has ever sent, also those let go, are erased now (sletting); how many they were."""
    rows = StoredFile.objects.select_for_update().filter(owner_kind=owner_kind, owner_key=owner_key)
    return len([_erase(row, by) for row in rows.exclude(state=State.ERASED)])


def erase_due() -> int:
    """Erase what was let go long enough ago; the worker does so each day."""
    due = StoredFile.objects.filter(state=State.WITHDRAWN, withdrawn_at__lt=timezone.now() - ERASED_AFTER)
    with transaction.atomic():
        return len([_erase(row, ACTOR) for row in due.select_for_update()[:AT_A_TIME]])


def _erase(row: StoredFile, by: str) -> StoredFile:
    """The name goes with the bytes; both are gone from here when the transaction is."""
    now = timezone.now()
    row.state, row.erased_at, row.withdrawn_at = State.ERASED, now, row.withdrawn_at or now
    row.name = ""
    row.save(update_fields=["state", "erased_at", "withdrawn_at", "name"])
    audit.record(by, "erased", "file", str(row.key))
    transaction.on_commit(partial(queries.path(row).unlink, missing_ok=True))
    return row
