"""What the ledgers say: lines, balances, and what the project answered. One number, whoever asks."""

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet, Sum

from helsevev.core.ledger import COLUMN_OF, Balance, Column, Kind, Line
from helsevev.core.ledger import balance as come_to
from helsevev.network.guidance.models import Engagement, HourLine


def lines(engagement: Engagement) -> list[Line]:
    """The ledger as the pure one knows it."""
    return [row.line for row in HourLine.objects.filter(engagement=engagement).select_related("corrects")]


def balance(engagement: Engagement, on: date | None = None) -> Balance:
    """The balance at the end of a day; now where none is given."""
    return come_to(lines(engagement), on)


def balances(engagements: Collection[int]) -> dict[int, Balance]:
    """The balances of many engagements, by their primary keys, in one statement."""
    rows = HourLine.objects.filter(engagement_id__in=engagements).order_by()
    sums: dict[int, dict[Column, int]] = {}
    for pk, kind, minutes in rows.values_list("engagement_id", "kind").annotate(minutes=Sum("minutes")):
        columns = sums.setdefault(pk, dict.fromkeys(Column, 0))
        columns[COLUMN_OF[Kind(kind)]] += minutes
    return {pk: Balance(found[Column.GRANTED], found[Column.USED], found[Column.PLANNED]) for pk, found in sums.items()}


def answerable(engagement: Engagement) -> QuerySet[HourLine]:
    """Lines that the project confirms or disputes."""
    return HourLine.objects.filter(engagement=engagement, kind__in=["used", "returned", "transferred"])


def unanswered(engagement: Engagement) -> list[HourLine]:
    """Lines that wait for the project."""
    return list(answerable(engagement).filter(answers=None))
