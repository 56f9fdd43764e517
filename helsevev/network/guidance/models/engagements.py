"""Tables of engagements, their advisors, what is agreed, their story, and groups that share sessions."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping
from helsevev.core.ledger_sharing import Counting, Sharing
from helsevev.network.guidance.rules.engagements import ItemKind, Step, Support

STORY = "the network withdraws the project from its history"


class Engagement(models.Model):
    """Guidance of one project, from its award through every renewal and extension (veiledningsløp).

    `last_line` numbers the ledger: whoever books locks this row first, so that lines come one after the other.
    """

    keeping: ClassVar = Keeping(until=STORY, personal=("opened_by", "closed_by"))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    support = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Support])
    starts = models.DateField()
    ends = models.DateField()
    counting = models.CharField(
        max_length=20, choices=[(one.value, one.value) for one in Counting], default=Counting.EACH_ADVISOR
    )
    counting_note = models.CharField(max_length=500, blank=True)
    last_line = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("-starts", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="engagement_ends_after_start"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by="") | (Q(closed_at__isnull=False) & ~Q(closed_by="")),
                name="engagement_closed_by_someone",
            ),
        ]

    def __str__(self) -> str:
        return f"engagement {self.key}"


class EngagementInitiative(models.Model):
    """An initiative that an engagement is about; a renewal's own initiative joins the story of the one it continues."""

    keeping: ClassVar = Keeping(until=STORY)

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="places")
    initiative = models.OneToOneField(Initiative, models.PROTECT, related_name="engagement_place")
    since = models.DateField()

    class Meta:
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.engagement_id}: {self.initiative_id}"


class EngagementAdvisor(models.Model):
    """Someone who advises in an engagement, from one date to another (rådgiver)."""

    keeping: ClassVar = Keeping(until=STORY, personal=("user", "since", "until", "by"))

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="advisors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="engagements")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    by = models.CharField(max_length=60)

    class Meta:
        ordering = ("since", "pk")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["engagement", "user"], condition=Q(until=None), name="advises_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} advises {self.engagement_id}"


class AgreedItem(models.Model):
    """A goal or a deliverable that project and advisors have agreed on (avtalt mål, leveranse)."""

    keeping: ClassVar = Keeping(until=STORY, personal=("changed_by",))

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="agreed")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in ItemKind])
    text = models.CharField(max_length=500)
    due = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    dropped_on = models.DateField(null=True, blank=True)
    changed_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-kind", "pk")

    def __str__(self) -> str:
        return self.text


class EngagementStep(models.Model):
    """Something that happened to an engagement (steg); nothing is overwritten, so the story can be read."""

    keeping: ClassVar = Keeping(until=STORY, personal=("by",))

    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=15, choices=[(one.value, one.value) for one in Step])
    on = models.DateField()
    starts = models.DateField(null=True, blank=True)
    ends = models.DateField(null=True, blank=True)
    minutes = models.IntegerField(default=0)
    what = models.CharField(max_length=500, blank=True)
    why = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["engagement", "number"], name="engagement_step_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"


class GuidanceGroup(models.Model):
    """Projects with one theme that share sessions (veiledningsgruppe), and the rule that shared time falls by."""

    keeping: ClassVar = Keeping(until=STORY, personal=("made_by",))

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(max_length=200)
    sharing = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Sharing])
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """An engagement's time in a group (deltakelse)."""

    keeping: ClassVar = Keeping(until=STORY)

    group = models.ForeignKey(GuidanceGroup, models.PROTECT, related_name="members")
    engagement = models.ForeignKey(Engagement, models.PROTECT, related_name="memberships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("pk",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["group", "engagement"], condition=Q(until=None), name="in_group_once"),
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id} in {self.group_id}"


class AdvisorCapacity(models.Model):
    """Hours that an advisor can give the network in a period (kapasitet). A wrong one is withdrawn, not erased."""

    keeping: ClassVar = Keeping(
        until="ten years after the period ended",
        personal=("user", "starts", "ends", "minutes", "note", "by", "withdrawn_by"),
        days=3653,
        counted_from="ends",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="capacities")
    starts = models.DateField()
    ends = models.DateField()
    minutes = models.PositiveIntegerField()
    note = models.CharField(max_length=300, blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("starts", "pk")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(ends__gte=F("starts")), name="capacity_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.minutes}"
