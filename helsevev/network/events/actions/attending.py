"""Who was there: by the code that is shown at the meeting, or by the log that the meeting room's program wrote."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core import tables
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.events.models import Attendee, Meeting
from helsevev.network.events.queries import people
from helsevev.network.events.rules import logs
from helsevev.network.events.rules.meetings import Why, may_check_in

WRONG_CODE = gettext_noop("That isn't the code of this meeting. It is shown where the meeting is held.")
NOT_REGISTERED = gettext_noop("Nobody with this address is registered for the meeting.")
TOO_EARLY = gettext_noop("One can check in from half an hour before the meeting until the day is over.")


def check_in(meeting: Meeting, code: str, email: str, now: datetime | None = None) -> Attendee:
    """Somebody says that they are there; twice is the same as once."""
    moment = now or timezone.now()
    if not may_check_in(meeting.begins, meeting.ends, moment):
        raise Refused(Refusal(TOO_EARLY))
    if "".join(code.upper().split()) != meeting.code:
        raise Refused(Refusal(WRONG_CODE))
    one = people.attendees(meeting).filter(email__iexact=email.strip()).first()
    if one is None:
        raise Refused(Refusal(NOT_REGISTERED))
    _mark([one.pk], "code", moment)
    return one


@transaction.atomic
def take_log(meeting: Meeting, content: bytes, by: str, now: datetime | None = None) -> logs.Matched:
    """Read a meeting's log. Names of those who aren't registered aren't kept, only how many they are."""
    if meeting.begins is None or meeting.begins > (now or timezone.now()):
        raise Refused(Refusal(Why.NOT_BEGUN))
    seen = logs.read(tables.read(content).rows)
    known = {one.pk: (one.name, one.email) for one in people.attendees(meeting)}
    matched = logs.match(seen, known)
    _mark(list(matched.found), "log", meeting.begins)
    Meeting.objects.filter(pk=meeting.pk).update(others=matched.others)
    told = {"matched": len(matched.found), "others": matched.others}
    record(by, "took in a meeting log", "meeting", meeting.key, dict(told))
    return matched


def _mark(numbers: list[int], how: str, moment: datetime) -> None:
    Attendee.objects.filter(pk__in=numbers, attended_at=None).update(attended_at=moment, attended_by=how)
