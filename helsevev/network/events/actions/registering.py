"""Registering, confirming, waiting and leaving. Places are given by one at a time, while the meeting is held."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.people.models import User
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.events.actions import letters
from helsevev.network.events.models import Attendee, Meeting, Registration
from helsevev.network.events.queries import people
from helsevev.network.events.rules import places
from helsevev.network.events.rules.meetings import Mode, State, refuse_register

ALREADY = gettext_noop("You are registered for this meeting already.")
NO_SUCH_MODE = gettext_noop("Choose how you take part.")
GONE = gettext_noop("This registration is cancelled.")
Stands = Registration.State


@dataclass(frozen=True)
class Wish:
    """What somebody asks for (ønske): who comes (the first is the one who asks), how, and where they work."""

    people: Sequence[tuple[str, str]]
    mode: str
    side: str
    organisation: str = ""


def register(
    meeting: Meeting, wish: Wish, language: str, user: User | None = None, now: datetime | None = None
) -> Registration:
    """Register. Whoever has no account gets a letter, and stands in line when they have confirmed."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = _held(meeting, moment)
        _refuse(row, wish)
        mine = Attendee.objects.filter(
            registration__meeting=row, position=0, gone_at=None, email__iexact=wish.people[0][1]
        ).exclude(registration__state=Stands.CANCELLED)
        if before := mine.select_related("registration__meeting").first():
            return _again(before, moment, is_known=user is not None)
        made = Registration.objects.create(
            meeting=row,
            mode=wish.mode,
            organisation=wish.organisation.strip()[:200],
            side=wish.side,
            language=language,
            user=user,
            asked_at=moment,
        )
        Attendee.objects.bulk_create(
            Attendee(registration=made, position=place, name=name.strip(), email=email.strip().lower())
            for place, (name, email) in enumerate(wish.people)
        )
        if user is None:
            letters.please_confirm(made.people.get(position=0), _bucket(moment))
        else:
            _enter(made, moment)
    return made


def confirm(registration: Registration, now: datetime | None = None) -> Registration:
    """Whoever owns the address says yes, and stands in line; once is enough."""
    moment = now or timezone.now()
    with transaction.atomic():
        meeting = _held(registration.meeting, moment)
        row = Registration.objects.select_for_update().get(pk=registration.pk)
        row.meeting = meeting
        if row.state == Stands.CANCELLED:
            raise Refused(Refusal(GONE))
        if row.state == Stands.UNCONFIRMED:
            _enter(row, moment)
    return row


def leave(one: Attendee, now: datetime | None = None) -> None:
    """Cancel: whoever registered takes the whole group out, anyone else themselves. Those who wait move up."""
    moment = now or timezone.now()
    with transaction.atomic():
        meeting = Meeting.objects.select_for_update().get(pk=one.registration.meeting_id)
        row = Registration.objects.select_for_update().get(pk=one.registration_id)
        if row.state == Stands.CANCELLED:
            return
        had_entry = row.state == Stands.REGISTERED
        going = list(row.people.filter(gone_at=None)) if one.position == 0 else [one]
        for each in going:
            each.registration = row
            row.meeting = meeting
            letters.withdrawn(each, had_entry=had_entry)
            Attendee.objects.filter(pk=each.pk).update(gone_at=moment)
        if not row.people.filter(gone_at=None).exists():
            Registration.objects.filter(pk=row.pk).update(state=Stands.CANCELLED)
        promote(meeting, moment)
        record("system:registration", "left", "meeting", meeting.key, {"people": len(going)})


def promote(meeting: Meeting, now: datetime | None = None) -> int:
    """Give free places to those who have waited longest; never once it has begun. The meeting is held by the caller."""
    moment = now or timezone.now()
    if meeting.state != State.PUBLISHED or meeting.begins is None or moment >= meeting.begins:
        return 0
    waiting = people.parties(meeting, Stands.WAITING)
    found = places.admitted(meeting.limits, people.inside(meeting), waiting) if waiting else []
    for party in found:
        row = Registration.objects.get(pk=party.key)
        row.meeting = meeting
        row.state = Stands.REGISTERED
        row.save(update_fields=["state"])
        letters.registered(row, waited=row.queued_at != moment)
    return len(found)


def _held(meeting: Meeting, now: datetime) -> Meeting:
    """The meeting, held for us alone, if it takes registrations now."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    refusal = refuse_register(
        State(row.state), takes=row.takes_registrations, starts=row.begins, closes=row.closes, now=now
    )
    if refusal:
        raise Refused(refusal)
    return row


def _refuse(meeting: Meeting, wish: Wish) -> None:
    if wish.mode not in meeting.modes:
        raise Refused(Refusal(NO_SUCH_MODE))
    party = places.Party(0, len(wish.people), Mode(wish.mode), wish.side)
    if refusal := places.refuse_size(meeting.limits, party):
        raise Refused(refusal)


def _again(one: Attendee, now: datetime, *, is_known: bool) -> Registration:
    """Somebody asks twice: their owner is written to anew, at most once an hour, and nobody else learns anything."""
    row = one.registration
    if row.state == Stands.UNCONFIRMED:
        if is_known:
            _enter(row, now)
        else:
            letters.please_confirm(one, _bucket(now))
    elif is_known:
        raise Refused(Refusal(ALREADY))
    else:
        letters.please_confirm(one, _bucket(now))
    return row


def _enter(row: Registration, now: datetime) -> None:
    """Stand in line, and get places if it is one's turn."""
    row.state, row.queued_at = Stands.WAITING, now
    row.save(update_fields=["state", "queued_at"])
    promote(row.meeting, now)
    row.refresh_from_db(fields=["state"])
    if row.state == Stands.WAITING:
        letters.waiting(row)
    record("system:registration", "registered", "meeting", row.meeting.key, {"state": row.state})


def _bucket(now: datetime) -> str:
    return f"{now:%Y%m%d%H}"
