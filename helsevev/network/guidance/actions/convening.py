"""Calling people to sessions, moving and cancelling them; everyone's calendar is told of the same entry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.audit.actions import record
from helsevev.commons.mail.actions import carry, queue
from helsevev.commons.people.models import User
from helsevev.core import ledger
from helsevev.core.invitations import Guest, Invitation, calendar
from helsevev.core.ledger import Purpose
from helsevev.core.ledger_sharing import Counting
from helsevev.core.wallclock import NORWAY, agree
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.actions.booking import Entry, Yes, write
from helsevev.network.guidance.actions.planning import release
from helsevev.network.guidance.models import Engagement, GuidanceGroup, Session, SessionPerson
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.queries import sessions as asking
from helsevev.network.guidance.rules import sessions as rules
from helsevev.network.guidance.rules.engagements import refuse_reason

KIND, LETTER = "session", "guidance_session"


@dataclass(frozen=True)
class Call:
    """What people are called to (innkalling)."""

    kind: rules.Kind
    title: str
    day: date
    at: time
    minutes: int
    zone: str = NORWAY
    place: str = ""
    link: str = ""
    agenda: str = ""
    phase: str = ""
    people: Sequence[User] = ()
    plan: bool = True


def convene(
    of: Engagement | GuidanceGroup, call: Call, by: str, *, yes: Yes | None = None, now: datetime | None = None
) -> Session:
    """Call people to a session; its time is planned in the ledger where that is wanted."""
    moment = now or timezone.now()
    _refuse(call)
    place = {"engagement": of} if isinstance(of, Engagement) else {"group": of}
    with transaction.atomic():
        made = Session.objects.create(**place, **_fields(call), made_at=moment, changed_at=moment, made_by=by)
        _invite(made, call.people)
        if call.plan:
            _plan(made, by, yes, moment)
        _tell(made)
        record(by, "session convened", KIND, str(made.key), {"day": call.day.isoformat(), "kind": call.kind.value})
    return made


def change(session: Session, call: Call, by: str, *, yes: Yes | None = None, now: datetime | None = None) -> Session:
    """Move or change a session; the same entry moves in everyone's calendar, and its plan in the ledger follows."""
    moment = now or timezone.now()
    _refuse(call)
    with transaction.atomic():
        row = Session.objects.select_for_update().get(pk=session.pk)
        if refusal := rules.refuse_change(rules.State(row.state)):
            raise Refused(refusal)
        for name, value in _fields(call).items():
            setattr(row, name, value)
        row.sequence += 1
        row.changed_at = moment
        row.save()
        gone = _invite(row, call.people)
        _replan(row, by, yes, moment, keep=call.plan)
        _uninvite(row, gone)
        _tell(row)
        record(by, "session changed", KIND, str(row.key), {"day": call.day.isoformat(), "sequence": row.sequence})
    return row


def cancel(session: Session, why: str, by: str, now: datetime | None = None) -> Session:
    """Cancel a session: the entry goes from everyone's calendar, and what was planned is taken back."""
    moment = now or timezone.now()
    with transaction.atomic():
        row = Session.objects.select_for_update().get(pk=session.pk)
        refusals = [one for one in (refuse_reason(why), rules.refuse_change(rules.State(row.state))) if one]
        if refusals:
            raise Refused(*refusals)
        row.state, row.cancelled_why = rules.State.CANCELLED, why.strip()[:500]
        row.sequence += 1
        row.changed_at = moment
        row.save()
        _replan(row, by, None, moment, keep=False)
        _tell(row)
        record(by, "session cancelled", KIND, str(row.key), {"why": why.strip()})
    return row


def _refuse(call: Call) -> None:
    """What is wrong with a call; a time that names no moment is refused by `agree`."""
    if not call.title.strip():
        raise Refused(Refusal(rules.Why.NEEDS_TITLE))
    agree(call.day, call.at, call.minutes, call.zone)


def _fields(call: Call) -> dict[str, object]:
    return {
        "kind": call.kind,
        "title": call.title.strip(),
        "day": call.day,
        "starts": call.at.replace(second=0, microsecond=0),
        "minutes": call.minutes,
        "zone": call.zone,
        "place": call.place.strip(),
        "link": call.link.strip(),
        "agenda": call.agenda.strip(),
        "phase": call.phase,
    }


def _invite(session: Session, people: Iterable[User]) -> list[SessionPerson]:
    """Invite exactly these; those that were invited and aren't any more."""
    wanted = {user.pk: user for user in people}
    there = {one.user_id: one for one in session.people.select_related("user")}
    advisors = {user.pk for engagement in asking.engagements(session) for user in rooms.advisors(engagement)}
    for pk, user in wanted.items():
        if pk not in there:
            SessionPerson.objects.create(session=session, user=user, is_advisor=pk in advisors)
    return [one for pk, one in there.items() if pk not in wanted]


