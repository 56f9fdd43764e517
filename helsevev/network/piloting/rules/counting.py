"""Counts per week (uketall): never persons, never overwritten."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from enum import StrEnum

from helsevev.core.piloting.pacing import Plan, Week, monday
from helsevev.core.words import Refusal, gettext_noop

MOST = 100_000
DECLINED, OTHER = "declined", "other"
OTHER_REASONS: Mapping[str, str] = {
    DECLINED: gettext_noop("Didn't want to take part"),
    OTHER: gettext_noop("Another reason"),
}


class Why(StrEnum):
    """Why a week's count can't be kept."""

    NOT_SIGNED = gettext_noop("Counting begins when every party has signed the protocol.")
    OUTSIDE = gettext_noop("The pilot goes from %(first)s to %(last)s. That week lies outside.")
    FUTURE = gettext_noop("A week that hasn't begun can't be counted.")
    BAD_UNTIL = gettext_noop("The last day counted lies in the week itself, and isn't past today.")
    WHY = gettext_noop("This week is counted already, with other numbers. Say why they change.")
    TOO_MANY = gettext_noop("So many in a week can't be right.")
    STOPPED = gettext_noop("The pilot has its result. Nothing is counted any more.")
    NO_REASON = gettext_noop("The protocol has no such reason.")
    SAME = gettext_noop("The week is counted with the same numbers already.")


def reasons(criteria: Sequence[Mapping[str, object]]) -> tuple[str, ...]:
    """What one may be excluded for: each criterion by its id, then the others."""
    return (*(str(one["id"]) for one in criteria), *OTHER_REASONS)


def last_day(week: date, plan: Plan, today: date) -> date:
    """The last day of a week that can be counted."""
    return min(week + timedelta(days=6), plan.last, today)


def refuse_count(row: Week, before: Week | None, plan: Plan, today: date, why: str) -> list[Refusal]:
    """Why a week's numbers can't be kept; `before` is what stands for that week."""
    if row.monday != monday(row.monday) or not monday(plan.first) <= row.monday <= plan.last:
        return [Refusal(Why.OUTSIDE, {"first": plan.first, "last": plan.last})]
    if row.monday > today or plan.first > today:
        return [Refusal(Why.FUTURE)]
    found = []
    if not max(row.monday, plan.first) <= row.until <= last_day(row.monday, plan, today):
        found.append(Refusal(Why.BAD_UNTIL))
    if row.included > MOST or sum(row.excluded.values()) > MOST:
        found.append(Refusal(Why.TOO_MANY))
    if before is not None and (before.until, before.included, before.excluded) == (
        row.until,
        row.included,
        row.excluded,
    ):
        found.append(Refusal(Why.SAME))
    elif before is not None and corrects(row, before) and not why.strip():
        found.append(Refusal(Why.WHY))
    return found


def corrects(row: Week, before: Week) -> bool:
    """Whether a row changes what was counted, and doesn't only count on through the same week."""
    fewer = any(row.excluded.get(reason, 0) < count for reason, count in before.excluded.items())
    return row.until <= before.until or row.included < before.included or fewer
