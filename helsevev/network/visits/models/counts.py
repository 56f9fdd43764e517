"""What was counted: numbers alone. Nothing here comes from one visitor, or leads to one."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from helsevev.core.keeping import Keeping


class Day(models.Model):
    """A day's numbers (dag). Visits are the sum of the channels, and of the devices too."""

    keeping: ClassVar = Keeping(until="the installation is closed")

    day = models.DateField(primary_key=True)
    views = models.PositiveIntegerField(default=0)
    search = models.PositiveIntegerField(default=0)
    direct = models.PositiveIntegerField(default=0)
    social = models.PositiveIntegerField(default=0)
    newsletter = models.PositiveIntegerField(default=0)
    link = models.PositiveIntegerField(default=0)
    computer = models.PositiveIntegerField(default=0)
    mobile = models.PositiveIntegerField(default=0)
    tablet = models.PositiveIntegerField(default=0)
    other_device = models.PositiveIntegerField(default=0)
    # Visitors told apart, written when the day is closed.
    visitors = models.PositiveIntegerField(default=0)
    # Opened by programs, and by people who ask not to be counted: these numbers and nothing else of them.
    robots = models.PositiveIntegerField(default=0)
    declined = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.day)


class Tally(models.Model):
    """How often a page was opened, or a site, a language or a country was told, in a month (telling)."""

    keeping: ClassVar = Keeping(until="five years after the month", days=5 * 366, counted_from="month")

    class Kind(models.TextChoices):
        """What is told apart."""

        PAGE = "page", _("Page")
        HOST = "host", _("Other site")
        LANGUAGE = "language", _("Language")
        COUNTRY = "country", _("Country of the language")

    month = models.DateField()
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=200, blank=True)
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["month", "kind", "value"], name="tallied_once")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.kind} {self.value}: {self.count}"
