"""Tables of the annual report: numbers that a source states, forewords, and published editions."""

from collections.abc import Iterable
from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping


class StatedFigure(models.Model):
    """A number that a source states of a year (oppgitt tall). `label`: its wording, where the key can't tell."""

    keeping: ClassVar = Keeping(until="its source is taken back")

    year = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=120)
    value = models.FloatField()
    label = models.TextField(blank=True)
    source = models.CharField(max_length=300)
    approximate = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("year", "position", "key")
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "key"], name="stated_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.key}: {self.value}"


class Foreword(models.Model):
    """The text that opens a year's report (forord), in one language."""

    keeping: ClassVar = Keeping(until="the network withdraws it", personal=("changed_by",))

    year = models.PositiveSmallIntegerField()
    language = models.CharField(max_length=2)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "language"], name="foreword_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.language}"


class Edition(models.Model):
    """A published report (utgave): frozen in each language with its foreword. What is published never changes."""

    keeping: ClassVar = Keeping(until="the network withdraws it from its history", personal=("published_by",))

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    cutoff = models.DateField()
    documents = models.TextField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-year", "-number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["year", "number"], name="edition_once")]

    def __str__(self) -> str:
        return f"{self.year} edition {self.number}"

    def save_base(
        self,
        raw: bool = False,
        force_insert: bool | tuple[models.base.ModelBase, ...] = False,
        force_update: bool = False,
        using: str | None = None,
        update_fields: Iterable[str] | None = None,
    ) -> None:
        """Made once; a correction is a new edition."""
        if self.pk and not raw and not force_insert:
            raise TypeError("a published report never changes; publish a new edition")
        super().save_base(
            raw=raw, force_insert=force_insert, force_update=force_update, using=using, update_fields=update_fields
        )
