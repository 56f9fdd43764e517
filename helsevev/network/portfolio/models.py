"""Tables of the portfolio: projects, figures, log, milestones, deliverables, history and drafts."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping


class Project(models.Model):
    """An initiative's face in the portfolio (prosjekt). Empty text and null mean: not stated."""

    class Listing(models.TextChoices):
        """Which list it stands on."""

        AWARDED = "awarded"
        MENTIONED = "mentioned"
        EXAMPLE = "example"

    keeping: ClassVar = Keeping(until="its initiative goes")

    initiative = models.OneToOneField(Initiative, models.CASCADE, primary_key=True, related_name="project")
    listing = models.CharField(max_length=10, choices=Listing.choices, default=Listing.AWARDED)
    summary_nb = models.TextField(blank=True)
    summary_nn = models.TextField(blank=True)
    summary_en = models.TextField(blank=True)
    award_year = models.PositiveSmallIntegerField(null=True, blank=True)
    award_round = models.PositiveSmallIntegerField(null=True, blank=True)
    support = models.CharField(max_length=20, blank=True)
    focus_area = models.CharField(max_length=120, blank=True)
    contact_role = models.CharField(max_length=200, blank=True)
    phase_note = models.CharField(max_length=300, blank=True)
    source = models.CharField(max_length=300, blank=True)
    published = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    edited_fields = models.JSONField(default=list, blank=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["listing", "published"]),
            models.Index(fields=["-award_year", "-award_round"]),
        ]

    def __str__(self) -> str:
        return str(self.initiative)


class Figure(models.Model):
    """A number or fact that the source states (tall): what, value, unit, as of when, source."""

    keeping: ClassVar = Keeping(until="its project goes")

    project = models.ForeignKey(Project, models.CASCADE, related_name="figures")
    what = models.SlugField(max_length=80, allow_unicode=True)
    value = models.JSONField()
    unit = models.CharField(max_length=60, blank=True)
    as_of = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=300, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "what"], name="figure_once")]

    def __str__(self) -> str:
        return f"{self.what}: {self.value}"


class LogEntry(models.Model):
    """Something that happened, dated as precisely as the source (loggføring)."""

    keeping: ClassVar = Keeping(until="its project goes")

    project = models.ForeignKey(Project, models.CASCADE, related_name="log")
    on = models.CharField(max_length=10)
    first_day = models.DateField()
    text_nb = models.TextField(blank=True)
    text_nn = models.TextField(blank=True)
    text_en = models.TextField(blank=True)
    source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("first_day", "id")

    def __str__(self) -> str:
        return self.on


class Milestone(models.Model):
    """A point that the project plans to reach (milepæl)."""

    keeping: ClassVar = Keeping(until="its project goes")

    project = models.ForeignKey(Project, models.CASCADE, related_name="milestones")
    title = models.CharField(max_length=200)
    planned = models.CharField(max_length=10, blank=True)
    reached = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.title


class Deliverable(models.Model):
    """Something the project has made that others can use (leveranse), with a link."""

    keeping: ClassVar = Keeping(until="its project goes")

    project = models.ForeignKey(Project, models.CASCADE, related_name="deliverables")
    title = models.CharField(max_length=200)
    url = models.URLField(max_length=500, blank=True)
    on = models.CharField(max_length=10, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.title


class Revision(models.Model):
    """One change of a project (versjon): who, when, and each field before and after."""

    class Via(models.TextChoices):
        """How the change came."""

        LOAD = "load"
        EXCEL = "excel"
        EDIT = "edit"
        UNDO = "undo"

    keeping: ClassVar = Keeping(until="its project goes")

    project = models.ForeignKey(Project, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    actor = models.CharField(max_length=60)
    via = models.CharField(max_length=5, choices=Via.choices)
    changes = models.JSONField()
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints: ClassVar = [models.UniqueConstraint(fields=["project", "number"], name="revision_number_once")]

    def __str__(self) -> str:
        return f"{self.project_id} {self.number}"


class Draft(models.Model):
    """What someone has typed and not yet saved (kladd); an empty project means a new one.

    `fields` holds what was typed, as it was typed, in the fields that differ from version `base_version`. `window` is
    the page that saved it last, so that two windows of one person don't overwrite each other unseen.
    """

    keeping: ClassVar = Keeping(
        until="it is saved, or a day after it is thrown away, at most 180 days",
        personal=("user", "fields", "window"),
        days=180,
        counted_from="saved_at",
    )

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="project_drafts")
    project = models.ForeignKey(Project, models.CASCADE, null=True, blank=True, related_name="drafts")
    fields = models.JSONField(default=dict)
    base_version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(default=timezone.now)
    window = models.CharField(max_length=36, blank=True)
    thrown_away_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "project"], name="one_draft_each"),
            models.UniqueConstraint(
                fields=["user"], condition=models.Q(project=None), name="one_draft_of_a_new_project"
            ),
        ]

    def __str__(self) -> str:
        return f"draft of {self.project_id}"


class Sent(models.Model):
    """A page whose content was saved (innsendt side): sending the same page twice does nothing more."""

    keeping: ClassVar = Keeping(
        until="30 days after it was sent", personal=("user", "project", "at"), days=30, counted_from="at"
    )

    token = models.UUIDField(unique=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sent_projects")
    project = models.ForeignKey(Project, models.CASCADE, related_name="sent")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.token} for {self.project_id}"


class Import(models.Model):
    """A sheet that someone has sent (regneark): its rows, and once they are taken in, what came of it."""

    keeping: ClassVar = Keeping(
        until="two days after it was sent; its rows until it is taken in",
        personal=("user", "file_name", "made_at"),
        days=2,
        counted_from="made_at",
    )

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="project_imports")
    file_name = models.CharField(max_length=200)
    rows = models.JSONField()
    result = models.JSONField(null=True, blank=True)
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.file_name
