"""Tables of the thread through the house: initiatives, taxonomy, parties, lineage, phase moves, followers."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping


class Term(models.Model):
    """A word of the taxonomy that all wings share (begrep): a patient group, a theme, a health region."""

    keeping: ClassVar = Keeping(until="the taxonomy drops it")

    vocabulary = models.CharField(max_length=30)
    code = models.SlugField(max_length=80)
    nb = models.CharField(max_length=120)
    nn = models.CharField(max_length=120)
    en = models.CharField(max_length=120)
    also = models.JSONField(default=list, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("vocabulary", "position", "code")
        constraints: ClassVar = [models.UniqueConstraint(fields=["vocabulary", "code"], name="term_once")]

    def __str__(self) -> str:
        return f"{self.vocabulary}:{self.code}"


class Initiative(models.Model):
    """One innovation from idea to practice (tiltak). An empty kind or status means: not stated by the source."""

    class Kind(models.TextChoices):
        """New, or the spread of another's."""

        INNOVATION = "innovation"
        SPREAD = "spread"

    class Status(models.TextChoices):
        """Whether someone works on it."""

        ONGOING = "ongoing"
        CLOSED = "closed"

    keeping: ClassVar = Keeping(until="the network withdraws it from its history")

    key = models.SlugField(max_length=100, unique=True)
    title = models.CharField(max_length=300)
    title_nn = models.CharField(max_length=300, blank=True)
    title_en = models.CharField(max_length=300, blank=True)
    kind = models.CharField(max_length=12, choices=Kind.choices, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, blank=True)
    status_as_of = models.CharField(max_length=10, blank=True)
    terms = models.ManyToManyField(Term, related_name="initiatives", blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("key",)
        indexes: ClassVar = [models.Index(fields=["title"]), models.Index(fields=["changed_at"])]

    def __str__(self) -> str:
        return self.title

    @property
    def titles(self) -> dict[str, str]:
        """The title by language; empty where there is none."""
        return {"nb": self.title, "nn": self.title_nn, "en": self.title_en}


class Party(models.Model):
    """An organisation's part in an initiative (part); a generic party ("GPs") has a kind and no organisation."""

    class Role(models.TextChoices):
        """What part it takes."""

        OWNER = "owner"
        PARTNER = "partner"

    keeping: ClassVar = Keeping(until="its initiative goes")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="parties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="parts")
    role = models.CharField(max_length=10, choices=Role.choices)
    generic = models.CharField(max_length=30, blank=True)
    stated_name = models.CharField(max_length=200)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("role", "position")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False, generic="") | (Q(organisation=None) & ~Q(generic="")),
                name="party_is_organisation_or_generic",
            )
        ]

    def __str__(self) -> str:
        return self.stated_name


class Lineage(models.Model):
    """Where an initiative comes from (opphav)."""

    class Kind(models.TextChoices):
        """How it stands to its parent. `same_model_as`: same name and model, but adoption isn't stated."""

        CONTINUES = "continues"
        SPREADS = "spreads"
        ADAPTS = "adapts"
        SAME_MODEL_AS = "same_model_as"

    keeping: ClassVar = Keeping(until="either initiative goes")

    child = models.ForeignKey(Initiative, models.CASCADE, related_name="parents")
    parent = models.ForeignKey(Initiative, models.PROTECT, related_name="offspring")
    kind = models.CharField(max_length=15, choices=Kind.choices)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["child", "kind"], name="one_parent_of_a_kind"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="not_own_parent"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} {self.kind} {self.parent_id}"


class PhaseMove(models.Model):
    """An initiative enters a phase of the Roadmap (faseflytt). Kept for good: a wrong one is withdrawn, not erased.

    `on` and `until` are dates as precise as the source ("2023", "2023-01", "2023-01-15"); `first_day` is what
    they are sorted by. `as_of`: was in the phase at that date; when it entered isn't stated.
    """

    keeping: ClassVar = Keeping(until="its initiative goes")

    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="moves")
    phase = models.CharField(max_length=30)
    on = models.CharField(max_length=10)
    first_day = models.DateField()
    until = models.CharField(max_length=10, blank=True)
    last_day = models.DateField(null=True, blank=True)
    planned = models.BooleanField(default=False)
    as_of = models.BooleanField(default=False)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.CharField(max_length=60)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=60, blank=True)
    withdrawn_why = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        ordering = ("first_day", "id")
        indexes: ClassVar = [models.Index(fields=["first_day", "initiative"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by="") | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="")),
                name="move_withdrawn_by_someone",
            )
        ]

    def __str__(self) -> str:
        return f"{self.phase} {self.on}"


class Follow(models.Model):
    """A person follows an initiative and hears of its news (følger); `heard_until`: what came later is still untold."""

    keeping: ClassVar = Keeping(
        until="the person stops following or the account goes", personal=("user", "initiative", "heard_until")
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="follows")
    initiative = models.ForeignKey(Initiative, models.CASCADE, related_name="followers")
    since = models.DateTimeField(default=timezone.now)
    heard_until = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "initiative"], name="follow_once")]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.initiative_id}"
