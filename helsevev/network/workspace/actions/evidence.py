"""What shows that a criterion of a gate is met: files and addresses, added and taken away while it is prepared."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.commons.files import actions as files
from helsevev.commons.files import queries as stored
from helsevev.core.words import Refusal, Refused
from helsevev.network.workspace.models import Evidence, Gate
from helsevev.network.workspace.queries.gates import OWNER
from helsevev.network.workspace.rules.gates import State, Why

ALLOWED = ("pdf", "png", "jpeg")


def _refuse_closed(gate: Gate) -> None:
    """What lies before the approvers isn't changed under their hands."""
    now = Gate.objects.select_for_update().get(pk=gate.pk).state
    if now != State.PREPARING:
        raise Refused(Refusal(Why.NOT_PREPARING if now == State.DECIDING else Why.NOT_OPEN))


@transaction.atomic
def add_address(gate: Gate, title: str, address: str, criterion: str, by: str) -> Evidence:
    """Something that stands elsewhere."""
    _refuse_closed(gate)
    made = Evidence.objects.create(gate=gate, criterion=criterion, title=title, address=address, added_by=by)
    audit.record(by, "added", "evidence", f"{gate.key}/{made.pk}", {"address": address})
    return made


def add_file(gate: Gate, upload: UploadedFile[Any], title: str, criterion: str, by: str) -> Evidence:
    """A file; it is looked into before anything is written."""
    with files.arriving(upload, allowed=ALLOWED) as arrived, transaction.atomic():
        _refuse_closed(gate)
        kept = files.keep(arrived, owner_kind=OWNER, owner_key=str(gate.key), by=by)
        made = Evidence.objects.create(
            gate=gate,
            criterion=criterion,
            title=title or kept.name,
            file=kept.key,
            digest=kept.digest,
            added_by=by,
        )
        audit.record(by, "added", "evidence", f"{gate.key}/{made.pk}", {"digest": kept.digest})
    return made


@transaction.atomic
def remove(evidence: Evidence, by: str) -> None:
    """Take it away. What was laid forward earlier still names it, by its digest."""
    _refuse_closed(evidence.gate)
    evidence.removed_at, evidence.removed_by = timezone.now(), by
    evidence.save(update_fields=["removed_at", "removed_by"])
    audit.record(by, "removed", "evidence", f"{evidence.gate.key}/{evidence.pk}")
    others = Evidence.objects.filter(gate=evidence.gate, file=evidence.file, removed_at=None)
    was_submitted = evidence.gate.submissions.exists()
    if evidence.file and not others.exists() and not was_submitted:
        kept = stored.one(evidence.file, owner_kind=OWNER, owner_key=str(evidence.gate.key))
        if kept is not None:
            files.withdraw(kept, by=by)
