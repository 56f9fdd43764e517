"""Closing what is over (avslutte): a day's keys are destroyed, and a month's small counts folded."""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from helsevev.core.visits import FEWEST, OTHER
from helsevev.network.visits.actions.storing import add_days, add_tallies
from helsevev.network.visits.models import Tally
from helsevev.network.visits.rules import SECRET, SEEN

# Processes write every few seconds; after this everything of the day has come.
GRACE = timedelta(minutes=10)
OVER = f"SELECT day FROM {SECRET} WHERE day < %s UNION SELECT day FROM {SEEN} WHERE day < %s"  # noqa: S608


def close_due(now: datetime | None = None) -> None:
    """Close the days that are over, and fold the months that are."""
    today = timezone.localdate((now or timezone.now()) - GRACE)
    with connection.cursor() as cursor:
        cursor.execute(OVER, [today, today])
        over = sorted({_day(row[0]) for row in cursor.fetchall()})
    for day in over:
        close(day)
    for month in Tally.objects.filter(month__lt=today.replace(day=1)).values_list("month", flat=True).distinct():
        _fold(month)


def _day(value: date | str) -> date:
    """A table without a model gives SQLite's days as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


@transaction.atomic
def close(day: date) -> None:
    """Only how many they were stays."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA secure_delete = ON")
        cursor.execute(f"DELETE FROM {SEEN} WHERE day = %s", [day])  # noqa: S608
        count = cursor.rowcount
        cursor.execute(f"DELETE FROM {SECRET} WHERE day = %s", [day])  # noqa: S608
    if count:
        add_days({day: {"visitors": count}})


@transaction.atomic
def _fold(month: date) -> None:
    """What was fewer than five in the whole month becomes one sum for good."""
    small = Tally.objects.select_for_update().filter(month=month, count__lt=FEWEST).exclude(value=OTHER)
    found: dict[tuple[date, str, str], int] = {}
    for row in small:
        found[month, row.kind, OTHER] = found.get((month, row.kind, OTHER), 0) + row.count
    small.delete()
    add_tallies(found)
