"""Meetings as calendar files for other programs."""

from collections.abc import Iterable
from datetime import UTC, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.meetings import State


def address(meeting: Meeting) -> str:
    """A meeting's page."""
    return settings.SITE_URL + reverse("events:meeting", args=[meeting.key])


def calendar(meetings: Iterable[Meeting]) -> bytes:
    """Meetings as a calendar that one may follow; an entry keeps its name, and says when it has changed."""
    made = Calendar()
    made.add("prodid", "-//Helsevev//Meetings//NB")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", _("Helsevev: meetings"))
    for one in meetings:
        made.add_component(_entry(one))
    return bytes(made.to_ical())


def _entry(one: Meeting) -> Event:
    entry = Event()
    entry.add("uid", f"meeting-{one.key}@{settings.SITE_HOST}")
    entry.add("sequence", one.sequence)
    entry.add("dtstamp", one.changed_at.astimezone(UTC).replace(microsecond=0))
    if one.agreed:
        # A moment in UTC, which every program turns into its own time.
        entry.add("dtstart", one.agreed.moment)
        entry.add("dtend", one.agreed.ends.astimezone(UTC))
    else:
        entry.add("dtstart", one.day)
        entry.add("dtend", one.day + timedelta(days=1))
    entry.add("summary", one.title)
    entry.add("url", address(one))
    if one.place:
        entry.add("location", one.place)
    entry.add("status", "CANCELLED" if one.state == State.CANCELLED else "CONFIRMED")
    return entry
