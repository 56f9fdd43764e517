"""The table of messages: written in the transaction that causes them, sent by the worker."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping


class Message(models.Model):
    """One e-mail to one address (melding)."""

    class State(models.TextChoices):
        """Where it stands.

        `unknown`: the machine or the line stopped while it was handed over, so it isn't sent again.
        `kept`: no mail server is set, so it lies here only.
        """

        QUEUED = "queued"
        SENDING = "sending"
        SENT = "sent"
        FAILED = "failed"
        UNKNOWN = "unknown"
        KEPT = "kept"

    keeping: ClassVar = Keeping(
        until="90 days after it was written",
        personal=("to", "subject", "body", "calendar", "key", "error"),
        days=90,
        counted_from="written_at",
    )

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40)
    to = models.EmailField(max_length=254)
    language = models.CharField(max_length=2, default="nb")
    subject = models.CharField(max_length=200)
    body = models.TextField()
    # A calendar file that goes with the letter, where it invites.
    calendar = models.TextField(blank=True, default="")
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    written_at = models.DateTimeField(default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_by = models.CharField(max_length=100, blank=True)
    claimed_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-written_at", "-id")
        indexes: ClassVar = [models.Index(fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"
