"""Putting a message in the queue: a row in the caller's transaction, so it is kept or forgotten with its cause."""

from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.template import Context, engines
from django.utils import translation

from helsevev.commons.mail import rules
from helsevev.commons.mail.models import Message
from helsevev.core.words import Refusal, Refused, gettext_noop


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


def forget(address: str) -> int:
    """Delete every message to an address, when its owner's account goes; says how many."""
    return Message.objects.filter(to__iexact=address).delete()[0]


def _rendered(template: str, language: str, context: Mapping[str, object]) -> str:
    """The text in the reader's language; plain text, so nothing is escaped for HTML."""
    known = {code for code, _ in settings.LANGUAGES}
    found = engines["django"].get_template(f"mail/{template}.txt").template  # type: ignore[attr-defined]
    with translation.override(language if language in known else settings.LANGUAGE_CODE):
        return str(found.render(Context({"site_url": settings.SITE_URL, **context}, autoescape=False)))
