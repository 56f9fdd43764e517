"""The tables of messages: written in the transaction that causes them, sent by the worker."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.commons.mail.rules import filled
from helsevev.core.keeping import Keeping


class Batch(models.Model):
    """A text that goes to many (opplag), written once: each message fills its own words in where it names them."""

    keeping: ClassVar = Keeping(until="120 days after it was written", days=120, counted_from="written_at")

    key = models.CharField(max_length=200, unique=True)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    written_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.key


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
        personal=("to", "subject", "body", "calendar", "key", "error", "fill"),
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
    # A text that many get; `fill`: what this one says in its places, forgotten once it is sent.
    batch = models.ForeignKey(Batch, models.CASCADE, null=True, blank=True, related_name="messages")
    fill = models.JSONField(default=dict)
    # What many get waits for what one waits for.
    rank = models.PositiveSmallIntegerField(default=0)
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
        indexes: ClassVar = [models.Index(fields=["state", "rank", "not_before"], name="messages_in_order")]

    def __str__(self) -> str:
        return f"{self.kind} to {self.to}"

    @property
    def text(self) -> str:
        """What it says."""
        return filled(self.batch.text, self.fill) if self.batch else self.body
