"""Sending what is due. A message is claimed by a committed row before the mail server hears of it, so whatever
stops us afterwards, nobody claims it again: better one message that staff must ask about than one sent twice.
"""

import logging
import os
import secrets
import smtplib
import socket
import time
from datetime import datetime
from email.utils import format_datetime

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import OperationalError, transaction
from django.db.models import F
from django.utils import timezone

from helsevev.commons.mail import queries, rules
from helsevev.commons.mail.models import Message

log = logging.getLogger(__name__)
# Who claims: host, process, and a word that another process with the same number doesn't know.
CLAIMER = f"{socket.gethostname()[:60]} {os.getpid()} {secrets.token_hex(4)}"
AT_A_TIME = 50
SETTLE_ATTEMPTS = 5


def send_due() -> int:
    """Send what is due (a duty of the worker); says how many attempts were made."""
    mark_lost()
    if settings.EMAIL_BACKEND.endswith("dummy.EmailBackend"):
        return Message.objects.filter(state=Message.State.QUEUED).update(state=Message.State.KEPT)
    for count in range(AT_A_TIME):
        message = claim()
        if message is None:
            return count
        settle(message, *deliver(message))
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


def deliver(message: Message) -> tuple[rules.Verdict, str]:
    """Talk to the mail server about one message, on a connection of its own."""
    line = get_connection()
    try:
        line.open()
        line.send_messages([_letter(message, line)])
    except (smtplib.SMTPException, OSError) as error:
        handed_over = bool(getattr(line, "handed_over", False))
        return rules.verdict(error, handed_over=handed_over), f"{type(error).__name__}: {error}"[:300]
    finally:
        line.close()
    return rules.Verdict.SENT, ""


def _letter(message: Message, line: BaseEmailBackend) -> EmailMessage:
    headers = {
        "Message-ID": rules.message_id(message.key, settings.SITE_HOST),
        "Date": format_datetime(message.written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    letter = EmailMultiAlternatives(message.subject, message.body, to=[message.to], connection=line, headers=headers)
    if message.calendar:
        # As a part that calendars act on, and as a file for programs that only know files.
        letter.attach_alternative(message.calendar, f"text/calendar; method={rules.calendar_method(message.calendar)}")
        letter.attach("invitation.ics", message.calendar, "text/calendar")
    return letter


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
            return {"state": Message.State.SENT, "sent_at": now}
        case rules.Verdict.LATER:
            return {"state": Message.State.QUEUED, "not_before": now + rules.wait(attempts)}
        case rules.Verdict.NEVER:
            return {"state": Message.State.FAILED}
        case rules.Verdict.UNKNOWN:
            return {"state": Message.State.UNKNOWN}


def mark_lost() -> int:
    """Messages whose claimer is gone: nobody knows whether they arrived, so they are not sent again."""
    lost = [row.pk for row in queries.sending() if _is_lost(row)]
    return Message.objects.filter(pk__in=lost, state=Message.State.SENDING, claimed_by=F("claimed_by")).update(
        state=Message.State.UNKNOWN, error="The program stopped while it was handed over."
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
