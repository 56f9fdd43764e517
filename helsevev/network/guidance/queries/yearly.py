"""The hours of a year, for the annual report: what was granted, and what was used."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Sum
from django.urls import reverse
from django.utils.translation import get_language

from helsevev.core import annual
from helsevev.core.ledger import COLUMN_OF, Column, Kind
from helsevev.network.guidance.models import Engagement, HourLine
from helsevev.network.guidance.queries.rooms import main_initiative, title

FIGURES = (("hours.granted", Column.GRANTED), ("hours.used", Column.USED))


def figures(year: int, cutoff: date) -> Iterator[annual.Tally]:
    """Hours by engagement; nothing of a year in which no ledger has a line."""
    lines = HourLine.objects.filter(on__year=year, on__lte=cutoff).order_by().values_list("engagement", "kind")
    minutes: dict[Column, dict[int, int]] = {column: {} for column in Column}
    for engagement, kind, some in lines.annotate(Sum("minutes")):
        by_engagement = minutes[COLUMN_OF[Kind(kind)]]
        by_engagement[engagement] = by_engagement.get(engagement, 0) + some
    named = Engagement.objects.in_bulk({pk for found in minutes.values() for pk in found})
    for key, column in FIGURES:
        rows = [_row(named[pk], some) for pk, some in minutes[column].items() if some]
        if rows:
            yield annual.Tally(key, rows=tuple(sorted(rows, key=lambda row: row.key)))


def _row(engagement: Engagement, minutes: int) -> annual.Behind:
    initiative = main_initiative(engagement)
    address = reverse("portfolio:project", args=[initiative.key])
    return annual.Behind(initiative.key, title(initiative, get_language() or "nb"), address, minutes / 60)
