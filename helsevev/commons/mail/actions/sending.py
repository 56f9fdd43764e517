"""Sending what is due. A message is claimed by a committed row before the mail server hears of it, so whatever
stops us afterwards, nobody claims it again: better one message that staff must ask about than one sent twice.
"""

import logging
import os
import secrets
import socket
import time
from datetime import datetime

from django.conf import settings
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from helsevev.commons.mail import queries, rules
from helsevev.commons.mail.actions.line import Conversation
from helsevev.commons.mail.models import Batch, Message

log = logging.getLogger(__name__)
# Who claims: host, process, and a word that another process with the same number doesn't know.
CLAIMER = f"{socket.gethostname()[:60]} {os.getpid()} {secrets.token_hex(4)}"
AT_A_TIME = 50
SETTLE_ATTEMPTS = 5


def send_due() -> int:
    """Send what is due (a duty of the worker); says how many attempts were made."""
    mark_lost()
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return queries.due(timezone.now()).order_by().update(state=Message.State.KEPT)
    batches: dict[int, Batch] = {}
    with Conversation() as line:
        for count in range(AT_A_TIME):
            message = claim()
            if message is None:
                return count
            if message.batch_id in batches:
                message.batch = batches[message.batch_id]
            elif message.batch:
                batches[message.batch.pk] = message.batch
            settle(message, *line.deliver(message))
    return AT_A_TIME


def claim() -> Message | None:
    """Take the next message that is due, and commit that it is taken."""
    now = timezone.now()
    with transaction.atomic(durable=True):
        message = queries.due(now).select_for_update(skip_locked=True).first()
        if message is None:
            return None
        message.state, message.claimed_at, message.claimed_by = Message.State.SENDING, now, CLAIMER
        message.attempts += 1
        message.save(update_fields=["state", "claimed_at", "claimed_by", "attempts"])
    return message


def settle(message: Message, verdict: rules.Verdict, error: str) -> None:
    """Write down how it went. A busy database is asked again: forgetting that it was sent would leave it unknown."""
    now = timezone.now()
    changes = _changes(rules.after(verdict, message.attempts), message.attempts, now)
    if error:
        log.warning("Message %d (%s): %s (%s)", message.pk, message.kind, changes["state"], error)
    for attempt in range(1, SETTLE_ATTEMPTS + 1):
        try:
            Message.objects.filter(pk=message.pk, claimed_by=CLAIMER).update(error=error, **changes)
        except OperationalError:
            if attempt == SETTLE_ATTEMPTS:
                raise
            time.sleep(attempt)
        else:
            return


def _changes(verdict: rules.Verdict, attempts: int, now: datetime) -> dict[str, object]:
    match verdict:
        case rules.Verdict.SENT:
            return {"state": Message.State.SENT, "sent_at": now, "fill": {}}
        case rules.Verdict.LATER:
            return {"state": Message.State.QUEUED, "not_before": now + rules.wait(attempts)}
        case rules.Verdict.NEVER:
            return {"state": Message.State.FAILED, "fill": {}}
        case rules.Verdict.UNKNOWN:
            return {"state": Message.State.UNKNOWN, "fill": {}}


def mark_lost() -> int:
    """Messages whose claimer is gone: nobody knows whether they arrived, so they are not sent again."""
    lost = [row.pk for row in queries.sending() if _is_lost(row)]
    return Message.objects.filter(pk__in=lost, state=Message.State.SENDING, claimed_by=F("claimed_by")).update(
        state=Message.State.UNKNOWN, fill={}, error="The program stopped while it was handed over."
    )


def _is_lost(message: Message) -> bool:
    if message.claimed_at is None or timezone.now() - message.claimed_at > rules.LOST_AFTER:
        return True
    host, _, rest = message.claimed_by.partition(" ")
    number = rest.partition(" ")[0]
    if host != CLAIMER.partition(" ")[0] or message.claimed_by == CLAIMER or not number.isdigit():
        return False
    return int(number) == os.getpid() or not _lives(int(number))


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
