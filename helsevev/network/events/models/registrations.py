"""Tables of those who register for meetings; all of it goes on the day that the meeting's page states."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.core.signing import Signer
from django.db import models
from django.utils import timezone

from helsevev.commons.forms.models import Sheet
from helsevev.core.keeping import Keeping
from helsevev.core.sides import Side
from helsevev.network.events.models.meetings import Meeting
from helsevev.network.events.rules.meetings import Mode

STATED = "the day stated on the meeting's page, by default 90 days after it; what isn't confirmed after two days"
SIGNER = Signer(salt="helsevev.events")


class Registration(models.Model):
    """Those who registered together for a meeting (påmelding): one person or a group, and where they stand in line."""

    class State(models.TextChoices):
        """How it stands."""

        UNCONFIRMED = "unconfirmed"
        WAITING = "waiting"
        REGISTERED = "registered"
        CANCELLED = "cancelled"

    keeping: ClassVar = Keeping(
        until=STATED, personal=("user", "organisation", "side", "language", "mode", "asked_at", "queued_at", "sheet")
    )

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="registrations")
    state = models.CharField(max_length=12, choices=State.choices, default=State.UNCONFIRMED)
    mode = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Mode])
    organisation = models.CharField(max_length=200, blank=True)
    side = models.CharField(max_length=15, choices=[(one.value, one.value) for one in Side])
    language = models.CharField(max_length=2, default="nb")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="registrations"
    )
    sheet = models.ForeignKey(Sheet, models.SET_NULL, null=True, blank=True, related_name="registrations")
    asked_at = models.DateTimeField(default=timezone.now)
    queued_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("queued_at", "pk")
        indexes: ClassVar = [models.Index(fields=["meeting", "state"], name="registrations_by_state")]

    def __str__(self) -> str:
        return f"{self.pk} ({self.state})"


class Attendee(models.Model):
    """One person of a registration (deltaker); the first is the one who registered. `told`: their calendar's count."""

    keeping: ClassVar = Keeping(
        until=STATED,
        personal=("key", "position", "name", "email", "gone_at", "told", "reminded", "attended_at", "attended_by"),
    )

    registration = models.ForeignKey(Registration, models.CASCADE, related_name="people")
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(max_length=150)
    email = models.EmailField(max_length=254, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    told = models.IntegerField(default=-1)
    reminded = models.CharField(max_length=60, blank=True)
    attended_at = models.DateTimeField(null=True, blank=True)
    attended_by = models.CharField(max_length=10, blank=True, choices=[("code", "code"), ("log", "log")])

    class Meta:
        ordering = ("registration", "position")

    def __str__(self) -> str:
        return self.name

    @property
    def token(self) -> str:
        """What their link ends with; only we can make one."""
        return SIGNER.sign(self.key.hex)
