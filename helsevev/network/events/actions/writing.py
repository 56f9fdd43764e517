"""Making, changing, copying, publishing and cancelling meetings; whoever is registered is told."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from helsevev.commons.audit.actions import record
from helsevev.core.wallclock import agree
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.events.actions import letters, registering
from helsevev.network.events.actions.programme import Line, write
from helsevev.network.events.actions.showing import show
from helsevev.network.events.models import Meeting, Series
from helsevev.network.events.rules import meetings as rules

KIND = "meeting"
# What those who are registered must hear of, and their calendars with them.
TOLD = ("title", "mode", "day", "starts", "minutes", "zone", "place")
CHANGED_ELSEWHERE = gettext_noop(
    "Somebody changed the meeting while you wrote. Look at it, and write your change again."
)
NEEDS_WHY = gettext_noop("Say why, in a sentence.")


def lock(meeting: Meeting) -> Meeting:
    """The meeting, held until the transaction ends: places are given by one at a time."""
    return Meeting.objects.select_for_update().get(pk=meeting.pk)


@transaction.atomic
def make(fields: Mapping[str, Any], programme: Sequence[Line], by: str) -> Meeting:
    """A new meeting, as a draft."""
    row = Meeting(made_by=by, **_tidy(fields))
    _refuse_time(row)
    row.key = _free_key(row)
    row.save()
    write(row, programme)
    record(by, "made", KIND, row.key, {})
    return row


@transaction.atomic
def change(meeting: Meeting, fields: Mapping[str, Any], programme: Sequence[Line], by: str, *, seen: int) -> Meeting:
    """Change a meeting. `seen` is the version that the writer began with."""
    row = lock(meeting)
    if row.version != seen:
        raise Refused(Refusal(CHANGED_ELSEWHERE))
    if row.state == rules.State.CANCELLED:
        raise Refused(Refusal(rules.Why.CANCELLED))
    before = {name: getattr(row, name) for name in TOLD}
    for name, value in _tidy(fields).items():
        setattr(row, name, value)
    _refuse_time(row)
    is_told = any(before[name] != getattr(row, name) for name in TOLD)
    row.sequence += is_told
    _save(row)
    write(row, programme)
    if row.state == rules.State.PUBLISHED:
        show(row, by)
        if is_told and row.ends > timezone.now():
            letters.changed(row)
        registering.promote(row)
    record(by, "changed", KIND, row.key, {"version": row.version})
    return row


@transaction.atomic
def publish(meeting: Meeting, by: str) -> Meeting:
    """Show a meeting to everyone."""
    row = lock(meeting)
    refusals = rules.refuse_publish(
        rules.State(row.state),
        rules.Mode(row.mode or rules.Mode.DIGITAL),
        takes=row.takes_registrations,
        timed=row.agreed is not None,
        place=row.place,
        link=row.link,
    )
    if refusals:
        raise Refused(*refusals)
    row.state = rules.State.PUBLISHED
    _save(row)
    show(row, by)
    record(by, "published", KIND, row.key, {})
    return row


@transaction.atomic
def cancel(meeting: Meeting, why: str, by: str) -> Meeting:
    """Cancel a meeting: the entry goes from everyone's calendar."""
    row = lock(meeting)
    if not why.strip():
        raise Refused(Refusal(NEEDS_WHY))
    if row.state == rules.State.CANCELLED:
        raise Refused(Refusal(rules.Why.CANCELLED))
    row.state, row.cancelled_why = rules.State.CANCELLED, why.strip()[:500]
    row.sequence += 1
    _save(row)
    letters.called_off(row)
    show(row, by)
    record(by, "cancelled", KIND, row.key, {"why": row.cancelled_why})
    return row


def series_called(title: str) -> Series | None:
    """The series with this title, made where there is none; none where nothing is written."""
    if not (name := " ".join(title.split())[:200]):
        return None
    key = slugify(name.replace("ø", "o").replace("æ", "ae"))[:80] or "series"
    return Series.objects.get_or_create(key=key, defaults={"title": name})[0]


def _tidy(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value.strip() if isinstance(value, str) else value for name, value in fields.items()}


def _refuse_time(row: Meeting) -> None:
    """A time that names no moment is refused; none at all is fine until people register."""
    if row.starts is not None and row.minutes is not None:
        agree(row.day, row.starts, row.minutes, row.zone)
    elif row.state == rules.State.PUBLISHED and row.takes_registrations:
        raise Refused(Refusal(rules.Why.NEEDS_TIME))


def _free_key(row: Meeting) -> str:
    """An address that tells day and title, and is nobody's yet."""
    letters_ = row.title.lower().replace("ø", "o").replace("æ", "ae").replace("å", "a")
    base = f"{row.day.isoformat()}-{slugify(letters_)[:70]}".strip("-")
    taken = set(Meeting.objects.filter(key__startswith=base).values_list("key", flat=True))
    return next(key for key in (base, *(f"{base}-{n}" for n in range(2, len(taken) + 3))) if key not in taken)


def _save(row: Meeting) -> None:
    row.version += 1
    row.changed_at = timezone.now()
    row.save()
