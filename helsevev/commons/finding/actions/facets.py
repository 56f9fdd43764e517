"""Keeps the facets of documents, and in the same transaction the totals and bits that pages count by."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from django.db import connection
from django.db.models import F, Q

from helsevev.commons.finding.models import DocumentFacet, Facet, FacetBits
from helsevev.commons.finding.rules import bits, is_counted

LINKS_AT_A_TIME = 400


class Property(NamedTuple):
    """What identifies a facet."""

    kind: str
    audience: str
    name: str
    value: str


Links = Mapping[Property, list[int]]


def relink(wanted: Mapping[int, frozenset[Property]]) -> set[int]:
    """Give each document (by id) exactly these properties; answers with the documents that changed."""
    held = _held(wanted)
    gained, lost = _difference(held, wanted), _difference(wanted, held)
    if not gained and not lost:
        return set()
    facets = _lock(gained.keys() | lost.keys())
    _link((document, facets[one]) for one in gained for document in gained[one])
    _unlink((document, facets[one]) for one in lost for document in lost[one])
    _count(facets, gained, lost)
    _mark(facets, gained, lost)
    if emptied := [facets[one] for one in lost]:
        Facet.objects.filter(pk__in=emptied, total=0).delete()
    return {document for links in (gained, lost) for documents in links.values() for document in documents}


def _held(documents: Collection[int]) -> dict[int, frozenset[Property]]:
    held: defaultdict[int, set[Property]] = defaultdict(set)
    rows = DocumentFacet.objects.filter(document__in=list(documents)).values_list(
        "document_id", "facet__kind", "facet__audience", "facet__name", "facet__value"
    )
    for document, *identity in rows:
        held[document].add(Property(*identity))
    return {document: frozenset(held[document]) for document in documents}


def _difference(before: Mapping[int, frozenset[Property]], after: Mapping[int, frozenset[Property]]) -> Links:
    """What each property has more documents of `after` than `before`."""
    more: defaultdict[Property, list[int]] = defaultdict(list)
    for document in sorted(after):
        for one in after[document] - before[document]:
            more[one].append(document)
    return more


def _lock(wanted: Collection[Property]) -> dict[Property, int]:
    """The id of each facet, its row locked until the transaction ends; rows that lacked are made.

    Another transaction may take an emptied facet away between our looking and our locking: then we make it again.
    """
    found = _find(wanted)
    while missing := sorted(set(wanted) - found.keys()):
        Facet.objects.bulk_create(
            [Facet(**one._asdict(), counted=is_counted(one.name)) for one in missing], ignore_conflicts=True
        )
        found |= _find(missing)
    return found


def _find(wanted: Iterable[Property]) -> dict[Property, int]:
    values: defaultdict[tuple[str, str, str], list[str]] = defaultdict(list)
    for one in wanted:
        values[one[:3]].append(one.value)
    which = Q()
    for (kind, audience, name), those in values.items():
        which |= Q(kind=kind, audience=audience, name=name, value__in=those)
    rows = Facet.objects.select_for_update().filter(which).order_by("pk")
    return {Property(*identity): pk for pk, *identity in rows.values_list("pk", *Property._fields)}


def _link(links: Iterable[tuple[int, int]]) -> None:
    """Rows of two numbers by the thousand: as plain SQL, since an object for each would take most of the time."""
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO finding_documentfacet (document_id, facet_id) VALUES (%s, %s)", sorted(links))


def _unlink(links: Iterable[tuple[int, int]]) -> None:
    left = iter(links)
    while some := list(islice(left, LINKS_AT_A_TIME)):
        DocumentFacet.objects.filter(pk__in=some).delete()


def _count(facets: Mapping[Property, int], gained: Links, lost: Links) -> None:
    """Move the totals by as many as came and went; facets that move alike share a statement."""
    alike: defaultdict[int, list[int]] = defaultdict(list)
    for one, facet in facets.items():
        alike[len(gained.get(one, ())) - len(lost.get(one, ()))].append(facet)
    for change, ids in alike.items():
        if change:
            Facet.objects.filter(pk__in=ids).update(total=F("total") + change)


def _mark(facets: Mapping[Property, int], gained: Links, lost: Links) -> None:
    """Set and clear the documents' bits."""
    come, go = _masks(facets, gained), _masks(facets, lost)
    places = sorted(come.keys() | go.keys())
    held = {
        (row.facet_id, row.block): row
        for row in FacetBits.objects.filter(
            facet__in={facet for facet, _ in places}, block__in={block for _, block in places}
        )
    }
    changed, emptied = [], []
    for facet, block in places:
        row = held.get((facet, block)) or FacetBits(facet_id=facet, block=block, bits=b"")
        now = (bits.unpack(bytes(row.bits)) | come.get((facet, block), 0)) & ~go.get((facet, block), 0)
        if now:
            row.bits = bits.pack(now)
            changed.append(row)
        elif row.pk:
            emptied.append(row.pk)
    FacetBits.objects.bulk_create(
        [FacetBits(facet_id=row.facet_id, block=row.block, bits=row.bits) for row in changed],
        update_conflicts=True,
        unique_fields=("facet", "block"),
        update_fields=("bits",),
    )
    if emptied:
        FacetBits.objects.filter(pk__in=emptied).delete()


def _masks(facets: Mapping[Property, int], links: Links) -> dict[tuple[int, int], int]:
    return {
        (facets[one], block): mask
        for one, documents in links.items()
        if is_counted(one.name)
        for block, mask in bits.of(documents).items()
    }
