"""The one index: documents, their texts and facets, and the totals that make an unfiltered count cheap."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping


class Document(models.Model):
    """What a room has handed in to be found (dokument)."""

    class Audience(models.TextChoices):
        """Who may see that it exists."""

        EVERYONE = "everyone"
        STAFF = "staff"

    keeping: ClassVar = Keeping(until="its room withdraws it")

    kind = models.SlugField(max_length=40)
    key = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DocumentText(models.Model):
    """A document's words in one language. The database's own text index stands beside it (see the migration)."""

    keeping: ClassVar = Keeping(until="its document goes")

    document = models.ForeignKey(Document, models.CASCADE, related_name="texts")
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "language"], name="text_once_a_language")]

    def __str__(self) -> str:
        return self.title


class DocumentFacet(models.Model):
    """One property that documents are counted and filtered by (fasett), such as region=HV."""

    keeping: ClassVar = Keeping(until="its document goes")

    document = models.ForeignKey(Document, models.CASCADE, related_name="facets")
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["name", "value", "document"], name="facet_by_value")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "name", "value"], name="facet_once")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}"


class FacetTotal(models.Model):
    """How many documents of a kind, open to everyone, have a property; kept in the transaction that changes them."""

    keeping: ClassVar = Keeping(until="no document has the property")

    kind = models.SlugField(max_length=40)
    name = models.CharField(max_length=40)
    value = models.CharField(max_length=120)
    total = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "name", "value"], name="facet_total_once")]

    def __str__(self) -> str:
        return f"{self.name}={self.value}: {self.total}"
