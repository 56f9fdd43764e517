"""What is asked of those who registered: who has a place, who waits where in line, who came."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.signing import BadSignature
from django.db.models import Count, Q, QuerySet

from helsevev.commons.people.models import User
from helsevev.network.events.models import Attendee, Meeting, Registration
from helsevev.network.events.models.registrations import SIGNER
from helsevev.network.events.rules import places

State = Registration.State
HERE = Q(people__gone_at=None)


def parties(meeting: Meeting, state: str) -> list[places.Party]:
    """Those of a meeting who stand so, in the order that they asked."""
    rows = meeting.registrations.filter(state=state).annotate(seats=Count("people", filter=HERE))
    found = rows.order_by("queued_at", "pk").values_list("pk", "seats", "mode", "side")
    return [places.Party(*row) for row in found]


def inside(meeting: Meeting) -> list[places.Party]:
    """Those with a place, added up by how they take part and whence: a handful of sums, however many they are."""
    rows = meeting.registrations.filter(state=State.REGISTERED).order_by().values("mode", "side")
    return [
        places.Party(0, row["seats"], row["mode"], row["side"])
        for row in rows.annotate(seats=Count("people", filter=HERE))
    ]


def by_token(token: str) -> Attendee | None:
    """The person that a link belongs to."""
    try:
        key = UUID(SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    rows = Attendee.objects.select_related("registration__meeting", "registration__sheet")
    return rows.filter(key=key, gone_at=None).first()


def place_in_line(registration: Registration) -> int:
    """How many wait before and with these, counted from one; nought where they don't wait."""
    if registration.state != State.WAITING:
        return 0
    return [one.key for one in parties(registration.meeting, State.WAITING)].index(registration.pk) + 1


def attendees(meeting: Meeting) -> QuerySet[Attendee]:
    """Everyone with a place."""
    rows = Attendee.objects.filter(registration__meeting=meeting, registration__state=State.REGISTERED, gone_at=None)
    return rows.select_related("registration").order_by("registration__queued_at", "registration", "position")


def everyone(meeting: Meeting) -> QuerySet[Attendee]:
    """Everyone with a place, or waiting for one."""
    wanted = [State.REGISTERED, State.WAITING]
    rows = Attendee.objects.filter(registration__meeting=meeting, registration__state__in=wanted, gone_at=None)
    return rows.select_related("registration__sheet__version").order_by(
        "registration__state", "registration__queued_at", "registration", "position"
    )


def of_user(user: User) -> QuerySet[Registration]:
    """A person's own registrations that stand."""
    rows = Registration.objects.filter(user=user, state__in=[State.REGISTERED, State.WAITING])
    return rows.select_related("meeting").order_by("meeting__day")


@dataclass(frozen=True)
class Numbers:
    """Three numbers that are never one (tall): registered, came, and watched the recording. None: nobody knows."""

    registered: int | None
    attended: int | None
    watched: int | None
    waiting: int = 0


def numbers(meeting: Meeting) -> Numbers:
    """A meeting's numbers, from its rows, else as they were counted when the rows went."""
    return numbers_of([meeting])[meeting.pk]


def numbers_of(meetings: Collection[Meeting]) -> dict[int, Numbers]:
    """The numbers of many meetings, by their primary keys, in one statement."""
    counting = [one.pk for one in meetings if one.kept_registered is None]
    rows = Attendee.objects.filter(registration__meeting__in=counting, gone_at=None).order_by()
    grouped = rows.values_list("registration__meeting", "registration__state").annotate(
        Count("pk"), Count("attended_at")
    )
    seats = {(pk, state): (here, came) for pk, state, here, came in grouped} if counting else {}
    return {one.pk: _numbers(one, seats) for one in meetings}


def _numbers(one: Meeting, seats: Mapping[tuple[int, str], tuple[int, int]]) -> Numbers:
    if one.kept_registered is not None:
        return Numbers(one.kept_registered, one.kept_attended, one.watched)
    registered, came = seats.get((one.pk, State.REGISTERED), (0, 0))
    waiting, _came = seats.get((one.pk, State.WAITING), (0, 0))
    known = one.takes_registrations or registered
    return Numbers(registered if known else None, came + one.others or None, one.watched, waiting)
