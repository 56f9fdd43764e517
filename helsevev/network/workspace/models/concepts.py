"""Tables of concept clarification: a word, what each party means by it, examples that test it, and what all signed."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.commons.forms.models import WrittenOnce
from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping
from helsevev.network.workspace.models.rows import Row
from helsevev.network.workspace.rules.concepts import Answer

ANSWERS = [(answer.value, answer.value) for answer in Answer]
UNTIL = "its initiative goes"


class Concept(Row):
    """A word that the parties must mean the same by (begrep). `also`: other ways to write it, one a line."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("changed_by", "deleted_by"))

    name = models.CharField(max_length=120)
    also = models.TextField(blank=True)
    why = models.TextField(blank=True)

    class Meta(Row.Meta):
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class PartyDefinition(models.Model):
    """What one party means by a word (partens definisjon)."""

    keeping: ClassVar = Keeping(until="its concept goes", personal=("changed_by",))

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="definitions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["concept", "organisation"], name="one_definition_each_party")
        ]

    def __str__(self) -> str:
        return f"{self.concept_id} by {self.organisation_id}"


class ConceptExample(Row):
    """An example that tests a word (prøveeksempel): does it fall inside or outside?"""

    keeping: ClassVar = Keeping(
        until="its concept goes; a deleted one for 180 days",
        personal=("changed_by", "deleted_by"),
        days=180,
        counted_from="deleted_at",
    )

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="examples")
    text = models.CharField(max_length=300)

    class Meta(Row.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.text


class ExampleAnswer(models.Model):
    """Whether an example falls inside what one party means by a word (prøvesvar)."""

    keeping: ClassVar = Keeping(until="its example goes", personal=("by",))

    example = models.ForeignKey(ConceptExample, models.CASCADE, related_name="answers")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    answer = models.CharField(max_length=7, choices=ANSWERS)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["example", "organisation"], name="one_example_answer_each_party")
        ]

    def __str__(self) -> str:
        return self.answer


class AgreedText(WrittenOnce):
    """A definition that all parties are asked to sign (omforent definisjon). An edit is a new one, with no signatures.

    `content` is what is signed, whole; `digest` is of exactly that.
    """

    keeping: ClassVar = Keeping(until="its concept goes", personal=("proposed_by",))

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="agreed")
    number = models.PositiveIntegerField()
    text = models.TextField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.CharField(max_length=300, blank=True)
    proposed_at = models.DateTimeField(default=timezone.now)
    proposed_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("concept", "-number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["concept", "number"], name="agreed_text_once")]

    def __str__(self) -> str:
        return f"{self.concept_id} no. {self.number}"


class ConceptSignature(WrittenOnce):
    """A named person has signed a definition for an organisation, as exactly that text (begrepssignatur)."""

    keeping: ClassVar = Keeping(until="its definition goes", personal=("name", "actor"))

    agreed = models.ForeignKey(AgreedText, models.CASCADE, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agreed", "organisation"], name="concept_signed_once_each_party")
        ]

    def __str__(self) -> str:
        return f"{self.organisation} signed {self.agreed}"
