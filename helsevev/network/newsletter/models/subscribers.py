"""Tables of those who subscribe, with the consent that they gave, and what came back from their addresses."""

import uuid
from typing import ClassVar

from django.core.signing import BadSignature, Signer
from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping
from helsevev.network.newsletter.models.letters import Letter
from helsevev.network.newsletter.rules.states import Standing

SIGNER = Signer(salt="helsevev.newsletter")


class Subscriber(models.Model):
    """Somebody who gets the letter (abonnent). `consent`: the very words that they agreed to, and when."""

    keeping: ClassVar = Keeping(
        until="they unsubscribe; two days without a confirmation; a year in which the address refuses letters",
        personal=("key", "email", "language", "kinds", "standing", "consent", "asked_at", "confirmed_at", "written_at",
                  "rested_at", "hard", "soft"),
    )  # fmt: skip

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    language = models.CharField(max_length=2, default="nb")
    kinds = models.JSONField(default=list)
    standing = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in Standing], default=Standing.ASKED
    )
    consent = models.TextField()
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    rested_at = models.DateTimeField(null=True, blank=True)
    hard = models.PositiveSmallIntegerField(default=0)
    soft = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["standing"], name="subscribers_by_standing")]

    def __str__(self) -> str:
        return str(self.key)

    def token(self, letter: int = 0) -> str:
        """What their link ends with; `letter`: the one that it stands in."""
        return SIGNER.sign(f"{self.key.hex}-{letter}")


def read_token(token: str) -> tuple[uuid.UUID, int] | None:
    """Whose link it is, and from which letter; None where we never made it."""
    try:
        key, _dash, letter = SIGNER.unsign(token).partition("-")
        return uuid.UUID(key), int(letter)
    except (BadSignature, ValueError):
        return None


class Bounce(models.Model):
    """A letter that came back from an address (retur): which, whether for good, and the server's code."""

    keeping: ClassVar = Keeping(
        until="365 days after it came", days=365, counted_from="at",
        personal=("subscriber", "is_hard", "came_back", "code", "at"),
    )  # fmt: skip

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="bounces")
    subscriber = models.ForeignKey(Subscriber, models.SET_NULL, null=True, related_name="bounces")
    is_hard = models.BooleanField()
    # After it was taken, rather than refused at the door.
    came_back = models.BooleanField(default=False)
    code = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "subscriber"], name="returned_once")]

    def __str__(self) -> str:
        return f"{self.letter_id}: {self.code}"
