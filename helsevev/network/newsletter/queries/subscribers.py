"""Who subscribes, and how many."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, QuerySet

from helsevev.network.newsletter.models import Subscriber
from helsevev.network.newsletter.models.subscribers import read_token
from helsevev.network.newsletter.rules.states import Standing

AT_A_TIME = 2000


def active() -> QuerySet[Subscriber]:
    """Those who get letters."""
    return Subscriber.objects.filter(standing=Standing.ACTIVE)


def by_token(token: str) -> tuple[Subscriber, int] | None:
    """Whose link it is, and the letter that it stood in."""
    found = read_token(token)
    row = Subscriber.objects.filter(key=found[0]).first() if found else None
    return (row, found[1]) if row and found else None


def of_shape(language: str, kinds: Sequence[str]) -> Iterator[Subscriber]:
    """Those who get it in a language and chose just these kinds, a portion at a time."""
    rows = active().filter(language=language, kinds=list(kinds))
    return rows.order_by("pk").iterator(chunk_size=AT_A_TIME)


def counts() -> dict[str, int]:
    """How many there are in each standing."""
    return dict(Subscriber.objects.order_by().values_list("standing").annotate(Count("pk")))


def languages() -> dict[str, int]:
    """How many read each language."""
    return dict(active().order_by().values_list("language").annotate(Count("pk")))
