"""The table of stored files; their bytes lie on disk, under names that say nothing."""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.files.rules import Kind
from helsevev.core.keeping import Keeping


class StoredFile(models.Model):
    """A file that somebody sent in (lagret fil), as it is kept: content checked, active parts taken out.

    The room that owns it (`owner_kind`, `owner_key`) decides who may read it. `key` is what addresses say, `place`
    where the bytes lie; neither can be guessed from the other.
    """

    class State(models.TextChoices):
        """Where it stands. `withdrawn`: shown to nobody, its bytes wait to be erased; `erased`: they are gone."""

        KEPT = "kept"
        WITHDRAWN = "withdrawn"
        ERASED = "erased"

    keeping: ClassVar = Keeping(
        until="a year after its bytes were erased; they are erased 30 days after its owner let it go",
        personal=("name", "received_by"),
        days=365,
        counted_from="erased_at",
    )

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    place = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=160)
    kind = models.CharField(max_length=10, choices=[(kind.value, kind.value) for kind in Kind])
    size = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    sent_digest = models.CharField(max_length=64)
    pages = models.PositiveIntegerField(null=True, blank=True)
    removed = models.JSONField(default=list, blank=True)
    owner_kind = models.CharField(max_length=60)
    owner_key = models.CharField(max_length=120)
    received_at = models.DateTimeField(default=timezone.now)
    received_by = models.CharField(max_length=60)
    state = models.CharField(max_length=10, choices=State.choices, default=State.KEPT)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("received_at", "id")
        indexes: ClassVar = [
            models.Index(fields=["owner_kind", "owner_key", "state"], name="files_of_an_owner"),
            models.Index(fields=["state", "withdrawn_at"], name="files_to_erase"),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["owner_kind", "owner_key", "sent_digest"], condition=Q(state="kept"), name="file_kept_once"
            ),
            models.CheckConstraint(
                condition=Q(state="kept", withdrawn_at=None, erased_at=None)
                | Q(state="withdrawn", withdrawn_at__isnull=False, erased_at=None)
                | Q(state="erased", withdrawn_at__isnull=False, erased_at__isnull=False),
                name="file_state_has_its_dates",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.owner_kind} {self.owner_key})"
