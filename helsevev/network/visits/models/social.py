"""Followers elsewhere (sosiale medier): channels, and what is entered of each month."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping


class Channel(models.Model):
    """A place where the network is followed (kanal), such as LinkedIn. `key` is its name in the annual report."""

    keeping: ClassVar = Keeping(until="the network withdraws it from its history")

    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=60, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    in_use = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Month(models.Model):
    """A month of a channel (måned): empty where nobody knows. How much it grew is worked out, never entered."""

    keeping: ClassVar = Keeping(until="the network withdraws it from its history", personal=("changed_by",))

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="months")
    month = models.DateField()
    followers = models.PositiveIntegerField(null=True)
    new = models.PositiveIntegerField(null=True)
    reach = models.PositiveIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("month", "channel__position", "pk")
        constraints: ClassVar = [models.UniqueConstraint(fields=["channel", "month"], name="social_month_once")]

    def __str__(self) -> str:
        return f"{self.channel} {self.month:%Y-%m}"
