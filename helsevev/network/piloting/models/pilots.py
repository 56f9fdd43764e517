"""Tables of pilots: weekly counts, changes of the warning, reviews and results. All of them only grow."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from helsevev.commons.forms.models import WrittenOnce
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping
from helsevev.network.piloting.rules.forecasting import Level
from helsevev.network.piloting.rules.reviewing import Choice, Decision

UNTIL = "its pilot goes"


class Pilot(models.Model):
    """A pilot of an initiative (utprøving); a second one after "adapt" has the next number."""

    keeping: ClassVar = Keeping(until="its initiative goes", personal=("begun_by",))

    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="pilots")
    number = models.PositiveIntegerField()
    begun_at = models.DateTimeField(default=timezone.now)
    begun_by = models.CharField(max_length=60)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("initiative", "-number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["initiative", "number"], name="pilot_once")]

    def __str__(self) -> str:
        return f"{self.initiative_id} pilot {self.number}"


class WeekCount(WrittenOnce):
    """How many were included and excluded in a week (uketall), counts alone; `until` is the last day counted.

    A later row of the same week takes over; one that corrects says why. `token` keeps two presses from counting twice.
    """

    keeping: ClassVar = Keeping(until=UNTIL, personal=("actor",))

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="counts")
    monday = models.DateField()
    until = models.DateField()
    included = models.PositiveIntegerField()
    excluded = models.JSONField(default=dict)
    why = models.CharField(max_length=300, blank=True)
    token = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)

    class Meta:
        ordering = ("pk",)
        indexes: ClassVar = [models.Index(fields=["pilot", "monday"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(until__gte=F("monday")), name="week_counted_from_its_monday")
        ]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.monday}: {self.included}"


class WarningChange(WrittenOnce):
    """The forecast's warning changed (varselskifte): what it was said to be, and what it rested on."""

    keeping: ClassVar = Keeping(until=UNTIL)

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="warnings")
    level = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Level])
    on = models.DateField()
    included = models.PositiveIntegerField()
    least = models.PositiveIntegerField()
    vague_chance = models.FloatField()
    plan_chance = models.FloatField()
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.level}"


class PilotReview(WrittenOnce):
    """What was decided when a pilot was looked at (gjennomgang): go on, adjust or stop, with the reason."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("actor", "name"))

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="reviews")
    planned_on = models.DateField()
    held_on = models.DateField()
    choice = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Choice])
    why = models.TextField()
    token = models.UUIDField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("held_on", "pk")

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.choice}"


class PilotResult(WrittenOnce):
    """What a pilot gave (utprøvingens resultat). A better telling is a new row with the reason; the newest counts."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("actor", "name"))

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="results")
    number = models.PositiveIntegerField()
    learned = models.TextField()
    decision = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Decision])
    reason = models.TextField()
    others = models.TextField()
    outcomes = models.JSONField(default=list)
    why = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["pilot", "number"], name="pilot_result_once")]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.decision}"
