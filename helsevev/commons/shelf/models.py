"""The shelf's tables: what lies there, and who took it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping


class Item(models.Model):
    """A typed, dated, impersonal thing that a room has put on the shelf (ting på hylla). A new version is a new row."""

    keeping: ClassVar = Keeping(until="its initiative goes")

    type = models.SlugField(max_length=60)
    key = models.CharField(max_length=120)
    version = models.PositiveIntegerField()
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="shelf_items")
    title = models.CharField(max_length=300)
    body = models.JSONField()
    digest = models.CharField(max_length=64)
    put_at = models.DateTimeField(default=timezone.now)
    put_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-put_at", "-id")
        indexes: ClassVar = [models.Index(fields=["type", "initiative"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["type", "key", "version"], name="shelf_version_once"),
            models.UniqueConstraint(
                fields=["type", "key"], condition=Q(withdrawn_at=None), name="one_current_version_on_shelf"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="shelf_withdrawn_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.key} v{self.version}"


class Taking(models.Model):
    """A room has taken an item, and says where it is shown (uttak)."""

    keeping: ClassVar = Keeping(until="its item goes")

    item = models.ForeignKey(Item, models.CASCADE, related_name="takings")
    room = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    taken_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["item", "room", "url"], name="taken_once")]

    def __str__(self) -> str:
        return f"{self.room}: {self.url}"
