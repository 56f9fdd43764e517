"""Opening engagements and adding to their story: renewals, extensions, advisors, what is agreed, closing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.initiatives.models import Initiative, Lineage
from helsevev.commons.people.models import User
from helsevev.core.ledger import Kind
from helsevev.core.ledger_sharing import Counting
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.actions.booking import KIND, Entry, locked, write
from helsevev.network.guidance.actions.planning import release
from helsevev.network.guidance.models import (
    AgreedItem,
    Engagement,
    EngagementAdvisor,
    EngagementInitiative,
    EngagementStep,
)
from helsevev.network.guidance.queries import hours as asking
from helsevev.network.guidance.queries import rooms
from helsevev.network.guidance.rules.engagements import ItemKind, Step, Support, Why, refuse_period, refuse_reason

# What an award gives where nobody has agreed on a period yet.
FIRST_PERIOD = timedelta(days=365)


@dataclass(frozen=True)
class Terms:
    """What an engagement begins with (vilkår)."""

    support: Support
    starts: date
    ends: date
    minutes: int
    counting: Counting = Counting.EACH_ADVISOR
    counting_note: str = ""
    advisors: Sequence[User] = ()
    goals: Sequence[str] = ()
    deliverables: Sequence[str] = ()


@dataclass(frozen=True)
class Said:
    """What a step of the story says."""

    why: str = ""
    what: str = ""
    minutes: int = 0
    starts: date | None = None
    ends: date | None = None


def open_(initiative: Initiative, terms: Terms, by: str, why: str, now: datetime | None = None) -> Engagement:
    """Open an engagement on a project, with its first hours."""
    moment = now or timezone.now()
    refusals = [one for one in (refuse_reason(why), refuse_period(terms.starts, terms.ends)) if one]
    if refusals:
        raise Refused(*refusals)
    with transaction.atomic():
        if EngagementInitiative.objects.select_for_update().filter(initiative=initiative).exists():
            raise Refused(Refusal(Why.OPEN_ALREADY))
        made = Engagement.objects.create(
            support=terms.support,
            starts=terms.starts,
            ends=terms.ends,
            counting=terms.counting,
            counting_note=terms.counting_note.strip(),
            opened_at=moment,
            opened_by=by,
        )
        EngagementInitiative.objects.create(engagement=made, initiative=initiative, since=terms.starts)
        _step(made, Step.OPENED, by, moment, Said(why, "", terms.minutes, terms.starts, terms.ends))
        for user in terms.advisors:
            add_advisor(made, user, terms.starts, by, moment)
        for kind, texts in ((ItemKind.GOAL, terms.goals), (ItemKind.DELIVERABLE, terms.deliverables)):
            for text in texts:
                agree(made, kind, text, None, by, moment)
        if terms.minutes:
            write(made, [Entry(Kind.GRANTED, terms.minutes, what=why)], by, now=moment)
        record(by, "engagement opened", KIND, str(made.key), {"initiative": initiative.key, "minutes": terms.minutes})
    made.refresh_from_db()
    return made


def extend(
    engagement: Engagement, minutes: int, ends: date, why: str, by: str, now: datetime | None = None
) -> Engagement:
    """Give more hours, a later end, or both; it goes on as the same story."""
    return _more(engagement, Step.EXTENDED, Said(why, "", minutes, None, ends), by, now or timezone.now())


def renew(
    engagement: Engagement, initiative: Initiative, minutes: int, why: str, by: str, now: datetime | None = None
) -> Engagement:
    """Take the initiative that a renewed award made into the story of the one that it continues."""
    moment = now or timezone.now()
    day = timezone.localdate(moment)
    with transaction.atomic():
        row = locked(engagement)
        if row.closed_at:
            reopen(row, why, by, moment)
        EngagementInitiative.objects.create(engagement=row, initiative=initiative, since=day)
        said = Said(why, "", minutes, None, max(row.ends, day + FIRST_PERIOD))
        return _more(row, Step.RENEWED, said, by, moment)


def from_award(
    initiative: Initiative, *, support: str, minutes: int, by: str, why: str, now: datetime | None = None
) -> Engagement:
    """What publishing an award comes to: a new engagement, or a renewal of the one that it continues."""
    standing = rooms.engagement_of(initiative)
    if standing is not None:
        return standing
    parents = Lineage.objects.filter(child=initiative, kind=Lineage.Kind.CONTINUES).select_related("parent")
    for one in parents:
        earlier = rooms.engagement_of(one.parent)
        if earlier is not None:
            return renew(earlier, initiative, minutes, why, by, now)
    day = timezone.localdate(now or timezone.now())
    kind = Support.GROUP if support == Support.GROUP else Support.TAILORED
    return open_(initiative, Terms(kind, day, day + FIRST_PERIOD, minutes), by, why, now)


def _more(engagement: Engagement, step: Step, said: Said, by: str, moment: datetime) -> Engagement:
    with transaction.atomic():
        row = locked(engagement)
        ends = said.ends or row.ends
        refusals = [one for one in (refuse_reason(said.why), refuse_period(row.starts, ends)) if one]
        if row.closed_at:
            refusals.append(Refusal(Why.CLOSED))
        if refusals:
            raise Refused(*refusals)
        row.ends = ends
        row.save(update_fields=["ends"])
        _step(row, step, by, moment, Said(said.why, "", said.minutes, row.starts, ends))
        if said.minutes:
            write(row, [Entry(Kind.EXTENDED, said.minutes, what=said.why)], by, now=moment)
        detail = {"minutes": said.minutes, "ends": ends.isoformat()}
        record(by, f"engagement {step.value}", KIND, str(row.key), detail)
    row.refresh_from_db()
    return row


# --- Advisors and what is agreed --------------------------------------------------------------------------------------
def add_advisor(engagement: Engagement, user: User, since: date, by: str, now: datetime | None = None) -> None:
    """Let somebody advise from a day on."""
    with transaction.atomic():
        row = locked(engagement)
        if rooms.advising(row, since).filter(user=user, until=None).exists():
            raise Refused(Refusal(Why.ADVISOR_ALREADY))
        EngagementAdvisor.objects.create(engagement=row, user=user, since=since, by=by)
        _step(row, Step.ADVISOR_JOINED, by, now or timezone.now(), Said(what=str(user.key)))
        record(by, "advisor joined", KIND, str(row.key), {"advisor": str(user.key)})


def end_advisor(engagement: Engagement, user: User, until: date, by: str, now: datetime | None = None) -> None:
    """Let somebody advise no longer than to a day, which still counts."""
    with transaction.atomic():
        row = locked(engagement)
        there = EngagementAdvisor.objects.filter(engagement=row, user=user, until=None).first()
        if there is None:
            raise Refused(Refusal(Why.NOT_AN_ADVISOR))
        there.until = max(until, there.since)
        there.save(update_fields=["until"])
        _step(row, Step.ADVISOR_LEFT, by, now or timezone.now(), Said(what=str(user.key)))
        record(by, "advisor left", KIND, str(row.key), {"advisor": str(user.key), "until": until.isoformat()})


def agree(
    engagement: Engagement, kind: ItemKind, text: str, due: date | None, by: str, now: datetime | None = None
) -> AgreedItem:
    """Write down a goal or a deliverable that both sides have agreed on."""
    if not text.strip():
        raise Refused(Refusal(Why.NO_TEXT))
    with transaction.atomic():
        row = locked(engagement)
        made = AgreedItem.objects.create(engagement=row, kind=kind, text=text.strip(), due=due, changed_by=by)
        _step(row, Step.AGREED, by, now or timezone.now(), Said(what=text.strip()))
        record(by, "agreed", KIND, str(row.key), {"item": made.pk, "kind": kind.value})
    return made


def settle_item(item: AgreedItem, *, done: bool, by: str, now: datetime | None = None) -> AgreedItem:
    """Say that something agreed is reached, or that it is dropped; nothing is taken away."""
    day = timezone.localdate(now or timezone.now())
    with transaction.atomic():
        row = AgreedItem.objects.select_for_update().get(pk=item.pk)
        if row.done_on or row.dropped_on:
            raise Refused(Refusal(Why.STALE))
        row.done_on, row.dropped_on = (day, None) if done else (None, day)
        row.changed_by = by
        row.save()
        record(by, "agreed item settled", KIND, str(row.engagement.key), {"item": row.pk, "done": done})
    return row


def change_counting(engagement: Engagement, counting: Counting, note: str, why: str, by: str) -> Engagement:
    """Count hours by another rule from now on; lines keep the rule that they were written by."""
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    with transaction.atomic():
        row = locked(engagement)
        row.counting, row.counting_note = counting, note.strip()
        row.save(update_fields=["counting", "counting_note"])
        _step(row, Step.COUNTING, by, timezone.now(), Said(why, note.strip()))
        record(by, "counting changed", KIND, str(row.key), {"counting": counting.value})
    return row


# --- The end ----------------------------------------------------------------------------------------------------------
def close(engagement: Engagement, why: str, by: str, now: datetime | None = None) -> Engagement:
    """End the guidance; what is left goes back to the network, and what was planned is taken off the plan."""
    moment = now or timezone.now()
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    with transaction.atomic():
        row = locked(engagement)
        if row.closed_at:
            raise Refused(Refusal(Why.CLOSED))
        _settle(row, why, by, moment)
        row.refresh_from_db()
        row.closed_at, row.closed_by = moment, by
        row.save(update_fields=["closed_at", "closed_by"])
        _step(row, Step.CLOSED, by, moment, Said(why))
        record(by, "engagement closed", KIND, str(row.key), {})
    return row


def _settle(row: Engagement, why: str, by: str, moment: datetime) -> None:
    """Take every plan back, then return what is left."""
    entries = release(row, why=why)
    left = asking.balance(row).left - sum(one.minutes for one in entries)
    if left > 0:
        entries.append(Entry(Kind.RETURNED, -left, what=why))
    if entries:
        write(row, entries, by, now=moment)


def reopen(engagement: Engagement, why: str, by: str, now: datetime | None = None) -> Engagement:
    """Take a closed engagement up again."""
    if refusal := refuse_reason(why):
        raise Refused(refusal)
    with transaction.atomic():
        row = locked(engagement)
        if not row.closed_at:
            raise Refused(Refusal(Why.NOT_CLOSED))
        row.closed_at, row.closed_by = None, ""
        row.save(update_fields=["closed_at", "closed_by"])
        _step(row, Step.REOPENED, by, now or timezone.now(), Said(why))
        record(by, "engagement reopened", KIND, str(row.key), {})
    return row


def _step(row: Engagement, step: Step, by: str, at: datetime, said: Said) -> None:
    """Add to the story."""
    EngagementStep.objects.create(
        engagement=row,
        number=row.steps.count() + 1,
        step=step,
        on=timezone.localdate(at),
        starts=said.starts,
        ends=said.ends,
        minutes=said.minutes,
        what=said.what[:500],
        why=said.why.strip(),
        by=by,
        at=at,
    )
