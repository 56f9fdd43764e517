"""One conversation with the mail server, kept open from message to message; begun anew when it breaks."""

import smtplib
from collections.abc import Callable
from email.utils import format_datetime
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMessage, EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

from helsevev.commons.mail import rules
from helsevev.commons.mail.models import Message

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


class Conversation:
    """A line to the mail server."""

    def __init__(self) -> None:
        """Not yet begun."""
        self.backend: BaseEmailBackend | None = None

    def __enter__(self) -> Self:
        """Begin with the first message."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hang up."""
        self.hang_up()

    def hang_up(self) -> None:
        """End it; the next message begins a new one."""
        backend, self.backend = self.backend, None
        if backend:
            backend.close()

    def deliver(self, message: Message) -> tuple[rules.Verdict, str]:
        """Hand over one message. A line that broke before it heard of this one is tried once more from the start."""
        was_open = self.backend is not None
        try:
            return self._hand_over(message)
        except (smtplib.SMTPException, OSError) as error:
            found = self._judged(error)
        if was_open and found[0] is rules.Verdict.LATER:
            try:
                return self._hand_over(message)
            except (smtplib.SMTPException, OSError) as error:
                found = self._judged(error)
        return found

    def _hand_over(self, message: Message) -> tuple[rules.Verdict, str]:
        if self.backend is None:
            self.backend = get_connection()
            self.backend.open()
        if hasattr(self.backend, "begin_letter"):
            self.backend.begin_letter()
        self.backend.send_messages([written(message, self.backend)])
        return rules.Verdict.SENT, ""

    def _judged(self, error: Exception) -> tuple[rules.Verdict, str]:
        """What an error means; after one the line is in no state to be trusted."""
        handed_over = bool(getattr(self.backend, "handed_over", False))
        self.hang_up()
        return rules.verdict(error, handed_over=handed_over), f"{type(error).__name__}: {error}"[:300]


def written(message: Message, line: BaseEmailBackend | None = None) -> EmailMessage:
    """The letter itself, with what its batch says to each filled in."""
    headers = {
        "Message-ID": rules.message_id(message.key, settings.SITE_HOST),
        "Date": format_datetime(message.written_at),
        "Auto-Submitted": "auto-generated",
        "Content-Language": message.language,
    }
    say = _say(message)
    if message.batch:
        headers |= {name: say(value) for name, value in message.batch.headers.items()}
    text = say(message.batch.text) if message.batch else message.body
    letter = EmailMultiAlternatives(message.subject, text, to=[message.to], connection=line, headers=headers)
    if message.batch and message.batch.html:
        letter.attach_alternative(say(message.batch.html), "text/html")
    if message.calendar:
        # As a part that calendars act on, and as a file for programs that only know files.
        letter.attach_alternative(message.calendar, f"text/calendar; method={rules.calendar_method(message.calendar)}")
        letter.attach("invitation.ics", message.calendar, "text/calendar")
    return letter


def _say(message: Message) -> Callable[[str], str]:
    """How places are filled: as the message says, and `now` with the moment of handing over."""
    fill = {"now": _in_letters(int(timezone.now().timestamp())), **message.fill}
    return lambda text: rules.filled(text, fill)


def _in_letters(number: int) -> str:
    found = ""
    while number:
        number, digit = divmod(number, 36)
        found = DIGITS[digit] + found
    return found or "0"
