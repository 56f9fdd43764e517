"""Tables of screening, ties and conflicts, and assessments with their scores."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import Sheet
from helsevev.commons.people.models import Organisation
from helsevev.core.keeping import Keeping
from helsevev.network.applications.models import Application, Criterion
from helsevev.network.assessment.rules.scoring import Advice
from helsevev.network.assessment.rules.screening import Verdict

WITH_APPLICATION = "its application goes"
UNTIL_FORGOTTEN = "its application goes; the person's key for two years after the round's decision"
UNTIL_OPENED = (
    "two years after the round's decision; that somebody may not read an application, without the reason, until it goes"
)


class Screening(models.Model):
    """An application's screening (siling): the sheet on which its conditions are judged, bound when it is finished."""

    keeping: ClassVar = Keeping(until=WITH_APPLICATION)

    application = models.OneToOneField(Application, models.CASCADE, related_name="screened_on")
    sheet = models.OneToOneField(Sheet, models.SET_NULL, null=True, related_name="screening")

    def __str__(self) -> str:
        return f"{self.application_id} on {self.sheet_id}"


class ScreeningAnswer(models.Model):
    """What was judged of one condition of one application (silingssvar): what, who, when, why; as its sheet says."""

    keeping: ClassVar = Keeping(until=WITH_APPLICATION, personal=("by",))

    application = models.ForeignKey(Application, models.CASCADE, related_name="screening")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="screening")
    verdict = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Verdict])
    reason = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "criterion"], name="screened_once"),
        ]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.verdict}"


class StatedTie(models.Model):
    """An organisation that someone says they belong to (tilknytning), besides those where they hold a role."""

    keeping: ClassVar = Keeping(
        until="the person takes it back, or the account goes", personal=("user", "organisation", "stated_at")
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="stated_ties")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "organisation"], name="tie_stated_once")]

    def __str__(self) -> str:
        return f"{self.user_id} belongs to {self.organisation_id}"


class Declaration(models.Model):
    """What someone declares of their own ties to one application (habilitetserklæring)."""

    keeping: ClassVar = Keeping(until=UNTIL_OPENED, personal=("user", "conflict", "reason", "at"))

    application = models.ForeignKey(Application, models.CASCADE, related_name="declarations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="declarations")
    conflict = models.BooleanField()
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "user"], name="declared_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.conflict}"


class Lift(models.Model):
    """The secretariat finds that a tie doesn't stand in the way (opphevet treff), and says why."""

    keeping: ClassVar = Keeping(until="two years after the round's decision", personal=("user", "reason", "by"))

    application = models.ForeignKey(Application, models.CASCADE, related_name="lifts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="lifts")
    reason = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["application", "user"], name="lifted_once")]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.reason}"


class Assessment(models.Model):
    """One assessor's assessment of one application (vurdering): assigned, begun on a sheet, and given.

    `seat` stands for the assessor when the person's key is taken away, so that statistics survive.
    """

    keeping: ClassVar = Keeping(until=UNTIL_FORGOTTEN, personal=("user", "comment", "assigned_by"))

    application = models.ForeignKey(Application, models.CASCADE, related_name="assessments")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="assessments")
    seat = models.CharField(max_length=40, blank=True)
    had = models.PositiveSmallIntegerField(default=0)
    free = models.PositiveSmallIntegerField(default=0)
    assigned_at = models.DateTimeField(default=timezone.now)
    assigned_by = models.CharField(max_length=60)
    sheet = models.OneToOneField(Sheet, models.SET_NULL, null=True, blank=True, related_name="assessment")
    given_at = models.DateTimeField(null=True, blank=True)
    advice = models.CharField(max_length=10, blank=True, choices=[(one.value, one.value) for one in Advice])
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("assigned_at", "id")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "user"], name="assessed_once"),
            models.CheckConstraint(
                condition=Q(given_at=None) | ~Q(advice=""), name="given_assessment_recommends_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} by {self.user_id}"


class Score(models.Model):
    """The score on one criterion in a given assessment (poeng), with its reason."""

    keeping: ClassVar = Keeping(until=WITH_APPLICATION)

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, models.PROTECT, related_name="scores")
    score = models.SmallIntegerField()
    reason = models.TextField()

    class Meta:
        ordering = ("criterion__position", "id")
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessment", "criterion"], name="scored_once")]

    def __str__(self) -> str:
        return f"{self.criterion_id}: {self.score}"


class Note(models.Model):
    """What was said of an application in a meeting (møtenotat)."""

    keeping: ClassVar = Keeping(until=WITH_APPLICATION, personal=("by",))

    application = models.ForeignKey(Application, models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:60]
