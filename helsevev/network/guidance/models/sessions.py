"""Tables of sessions, who is invited, which projects took part, and what came of it."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import Sheet
from helsevev.core.keeping import Keeping
from helsevev.core.wallclock import NORWAY, Agreed
from helsevev.network.guidance.models.engagements import STORY, Engagement, GuidanceGroup
from helsevev.network.guidance.rules.sessions import Kind, PointKind, State

WITH_SESSION = "its session goes"


class Session(models.Model):
    """A session of guidance (økt), of one project or of a group.

    Its time is kept as it was agreed: day, time of day, length and zone, so that clocks that change don't move it.
    `sequence` counts what invited people's calendars have been told.
    """

    keeping: ClassVar = Keeping(until=STORY, personal=("made_by",))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    engagement = models.ForeignKey(Engagement, models.PROTECT, null=True, blank=True, related_name="sessions")
    group = models.ForeignKey(GuidanceGroup, models.PROTECT, null=True, blank=True, related_name="sessions")
    kind = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Kind])
    title = models.CharField(max_length=200)
    day = models.DateField()
    starts = models.TimeField()
    minutes = models.PositiveIntegerField()
    zone = models.CharField(max_length=60, default=NORWAY)
    phase = models.CharField(max_length=30, blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    agenda = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.PLANNED)
    cancelled_why = models.CharField(max_length=500, blank=True)
    sequence = models.PositiveIntegerField(default=0)
    sheet = models.ForeignKey(Sheet, models.SET_NULL, null=True, blank=True, related_name="sessions")
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("day", "starts", "pk")
        indexes: ClassVar = [models.Index(fields=["state", "day"], name="sessions_by_day")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(engagement=None, group__isnull=False) | Q(engagement__isnull=False, group=None),
                name="session_of_project_or_group",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def agreed(self) -> Agreed:
        """Its time as people agreed on it."""
        return Agreed(self.day, self.starts, self.minutes, self.zone)


class SessionPerson(models.Model):
    """Someone invited to a session (deltaker); `told`: the sequence that their calendar was sent last."""

    keeping: ClassVar = Keeping(until=WITH_SESSION, personal=("user", "is_advisor", "told"))

    session = models.ForeignKey(Session, models.CASCADE, related_name="people")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions_invited_to")
    is_advisor = models.BooleanField(default=False)
    told = models.IntegerField(default=-1)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "user"], name="invited_once")]

    def __str__(self) -> str:
        return f"{self.user_id} to {self.session_id}"


class SessionPresence(models.Model):
    """That a project took part in a group's session (deltok)."""

    keeping: ClassVar = Keeping(until=WITH_SESSION)

    session = models.ForeignKey(Session, models.CASCADE, related_name="presences")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="presences")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["session", "engagement"], name="present_once")]

    def __str__(self) -> str:
        return f"{self.engagement_id} at {self.session_id}"


class SessionPoint(models.Model):
    """A decision, or an action with who does it by when (beslutning, oppgave)."""

    keeping: ClassVar = Keeping(until=WITH_SESSION, personal=("owner", "owner_name", "made_by", "done_by"))

    session = models.ForeignKey(Session, models.CASCADE, related_name="points")
    kind = models.CharField(max_length=10, choices=[(one.value, one.value) for one in PointKind])
    text = models.CharField(max_length=500)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="session_points"
    )
    owner_name = models.CharField(max_length=150, blank=True)
    due = models.DateField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-kind", "pk")
        indexes: ClassVar = [models.Index(fields=["done_at", "due"], name="points_due")]

    def __str__(self) -> str:
        return self.text
