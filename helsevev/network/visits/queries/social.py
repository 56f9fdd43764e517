"""What was entered of followers, month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from helsevev.commons.audit import queries as trail
from helsevev.core.visits.followers import Entered
from helsevev.network.portfolio.queries.history import who
from helsevev.network.visits.models import Channel, Month


def channels() -> list[Channel]:
    """Those in use."""
    return list(Channel.objects.filter(in_use=True))


def entered(*, first: date | None = None, last: date | None = None) -> dict[Channel, list[Entered]]:
    """Every channel's months, the oldest first."""
    rows = Month.objects.select_related("channel").order_by("channel__position", "channel__pk", "month")
    if first and last:
        rows = rows.filter(month__range=(first, last))
    found: dict[Channel, list[Entered]] = {}
    for row in rows:
        found.setdefault(row.channel, []).append(Entered(row.month, row.followers, row.new, row.reach))
    return found


def of_month(month: date) -> dict[str, Month]:
    """What stands of a month, by channel."""
    return {row.channel.key: row for row in Month.objects.filter(month=month).select_related("channel")}


def seen(standing: dict[str, Month]) -> str:
    """What a writer begins with, in a word that changes with every change."""
    return " ".join(f"{key}:{row.version}" for key, row in sorted(standing.items()))


@dataclass(frozen=True)
class Change:
    """One change of a month (endring): who, when, of which channel, and the three numbers before and after."""

    who: str
    when: datetime | None
    channel: str
    before: Mapping[str, int | None]
    after: Mapping[str, int | None]


def changes(month: date) -> list[Change]:
    """What was changed of a month, the newest first, as the trail has it."""
    lines = trail.page(kind="social-month", key=f"{month:%Y-%m}").lines
    names = who(line.actor for line in lines)
    told: list[tuple[Any, dict[str, Any]]] = [(line, dict(line.details)) for line in lines]
    return [Change(names[line.actor], line.when, said["channel"], said["before"], said["after"]) for line, said in told]


def to_enter(most: int = 12) -> Sequence[date]:
    """The months that numbers can be entered for, the newest first."""
    today = timezone.localdate()
    months = (today.year * 12 + today.month - 1 - back for back in range(most))
    return [date(one // 12, one % 12 + 1, 1) for one in months]
