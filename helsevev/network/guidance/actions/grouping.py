"""Groups that share sessions, and the hours that advisors can give."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.people.models import User
from helsevev.core.ledger_sharing import Sharing
from helsevev.core.words import Refusal, Refused
from helsevev.network.guidance.models import AdvisorCapacity, Engagement, GroupMember, GuidanceGroup
from helsevev.network.guidance.rules.engagements import Why, refuse_period

KIND = "guidance group"


def make(name: str, sharing: Sharing, by: str) -> GuidanceGroup:
    """A group, with the rule that its shared time falls by."""
    if not name.strip():
        raise Refused(Refusal(Why.NO_TEXT))
    with transaction.atomic():
        made = GuidanceGroup.objects.create(name=name.strip(), sharing=sharing, made_by=by)
        record(by, "group made", KIND, str(made.key), {"sharing": sharing.value})
    return made


def join(group: GuidanceGroup, engagement: Engagement, since: date, by: str) -> GroupMember:
    """Let a project join; twice is once."""
    with transaction.atomic():
        GuidanceGroup.objects.select_for_update().get(pk=group.pk)
        member, made = GroupMember.objects.get_or_create(
            group=group, engagement=engagement, until=None, defaults={"since": since}
        )
        if made:
            record(by, "project joined", KIND, str(group.key), {"engagement": str(engagement.key)})
    return member


def leave(member: GroupMember, until: date, by: str) -> None:
    """Let a project leave; its last day counts."""
    with transaction.atomic():
        row = GroupMember.objects.select_for_update().get(pk=member.pk)
        row.until = max(until, row.since)
        row.save(update_fields=["until"])
        record(by, "project left", KIND, str(row.group.key), {"engagement": str(row.engagement.key)})


def give_capacity(user: User, period: tuple[date, date], minutes: int, note: str, by: str) -> AdvisorCapacity:
    """Say how many hours an advisor can give in a period."""
    if refusal := refuse_period(*period):
        raise Refused(refusal)
    with transaction.atomic():
        made = AdvisorCapacity.objects.create(
            user=user, starts=period[0], ends=period[1], minutes=minutes, note=note.strip(), by=by
        )
        record(by, "capacity given", "advisor", str(user.key), {"minutes": minutes, "ends": period[1].isoformat()})
    return made


def withdraw_capacity(row: AdvisorCapacity, by: str, now: datetime | None = None) -> None:
    """Take back what was said of an advisor's hours; the row stays, and counts no more."""
    with transaction.atomic():
        found = AdvisorCapacity.objects.select_for_update().get(pk=row.pk)
        if found.withdrawn_at is None:
            found.withdrawn_at, found.withdrawn_by = now or timezone.now(), by
            found.save(update_fields=["withdrawn_at", "withdrawn_by"])
            record(by, "capacity withdrawn", "advisor", str(found.user.key), {"minutes": found.minutes})
