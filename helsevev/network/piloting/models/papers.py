"""Papers that parties sign as exactly that text: pilot protocols and experiences.

What was ever laid before the parties is written once; how it fared stands in steps beside it.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from helsevev.commons.forms.models import WrittenOnce
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping
from helsevev.network.piloting.models.pilots import Pilot
from helsevev.network.piloting.rules.signing import Step


class Paper(models.Model):
    """A text that the parties write together and sign (dokument); `content` is the draft as it stands now."""

    class Kind(models.TextChoices):
        """What it is."""

        PROTOCOL = "protocol"
        EXPERIENCE = "experience"

    keeping: ClassVar = Keeping(until="its initiative goes", personal=("content", "changed_by"))

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    pilot = models.OneToOneField(Pilot, models.PROTECT, null=True, blank=True, related_name="protocol")
    content = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["initiative"],
                condition=models.Q(kind="experience"),
                name="one_experience_each_initiative",
            ),
            models.CheckConstraint(
                condition=models.Q(kind="protocol", pilot__isnull=False)
                | models.Q(kind="experience", pilot__isnull=True),
                name="protocol_has_a_pilot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.initiative_id}"


class PaperVersion(WrittenOnce):
    """A text laid before the parties (fremlagt tekst): whole, and never changed; `digest` is of exactly that."""

    keeping: ClassVar = Keeping(until="its paper goes", personal=("content", "offered_by"))

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    offered_at = models.DateTimeField(default=timezone.now)
    offered_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["paper", "number"], name="paper_version_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} v{self.number}"


class PaperStep(WrittenOnce):
    """What became of a text that was laid forward (steg): signed by all, void because it was changed, withdrawn."""

    keeping: ClassVar = Keeping(until="its text goes", personal=("by",))

    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="steps")
    step = models.CharField(max_length=9, choices=[(one.value, one.value) for one in Step])
    why = models.CharField(max_length=500, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "step"], name="paper_step_once")]

    def __str__(self) -> str:
        return f"{self.version_id} {self.step}"


class PaperSignature(WrittenOnce):
    """A named person has signed a text for an organisation, as exactly that text (signatur, samtykke)."""

    keeping: ClassVar = Keeping(until="its text goes", personal=("actor", "name"))

    version = models.ForeignKey(PaperVersion, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "organisation"], name="paper_signed_once_each_party")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} signed {self.version_id}"


class SignatureWithdrawal(WrittenOnce):
    """An organisation takes its consent back (tilbaketrekking); the signature stays as history."""

    keeping: ClassVar = Keeping(until="its signature goes", personal=("actor", "name", "why"))

    signature = models.OneToOneField(PaperSignature, models.PROTECT, related_name="withdrawal")
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    why = models.CharField(max_length=500)
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"withdrawal of {self.signature_id}"
