"""Tables of a project's plan: whom it concerns, what can go wrong, and what is to be done when."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from helsevev.core.keeping import Keeping
from helsevev.network.workspace.models.rows import DELETED_DAYS, Row

KEPT = "its initiative goes; a deleted one for 180 days"


class Stakeholder(Row):
    """Whom the project concerns (interessent): how much they care, how much they can do, and how they are involved."""

    class Attitude(models.TextChoices):
        """How they look at the project."""

        UNKNOWN = "unknown"
        SUPPORTS = "supports"
        WAITS = "waits"
        WORRIED = "worried"

    keeping: ClassVar = Keeping(
        until=KEPT, personal=("changed_by", "deleted_by"), days=DELETED_DAYS, counted_from="deleted_at"
    )

    name = models.CharField(max_length=120)
    interest = models.PositiveSmallIntegerField()
    influence = models.PositiveSmallIntegerField()
    attitude = models.CharField(max_length=10, choices=Attitude.choices, default=Attitude.UNKNOWN)
    involve = models.TextField(blank=True)

    class Meta(Row.Meta):
        ordering = ("-influence", "-interest", "name", "pk")
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(interest__gte=1, interest__lte=5, influence__gte=1, influence__lte=5),
                name="stakeholder_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Risk(Row):
    """What can go wrong (risiko): how likely, how bad, who minds it, what is done, and when it is looked at again."""

    keeping: ClassVar = Keeping(
        until=KEPT, personal=("owner", "changed_by", "deleted_by"), days=DELETED_DAYS, counted_from="deleted_at"
    )

    title = models.CharField(max_length=200)
    likelihood = models.PositiveSmallIntegerField()
    consequence = models.PositiveSmallIntegerField()
    owner = models.CharField(max_length=120, blank=True)
    measure = models.TextField(blank=True)
    review_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        ordering = ("pk",)
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(likelihood__gte=1, likelihood__lte=5, consequence__gte=1, consequence__lte=5),
                name="risk_from_1_to_5",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class PlanEntry(Row):
    """A task or a milestone (planpost), in a phase of the Roadmap. A milestone has one date, a task may have two."""

    class Kind(models.TextChoices):
        """Something to do, or a point to reach."""

        TASK = "task"
        MILESTONE = "milestone"

    keeping: ClassVar = Keeping(
        until=KEPT, personal=("owner", "changed_by", "deleted_by"), days=DELETED_DAYS, counted_from="deleted_at"
    )

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.TASK)
    phase = models.CharField(max_length=30)
    title = models.CharField(max_length=200)
    owner = models.CharField(max_length=120, blank=True)
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    class Meta(Row.Meta):
        ordering = (F("starts").asc(nulls_last=True), "ends", "pk")
        verbose_name_plural = "plan entries"
        constraints: ClassVar = [
            *Row.Meta.constraints,
            models.CheckConstraint(
                condition=Q(starts=None) | Q(ends=None) | Q(ends__gte=F("starts")), name="plan_entry_goes_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.title
