"""A moderator's decisions (moderering)."""

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.core.words import Refusal, Refused
from helsevev.knowledge.comments.actions import telling
from helsevev.knowledge.comments.models import Comment
from helsevev.knowledge.comments.rules import State, Why
from helsevev.knowledge.pages.actions.remembering import forget_pages


@transaction.atomic
def show(row: Comment, *, seen: str, by: str) -> Comment:
    """Let everyone read it; of one that is shown already, say that it may stand."""
    row = _as_seen(row, seen)
    was_waiting = row.state == State.WAITING
    row.state = State.SHOWN
    row.save(update_fields=["state"])
    _settle(row, "showed" if was_waiting else "let stand", by)
    if was_waiting:
        telling.tell_shown(row)
    return row


@transaction.atomic
def refuse(row: Comment, *, seen: str, reason: str, by: str) -> Comment:
    """Don't show it, or no longer; its author can read why for as long as it is kept."""
    row = _as_seen(row, seen)
    row.state, row.reason, row.ended_at = State.REFUSED, reason, timezone.now()
    row.save(update_fields=["state", "reason", "ended_at"])
    _settle(row, "refused", by)
    return row


def _as_seen(row: Comment, seen: str) -> Comment:
    """The row, if it still says what the moderator has read."""
    row = Comment.objects.select_for_update().get(pk=row.pk)
    if row.state not in (State.WAITING, State.SHOWN):
        raise Refused(Refusal(Why.DECIDED))
    if row.version != seen:
        raise Refused(Refusal(Why.CHANGED))
    return row


def _settle(row: Comment, verb: str, by: str) -> None:
    row.reports.filter(settled_at=None).update(settled_at=timezone.now())
    audit.record(by, verb, "comment", str(row.key), {"on": row.on, "subject": row.subject})
    forget_pages()
