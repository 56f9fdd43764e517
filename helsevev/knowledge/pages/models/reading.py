"""What readers see of the pages: flat rows that a list or a page takes with one statement.

They are written in the transaction that publishes, and can be made again from the pages at any time.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from helsevev.core.keeping import Keeping


class Shown(models.Model):
    """A published page in one language, as lists and addresses need it (vist side).

    A page's texts in several languages are one family. `in_nb`, `in_nn` and `in_en` say in which languages' lists
    this text stands: its own, and those where there is none of their own.
    """

    keeping: ClassVar = Keeping(until="the page is unpublished")

    page = models.OneToOneField("wagtailcore.Page", models.CASCADE, primary_key=True, related_name="shown")
    family = models.UUIDField()
    kind = models.CharField(max_length=20)
    language = models.CharField(max_length=2)
    slug = models.SlugField(max_length=255)
    title = models.CharField(max_length=255)
    lead = models.TextField(blank=True)
    first_published = models.DateTimeField()
    updated = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=1)
    files = models.PositiveSmallIntegerField(default=0)
    initiative = models.CharField(max_length=120, blank=True)
    tags = models.JSONField(default=dict)
    in_nb = models.BooleanField(default=False)
    in_nn = models.BooleanField(default=False)
    in_en = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["slug"], name="shown_by_slug"),
            models.Index(fields=["initiative"], condition=~Q(initiative=""), name="shown_by_initiative"),
            models.Index(fields=["-first_published"], condition=Q(in_nb=True), name="shown_in_nb"),
            models.Index(fields=["-first_published"], condition=Q(in_nn=True), name="shown_in_nn"),
            models.Index(fields=["-first_published"], condition=Q(in_en=True), name="shown_in_en"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["family", "language"], name="shown_once_a_language"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"


class Version(models.Model):
    """How often something that readers see has changed (versjon): one row, so that every process forgets old pages."""

    keeping: ClassVar = Keeping(until="the installation is closed")

    number = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.number)


class FormerAddress(models.Model):
    """An address that a page had before (tidligere adresse): it leads to the page for ever."""

    keeping: ClassVar = Keeping(until="its page is deleted")

    slug = models.SlugField(max_length=255, unique=True)
    family = models.UUIDField(db_index=True)

    def __str__(self) -> str:
        return self.slug


class LoadedFile(models.Model):
    """A text that came with the product or an import, and the page it became (innlest fil).

    Its row stays when an editor has deleted the page, so that it isn't made again.
    """

    keeping: ClassVar = Keeping(until="the installation is closed")

    name = models.CharField(max_length=300, unique=True)
    digest = models.CharField(max_length=64)
    page = models.ForeignKey("wagtailcore.Page", models.SET_NULL, null=True, blank=True, related_name="+")
    revision = models.BigIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Visit(models.Model):
    """What an address of another site answered when it was last asked (besøk): for the report of dead links."""

    keeping: ClassVar = Keeping(until="no published page links to it")

    address = models.CharField(max_length=1_000, unique=True)
    answer = models.CharField(max_length=10)
    status = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(db_index=True)
    failing_since = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.address
