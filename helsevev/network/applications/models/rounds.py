"""Tables of rounds: workflow versions, rounds, criteria, panels, letters, and who follows the calls."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from helsevev.commons.forms.models import FormVersion
from helsevev.core.keeping import Keeping
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules.rounds_content import Check, CriterionKind, Outcome

LANGUAGES = [("nb", "nb"), ("nn", "nn"), ("en", "en")]


class WorkflowVersion(models.Model):
    """One version of the way through a round (arbeidsflyt): never changed, as rounds keep the one they began with."""

    keeping: ClassVar = Keeping(until="the installation is closed", personal=("made_by",))

    number = models.PositiveIntegerField(unique=True)
    steps = models.JSONField()
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("-number",)

    def __str__(self) -> str:
        return str(self.number)


class Round(models.Model):
    """A round (tildelingsrunde): its call, its times and what it has to give.

    `stage` is the workflow's step at which the round stands once it is closed. Texts, themes and focus areas hold
    words by language. `stated_new` and `stated_renewed` are what a source says of a round that was decided elsewhere;
    they stand beside what is counted, and are never made to agree.
    """

    State = rules.State
    keeping: ClassVar = Keeping(until="the network withdraws it from its history")

    year = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(one.value, one.value) for one in rules.State], default=rules.State.DRAFT
    )
    opens_at = models.DateTimeField(null=True, blank=True)
    closes_at = models.DateTimeField(null=True, blank=True)
    decides_at = models.DateTimeField(null=True, blank=True)
    grace_minutes = models.PositiveSmallIntegerField(default=0)
    supports = models.JSONField(default=list, blank=True)
    themes = models.JSONField(default=list, blank=True)
    focus_areas = models.JSONField(default=list, blank=True)
    patient_groups = models.JSONField(default=list, blank=True)
    hours = models.PositiveIntegerField(default=0)
    texts = models.JSONField(default=dict, blank=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="rounds")
    workflow = models.ForeignKey(WorkflowVersion, models.PROTECT, related_name="rounds")
    stage = models.CharField(max_length=40, blank=True)
    stage_since = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    closed_why = models.CharField(max_length=300, blank=True)
    stated_new = models.PositiveSmallIntegerField(null=True, blank=True)
    stated_renewed = models.PositiveSmallIntegerField(null=True, blank=True)
    stated_source = models.CharField(max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("-year", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["year", "number"], name="round_once"),
            models.CheckConstraint(
                condition=Q(opens_at=None) | Q(closes_at=None) | Q(opens_at__lt=F("closes_at")),
                name="round_opens_before_it_closes",
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(opens_at__isnull=False, closes_at__isnull=False),
                name="published_round_has_times",
            ),
            models.CheckConstraint(
                condition=Q(grace_minutes__lte=rules.LONGEST_GRACE), name="round_grace_is_an_hour_at_most"
            ),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def code(self) -> str:
        """Its name in addresses, such as 2026-2."""
        return f"{self.year}-{self.number}"

    @property
    def times(self) -> rules.Times:
        """Its times, as rules understand them."""
        return rules.Times(self.opens_at, self.closes_at, self.decides_at, self.grace_minutes, self.closed_at)

    def standing(self, now: datetime) -> rules.Standing:
        """Where it stands at a moment."""
        return rules.standing(rules.State(self.state), self.times, now)


class Criterion(models.Model):
    """What applications are let in or weighed by in one round (kriterium), with its anchored levels."""

    keeping: ClassVar = Keeping(until="its round goes")

    round = models.ForeignKey(Round, models.CASCADE, related_name="criteria")
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in CriterionKind])
    code = models.SlugField(max_length=60)
    names = models.JSONField(default=dict)
    about = models.JSONField(default=dict, blank=True)
    weight = models.PositiveSmallIntegerField(default=0)
    levels = models.JSONField(default=list, blank=True)
    check_by = models.CharField(max_length=20, blank=True, choices=[(one.value, one.value) for one in Check if one])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "code"], name="criterion_once_in_a_round"),
            models.CheckConstraint(condition=Q(weight__lte=100), name="criterion_weight_is_percent"),
        ]

    def __str__(self) -> str:
        return f"{self.code} ({self.kind})"


class PanelMember(models.Model):
    """A person on a round's panel (panelmedlem), and what they do there."""

    class Part(models.TextChoices):
        """What they do."""

        ASSESSOR = "assessor"
        RESOURCE_GROUP = "resource_group"
        STEERING_GROUP = "steering_group"

    keeping: ClassVar = Keeping(
        until="two years after the round's decision, or the account goes", personal=("user", "part", "position")
    )

    round = models.ForeignKey(Round, models.CASCADE, related_name="panel")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="panels")
    part = models.CharField(max_length=20, choices=Part.choices)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("part", "position", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "user", "part"], name="on_a_panel_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.part}"


class LetterTemplate(models.Model):
    """What a round's letters say for one outcome in one language (brevmal)."""

    keeping: ClassVar = Keeping(until="its round goes")

    round = models.ForeignKey(Round, models.CASCADE, related_name="letters")
    outcome = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Outcome])
    language = models.CharField(max_length=2, choices=LANGUAGES)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(blank=True)

    class Meta:
        ordering = ("outcome", "language")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "outcome", "language"], name="letter_template_once"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} ({self.language})"


class CallFollower(models.Model):
    """Someone who wants a letter when a call opens (følger av utlysninger): asked for, then confirmed by the owner.

    Of the link's token only the digest is kept. An address that is never confirmed goes after a week.
    """

    keeping: ClassVar = Keeping(
        until="the person stops following; one that is never confirmed is forgotten after a week",
        personal=("email", "language", "digest", "asked_at", "confirmed_at", "key"),
    )

    email = models.EmailField(max_length=254, unique=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, default="nb")
    key = models.UUIDField(unique=True)
    digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.email
