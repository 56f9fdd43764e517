"""Calls as files for other programs: calendar and feeds."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import rounds_showing as showing

SHORT = timedelta(minutes=30)


def calendar(round_: Round, url: str) -> bytes:
    """Opening, deadline and decision as entries of a calendar, in UTC, which every program turns into its own time."""
    made = Calendar()
    made.add("prodid", "-//Helsevev//Calls//NB")
    made.add("version", "2.0")
    name = showing.name(round_)
    for what, at, title in (
        ("opens", round_.opens_at, _("The call opens: %(round)s")),
        ("closes", round_.closed_at or round_.closes_at, _("Deadline for applications: %(round)s")),
        ("decides", round_.decides_at, _("Decision: %(round)s")),
    ):
        if at is not None:
            made.add_component(_entry(round_, what, at, title % {"round": name}, url))
    return bytes(made.to_ical())


def _entry(round_: Round, what: str, at: datetime, title: str, url: str) -> Event:
    entry = Event()
    entry.add("uid", f"call-{round_.code}-{what}@{settings.SITE_HOST}")
    entry.add("sequence", round_.version)
    entry.add("dtstamp", round_.published_at or round_.made_at)
    # A deadline is a moment: its entry ends at it, so that a calendar shows the last half hour before.
    entry.add("dtstart", at - SHORT if what == "closes" else at)
    entry.add("dtend", at if what == "closes" else at + SHORT)
    entry.add("summary", title)
    entry.add("url", url)
    entry.add("status", "CANCELLED" if round_.state == Round.State.CANCELLED else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry


def rss(rounds: Iterable[tuple[Round, str, str]], address: str, own: str, language: str) -> str:
    """Calls as RSS 2.0; each is (round, address, what it says)."""
    feed = Rss201rev2Feed(
        title=_("Helsevev: calls for applications"),
        link=address,
        description=_("Every call for applications when it is published."),
        language=language,
        feed_url=own,
    )
    for round_, url, text in rounds:
        feed.add_item(
            title=_title(round_),
            link=url,
            description=text,
            unique_id=f"call-{round_.code}",
            unique_id_is_permalink=False,
            pubdate=round_.published_at or round_.made_at,
        )
    return str(feed.writeString("utf-8"))


def json_feed(rounds: Iterable[tuple[Round, str, str]], address: str, own: str, language: str) -> dict[str, Any]:
    """Calls as JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _("Helsevev: calls for applications"),
        "home_page_url": address,
        "feed_url": own,
        "language": language,
        "items": [
            {
                "id": f"call-{round_.code}",
                "url": url,
                "title": _title(round_),
                "content_text": text,
                "date_published": (round_.published_at or round_.made_at).isoformat(),
            }
            for round_, url, text in rounds
        ],
    }


def _title(round_: Round) -> str:
    return _("Call for applications: %(year)s, round %(number)s") % {"year": round_.year, "number": round_.number}
