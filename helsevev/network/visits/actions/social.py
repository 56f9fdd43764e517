"""Entering followers (føre følgere): each change of a month is numbered, and the trail has it before and after."""

from collections.abc import Mapping, Sequence
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from helsevev.commons.audit.actions import record
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.network.visits.models import Channel, Month
from helsevev.network.visits.queries import social

CHANGED_ELSEWHERE = gettext_noop(
    "Somebody changed the month while you wrote. Your numbers stand below; what stands now is shown above them. "
    "Save again to replace it."
)
TAKEN = gettext_noop("There is already a channel called %(name)s")
NUMBERS = ("followers", "new", "reach")
Numbers = Mapping[str, int | None]
FIRST_CHANNELS = ("Facebook", "LinkedIn", "Instagram")


@transaction.atomic
def keep_month(month: date, entered: Mapping[str, Numbers], *, seen: str, actor: str) -> int:
    """Keep a month's numbers by channel; how many channels changed. Refused when somebody else was first."""
    channels = {one.key: one for one in Channel.objects.select_for_update().filter(key__in=entered)}
    standing = social.of_month(month)
    if social.seen(standing) != seen:
        raise Refused(Refusal(CHANGED_ELSEWHERE))
    return sum(_keep(channels[key], month, entered[key], standing.get(key), actor) for key in channels)


def _keep(channel: Channel, month: date, numbers: Numbers, row: Month | None, actor: str) -> bool:
    before = {name: getattr(row, name) for name in NUMBERS} if row else dict.fromkeys(NUMBERS)
    after = {name: numbers.get(name) for name in NUMBERS}
    if before == after:
        return False
    if row is None:
        Month.objects.create(channel=channel, month=month, changed_by=actor, **after)
    else:
        changed = {"version": row.version + 1, "changed_at": timezone.now(), "changed_by": actor}
        Month.objects.filter(pk=row.pk).update(**after, **changed)
    detail = {"channel": channel.name, "before": before, "after": after}
    record(actor, "entered", "social-month", f"{month:%Y-%m}", detail)
    return True


@transaction.atomic
def add_channel(name: str, actor: str) -> Channel:
    """A channel more, last in the list; its name in the annual report never changes after."""
    key = slugify(name)[:40]
    if not key or Channel.objects.filter(Q(key=key) | Q(name__iexact=name)).exists():
        raise Refused(Refusal(TAKEN, {"name": name}))
    row = Channel.objects.create(key=key, name=name, position=Channel.objects.count())
    record(actor, "added", "social-channel", row.key, {"name": name})
    return row


@transaction.atomic
def change_channels(wanted: Sequence[tuple[str, str, bool]], added: str, actor: str) -> None:
    """Names and use of the channels, in this order, and one more; what was entered of one no longer used stays."""
    rows = {one.key: one for one in Channel.objects.select_for_update()}
    for place, (key, name, in_use) in enumerate(wanted):
        row = rows[key]
        before = (row.name, row.in_use, row.position)
        row.name, row.in_use, row.position = name, in_use, place
        if before != (name, in_use, place):
            row.save()
            record(actor, "changed", "social-channel", key, {"name": name, "in_use": in_use})
    if added:
        add_channel(added, actor)


def make_first() -> int:
    """The channels that the network began with; nothing where there are any."""
    if Channel.objects.exists():
        return 0
    return len([add_channel(name, "system:prepare") for name in FIRST_CHANNELS])
