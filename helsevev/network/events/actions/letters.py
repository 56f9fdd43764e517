"""Letters to those who registered, each with the calendar entry as it stands; nobody gets one twice."""

from django.conf import settings
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.mail.actions import carry, queue
from helsevev.core.invitations import Guest, Invitation, calendar
from helsevev.network.events.models import Attendee, Meeting, Registration
from helsevev.network.events.queries import people

KIND = "meeting"


def address(one: Attendee, name: str = "own") -> str:
    """Where somebody's own page is, in their language."""
    with override(one.registration.language):
        return settings.SITE_URL + reverse(f"events:{name}", args=[one.token])


def please_confirm(one: Attendee, bucket: str) -> None:
    """Ask the owner of an address to confirm; at most one letter in each `bucket` of time."""
    _write(one, "confirm", f"{one.key}:confirm:{bucket}")


def waiting(registration: Registration) -> None:
    """Tell whoever registered that they wait, and where in line."""
    one = registration.people.get(position=0)
    _write(one, "waiting", f"{one.key}:waiting", {"place_in_line": people.place_in_line(registration)})


def registered(registration: Registration, *, waited: bool) -> None:
    """Tell each that they have a place."""
    for one in registration.people.filter(gone_at=None).exclude(email=""):
        _with_entry(one, "registered", {"waited": waited})


def changed(meeting: Meeting) -> None:
    """Move the entry in everyone's calendar."""
    for one in people.attendees(meeting).exclude(email=""):
        _with_entry(one, "changed", {})


def called_off(meeting: Meeting) -> None:
    """Take the entry from everyone's calendar; those who wait are told too."""
    for one in people.everyone(meeting).exclude(email=""):
        if one.registration.state == Registration.State.REGISTERED:
            _with_entry(one, "called_off", {}, cancelled=True)
        elif one.position == 0:
            _write(one, "called_off", f"{one.key}:called_off")


def withdrawn(one: Attendee, *, had_entry: bool) -> None:
    """Say that somebody is no longer registered."""
    if not one.email:
        return
    if had_entry:
        _with_entry(one, "withdrawn", {}, cancelled=True)
    else:
        _write(one, "withdrawn", f"{one.key}:withdrawn")


def reminded(one: Attendee, step: str) -> None:
    """Remind somebody; the link to the meeting is on their own page."""
    starts = one.registration.meeting.begins
    _write(one, "reminder", f"{one.key}:{step}:{starts:%Y%m%d%H%M}", {"step": step})


def entry(one: Attendee, *, cancelled: bool) -> bytes:
    """Somebody's calendar file: always the same entry, in its newest shape."""
    meeting = one.registration.meeting
    assert meeting.agreed is not None  # nobody registers before a time is set
    url = address(one)
    found = Invitation(
        uid=f"{one.key}@{settings.SITE_HOST}",
        sequence=max(one.told, 0),
        title=meeting.title,
        time=meeting.agreed,
        changed_at=meeting.changed_at,
        organiser=Guest("Helsevev", settings.CONTACT),
        guests=[Guest(one.name, one.email)],
        place=meeting.place,
        url=url,
        text=f"{meeting.lead}\n\n{url}".strip(),
        cancelled=cancelled,
    )
    return calendar(found)


def _with_entry(one: Attendee, template: str, values: dict[str, object], *, cancelled: bool = False) -> None:
    """A letter that carries the calendar entry, one step newer than the last."""
    Attendee.objects.filter(pk=one.pk).update(told=F("told") + 1)
    one.told += 1
    _write(one, template, f"{one.key}:{template}:{one.told}", values, entry(one, cancelled=cancelled).decode())


def _write(one: Attendee, template: str, key: str, values: dict[str, object] | None = None, file: str = "") -> None:
    meeting = one.registration.meeting
    message = queue(
        key=f"meeting:{key}",
        kind=KIND,
        to=one.email,
        language=one.registration.language,
        template=f"events/{template}",
        context={
            "meeting": meeting,
            "starts": meeting.agreed.starts if meeting.agreed else None,
            "ends": meeting.ends,
            "person": one,
            "now": timezone.now(),
            "url": address(one),
            **(values or {}),
        },
    )
    if file:
        carry(message, file)
