"""How many documents have each facet value: from the totals when nothing is chosen, else from bits.

A facet's own choice doesn't narrow its own counts, so that a reader sees what choosing another value too would give.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Q, QuerySet

from helsevev.commons.finding.models import Facet, FacetBits
from helsevev.commons.finding.queries.answering import answering
from helsevev.commons.finding.queries.selecting import NOTHING, Chosen, document_ids, facet_ids, having, is_planned
from helsevev.commons.finding.rules import EVERY, Query, audiences, bits, fold, is_counted, query

BITS_AT_A_TIME = 500

Counts = dict[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Wanted:
    """Which values of a long facet: those that hold `like`; of `among`, whose names, kept by the room that asks, are
    like what someone typed; and which part of them.
    """

    like: str = ""
    among: Collection[str] | None = None
    offset: int = 0
    limit: int = 50


ALL = Wanted()


@dataclass(frozen=True)
class FacetPage:
    """Some values of a long facet, and how many there are in all."""

    values: list[tuple[str, int]]
    total: int


@dataclass(frozen=True)
class Narrowing:
    """What a selection leaves of a kind: to each chosen facet what the others leave, to all else what all leave."""

    everyone: bits.Selection
    chosen: Mapping[str, bits.Selection] = field(default_factory=dict)

    def left_to(self, name: str | None = None) -> bits.Selection:
        """The documents that facet `name` is counted over."""
        left = self.everyone
        for other, those in self.chosen.items():
            if other != name:
                left = bits.both(left, those)
        return left


def counts(
    kind: str,
    text: str = "",
    facets: Chosen = NOTHING,
    *,
    names: Collection[str] | None = None,
    staff: bool = False,
) -> Counts:
    """The values of each facet and how many documents have them, the most first. `names`: only these facets.

    Values that no document has are left out, except chosen ones. Facets that only tell of kinship aren't counted.
    """
    which = ~Q(name=EVERY) if names is None else Q(name__in=names)
    found = Facet.objects.filter(which, kind=kind, counted=True, audience__in=audiences(staff=staff))
    if _is_open(text, facets):
        return _sorted(found.values_list("name", "value", "total"), facets)
    stored = FacetBits.objects.filter(facet__in=found.values("pk"))
    return _sorted(_tally(stored, _narrow(kind, text, facets, staff=staff)), facets)


def facet(
    kind: str,
    name: str,
    text: str = "",
    facets: Chosen = NOTHING,
    *,
    wanted: Wanted = ALL,
    staff: bool = False,
) -> FacetPage:
    """A page of one long facet's values, for "show more" and the search in it."""
    values = counts(kind, text, facets, names=[name], staff=staff).get(name, [])
    like = fold(wanted.like)
    among = None if wanted.among is None else frozenset(wanted.among)
    fitting = [(v, n) for v, n in values if like in fold(v) and (among is None or v in among)]
    start = max(wanted.offset, 0)
    return FacetPage(fitting[start : start + max(wanted.limit, 0)], len(fitting))


def number(kind: str, text: str = "", facets: Chosen = NOTHING, *, staff: bool = False) -> int:
    """How many documents answer."""
    if _is_open(text, facets):
        rows = Facet.objects.filter(kind=kind, name=EVERY, value=EVERY, audience__in=audiences(staff=staff))
        return sum(rows.values_list("total", flat=True))
    return bits.number(_narrow(kind, text, facets, staff=staff).left_to())


def _is_open(text: str, facets: Chosen) -> bool:
    return not text.strip() and not any(facets.values())


def _narrow(kind: str, text: str, facets: Chosen, *, staff: bool) -> Narrowing:
    """What is chosen, as selections; at most four statements, however many facets."""
    chosen = {name: values for name, values in facets.items() if values}
    ids = facet_ids(kind, {**chosen, EVERY: [EVERY]}, staff=staff)
    stored = _stored([pk for name, those in ids.items() if is_counted(name) for pk in those])
    selections = {
        name: bits.either(stored[pk] for pk in those) if is_counted(name) else bits.of(having(those))
        for name, those in ids.items()
    }
    everyone = selections.pop(EVERY)
    if asked := query(text):
        everyone = bits.both(everyone, _with_text(asked, kind, staff=staff))
    return Narrowing(everyone, selections)


def _stored(facets: Collection[int]) -> defaultdict[int, dict[int, int]]:
    found: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for pk, block, packed in FacetBits.objects.filter(facet__in=facets).values_list("facet_id", "block", "bits"):
        found[pk][block] = bits.unpack(bytes(packed))
    return found


def _with_text(asked: Query, kind: str, *, staff: bool) -> bits.Selection:
    if not asked.words:
        return {}
    if is_planned():
        return bits.of(answering(asked.text, kind, staff=staff))
    with connection.cursor() as cursor:
        cursor.execute(*document_ids(asked, kind, staff=staff))
        return bits.of(number for (number,) in cursor.fetchall())


def _tally(stored: QuerySet[FacetBits], narrowing: Narrowing) -> Iterator[tuple[str, str, int]]:
    """(name, value, how many) of every stored block, over what is left to its facet."""
    left_to = {name: narrowing.left_to(name) for name in narrowing.chosen}
    left = narrowing.left_to()
    blocks = stored.values_list("facet__name", "facet__value", "block", "bits")
    for name, value, block, packed in blocks.iterator(BITS_AT_A_TIME):
        mask = left_to.get(name, left).get(block, 0)
        yield name, value, (mask & bits.unpack(bytes(packed))).bit_count()


def _sorted(tally: Iterable[tuple[str, str, int]], facets: Chosen) -> Counts:
    """Sums per value, the most first and equals by value; without values that no document has, except chosen ones."""
    sums: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for name, value, many in tally:
        sums[name][value] += many
    return {
        name: sorted(
            ((v, n) for v, n in values.items() if n or v in facets.get(name, ())), key=lambda one: (-one[1], one[0])
        )
        for name, values in sorted(sums.items())
    }
