"""What is searched for and not found, without anyone who searched (søkelogg)."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping


class Asked(models.Model):
    """How often something was searched for in one week, how often that found nothing, and how often a hit was opened.

    Nothing tells who searched; what may be a person's number or address is not written down at all.
    """

    keeping: ClassVar = Keeping(until="30 days after its week began", days=30, counted_from="week")

    week = models.DateField(default=timezone.localdate)
    text = models.CharField(max_length=60)
    times = models.PositiveIntegerField(default=0)
    empty = models.PositiveIntegerField(default=0)
    opened = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["week", "text"], name="asked_once_a_week")]

    def __str__(self) -> str:
        return f"{self.text}: {self.times}"
