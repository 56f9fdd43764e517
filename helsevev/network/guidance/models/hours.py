"""The hour ledger's tables: lines and answers that the database itself refuses to change, and requests."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.core.keeping import Keeping
from helsevev.core.ledger import Kind, Line, Purpose
from helsevev.network.guidance.models.engagements import STORY, Engagement
from helsevev.network.guidance.models.sessions import Session
from helsevev.network.guidance.rules.engagements import Answer, RequestState


class HourLine(models.Model):
    """One line of an engagement's ledger (linje i timeregnskapet), in minutes; rows are only ever added.

    `on` is the day it counts from, `worked_on` the day the work was or will be done. People are named by their keys,
    so that no account has to be touched for a line to stand.
    """

    keeping: ClassVar = Keeping(until=STORY, personal=("advisor", "what", "by", "allowed_by"))
    # Triggers refuse changes, and the application's own database role has no right to make any.
    append_only: ClassVar = True

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="lines")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    minutes = models.IntegerField()
    purpose = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Purpose], blank=True)
    on = models.DateField()
    worked_on = models.DateField(null=True, blank=True)
    advisor = models.CharField(max_length=60, blank=True)
    session = models.ForeignKey(Session, models.PROTECT, null=True, blank=True, related_name="lines")
    what = models.CharField(max_length=500, blank=True)
    counting = models.CharField(max_length=20)
    counting_note = models.CharField(max_length=500, blank=True)
    sharing = models.CharField(max_length=10, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    transfer = models.UUIDField(null=True, blank=True)
    allowed_by = models.CharField(max_length=60, blank=True)
    allowed_why = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("engagement", "number")
        indexes: ClassVar = [models.Index(fields=["advisor", "worked_on"], name="hours_of_advisor")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "number"], name="hour_line_once"),
            models.CheckConstraint(condition=~Q(minutes=0), name="hour_line_of_some_time"),
            models.CheckConstraint(
                condition=(Q(kind__in=["planned", "used"]) & ~Q(purpose=""))
                | (~Q(kind__in=["planned", "used"]) & Q(purpose="")),
                name="booked_time_has_a_purpose",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=False)
                | Q(kind__in=["granted", "extended", "planned", "used"], minutes__gt=0)
                | Q(kind="returned", minutes__lt=0)
                | Q(kind="transferred"),
                name="hour_line_has_its_sign",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.kind} {self.minutes}"

    @property
    def line(self) -> Line:
        """The line as the pure ledger knows it; `corrects` needs that line at hand."""
        corrected = self.corrects.number if self.corrects_id and self.corrects else None
        purpose = Purpose(self.purpose) if self.purpose else None
        return Line(self.number, Kind(self.kind), self.minutes, self.on, purpose, corrected)


class HourAnswer(models.Model):
    """What the project says of a line (bekreftelse, innsigelse); the newest counts, and none is changed."""

    keeping: ClassVar = Keeping(until=STORY, personal=("by", "comment"))
    append_only: ClassVar = True

    line = models.ForeignKey(HourLine, models.PROTECT, related_name="answers")
    answer = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Answer])
    comment = models.CharField(max_length=1000, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("line", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(answer="confirmed") | ~Q(comment=""), name="dispute_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.line_id}: {self.answer}"


class HourRequest(models.Model):
    """A booking past the balance that waits for the secretariat's yes (forespørsel om timer)."""

    keeping: ClassVar = Keeping(until=STORY, personal=("asked", "asked_by", "answered_by"))

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="requests")
    asked = models.JSONField()
    why = models.CharField(max_length=1000)
    over = models.PositiveIntegerField()
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in RequestState], default=RequestState.ASKED
    )
    asked_by = models.CharField(max_length=60)
    asked_at = models.DateTimeField(default=timezone.now)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(max_length=1000, blank=True)

    class Meta:
        ordering = ("-asked_at", "-pk")

    def __str__(self) -> str:
        return f"{self.over} over in {self.engagement_id}"
