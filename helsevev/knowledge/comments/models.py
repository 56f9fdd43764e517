"""Tables of comments and of what readers report. No address, and nothing of the sender's machine, is ever kept."""

import hashlib
import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.core.keeping import Keeping
from helsevev.knowledge.comments import rules

FILE_OWNER = "comment"


class Comment(models.Model):
    """What somebody says under a page or a project (kommentar).

    `thread` is the key of the comment that a conversation begins with; it is a key and no reference, so that answers
    stand when what they answer is deleted. The author's link is kept as a digest alone.
    """

    keeping: ClassVar = Keeping(
        until="30 days after it was refused or deleted, when its text is gone already; else as long as its page",
        personal=("name", "text", "account", "digest", "reason"),
        days=rules.KEPT_DAYS,
        counted_from="ended_at",
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    on = models.CharField(max_length=10, choices=[(one.value, one.value) for one in rules.On])
    subject = models.CharField(max_length=120)
    thread = models.UUIDField(db_index=True)
    language = models.CharField(max_length=2)
    name = models.CharField(max_length=rules.LONGEST_NAME, blank=True)
    text = models.TextField(blank=True)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in rules.State])
    written_at = models.DateTimeField(default=timezone.now)
    edited_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=rules.LONGEST_REASON, blank=True)

    class Meta:
        ordering = ("written_at", "pk")
        indexes: ClassVar = [
            models.Index(fields=["on", "subject", "written_at"], name="comments_of_subject"),
            models.Index(fields=["written_at"], condition=Q(state="waiting"), name="comments_waiting"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="deleted") | Q(name="", text="", account=None), name="deleted_comment_says_nothing"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "shown"], ended_at=None)
                | (Q(state__in=["refused", "deleted"]) & Q(ended_at__isnull=False)),
                name="comment_ends_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}/{self.subject}: {self.key}"

    @property
    def is_answer(self) -> bool:
        """Whether it answers another."""
        return self.thread != self.key

    @property
    def version(self) -> str:
        """Tells one wording from another, so that nobody decides on words they haven't read."""
        return hashlib.sha256(f"{self.name}\n{self.text}".encode()).hexdigest()[:16]


class Report(models.Model):
    """A reader finds that a comment shouldn't stand (melding), without saying who they are."""

    keeping: ClassVar = Keeping(until="its comment goes", personal=("reason",))

    comment = models.ForeignKey(Comment, models.CASCADE, related_name="reports")
    reason = models.CharField(max_length=rules.LONGEST_REASON)
    at = models.DateTimeField(default=timezone.now)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "pk")

    def __str__(self) -> str:
        return f"{self.comment_id} reported {self.at}"
