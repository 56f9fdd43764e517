"""Meetings at the front door, for search engines and feed readers, and on one's own page."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Waiting
from helsevev.core.frame import Block, Link, Page, Section
from helsevev.network.events.models import Attendee, Registration
from helsevev.network.events.queries import meetings as asking
from helsevev.network.events.queries import people
from helsevev.network.events.rules.meetings import KIND_NAMES, Kind, State

FEEDS = (
    ("rss", "application/rss+xml", "RSS"),
    ("json", "application/feed+json", "JSON Feed"),
    ("ics", "text/calendar", "ICS"),
)
SHOWN = 3


def home(_language: str) -> Iterable[Block]:
    """The next meetings."""
    rows = asking.chosen(asking.Choices()).exclude(state=State.CANCELLED)[:SHOWN]
    found = [{"row": one, "kind": _(KIND_NAMES[Kind(one.kind)])} for one in rows]
    return [Block(15, "events/_home.html", {"meetings": found})] if found else []


def sections() -> Iterable[Section]:
    """The calendar, and every meeting's page."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("events:calendar"))]
        rows = asking.public().order_by("day", "key").only("key", "changed_at")
        pages += [Page(reverse("events:meeting", args=[one.key]), one.changed_at) for one in rows]
    return [Section("meetings", len(pages), lambda first, most: pages[first : first + most])]


def head_links(_language: str) -> Iterable[Link]:
    """The feeds of meetings."""
    title = _("Meetings")
    return [
        Link("alternate", kind, f"{title} ({name})", reverse("events:feed", args=[form])) for form, kind, name in FEEDS
    ]


def waiting(person: Person) -> list[Waiting]:
    """Meetings that somebody has registered for with their account, and that haven't been."""
    user = User.objects.filter(key=person.key).first() if person.is_known else None
    if user is None:
        return []
    rows = people.of_user(user).filter(meeting__day__gte=timezone.localdate()).prefetch_related("people")
    return [_waiting(one) for one in rows if any(each.position == 0 for each in one.people.all())]


def _waiting(one: Registration) -> Waiting:
    text = _("Meeting: %(title)s") if one.state == Registration.State.REGISTERED else _("Waiting list: %(title)s")
    first = next(each for each in one.people.all() if each.position == 0)
    url = reverse("events:own", args=[first.token])
    return Waiting(text % {"title": one.meeting.title}, url, one.meeting.day, "meeting")


def personal_data(user: User) -> dict[str, object]:
    """Registrations in a person's address, made with the account or without."""
    rows = Attendee.objects.filter(email__iexact=user.email).values(
        "name", "email", "attended_at", "registration__meeting__key", "registration__state", "registration__asked_at"
    )
    return {"events.registrations": [dict(row) for row in rows]}
