"""Calls as calendar files for other programs."""

from datetime import datetime, timedelta

from django.conf import settings
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
