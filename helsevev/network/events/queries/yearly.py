"""How many registered for the meetings of a year, came to them, and watched their recordings."""

from collections.abc import Callable, Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from helsevev.core import annual
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries.meetings import held_rows
from helsevev.network.events.queries.people import Numbers, numbers_of

COUNTED: tuple[tuple[str, Callable[[Numbers], int | None]], ...] = (
    ("participants.registered", lambda one: one.registered),
    ("participants.attended", lambda one: one.attended),
    ("participants.watched", lambda one: one.watched),
)


def figures(year: int, cutoff: date) -> Iterator[annual.Tally]:
    """Three numbers that are never one, each with how many of the meetings it is known of."""
    meetings = list(held_rows(cutoff).filter(day__year=year))
    numbers = numbers_of(meetings)
    for key, of in COUNTED:
        rows = tuple(_row(one, told) for one in meetings if (told := of(numbers[one.pk])) is not None)
        stated = sum(one.stated_total or 0 for one in meetings) if key == "participants.attended" else 0
        if not rows and not stated:
            continue
        note = _("Known of %(known)s of the year's %(all)s meetings.") % {"known": len(rows), "all": len(meetings)}
        if stated:
            told_by = sum(one.stated_total is not None for one in meetings)
            note += " " + _("Stated is what sources say of %(number)s of them.") % {"number": told_by}
        yield annual.Tally(key, rows=rows, note=note, stated=stated or None)


def _row(one: Meeting, amount: int) -> annual.Behind:
    return annual.Behind(one.key, one.title, reverse("events:meeting", args=[one.key]), amount)
