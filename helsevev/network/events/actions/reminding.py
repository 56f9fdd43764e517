"""Reminders to everyone with a place (a duty of the worker); each goes once, also when a meeting has moved."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helsevev.network.events.actions import letters
from helsevev.network.events.models import Attendee, Meeting
from helsevev.network.events.queries import people
from helsevev.network.events.rules.meetings import REMINDERS, State, reminder


def remind(now: datetime | None = None) -> int:
    """Write to those whose reminder is due; how many letters."""
    moment = now or timezone.now()
    today, last = timezone.localdate(moment), timezone.localdate(moment + max(REMINDERS.values()))
    coming = Meeting.objects.filter(state=State.PUBLISHED, day__range=(today, last)).exclude(starts=None)
    return sum(_of(meeting, moment) for meeting in coming)


def _of(meeting: Meeting, now: datetime) -> int:
    starts = meeting.begins
    if starts is None or now >= starts:
        return 0
    sent = 0
    for one in people.attendees(meeting).exclude(email=""):
        step = reminder(starts, one.registration.queued_at or one.registration.asked_at, now)
        mark = f"{step}:{starts:%Y%m%d%H%M}"
        if not step or one.reminded == mark:
            continue
        with transaction.atomic():
            one.registration.meeting = meeting
            letters.reminded(one, step)
            Attendee.objects.filter(pk=one.pk).update(reminded=mark)
        sent += 1
    return sent
