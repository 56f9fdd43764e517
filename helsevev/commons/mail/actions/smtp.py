"""A conversation with a mail server that remembers whether the text was handed over."""

import smtplib
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Line(smtplib.SMTP):
    """One conversation."""

    handed_over = False

    def data(self, msg: Any) -> tuple[int, bytes]:  # noqa: ANN401 smtplib's own signature
        """From here on a silent server may have taken the message."""
        self.handed_over = True
        return super().data(msg)


class Backend(EmailBackend):
    """Django's, with that memory."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What to open."""
        return Line

    @property
    def handed_over(self) -> bool:
        """Whether the message's text was sent on this connection."""
        return isinstance(self.connection, Line) and self.connection.handed_over

    def begin_letter(self) -> None:
        """The next message is another one."""
        if isinstance(self.connection, Line):
            self.connection.handed_over = False
