"""Meetings as files for other programs: calendars and feeds."""

from collections.abc import Iterable
from datetime import UTC, timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.meetings import KIND_NAMES, Kind, State


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


def _text(one: Meeting) -> str:
    kind = _(KIND_NAMES[Kind(one.kind)])
    return f"{kind}, {one.day.isoformat()}. {one.lead}".strip()


def rss(meetings: Iterable[Meeting], own: str, language: str) -> str:
    """Meetings as RSS 2.0."""
    feed = Rss201rev2Feed(
        title=_("Helsevev: meetings"),
        link=settings.SITE_URL + reverse("events:calendar"),
        description=_("Webinars, network meetings, seminars and courses."),
        language=language,
        feed_url=own,
    )
    for one in meetings:
        feed.add_item(
            title=one.title,
            link=address(one),
            description=_text(one),
            unique_id=f"meeting-{one.key}",
            unique_id_is_permalink=False,
            pubdate=one.made_at,
        )
    return str(feed.writeString("utf-8"))


def json_feed(meetings: Iterable[Meeting], own: str, language: str) -> dict[str, Any]:
    """Meetings as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Helsevev: meetings"),
        "home_page_url": settings.SITE_URL + reverse("events:calendar"),
        "feed_url": own,
        "language": language,
        "items": [
            {
                "id": f"meeting-{one.key}",
                "url": address(one),
                "title": one.title,
                "content_text": _text(one),
                "date_published": one.made_at.isoformat(),
                "date_modified": one.changed_at.isoformat(),
            }
            for one in meetings
        ],
    }
