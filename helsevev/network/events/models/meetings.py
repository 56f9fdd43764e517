"""Tables of meetings, their programme, and the series they come in."""

import secrets
from datetime import datetime, time, timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone

from helsevev.commons.forms.models import FormVersion
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.keeping import Keeping
from helsevev.core.wallclock import NORWAY, Agreed
from helsevev.network.events.rules import places
from helsevev.network.events.rules.meetings import Kind, Mode, State, modes_of

CODE_SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DATA_DAYS = 90


def new_code() -> str:
    """A code that people read off a wall and type, without signs that look alike."""
    return "".join(secrets.choice(CODE_SIGNS) for _sign in range(6))


class Series(models.Model):
    """Meetings that belong together (møterekke), such as a monthly webinar."""

    keeping: ClassVar = Keeping(until="its last meeting is taken out of it")

    key = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)

    class Meta:
        ordering = ("title",)

    def __str__(self) -> str:
        return self.title


class Meeting(models.Model):
    """A meeting (møte). Its time is kept as it was agreed; a source may know the day alone.

    `sequence` counts what calendars have been told. `stated_*` is what a source says of how many came, `others` how
    many came without having registered, and `kept_*` what was counted when the participants' data ended.
    """

    keeping: ClassVar = Keeping(until="the network withdraws it from its history", personal=("presenters", "made_by"))

    key = models.SlugField(max_length=100, unique=True)
    kind = models.CharField(max_length=30, choices=[(one.value, one.value) for one in Kind])
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=2, default="nb")
    lead = models.CharField(max_length=500, blank=True)
    about = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=[(one.value, one.value) for one in State], default=State.DRAFT)
    cancelled_why = models.CharField(max_length=500, blank=True)
    mode = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Mode], blank=True)
    day = models.DateField()
    starts = models.TimeField(null=True, blank=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    zone = models.CharField(max_length=60, default=NORWAY)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=500, blank=True)
    series = models.ForeignKey(Series, models.SET_NULL, null=True, blank=True, related_name="meetings")
    presenters = models.JSONField(default=list, blank=True)
    takes_registrations = models.BooleanField(default=False)
    closes_days = models.PositiveSmallIntegerField(default=0)
    most_site = models.PositiveIntegerField(null=True, blank=True)
    most_digital = models.PositiveIntegerField(null=True, blank=True)
    most_by_side = models.JSONField(default=dict, blank=True)
    form = models.ForeignKey(FormVersion, models.PROTECT, null=True, blank=True, related_name="meetings")
    data_days = models.PositiveSmallIntegerField(default=DATA_DAYS)
    code = models.CharField(max_length=6, default=new_code)
    sequence = models.PositiveIntegerField(default=0)
    is_announced_only = models.BooleanField(default=False)
    stated_site = models.PositiveIntegerField(null=True, blank=True)
    stated_digital = models.PositiveIntegerField(null=True, blank=True)
    stated_total = models.PositiveIntegerField(null=True, blank=True)
    others = models.PositiveIntegerField(default=0)
    watched = models.PositiveIntegerField(null=True, blank=True)
    kept_registered = models.PositiveIntegerField(null=True, blank=True)
    kept_attended = models.PositiveIntegerField(null=True, blank=True)
    recording = models.URLField(max_length=500, blank=True)
    has_captions = models.BooleanField(default=False)
    transcript = models.TextField(blank=True)
    recording_published_at = models.DateTimeField(null=True, blank=True)
    loaded = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.CharField(max_length=60)
    changed_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ("-day", "-starts", "key")
        indexes: ClassVar = [models.Index(fields=["state", "day"], name="meetings_by_day")]

    def __str__(self) -> str:
        return self.title

    @property
    def agreed(self) -> Agreed | None:
        """Its time as people agreed on it; None where the day alone is known."""
        if self.starts is None or self.minutes is None:
            return None
        return Agreed(self.day, self.starts, self.minutes, self.zone)

    @property
    def begins(self) -> datetime | None:
        """The moment when it starts."""
        return self.agreed.moment if self.agreed else None

    @property
    def ends(self) -> datetime:
        """When it is over: where no time is known, when its day is."""
        return self.agreed.ends if self.agreed else Agreed(self.day + timedelta(days=1), time(0), 5, self.zone).moment

    @property
    def closes(self) -> datetime | None:
        """When registration closes."""
        return self.begins - timedelta(days=self.closes_days) if self.begins else None

    @property
    def data_ends(self) -> datetime:
        """When what is kept of its participants goes."""
        return self.ends + timedelta(days=self.data_days)

    @property
    def modes(self) -> tuple[Mode, ...]:
        """How one can take part."""
        return modes_of(Mode(self.mode)) if self.mode else ()

    @property
    def limits(self) -> dict[str, int]:
        """The limits that are set."""
        return places.limits({Mode.SITE: self.most_site, Mode.DIGITAL: self.most_digital}, self.most_by_side)


class Point(models.Model):
    """A point of a meeting's programme (programpunkt): when, what, who, and whose project it tells of."""

    keeping: ClassVar = Keeping(until="its meeting goes", personal=("speakers",))

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="points")
    position = models.PositiveSmallIntegerField()
    starts = models.TimeField(null=True, blank=True)
    title = models.CharField(max_length=300)
    speakers = models.CharField(max_length=300, blank=True)
    initiative = models.ForeignKey(Initiative, models.SET_NULL, null=True, blank=True, related_name="meeting_points")

    class Meta:
        ordering = ("position",)

    def __str__(self) -> str:
        return self.title
