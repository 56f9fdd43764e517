"""Meetings for tests: one that people can register for, and those who do."""

from datetime import datetime, time, timedelta

from django.utils import timezone

from helsevev.core.sides import Side
from helsevev.network.events.actions import registering, writing
from helsevev.network.events.actions.registering import Wish
from helsevev.network.events.models import Attendee, Meeting, Registration

BY = "system:test"


def fields(days: int = 10, **others: object) -> dict[str, object]:
    """What a meeting is made from."""
    day = timezone.localdate() + timedelta(days=days)
    plain = {
        "kind": "webinar",
        "title": "Oppdiktet webinar",
        "mode": "hybrid",
        "day": day,
        "starts": time(10),
        "minutes": 60,
    }
    plain |= {"starts": time(10), "minutes": 60, "place": "Oppdiktet sal"}
    plain |= {"link": "https://møte.example.invalid/rom", "takes_registrations": True}
    return plain | others


def meeting(days: int = 10, **others: object) -> Meeting:
    """A published meeting."""
    made = writing.make(fields(days, **others), [], BY)
    return writing.publish(made, BY)


def wish(number: int = 0, *, mode: str = "digital", side: str = Side.OTHER, group: int = 1) -> Wish:
    """What somebody invented asks for."""
    names = [f"Oppdiktet {number}-{one}" for one in range(group)]
    return Wish([(name, f"{name.split()[1]}@example.invalid") for name in names], mode, side)


def asked(meeting: Meeting, wish_: Wish, now: datetime | None = None) -> Registration:
    """Registered by letter and confirmed."""
    made = registering.register(meeting, wish_, "nb", now=now)
    return registering.confirm(made, now)


def first(registration: Registration) -> Attendee:
    """Whoever registered."""
    return registration.people.select_related("registration__meeting").get(position=0)
