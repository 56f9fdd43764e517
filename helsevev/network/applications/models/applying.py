"""Tables of applications: who owns and writes them, who stands behind them, and what was sent in when."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import BoundResponse, Sheet
from helsevev.commons.initiatives.models import Initiative, Lineage
from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping
from helsevev.network.applications.models.rounds import Round

RETENTION = "five years after the round's decision; one that was never sent, a year"


class Application(models.Model):
    """An application (søknad). An organisation owns it; people come and go.

    `step` is a code of its round's workflow. The form's answers stand on `sheet`; what was sent in stands in
    `submissions`, each bound to the form's exact version and never changed. `detached` names files that go when it is
    sent anew, because what was sent in last still holds them.
    """

    keeping: ClassVar = Keeping(until=RETENTION, personal=("made_by",))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="applications")
    number = models.PositiveIntegerField()
    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="owned_applications")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, default="nb")
    sheet = models.OneToOneField(Sheet, models.PROTECT, related_name="application")
    step = models.CharField(max_length=40)
    step_since = models.DateTimeField(default=timezone.now)
    detached = models.JSONField(default=list, blank=True)
    is_invented = models.BooleanField(default=False)
    begun = models.UUIDField(unique=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)
    first_sent_at = models.DateTimeField(null=True, blank=True)
    last_sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("round", "number")
        indexes: ClassVar = [models.Index(fields=["round", "step", "number"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "number"], name="application_number_once"),
            models.CheckConstraint(
                condition=Q(first_sent_at=None, last_sent_at=None)
                | Q(first_sent_at__isnull=False, last_sent_at__isnull=False),
                name="application_sent_first_and_last",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def code(self) -> str:
        """What people call it by, such as 2026-2-014. The round must be at hand."""
        return f"{self.round.code}-{self.number:03}"


class Author(models.Model):
    """A person who writes an application (medforfatter), for one of the organisations behind it."""

    class Part(models.TextChoices):
        """What they may do: a leader invites, sends in and withdraws."""

        LEADER = "leader"
        CO_AUTHOR = "co_author"

    keeping: ClassVar = Keeping(
        until="its application goes, or the account", personal=("user", "part", "joined_at", "left_at")
    )

    application = models.ForeignKey(Application, models.CASCADE, related_name="authors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="authored_applications")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    part = models.CharField(max_length=10, choices=Part.choices)
    joined_at = models.DateTimeField(default=timezone.now)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("joined_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "user"], name="author_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} ({self.part})"


class Invitation(models.Model):
    """A letter that asks someone to write along (invitasjon). Of its link's token only the digest is kept."""

    keeping: ClassVar = Keeping(
        until="180 days after it was sent",
        personal=("email", "sent_at", "sent_by", "used_at", "withdrawn_at", "digest"),
        days=180,
        counted_from="sent_at",
    )

    application = models.ForeignKey(Application, models.CASCADE, related_name="invitations")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    email = models.EmailField(max_length=254)
    digest = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField(default=timezone.now)
    sent_by = models.CharField(max_length=60)
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-sent_at", "-id")

    def __str__(self) -> str:
        return self.email


class Partner(models.Model):
    """An organisation behind an application (deltaker), and whether it has confirmed that in its own name.

    `taken_back_at`: when it took its confirmation back, where it hasn't confirmed anew.
    """

    keeping: ClassVar = Keeping(until="its application goes", personal=("confirmed_by",))

    application = models.ForeignKey(Application, models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="partnered_applications")
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.CharField(max_length=60, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "organisation"], name="partner_once"),
            models.CheckConstraint(
                condition=Q(confirmed_at=None, confirmed_by="") | (Q(confirmed_at__isnull=False) & ~Q(confirmed_by="")),
                name="partner_confirmed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} behind {self.application_id}"


class Origin(models.Model):
    """An earlier project that an application continues, spreads or adapts (opphav): one of each kind at most."""

    keeping: ClassVar = Keeping(until="its application goes")

    application = models.ForeignKey(Application, models.CASCADE, related_name="origins")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="later_applications")
    kind = models.CharField(
        max_length=15, choices=[(kind, kind) for kind in Lineage.Kind.values if kind != Lineage.Kind.SAME_MODEL_AS]
    )

    class Meta:
        ordering = ("kind",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "kind"], name="one_origin_of_a_kind")]

    def __str__(self) -> str:
        return f"{self.kind} {self.initiative_id}"


class Submission(models.Model):
    """One sending in (innsending): what the form said then, and who stood behind it. Never changed.

    `attachments` and `partners` are as they were; `digest` seals all of it, and stands on the receipt.
    """

    keeping: ClassVar = Keeping(until=RETENTION, personal=("sent_by", "partners", "attachments"))

    application = models.ForeignKey(Application, models.CASCADE, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    response = models.OneToOneField(BoundResponse, models.PROTECT, related_name="submission")
    title = models.CharField(max_length=300)
    attachments = models.JSONField(default=list)
    partners = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    by_grace = models.BooleanField(default=False)
    sent_at = models.DateTimeField()
    sent_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="submission_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} no. {self.number}"


class StepMove(models.Model):
    """An application goes from one step to another (stegflytt): when, by whom, why. Kept for statistics."""

    keeping: ClassVar = Keeping(until="its application goes", personal=("by",))

    application = models.ForeignKey(Application, models.CASCADE, related_name="moves")
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=60)
    why = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.before} to {self.after}"
