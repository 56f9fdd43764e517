"""Tables of what stays of a round when its applications are gone: counts, and scores without persons."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping
from helsevev.network.applications.models import Round
from helsevev.network.assessment.rules.retention import Stage

WITH_ROUND = "its round goes"


class KeptFigures(models.Model):
    """What was counted of a round before a stage of it was deleted (bevarte tall). `done_at`: when nothing was left."""

    keeping: ClassVar = Keeping(until=WITH_ROUND, personal=("by",))

    round = models.ForeignKey(Round, models.CASCADE, related_name="kept_figures")
    stage = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Stage])
    figures = models.JSONField(default=list)
    by = models.CharField(max_length=60)
    made_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["round", "stage"], name="figures_kept_once")]

    def __str__(self) -> str:
        return f"{self.round_id} {self.stage}"


class KeptScore(models.Model):
    """One score when application and assessor are gone (bevart poeng): both are numbers drawn anew, in no order."""

    keeping: ClassVar = Keeping(until=WITH_ROUND)

    round = models.ForeignKey(Round, models.CASCADE, related_name="kept_scores")
    unit = models.PositiveSmallIntegerField()
    seat = models.PositiveSmallIntegerField()
    criterion = models.SlugField(max_length=60)
    score = models.SmallIntegerField()

    class Meta:
        ordering = ("unit", "seat", "criterion")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "unit", "seat", "criterion"], name="score_kept_once")
        ]

    def __str__(self) -> str:
        return f"{self.unit} {self.criterion}: {self.score}"
