"""The trail's tables: lines that only grow, and the head that hands out numbers."""

from typing import ClassVar

from django.db import models

from helsevev.core.keeping import Keeping


class Line(models.Model):
    """One thing that was decided or changed (sporlinje). Never changed, never deleted."""

    keeping: ClassVar = Keeping(until="the installation is closed; a deleted person is a key without a name")

    number = models.BigIntegerField(primary_key=True)
    at = models.CharField(max_length=32)
    actor = models.CharField(max_length=60)
    verb = models.CharField(max_length=60)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=200)
    detail = models.TextField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ("number",)
        indexes: ClassVar = [models.Index(fields=["kind", "key", "number"])]

    def __str__(self) -> str:
        return f"{self.number} {self.verb} {self.kind} {self.key}"


class Head(models.Model):
    """The last line's number and digest; its one row is locked while a line is written."""

    keeping: ClassVar = Keeping(until="the installation is closed")

    number = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="")

    def __str__(self) -> str:
        return str(self.number)
