"""Writing messages in the transaction that causes them, and sending them after it, each once."""

from helsevev.commons.mail.actions.queueing import carry, forget, queue
from helsevev.commons.mail.actions.sending import send_due

__all__ = ["carry", "forget", "queue", "send_due"]
