"""The project's answers to lines, and the secretariat's to bookings past the balance."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core import ledger
from helsevev.core.ledger import Kind, Purpose
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.actions.booking import KIND, Entry, Yes, locked, write
from helsevev.network.guidance.actions.telling import tell_asked, tell_disputed
from helsevev.network.guidance.models import Engagement, HourAnswer, HourLine, HourRequest
from helsevev.network.guidance.queries import hours as asking
from helsevev.network.guidance.rules.engagements import Answer, RequestState, Why, refuse_reason

# What the project confirms: time that is used, and hours that go out or come in by way of others.
ANSWERED = (Kind.USED, Kind.RETURNED, Kind.TRANSFERRED)


def answer(line: HourLine, wanted: Answer, comment: str, by: str) -> HourAnswer:
    """Confirm a line, or dispute it with a comment; the newest answer counts."""
    if line.kind not in ANSWERED:
        raise Refused(Refusal(Why.NOT_TO_ANSWER))
    if by in (line.by, line.advisor):
        raise Refused(Refusal(Why.OWN_LINE))
    if wanted is Answer.DISPUTED and not comment.strip():
        raise Refused(Refusal(Why.NEEDS_COMMENT))
    with transaction.atomic():
        locked(line.engagement)
        made = HourAnswer.objects.create(line=line, answer=wanted, comment=comment.strip(), by=by)
        detail = {"line": line.number, "answer": wanted.value}
        record(by, "hours answered", KIND, str(line.engagement.key), detail)
        if wanted is Answer.DISPUTED:
            tell_disputed(line, comment.strip())
    return made


def confirm_all(engagement: Engagement, seen: int, by: str) -> int:
    """Confirm every line up to the last one that was on the page and that nobody has answered."""
    rows = [row for row in asking.unanswered(engagement) if row.number <= seen and by not in (row.by, row.advisor)]
    with transaction.atomic():
        for row in rows:
            answer(row, Answer.CONFIRMED, "", by)
    return len(rows)


# --- Past the balance -------------------------------------------------------------------------------------------------
def ask(engagement: Engagement, entries: Sequence[Entry], why: str, by: str) -> HourRequest:
    """Ask the secretariat to let these lines be written though not so much is left."""
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    with transaction.atomic():
        row = locked(engagement)
        standing = asking.lines(row)
        lines = [
            ledger.Line(row.last_line + place, one.kind, one.minutes, timezone.localdate(), one.purpose, one.corrects)
            for place, one in enumerate(entries, start=1)
        ]
        over = ledger.over(standing, lines)
        made = HourRequest.objects.create(
            engagement=row, asked=[_kept(one) for one in entries], why=why.strip(), over=over, asked_by=by
        )
        record(by, "hours asked for", KIND, str(row.key), {"request": made.pk, "over": over})
        tell_asked(made)
    return made


def answer_request(request: HourRequest, *, allow: bool, why: str, by: str, now: datetime | None = None) -> HourRequest:
    """Say yes, and the lines are written; or say no, with the reason."""
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    with transaction.atomic():
        locked(request.engagement)
        row = HourRequest.objects.select_related("engagement").get(pk=request.pk)
        if row.state != RequestState.ASKED:
            raise Refused(Refusal(Why.ANSWERED))
        if allow:
            write(row.engagement, [_entry(one) for one in row.asked], row.asked_by, yes=Yes(by, why.strip()), now=now)
        row.state = RequestState.ALLOWED if allow else RequestState.DECLINED
        row.answered_by, row.answered_at, row.answer = by, now or timezone.now(), why.strip()
        row.save()
        record(by, "hours request answered", KIND, str(row.engagement.key), {"request": row.pk, "allowed": allow})
    return row


def _kept(entry: Entry) -> dict[str, object]:
    return {
        "kind": entry.kind.value,
        "minutes": entry.minutes,
        "purpose": entry.purpose.value if entry.purpose else "",
        "what": entry.what,
        "worked_on": entry.worked_on.isoformat() if entry.worked_on else "",
        "advisor": entry.advisor,
    }


def _entry(kept: dict[str, str]) -> Entry:
    return Entry(
        Kind(kept["kind"]),
        int(kept["minutes"]),
        Purpose(kept["purpose"]) if kept["purpose"] else None,
        kept["what"],
        date.fromisoformat(kept["worked_on"]) if kept["worked_on"] else None,
        kept["advisor"],
    )
