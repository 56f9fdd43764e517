"""Tables of gates: an attempt to leave a phase, who approves, what they looked at, and what each decided."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import BoundResponse, Sheet, WrittenOnce
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping
from helsevev.network.workspace.rules.gates import Decision, State

STATES = [(state.value, state.value) for state in State]
DECISIONS = [(decision.value, decision.value) for decision in Decision]
UNTIL = "its initiative goes"


class Gate(models.Model):
    """An attempt to leave a phase (port). A phase that is entered again gets new gates; the old ones are kept."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("opened_by",))

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="gates")
    phase = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=State.PREPARING)
    decision = models.CharField(max_length=12, choices=DECISIONS, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-opened_at", "-pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["initiative", "phase", "number"], name="gate_number_once"),
            models.UniqueConstraint(
                fields=["initiative", "phase"],
                condition=Q(state__in=("preparing", "deciding")),
                name="one_gate_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(state="decided") & ~Q(decision="") & Q(decided_at__isnull=False))
                | (~Q(state="decided") & Q(decision="", decided_at=None)),
                name="decided_gate_has_its_decision",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.phase} no. {self.number}"


class GateApprover(models.Model):
    """A person who is named to decide on a gate for an organisation (godkjenner)."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("user", "name", "named_by"))

    gate = models.ForeignKey(Gate, models.CASCADE, related_name="approvers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="gates_to_approve")
    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    side = models.CharField(max_length=20)
    named_at = models.DateTimeField(default=timezone.now)
    named_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("side", "name", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["gate", "user", "organisation"], name="gate_approver_once")
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.organisation}"


class Evidence(models.Model):
    """What shows that a criterion is met (dokumentasjon): a file or an address."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("added_by", "removed_by"))

    gate = models.ForeignKey(Gate, models.CASCADE, related_name="evidence")
    criterion = models.CharField(max_length=60, blank=True)
    title = models.CharField(max_length=200)
    file = models.UUIDField(null=True, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    address = models.URLField(max_length=500, blank=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.CharField(max_length=60)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("added_at", "pk")
        verbose_name_plural = "evidence"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(file=None) & ~Q(address="")) | (Q(file__isnull=False) & Q(address="")),
                name="evidence_is_file_or_address",
            )
        ]

    def __str__(self) -> str:
        return self.title


class GateSubmission(WrittenOnce):
    """A gate as it was laid before its approvers (portframlegg): bound answers, evidence, and the digest of both."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("submitted_by",))

    gate = models.ForeignKey(Gate, models.CASCADE, related_name="submissions")
    number = models.PositiveIntegerField()
    response = models.ForeignKey(BoundResponse, models.PROTECT, related_name="+")
    evidence = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    submitted_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["gate", "number"], name="gate_submission_once")]

    def __str__(self) -> str:
        return f"{self.gate_id} no. {self.number}"


class GateVerdict(WrittenOnce):
    """What one approver decided about one submission, and why (portvedtak)."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("actor", "name", "reason"))

    submission = models.ForeignKey(GateSubmission, models.CASCADE, related_name="verdicts")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    side = models.CharField(max_length=20)
    actor = models.CharField(max_length=60)
    name = models.CharField(max_length=150)
    decision = models.CharField(max_length=12, choices=DECISIONS)
    reason = models.TextField()
    digest = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["submission", "actor", "organisation"], name="gate_verdict_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.decision}"


class Condition(models.Model):
    """What must be in place, and by when, for a gate that was passed on terms (vilkår)."""

    keeping: ClassVar = Keeping(until=UNTIL, personal=("met_by",))

    verdict = models.ForeignKey(GateVerdict, models.CASCADE, related_name="conditions")
    text = models.TextField()
    due = models.DateField()
    met_at = models.DateTimeField(null=True, blank=True)
    met_by = models.CharField(max_length=60, blank=True)
    met_note = models.TextField(blank=True)

    class Meta:
        ordering = ("due", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(met_at=None, met_by="") | (Q(met_at__isnull=False) & ~Q(met_by="")),
                name="condition_met_by_someone",
            )
        ]

    def __str__(self) -> str:
        return self.text
