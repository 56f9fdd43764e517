"""When a message is tried again, and what a mail server's answer means. Pure."""

import hashlib
import re
import smtplib
from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

from helsevev.core.roles import Permission, Role, Table

PERMISSIONS: Table = {"see_mail": Permission(anywhere=frozenset({Role.ADMINISTRATOR}))}

MOST_ATTEMPTS = 10
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=4)
# Longer than any conversation with a mail server can take; whoever claimed a message before that is gone.
LOST_AFTER = timedelta(minutes=10)
LONGEST_SUBJECT = 200


PLACE = re.compile(r"@@([a-z]+)@@")


def filled(text: str, fill: Mapping[str, str]) -> str:
    """A text with its places (@@name@@) filled in; a place that nothing is known for is left empty."""
    return PLACE.sub(lambda found: fill.get(found[1], ""), text)


class Verdict(StrEnum):
    """How an attempt ended."""

    SENT = "sent"
    LATER = "later"
    NEVER = "never"
    UNKNOWN = "unknown"


def wait(attempts: int) -> timedelta:
    """How long to wait after so many attempts: twice as long each time."""
    times: int = 2 ** min(attempts - 1, 20)
    return min(FIRST_WAIT * times, LONGEST_WAIT)


def after(verdict: Verdict, attempts: int) -> Verdict:
    """What a verdict comes to: what should be tried later isn't, when it has been tried often enough."""
    return Verdict.NEVER if verdict is Verdict.LATER and attempts >= MOST_ATTEMPTS else verdict


def verdict(error: Exception, *, handed_over: bool) -> Verdict:
    """What an error means. Once the text was handed over, only the server's own refusal says that it has none of it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return Verdict.NEVER if all(500 <= code < 600 for code in codes) else Verdict.LATER
    if isinstance(error, smtplib.SMTPDataError):
        return Verdict.NEVER if 500 <= error.smtp_code < 600 else Verdict.LATER
    return Verdict.UNKNOWN if handed_over else Verdict.LATER


def letter(text: str) -> tuple[str, str]:
    """Subject and body of a rendered template: the first line is the subject."""
    subject, _, body = text.strip().partition("\n")
    subject = " ".join("".join(sign if sign.isprintable() else " " for sign in subject).split())
    if not subject:
        raise ValueError("a mail template needs its subject on the first line")
    return subject[:LONGEST_SUBJECT], body.strip() + "\n"


def calendar_method(calendar: str) -> str:
    """What a calendar file asks of a calendar: REQUEST where it doesn't say."""
    lines = (line.partition(":") for line in calendar.splitlines())
    return next((value.strip() for name, _, value in lines if name.upper() == "METHOD"), "REQUEST")


def message_id(key: str, host: str) -> str:
    """The same for every attempt, so that a mail server that got it twice could tell."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{host}>"
