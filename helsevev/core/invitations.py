"""Calendar files (kalenderfil): an invitation, its changes and its cancelling, all of one and the same entry. Pure.

A calendar knows an entry again by its UID, and takes what has the higher SEQUENCE. Both come from the session, so
whoever has got three changes has one entry, as it stands now.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from icalendar import Calendar, Event, vCalAddress, vText  # type: ignore[import-untyped] # it has no types

from helsevev.core.wallclock import Agreed

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
    file.add_component(_event(found))
    file.add_missing_timezones()
    return bytes(file.to_ical())


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
