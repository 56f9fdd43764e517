"""Calendar files (kalenderfil): an invitation, its changes and its cancelling, all of one and the same entry. Pure.

A calendar knows an entry again by its UID, and takes what has the higher SEQUENCE. Both come from the session, so
whoever has got three changes has one entry, as it stands now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import (
    Calendar,
    Event,
    Timezone,
    TimezoneDaylight,
    TimezoneStandard,
    vCalAddress,
    vText,
)

from helsevev.core.wallclock import Agreed

# How long before and after an entry its zone's changes of clocks are told.
AROUND = timedelta(days=400)
WITHOUT_RULES = {"UTC", "Etc/UTC"}
PRODUCT = "-//Helsevev//Helsevev//EN"


@dataclass(frozen=True)
class Guest:
    """Someone invited (gjest)."""

    name: str
    address: str


@dataclass(frozen=True)
class Invitation:
    """What an entry in a calendar says (kalenderinnføring)."""

    uid: str
    sequence: int
    title: str
    time: Agreed
    changed_at: datetime
    organiser: Guest
    guests: Sequence[Guest] = ()
    place: str = ""
    url: str = ""
    text: str = ""
    cancelled: bool = False


def method(found: Invitation) -> str:
    """What the file asks of a calendar."""
    return "CANCEL" if found.cancelled else "REQUEST"


def calendar(found: Invitation) -> bytes:
    """The calendar file, with the rules of its time zone, so that clocks that change move nothing."""
    file = Calendar()
    file.add("prodid", PRODUCT)
    file.add("version", "2.0")
    file.add("method", method(found))
    if found.time.zone not in WITHOUT_RULES:
        file.add_component(_zone(found.time))
    file.add_component(_event(found))
    return bytes(file.to_ical())


def _zone(time: Agreed) -> Timezone:
    """The zone's changes of clocks around the entry, each as it is: the library's own rules begin an hour late."""
    zone = ZoneInfo(time.zone)
    made = Timezone()
    made.add("tzid", time.zone)
    first = time.moment - AROUND
    made.add_component(_offset(first, first, zone))
    for moment in _changes(first, time.moment + AROUND, zone):
        made.add_component(_offset(moment, moment - timedelta(hours=1), zone))
    return made


def _offset(moment: datetime, before: datetime, zone: ZoneInfo) -> Timezone:
    """What the clocks show from a moment on; its beginning is written as the clocks showed before it."""
    after, earlier = moment.astimezone(zone), before.astimezone(zone)
    made = TimezoneDaylight() if after.dst() else TimezoneStandard()
    offset = earlier.utcoffset() or timedelta()
    made.add("dtstart", (moment + offset).replace(tzinfo=None))
    made.add("tzoffsetfrom", offset)
    made.add("tzoffsetto", after.utcoffset() or timedelta())
    made.add("tzname", after.tzname() or "")
    return made


def _changes(first: datetime, last: datetime, zone: ZoneInfo) -> list[datetime]:
    """The moments, to the minute, at which the zone's clocks change between two others."""
    found, day = [], timedelta(days=1)
    at = first.replace(second=0, microsecond=0)
    while at < last:
        if at.astimezone(zone).utcoffset() != (at + day).astimezone(zone).utcoffset():
            found.append(_change(at, at + day, zone))
        at += day
    return found


def _change(low: datetime, high: datetime, zone: ZoneInfo) -> datetime:
    """The first minute after `low` that has the offset of `high`."""
    minutes = range(int((high - low).total_seconds() // 60) + 1)
    wanted = high.astimezone(zone).utcoffset()
    return next(
        low + timedelta(minutes=one)
        for one in minutes
        if (low + timedelta(minutes=one)).astimezone(zone).utcoffset() == wanted
    )


def _event(found: Invitation) -> Event:
    event = Event()
    event.add("uid", found.uid)
    event.add("sequence", found.sequence)
    event.add("dtstamp", found.changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", found.time.starts)
    event.add("dtend", found.time.ends)
    event.add("summary", found.title)
    event.add("status", "CANCELLED" if found.cancelled else "CONFIRMED")
    for name, value in (("location", found.place), ("url", found.url), ("description", found.text)):
        if value:
            event.add(name, value)
    event["organizer"] = _address(found.organiser)
    for guest in found.guests:
        attendee = _address(guest)
        attendee.params["ROLE"] = vText("REQ-PARTICIPANT")
        event.add("attendee", attendee, encode=False)
    return event


def _address(guest: Guest) -> vCalAddress:
    address = vCalAddress(f"mailto:{guest.address}")
    if guest.name:
        address.params["cn"] = vText(guest.name)
    return address
