"""What the rows of a workspace share: who changed them, a way back from deleting, and a history of every change."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import WrittenOnce
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping

DELETED_DAYS = 180


class Row(models.Model):
    """A row that people change together (rad). `version` grows with each change; a deleted one can be restored."""

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="%(app_label)s_%(class)ss")
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)
    deleted_at = models.DateTimeField(null=True, blank=True)
    deleted_by = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by="") | (Q(deleted_at__isnull=False) & ~Q(deleted_by="")),
                name="%(class)s_deleted_by_someone",
            )
        ]


class RowChange(WrittenOnce):
    """One change of one row (radendring): its fields before and after. An empty `before`: the row was made."""

    class Verb(models.TextChoices):
        """What was done."""

        MADE = "made"
        CHANGED = "changed"
        DELETED = "deleted"
        RESTORED = "restored"
        UNDONE = "undone"

    keeping: ClassVar = Keeping(until="its initiative goes", personal=("by",))

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="row_changes")
    table = models.SlugField(max_length=30)
    row = models.UUIDField()
    number = models.PositiveIntegerField()
    verb = models.CharField(max_length=8, choices=Verb.choices)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    at = models.DateTimeField(default=timezone.now)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-at", "-id")
        indexes: ClassVar = [models.Index(fields=["initiative", "table"])]
        constraints: ClassVar = [models.UniqueConstraint(fields=["table", "row", "number"], name="row_change_once")]

    def __str__(self) -> str:
        return f"{self.table} {self.row} {self.number}"


class WorkDraft(models.Model):
    """What someone has typed on a page of a workspace and not yet saved (arbeidskladd)."""

    keeping: ClassVar = Keeping(
        until="it is saved or thrown away, at most 180 days",
        personal=("user", "fields"),
        days=180,
        counted_from="saved_at",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="work_drafts")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="work_drafts")
    place = models.CharField(max_length=120)
    fields = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "initiative", "place"], name="one_work_draft_in_a_place")
        ]

    def __str__(self) -> str:
        return f"draft of {self.place}"
