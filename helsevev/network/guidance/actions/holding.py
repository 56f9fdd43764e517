"""What comes of a session: its time in the ledger in one click, decisions, actions, and notes written together."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import actions as forms
from helsevev.commons.forms import queries as forms_asking
from helsevev.commons.forms.models import Sheet
from helsevev.commons.people.models import User
from helsevev.core.ledger import Kind
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.actions.booking import Yes, write
from helsevev.network.guidance.actions.convening import KIND, entries
from helsevev.network.guidance.actions.planning import release
from helsevev.network.guidance.models import HourLine, Session, SessionPoint, SessionPresence
from helsevev.network.guidance.queries import sessions as asking
from helsevev.network.guidance.rules import sessions as rules

ROOM, FORM = "guidance", "session"


def book(session: Session, by: str, *, yes: Yes | None = None, now: datetime | None = None) -> list[HourLine]:
    """Put a session's time in the ledger: what was planned becomes used, once."""
    moment = now or timezone.now()
    made: list[HourLine] = []
    with transaction.atomic():
        row = Session.objects.select_for_update(of=("self",)).select_related("group").get(pk=session.pk)
        if refusal := rules.refuse_book(rules.State(row.state), row.agreed.ends, moment):
            raise Refused(refusal)
        every = asking.engagements(row)
        wanted = asking.shares(row, every)
        if not wanted:
            raise Refused(Refusal(rules.Why.NOBODY_PRESENT if every else rules.Why.EMPTY_GROUP))
        for engagement in sorted(every, key=lambda one: one.pk):
            lines = release(engagement, row, why=row.title)
            if engagement in wanted:
                lines += entries(row, engagement, wanted[engagement], Kind.USED)
            if lines:
                made += write(engagement, lines, by, yes=yes, now=moment)
        row.state = rules.State.HELD
        row.save(update_fields=["state"])
        record(by, "session booked", KIND, str(row.key), {"minutes": sum(wanted.values())})
    return [one for one in made if one.kind == Kind.USED]


def say_present(session: Session, present: Collection[int], by: str) -> None:
    """Say which projects of a group took part."""
    with transaction.atomic():
        row = Session.objects.select_for_update().get(pk=session.pk)
        if refusal := rules.refuse_change(rules.State(row.state)):
            raise Refused(refusal)
        known = {one.pk for one in asking.engagements(row)}
        SessionPresence.objects.filter(session=row).exclude(engagement_id__in=present).delete()
        for pk in known & set(present):
            SessionPresence.objects.get_or_create(session=row, engagement_id=pk)
        record(by, "presence said", KIND, str(row.key), {"projects": len(known & set(present))})


# --- Decisions and actions --------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Point:
    """A decision, or an action with who does it by when."""

    kind: rules.PointKind
    text: str
    owner: User | None = None
    owner_name: str = ""
    due: date | None = None


def add_point(session: Session, point: Point, by: str, now: datetime | None = None) -> SessionPoint:
    """Keep what was decided, or who does what by when."""
    owner = str(point.owner.key) if point.owner else point.owner_name
    if refusals := rules.refuse_point(point.kind, point.text, owner, point.due):
        raise Refused(*refusals)
    is_action = point.kind is rules.PointKind.ACTION
    with transaction.atomic():
        made = SessionPoint.objects.create(
            session=session,
            kind=point.kind,
            text=point.text.strip(),
            owner=point.owner if is_action else None,
            owner_name=point.owner_name.strip() if is_action and not point.owner else "",
            due=point.due if is_action else None,
            made_at=now or timezone.now(),
            made_by=by,
        )
        record(by, f"{point.kind.value} kept", KIND, str(session.key), {"point": made.pk})
    return made


def settle_point(point: SessionPoint, by: str, *, done: bool = True, now: datetime | None = None) -> SessionPoint:
    """Say that an action is done, or that it isn't after all."""
    with transaction.atomic():
        row = SessionPoint.objects.select_for_update(of=("self",)).select_related("session").get(pk=point.pk)
        row.done_at, row.done_by = (now or timezone.now(), by) if done else (None, "")
        row.save(update_fields=["done_at", "done_by"])
        record(by, "action settled", KIND, str(row.session.key), {"point": row.pk, "done": done})
    return row


# --- Notes ------------------------------------------------------------------------------------------------------------
def notes(session: Session, language: str, by: str) -> Sheet:
    """The sheet that everyone writes the notes in together; made when somebody first opens it."""
    with transaction.atomic():
        row = Session.objects.select_for_update(of=("self",)).select_related("sheet").get(pk=session.pk)
        if row.sheet is not None and row.sheet.state != Sheet.State.DISCARDED:
            return row.sheet
        version = forms_asking.newest(FORM)
        assert version is not None  # the form comes with the product
        row.sheet = forms.open_sheet(version, room=ROOM, subject=str(row.key), language=language, by=by)
        row.save(update_fields=["sheet"])
    return row.sheet
