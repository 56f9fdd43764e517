"""Putting a message in the queue: a row in the caller's transaction, so it is kept or forgotten with its cause."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context, engines
from django.utils import translation

from helsevev.commons.mail import rules
from helsevev.commons.mail.models import Batch, Message
from helsevev.core.words import Refusal, Refused, gettext_noop

BULK, AT_A_TIME = 1, 1000


def queue(*, key: str, kind: str, to: str, language: str, template: str, context: Mapping[str, object]) -> Message:
    """Write a message (melding) that the worker sends; a second one with the same key is the first one.

    `template` names mail/<template>.txt, whose first line is the subject; `site_url` is always in its context.
    """
    try:
        validate_email(to)
    except ValidationError as error:
        raise Refused(Refusal(gettext_noop("'%(address)s' is not an e-mail address."), {"address": to})) from error
    subject, body = rules.letter(_rendered(template, language, context))
    content = {"kind": kind, "to": to, "language": language, "subject": subject, "body": body}
    message, _ = Message.objects.get_or_create(key=key, defaults=content)
    return message


def carry(message: Message, calendar: str) -> Message:
    """Let a message that was queued in this transaction carry a calendar file, so that it lands in one's calendar."""
    if not message.calendar:
        message.calendar = calendar
        message.save(update_fields=["calendar"])
    return message


@dataclass(frozen=True)
class Copy:
    """One of many (eksemplar): whose it is, and what it says in the batch's places."""

    key: str
    to: str
    fill: Mapping[str, str]
    not_before: datetime


def queue_copies(batch: Batch, kind: str, language: str, subject: str, copies: Iterable[Copy]) -> int:
    """Write a message for each copy of a batch, in the caller's transaction; they go after what single people wait for.

    A copy whose key is known is left alone. Says how many were asked for.
    """
    plain = {"batch": batch, "kind": kind, "language": language, "subject": subject[: rules.LONGEST_SUBJECT]}
    count = 0
    every = iter(copies)
    while some := list(islice(every, AT_A_TIME)):
        rows = [
            Message(key=one.key, to=one.to, fill=dict(one.fill), not_before=one.not_before, rank=BULK, **plain)
            for one in some
        ]
        count += len(Message.objects.bulk_create(rows, ignore_conflicts=True))
    return count


def part_with(address: str, kind: str) -> None:
    """Send nothing more of a kind to an address, and no longer say that the copies sent before were its own."""
    rows = Message.objects.filter(to=address, kind=kind)
    rows.filter(state=Message.State.QUEUED).delete()
    rows.update(to="", fill={})


def forget(address: str) -> int:
    """Delete every message to an address, when its owner's account goes; says how many."""
    return Message.objects.filter(to__iexact=address).delete()[0]


def _rendered(template: str, language: str, context: Mapping[str, object]) -> str:
    """The text in the reader's language; plain text, so nothing is escaped for HTML."""
    known = {code for code, _ in settings.LANGUAGES}
    found = engines["django"].get_template(f"mail/{template}.txt").template  # type: ignore[attr-defined]
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        return str(found.render(Context({"site_url": settings.SITE_URL, **context}, autoescape=False)))
