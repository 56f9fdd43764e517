"""Writing in the hour ledger. Whoever writes holds the engagement's row, so lines come one after the other and two who
book at once can't both have the last hour.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core import ledger
from helsevev.core.ledger import Kind, Line, Purpose
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.actions.telling import tell_marks
from helsevev.network.guidance.models import Engagement, HourLine, Session
from helsevev.network.guidance.rules.engagements import Why, refuse_reason

KIND = "engagement"


@dataclass(frozen=True)
class Entry:
    """What somebody wants to write (postering). `corrects` is the number of the line that it puts right."""

    kind: Kind
    minutes: int
    purpose: Purpose | None = None
    what: str = ""
    worked_on: date | None = None
    advisor: str = ""
    session: Session | None = None
    corrects: int | None = None
    sharing: str = ""


@dataclass(frozen=True)
class Stamp:
    """Who writes, when, and by whose yes where it goes past the balance."""

    by: str
    at: datetime
    yes: "Yes | None" = None


@dataclass(frozen=True)
class Yes:
    """The secretariat's yes to book more than is left: whose, and why."""

    by: str
    why: str


def locked(engagement: Engagement) -> Engagement:
    """The engagement's row, held until the transaction ends."""
    return Engagement.objects.select_for_update().get(pk=engagement.pk)


def write(
    engagement: Engagement, entries: Sequence[Entry], by: str, *, yes: Yes | None = None, now: datetime | None = None
) -> list[HourLine]:
    """Add lines that belong together: all of them, or none."""
    return write_all({engagement: entries}, by, yes=yes, now=now)


def write_all(
    wanted: Mapping[Engagement, Sequence[Entry]], by: str, *, yes: Yes | None = None, now: datetime | None = None
) -> list[HourLine]:
    """Add lines in several ledgers at once; locks are taken in one order, so that nobody waits for ever."""
    moment = now or timezone.now()
    made: list[HourLine] = []
    with transaction.atomic():
        for engagement, entries in sorted(wanted.items(), key=lambda one: one[0].pk):
            made += _write(locked(engagement), entries, Stamp(by, moment, yes))
    return made


def _write(row: Engagement, entries: Sequence[Entry], stamp: Stamp) -> list[HourLine]:
    rows = list(HourLine.objects.filter(engagement=row).select_related("corrects"))
    standing = [one.line for one in rows]
    day = _day(standing, stamp.at)
    lines = [_line(row.last_line + place, one, day) for place, one in enumerate(entries, start=1)]
    refusals = _closed(row, lines) + ledger.refuse(standing, lines, allowed_over=stamp.yes is not None)
    if refusals:
        raise Refused(*refusals)
    # A yes that wasn't needed isn't written down.
    used = stamp if ledger.over(standing, lines) else Stamp(stamp.by, stamp.at)
    by_number = {one.number: one for one in rows}
    made = [
        _keep(row, line, one, used, by_number.get(one.corrects or 0)) for line, one in zip(lines, entries, strict=True)
    ]
    row.last_line += len(made)
    row.save(update_fields=["last_line"])
    tell_marks(row, ledger.balance(standing), ledger.balance((*standing, *lines)))
    return made


def _day(standing: Sequence[Line], now: datetime) -> date:
    """The day that lines count from: today, and never before the last line, whatever a clock shows."""
    today = timezone.localdate(now)
    return max(today, standing[-1].on) if standing else today


def _line(number: int, entry: Entry, day: date) -> Line:
    return Line(number, entry.kind, entry.minutes, day, entry.purpose, entry.corrects)


def _closed(row: Engagement, lines: Sequence[Line]) -> list[Refusal]:
    """A closed ledger takes corrections and what is given back, and nothing new."""
    new = [line for line in lines if line.corrects is None and line.kind is not Kind.RETURNED]
    return [Refusal(Why.CLOSED)] if row.closed_at and new else []


def _keep(row: Engagement, line: Line, entry: Entry, stamp: Stamp, corrected: HourLine | None) -> HourLine:
    yes = stamp.yes
    made = HourLine.objects.create(
        engagement=row,
        number=line.number,
        kind=line.kind,
        minutes=line.minutes,
        purpose=line.purpose or "",
        on=line.on,
        worked_on=entry.worked_on,
        advisor=entry.advisor,
        session=entry.session,
        what=entry.what.strip(),
        counting=row.counting,
        counting_note=row.counting_note,
        sharing=entry.sharing,
        corrects=corrected,
        allowed_by=yes.by if yes else "",
        allowed_why=yes.why if yes else "",
        by=stamp.by,
        at=stamp.at,
    )
    detail = {"line": line.number, "what": line.kind.value, "minutes": line.minutes, "corrects": line.corrects}
    record(stamp.by, "hours written", KIND, str(row.key), {**detail, "past_balance": bool(yes)})
    return made


def correct(line: HourLine, minutes: int, why: str, by: str, now: datetime | None = None) -> list[HourLine]:
    """Let a line come to so many minutes, by a new line that says why; nothing of the old one is touched."""
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    with transaction.atomic():
        row = locked(line.engagement)
        standing = [one.line for one in HourLine.objects.filter(engagement=row).select_related("corrects")]
        change = minutes - ledger.stands_at(standing, line.line)
        purpose = Purpose(line.purpose) if line.purpose else None
        entry = Entry(Kind(line.kind), change, purpose, why, line.worked_on, line.advisor, line.session, line.number)
        return write(row, [entry], by, now=now)


def transfer(
    giver: Engagement, taker: Engagement, minutes: int, why: str, by: str, now: datetime | None = None
) -> list[HourLine]:
    """Move granted hours from one engagement to another: a line in each ledger."""
    if giver.pk == taker.pk:
        raise Refused(Refusal(Why.SAME))
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    if minutes <= 0:
        raise Refused(Refusal(ledger.Why.NOTHING))
    one, other = Entry(Kind.TRANSFERRED, -minutes, what=why), Entry(Kind.TRANSFERRED, minutes, what=why)
    with transaction.atomic():
        pair = str(uuid4())
        made = write_all({giver: [one], taker: [other]}, by, now=now)
        record(by, "hours transferred", KIND, str(giver.key), {"to": str(taker.key), "minutes": minutes, "pair": pair})
    return made


def give_back(engagement: Engagement, minutes: int, why: str, by: str, now: datetime | None = None) -> list[HourLine]:
    """Return hours to the network, which can grant them to others."""
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    return write(engagement, [Entry(Kind.RETURNED, -minutes, what=why)], by, now=now)
