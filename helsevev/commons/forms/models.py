"""Tables of the form engine: forms and their published versions, sheets with their answers, and what was bound.

A published version and a bound response never change. The ORM refuses here, and the database itself refuses an
update by a trigger (migration 0001), also where a row is changed past the ORM.
"""

from typing import Any, ClassVar, NoReturn
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone

from helsevev.core.keeping import Keeping

DISCARDED_DAYS = 30
ROWS_KEPT_DAYS = 1


class NeverChanges(Exception):
    """Someone tried to change what is published or bound."""


def _refuse(*_args: object, **_kwargs: object) -> NoReturn:
    """Stands in for everything in the ORM that changes."""
    raise NeverChanges("What is published or bound never changes; publish a new version, or bind anew.")


class Lasting(models.QuerySet[Any]):
    """Rows to make and to read, never to change."""

    update = _refuse
    bulk_update = _refuse
    update_or_create = _refuse


class WrittenOnce(models.Model):
    """A row that is written once (skrives én gang)."""

    objects: ClassVar[Any] = Lasting.as_manager()

    class Meta:
        abstract = True

    def save_base(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """Insert; never update."""
        if not self._state.adding:
            _refuse()
        super().save_base(*args, **{**kwargs, "force_insert": True})


class Form(models.Model):
    """A form (skjema) through all its versions; `kind` says what it is for."""

    class Kind(models.TextChoices):
        """What a form is for."""

        APPLICATION = "application"
        SCREENING = "screening"
        ASSESSMENT = "assessment"
        GATE = "gate"
        SURVEY = "survey"
        OTHER = "other"

    keeping: ClassVar = Keeping(until="no version of it is in use and staff delete it", personal=("made_by",))

    key = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("key",)

    def __str__(self) -> str:
        return self.key


class FormDraft(models.Model):
    """What is being made of a form and isn't published yet (skjemakladd); one for each form."""

    keeping: ClassVar = Keeping(until="it is published or thrown away", personal=("changed_by",))

    form = models.OneToOneField(Form, models.CASCADE, related_name="draft")
    questionnaire = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=timezone.now)
    changed_by = models.CharField(max_length=60)

    def __str__(self) -> str:
        return f"{self.form_id} r{self.revision}"


class FormStep(models.Model):
    """One step in building a draft (byggesteg): what it did, and how to take it back."""

    keeping: ClassVar = Keeping(until="its draft is published or thrown away", personal=("by",))

    draft = models.ForeignKey(FormDraft, models.CASCADE, related_name="steps")
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)
    what = models.CharField(max_length=120)
    values = models.JSONField(default=dict)
    step = models.JSONField()
    undone = models.BooleanField(default=False)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.what


class FormVersion(WrittenOnce):
    """A published version of a form (skjemaversjon): a FHIR Questionnaire that never changes."""

    keeping: ClassVar = Keeping(until="its form goes", personal=("published_by",))

    form = models.ForeignKey(Form, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    questionnaire = models.JSONField()
    digest = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("form", "-number")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["form", "number"], name="form_version_once"),
            models.CheckConstraint(condition=Q(number__gt=0), name="form_versions_begin_at_one"),
        ]

    def __str__(self) -> str:
        return f"{self.form_id} v{self.number}"


class Sheet(models.Model):
    """Somebody's answers to one version of a form (svarark). Whose it is, the owning room knows: `room` and `subject`.

    `revision` grows with each save, so that a page can ask what is newer than what it shows.
    """

    class State(models.TextChoices):
        """Whether it may still be written in."""

        DRAFT = "draft"
        BOUND = "bound"
        DISCARDED = "discarded"

    keeping: ClassVar = Keeping(
        until="the room that owns it deletes it; a discarded one for 30 days",
        personal=("opened_by",),
        days=DISCARDED_DAYS,
        counted_from="discarded_at",
    )

    key = models.UUIDField(unique=True, default=uuid4, editable=False)
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="sheets")
    room = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    language = models.CharField(max_length=2)
    revision = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(default=timezone.now)
    opened_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField(default=timezone.now)
    discarded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")
        indexes: ClassVar = [models.Index(fields=["room", "subject"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(Q(state="discarded") & Q(discarded_at__isnull=False))
                | (~Q(state="discarded") & Q(discarded_at=None)),
                name="discarded_sheet_has_its_date",
            )
        ]

    def __str__(self) -> str:
        return str(self.key)


class Answer(models.Model):
    """What stands in one place of a sheet (svar). A null value was emptied or taken away; its revision is kept."""

    keeping: ClassVar = Keeping(until="its sheet goes", personal=("value", "by"))

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="answers")
    path = models.CharField(max_length=300)
    value = models.JSONField(null=True)
    revision = models.PositiveIntegerField()
    by = models.CharField(max_length=60)
    window = models.CharField(max_length=36, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sheet", "path")
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "path"], name="one_answer_in_a_place")]

    def __str__(self) -> str:
        return self.path


class Clash(models.Model):
    """Two wrote in the same place at once (kollisjon): what came second, kept beside what stands until one chooses."""

    keeping: ClassVar = Keeping(until="one of the two is chosen, or its sheet goes", personal=("value", "by"))

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="clashes")
    path = models.CharField(max_length=300)
    value = models.JSONField(null=True)
    by = models.CharField(max_length=60)
    window = models.CharField(max_length=36, blank=True, default="")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sheet", "path", "at")
        verbose_name_plural = "clashes"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["sheet", "path", "by", "window"], name="one_clash_each")
        ]

    def __str__(self) -> str:
        return self.path


class RemovedRow(models.Model):
    """A row that somebody took away (fjernet rad), with what stood in it: it can be brought back for a day."""

    keeping: ClassVar = Keeping(
        until="it is brought back, a day has passed, or its sheet goes",
        personal=("answers", "by"),
        days=ROWS_KEPT_DAYS,
        counted_from="at",
    )

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="removed_rows")
    path = models.CharField(max_length=300)
    answers = models.JSONField()
    by = models.CharField(max_length=60)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ("sheet", "at")
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "path"], name="row_removed_once")]

    def __str__(self) -> str:
        return self.path


class BoundResponse(WrittenOnce):
    """A sheet as it was when it was bound (bundet svar): the FHIR QuestionnaireResponse, byte for byte, and digest."""

    keeping: ClassVar = Keeping(until="the room that owns its sheet deletes it", personal=("response", "bound_by"))

    sheet = models.ForeignKey(Sheet, models.PROTECT, related_name="bound")
    number = models.PositiveIntegerField()
    version = models.ForeignKey(FormVersion, models.PROTECT, related_name="bound")
    response = models.TextField()
    digest = models.CharField(max_length=64)
    bound_at = models.DateTimeField(default=timezone.now)
    bound_by = models.CharField(max_length=60)

    class Meta:
        ordering = ("sheet", "-number")
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "number"], name="bound_number_once")]

    def __str__(self) -> str:
        return f"{self.sheet_id} no. {self.number}"
