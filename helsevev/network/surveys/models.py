"""Tables of surveys. Who was invited and what was answered have no key, time or order in common (adr/0013)."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import FormVersion
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping
from helsevev.network.events.models import Meeting
from helsevev.network.surveys.rules.states import Kind, State

WITH_SURVEY = "its survey goes"


class Survey(models.Model):
    """A survey (spørreundersøkelse): one asking of one form. `results` are what was counted, already hidden."""

    keeping: ClassVar = Keeping(until="the network withdraws it from its history", personal=("made_by",))

    key = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=12, choices=[(one.value, one.value) for one in Kind])
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.DRAFT)
    year = models.PositiveSmallIntegerField()
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="surveys")
    initiative = models.ForeignKey(Initiative, models.PROTECT, null=True, blank=True, related_name="surveys")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="surveys")
    about = models.TextField(blank=True)
    groupings = models.JSONField(default=list)
    last_day = models.DateField(null=True, blank=True)
    link = models.CharField(max_length=40, unique=True, null=True, blank=True)
    handed_out = models.PositiveIntegerField(null=True, blank=True)
    started = models.PositiveIntegerField(default=0)
    results = models.TextField(blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    counted_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-year", "key")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(state="draft", opened_at=None) | (~Q(state="draft") & Q(opened_at__isnull=False)),
                name="survey_opened_when_open",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["counted", "published"]) | Q(counted_at__isnull=False),
                name="survey_counted_when_counted",
            ),
        ]

    def __str__(self) -> str:
        return self.key


class Invitation(models.Model):
    """Somebody who was asked (invitasjon), and whether they have begun and answered: never when, never what."""

    keeping: ClassVar = Keeping(
        until="365 days after it was made; after a meeting on the day that the meeting's page states",
        personal=("email", "name", "token_digest", "started", "answered", "reminders", "key"),
        days=365,
        counted_from="made_on",
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=150, blank=True)
    language = models.CharField(max_length=2, default="nb")
    token_digest = models.CharField(max_length=64, unique=True)
    reminders = models.PositiveSmallIntegerField(default=0)
    started = models.BooleanField(default=False)
    answered = models.BooleanField(default=False)
    made_on = models.DateField(default=timezone.localdate)

    class Meta:
        ordering = ("email",)
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["survey", "email"], name="asked_once"),
            models.CheckConstraint(condition=Q(reminders__lte=2), name="reminded_twice_at_most"),
        ]

    def __str__(self) -> str:
        return f"{self.survey_id}: {self.key}"


class Waiting(models.Model):
    """An answered form on its way to the others (ventende svar): sealed, and laid anew in a drawn order each time."""

    keeping: ClassVar = Keeping(until="it is mixed with others and goes on")

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="waiting")
    sealed = models.TextField()

    def __str__(self) -> str:
        return str(self.survey_id)


class Response(models.Model):
    """What somebody chose (besvarelse). Nothing in it, around it or in its place says who or when."""

    keeping: ClassVar = Keeping(until=WITH_SURVEY)

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="responses")
    choices = models.JSONField()

    def __str__(self) -> str:
        return str(self.survey_id)


class Theme(models.Model):
    """What several wrote of (tema), as whoever reads the words names it."""

    keeping: ClassVar = Keeping(until=WITH_SURVEY)

    survey = models.ForeignKey(Survey, models.CASCADE, related_name="themes")
    question = models.CharField(max_length=255)
    name = models.CharField(max_length=120)

    class Meta:
        ordering = ("question", "name")
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "question", "name"], name="theme_once")]

    def __str__(self) -> str:
        return self.name


class Remark(models.Model):
    """What somebody wrote to one question (fritekst), apart from all else that they answered."""

    keeping: ClassVar = Keeping(until=WITH_SURVEY, personal=("text",))

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.CASCADE, related_name="remarks")
    question = models.CharField(max_length=255)
    text = models.TextField()
    theme = models.ForeignKey(Theme, models.SET_NULL, null=True, blank=True, related_name="remarks")

    def __str__(self) -> str:
        return str(self.survey_id)
