"""What is asked of meetings: those that come, those that have been, and what the year's report counts."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from helsevev.commons.forms.models import Form as FormRow
from helsevev.commons.forms.models import FormVersion
from helsevev.core import annual
from helsevev.network.events.models import Meeting, Series
from helsevev.network.events.rules.meetings import Kind, Mode, State


@dataclass(frozen=True)
class Choices:
    """What a reader narrows the calendar to (valg)."""

    past: bool = False
    kind: str = ""
    mode: str = ""
    series: str = ""
    text: str = ""


def public() -> QuerySet[Meeting]:
    """Every meeting that everyone may see; a cancelled one says that it is."""
    return Meeting.objects.exclude(state=State.DRAFT)


def chosen(choices: Choices) -> QuerySet[Meeting]:
    """The calendar: what comes, the soonest first, or what has been, the latest first."""
    today = timezone.localdate()
    found = public().filter(day__lt=today) if choices.past else public().filter(day__gte=today)
    if choices.kind in list(Kind):
        found = found.filter(kind=choices.kind)
    if choices.mode in (Mode.SITE, Mode.DIGITAL):
        found = found.filter(mode__in=[choices.mode, Mode.HYBRID])
    if choices.series:
        found = found.filter(series__key=choices.series)
    for word in choices.text.split()[:5]:
        found = found.filter(Q(title__icontains=word) | Q(lead__icontains=word) | Q(points__title__icontains=word))
    order = ("-day", "-starts", "key") if choices.past else ("day", "starts", "key")
    return found.select_related("series").distinct().order_by(*order)


def for_feed(count: int) -> list[Meeting]:
    """The newest in the calendar."""
    return list(public().order_by("-made_at", "-day")[:count])


def for_calendar() -> QuerySet[Meeting]:
    """What a calendar follows: what comes, and the last half year."""
    return public().filter(day__gte=timezone.localdate() - timedelta(days=183)).order_by("day", "key")


def one(key: str) -> Meeting | None:
    """A meeting by its key."""
    return Meeting.objects.select_related("series", "form").filter(key=key).first()


def series() -> QuerySet[Series]:
    """Series that the calendar shows something of."""
    return Series.objects.filter(meetings__state__in=[State.PUBLISHED, State.CANCELLED]).distinct()


def held_rows(last: date) -> QuerySet[Meeting]:
    """Meetings that have been, by a day: not what is to come, and not what a source only announced."""
    rows = Meeting.objects.filter(state=State.PUBLISHED, is_announced_only=False)
    return rows.filter(day__lte=min(last, timezone.localdate())).order_by("day", "key")


def held(last: date) -> tuple[annual.Meeting, ...]:
    """The meetings that were held up to a day, for the year's report."""
    told = held_rows(last).values_list("key", "kind", "day", "title")
    return tuple(
        annual.Meeting(key, kind, day, f"{title}, {date_format(day)}", reverse("events:meeting", args=[key]))
        for key, kind, day, title in told
    )


def form_choices() -> list[FormVersion]:
    """The newest version of each form that a registration can ask."""
    rows = FormRow.objects.filter(kind__in=["survey", "other"], retired_at=None).order_by("key")
    found = (row.versions.order_by("-number").first() for row in rows)
    return [version for version in found if version is not None]