# --- The plan in the ledger -------------------------------------------------------------------------------------------
def advisors_of(session: Session) -> list[str]:
    """Keys of the advisors whose time the session takes."""
    return [str(one.user.key) for one in session.people.select_related("user") if one.is_advisor]


def parts(engagement: Engagement, minutes: int, advisors: Sequence[str]) -> list[tuple[str, int]]:
    """Whose time, and how much, by the engagement's own rule."""
    if engagement.counting == Counting.EACH_ADVISOR and advisors:
        return [(key, minutes) for key in advisors]
    return [(advisors[0] if advisors else "", minutes)]


def entries(session: Session, engagement: Engagement, minutes: int, kind: ledger.Kind) -> list[Entry]:
    """The lines that a session comes to in one ledger."""
    purpose: Purpose = rules.PURPOSE_OF[rules.Kind(session.kind)]
    sharing = session.group.sharing if session.group else ""
    return [
        Entry(kind, span, purpose, session.title, session.day, key, session, None, sharing)
        for key, span in parts(engagement, minutes, advisors_of(session))
    ]


def _plan(session: Session, by: str, yes: Yes | None, now: datetime) -> None:
    every = asking.engagements(session)
    for engagement, minutes in asking.shares(session, every).items():
        write(engagement, entries(session, engagement, minutes, ledger.Kind.PLANNED), by, yes=yes, now=now)


def _replan(session: Session, by: str, yes: Yes | None, now: datetime, *, keep: bool) -> None:
    """Take the plan back and make it anew, in one breath for each ledger."""
    every = asking.engagements(session)
    wanted = asking.shares(session, every) if keep else {}
    for engagement in every:
        back = release(engagement, session, why=session.title)
        minutes = wanted.get(engagement, 0)
        anew = entries(session, engagement, minutes, ledger.Kind.PLANNED) if minutes else []
        same = [(-one.minutes, one.advisor, one.worked_on) for one in back]
        if (back or anew) and same != [(one.minutes, one.advisor, one.worked_on) for one in anew]:
            write(engagement, [*back, *anew], by, yes=yes, now=now)


# --- Letters ----------------------------------------------------------------------------------------------------------
def _tell(session: Session) -> None:
    """An invitation to each whose calendar hasn't been told of this sequence."""
    people = list(session.people.select_related("user"))
    guests = [Guest(one.user.name, one.user.email) for one in people]
    for one in people:
        if one.told < session.sequence:
            _letter(session, one, guests, cancelled=session.state == rules.State.CANCELLED)
            one.told = session.sequence
            one.save(update_fields=["told"])


def _uninvite(session: Session, gone: Iterable[SessionPerson]) -> None:
    """Take the entry from the calendars of those who are no longer invited."""
    for one in gone:
        _letter(session, one, [Guest(one.user.name, one.user.email)], cancelled=True)
        one.delete()


def _letter(session: Session, person: SessionPerson, guests: Sequence[Guest], *, cancelled: bool) -> None:
    user = person.user
    with override(user.language):
        url = settings.SITE_URL + address(session, user)
        file = calendar(invitation(session, guests, url, cancelled=cancelled))
        what = _(rules.KIND_NAMES[rules.Kind(session.kind)])
    message = queue(
        key=f"session:{session.key}:{session.sequence}:{'out' if cancelled else 'in'}:{user.pk}",
        kind=LETTER,
        to=user.email,
        language=user.language,
        template="guidance/session",
        context={
            "session": session,
            "what": what,
            "starts": session.agreed.starts,
            "ends": session.agreed.ends,
            "cancelled": cancelled,
            "changed": session.sequence > 0 and person.told >= 0,
            "url": url,
        },
    )
    carry(message, file.decode())


def address(session: Session, user: User) -> str:
    """Where the session's page is for somebody: in the working room of the project that they take part in."""
    every = asking.engagements(session)
    theirs = [one for one in every if rooms.takes_part(one, user)]
    engagement = (theirs or every)[0]
    return reverse("guidance:session", args=[rooms.main_initiative(engagement).key, session.key])


def invitation(session: Session, guests: Sequence[Guest], url: str, *, cancelled: bool) -> Invitation:
    """The entry in a calendar; always the same one, by the session's own key."""
    return Invitation(
        uid=f"{session.key}@{settings.SITE_HOST}",
        sequence=session.sequence,
        title=session.title,
        time=session.agreed,
        changed_at=session.changed_at,
        organiser=Guest("Helsevev", settings.CONTACT),
        guests=guests,
        place=session.place,
        url=session.link or url,
        text=f"{session.agenda}\n\n{url}".strip(),
        cancelled=cancelled,
    )
