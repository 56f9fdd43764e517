"""Tables of the allocation board, its steps, letters with their copies, questions from applicants, and awards."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.commons.forms.models import FormVersion
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.rules.rounds_content import Outcome
from helsevev.network.assessment.rules import board as rules

OUTCOMES = [(one.value, one.value) for one in Outcome]
WITH_APPLICATION = "its application goes"


class Board(models.Model):
    """A round's work after its deadline (tildelingstavle): the form assessed by, by when, and how far it has come.

    `version` grows with every step on the board, so that whoever saw an older one is told.
    """

    keeping: ClassVar = Keeping(until="its round goes", personal=("recommended_by", "decided_by"))

    round = models.OneToOneField(Round, models.CASCADE, related_name="board")
    state = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in rules.State], default=rules.State.OPEN
    )
    version = models.PositiveIntegerField(default=1)
    wanted = models.PositiveSmallIntegerField(default=2)
    assess_by = models.DateField(null=True, blank=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="boards")
    recommended_at = models.DateTimeField(null=True, blank=True)
    recommended_by = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=60, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"board {self.round_id}"


class Placement(models.Model):
    """Where an application is placed now (plassering): what it gets, hours, place in line, and why.

    `given_up_at`: guidance that was decided and that the applicants said no to, so that its hours are free.
    """

    keeping: ClassVar = Keeping(until=WITH_APPLICATION, personal=("by",))

    board = models.ForeignKey(Board, models.CASCADE, related_name="placements")
    application = models.OneToOneField(Application, models.CASCADE, related_name="placement")
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    hours = models.PositiveIntegerField(default=0)
    reserve = models.PositiveSmallIntegerField(default=0)
    reason = models.TextField(blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome__in=["tailored", "group"], hours__gt=0) | Q(hours=0), name="hours_are_for_guidance"
            ),
            models.CheckConstraint(
                condition=Q(given_up_at=None) | Q(outcome__in=["tailored", "group"]), name="guidance_alone_is_given_up"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id}: {self.outcome}"


class BoardStep(models.Model):
    """One step on the board (steg på tavlen): nothing is overwritten, so every change of mind can be read."""

    keeping: ClassVar = Keeping(until="its round goes", personal=("by",))

    board = models.ForeignKey(Board, models.CASCADE, related_name="steps")
    number = models.PositiveIntegerField()
    step = models.CharField(max_length=10, choices=[(one.value, one.value) for one in rules.Step])
    state = models.CharField(max_length=12)
    application = models.ForeignKey(Application, models.CASCADE, null=True, blank=True, related_name="board_steps")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["board", "number"], name="board_step_once")]

    def __str__(self) -> str:
        return f"{self.number} {self.step}"


class Letter(models.Model):
    """A letter to an applicant about the decision (vedtaksbrev); once sent, it stays byte for byte.

    When a place is given from the reserve list there is another letter; `number` counts them. `paper` is the key of the
    PDF that was made when it was sent.
    """

    keeping: ClassVar = Keeping(until=WITH_APPLICATION, personal=("changed_by", "read_by", "sent_by"))

    application = models.ForeignKey(Application, models.CASCADE, related_name="decision_letters")
    number = models.PositiveSmallIntegerField(default=1)
    outcome = models.CharField(max_length=12, choices=OUTCOMES)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    reason = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64, blank=True)
    paper = models.UUIDField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    sent_by = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ("application", "number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["application", "number"], name="letter_number_once"),
            models.CheckConstraint(
                condition=Q(sent_at=None, digest="") | (Q(sent_at__isnull=False) & ~Q(digest="")),
                name="sent_letter_is_sealed",
            ),
        ]

    def __str__(self) -> str:
        return self.subject


class LetterCopy(models.Model):
    """A letter to one of those who get it (brevkopi); `message` is the message's key, by which delivery is known.

    `state` is what came of it, written here because messages are deleted long before letters.
    """

    keeping: ClassVar = Keeping(until="its letter goes, or the account", personal=("user", "state"))

    letter = models.ForeignKey(Letter, models.CASCADE, related_name="copies")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="letter_copies")
    message = models.CharField(max_length=200, unique=True)
    state = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["letter", "user"], name="letter_copy_once")]

    def __str__(self) -> str:
        return self.message


class Question(models.Model):
    """What an applicant asks about the decision (spørsmål om vedtaket), and the answer."""

    keeping: ClassVar = Keeping(until=WITH_APPLICATION, personal=("text", "by", "answer", "answered_by"))

    application = models.ForeignKey(Application, models.CASCADE, related_name="questions")
    text = models.TextField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=60, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.text[:60]


class Award(models.Model):
    """What an application became (tildeling): a project of the portfolio."""

    keeping: ClassVar = Keeping(until=WITH_APPLICATION)

    application = models.OneToOneField(Application, models.CASCADE, related_name="award")
    initiative = models.ForeignKey(Initiative, models.PROTECT, related_name="awards")

    def __str__(self) -> str:
        return f"{self.application_id} became {self.initiative_id}"
