"""The one index: documents, their texts and facets, and what makes counting cheap.

The database's own text index stands beside `DocumentText` and is kept by the database itself: on SQLite the FTS5 table
`finding_text_index` with triggers, on PostgreSQL the generated column `words` (see migration 0002). On SQLite a
migration that alters `finding_documenttext` makes the table anew and so drops the triggers: it must make them again;
`helsevev check finding` tells when someone forgot.
"""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.core.keeping import Keeping


class Audience(models.TextChoices):
    """Who may see that a document exists."""

    EVERYONE = "everyone"
    STAFF = "staff"


class Document(models.Model):
    """What a room has handed in to be found (dokument)."""

    keeping: ClassVar = Keeping(until="its room withdraws it")

    kind = models.SlugField(max_length=40, db_index=False)
    key = models.CharField(max_length=120)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    # The page that shows it, without the language it begins with; empty for what has none of its own.
    address = models.CharField(max_length=300, db_default="")
    indexed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["kind", "key"], name="document_once")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class DocumentText(models.Model):
    """A document's words in one language, as written for readers and folded for the text index.

    Its id holds its document's (`rules.text_id`), so that what the text index finds needs no look-up here.
    """

    keeping: ClassVar = Keeping(until="its document goes")

    document = models.ForeignKey(Document, models.CASCADE, related_name="texts", db_index=False)
    language = models.CharField(max_length=2)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    folded_title = models.TextField(blank=True)
    folded_body = models.TextField(blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["document", "language"], name="text_once_a_language")]

    def __str__(self) -> str:
        return self.title


class TextTerms(models.Model):
    """A text as search has read it: terms of its title, its tags and its passages. In a table of its own, since SQLite
    makes a table anew when a column is added, and would lose the triggers that keep the text index.
    """

    keeping: ClassVar = Keeping(until="its text goes")

    text = models.OneToOneField(DocumentText, models.CASCADE, primary_key=True, related_name="read_as")
    tags = models.TextField(blank=True)
    terms = models.TextField()

    def __str__(self) -> str:
        return f"terms of {self.text_id}"


class IndexState(models.Model):
    """One row: which version the documents and word lists have, so that every process sees that it must read anew.

    The mark is new with each version, so that a version that was rolled back isn't taken for the one that came instead.
    """

    keeping: ClassVar = Keeping(until="the installation goes")

    version = models.PositiveBigIntegerField(default=0)
    mark = models.CharField(max_length=32)

    def __str__(self) -> str:
        return f"version {self.version}"


class IndexChange(models.Model):
    """Which document a version changed or took away; none: the word lists."""

    keeping: ClassVar = Keeping(until="some thousand versions later")

    version = models.PositiveBigIntegerField(db_index=True)
    mark = models.CharField(max_length=32)
    document = models.PositiveBigIntegerField(null=True)

    def __str__(self) -> str:
        return f"version {self.version} changed {self.document or 'the word lists'}"


class WordGroup(models.Model):
    """Words that an editor has said answer for one another (ordgruppe), besides those that come with the product."""

    class Bond(models.TextChoices):
        """How its members belong together."""

        SAME = "same"
        RELATED = "related"
        NAME = "name"

    keeping: ClassVar = Keeping(until="an editor takes it away")

    bond = models.CharField(max_length=10, choices=Bond.choices, default=Bond.SAME)
    members = models.TextField(unique=True)
    changed_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.members.replace("\n", ", ")


class Facet(models.Model):
    """A property that documents are counted and filtered by (fasett), such as region=HV, and how many have it.

    Each audience has facets of its own, so a count can't tell a stranger of what only staff may see. The facet with
    empty name and value is every document of the kind. Facets that only tell of kinship aren't counted on any page.
    """

    keeping: ClassVar = Keeping(until="no document has the property")

    kind = models.SlugField(max_length=40, db_index=False)
    audience = models.CharField(max_length=10, choices=Audience.choices, default=Audience.EVERYONE)
    name = models.CharField(max_length=40, blank=True)
    value = models.CharField(max_length=120, blank=True)
    total = models.PositiveIntegerField(default=0)
    counted = models.BooleanField(default=True)

    class Meta:
        # Partial, since facets of kinship have about as many values as there are documents.
        indexes: ClassVar = [
            models.Index(fields=["kind", "audience"], condition=models.Q(counted=True), name="counted_facets")
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "name", "value", "audience"], name="facet_once_an_audience")
        ]

    def __str__(self) -> str:
        return f"{self.name}={self.value}: {self.total}"


class DocumentFacet(models.Model):
    """A document has a property. The most numerous rows of all, so they carry no id of their own."""

    keeping: ClassVar = Keeping(until="its document goes")

    pk = models.CompositePrimaryKey("document", "facet")
    document = models.ForeignKey(Document, models.CASCADE, related_name="facets", db_index=False)
    facet = models.ForeignKey(Facet, models.PROTECT, related_name="documents", db_index=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["facet", "document"], name="documents_of_facet")]

    def __str__(self) -> str:
        return f"{self.document_id} has {self.facet_id}"


class FacetBits(models.Model):
    """The documents of one facet again, as bits by block, from which a filtered page is counted."""

    keeping: ClassVar = Keeping(until="no document in the block has the property")

    facet = models.ForeignKey(Facet, models.CASCADE, related_name="bits", db_index=False)
    block = models.PositiveIntegerField()
    bits = models.BinaryField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["facet", "block"], name="facet_bits_once_a_block")]

    def __str__(self) -> str:
        return f"{self.facet_id}, block {self.block}"
