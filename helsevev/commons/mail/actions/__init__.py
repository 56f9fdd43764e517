"""Writing messages in the transaction that causes them, and sending them after it, each once."""

from helsevev.commons.mail.actions.queueing import Copy, carry, forget, part_with, queue, queue_copies
from helsevev.commons.mail.actions.sending import send_due

__all__ = ["Copy", "carry", "forget", "part_with", "queue", "queue_copies", "send_due"]
