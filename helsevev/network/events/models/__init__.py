"""Tables of meetings."""

from helsevev.network.events.models.meetings import Meeting, Point, Series
from helsevev.network.events.models.registrations import Attendee, Registration

__all__ = ["Attendee", "Meeting", "Point", "Registration", "Series"]
