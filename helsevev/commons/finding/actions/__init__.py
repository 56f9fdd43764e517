"""Hand documents in, and take them back (legge inn, trekke tilbake).

A room calls these in the transaction that saves what the document tells of, once and last, so that everyone locks rows
in the same order. The totals that pages count by are right when that transaction ends.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from django.db import transaction
from django.utils import timezone

from helsevev.commons.finding.actions.facets import Property, relink
from helsevev.commons.finding.actions.rebuilding import Rebuilt, rebuild
from helsevev.commons.finding.actions.texts import rewrite
from helsevev.commons.finding.models import Document
from helsevev.commons.finding.rules import Doc

__all__ = ["Rebuilt", "put", "rebuild", "withdraw"]

# Documents taken at a time: few enough to hold in memory, many enough that each statement does much.
CHUNK = 1_000

Chunk = Mapping[tuple[str, str], Doc]


def put(documents: Iterable[Doc]) -> None:
    """Make `documents` findable as they are now; one given twice counts as its last. Doing it again changes nothing."""
    with transaction.atomic():
        for chunk in _chunks(documents):
            ids = _place(chunk)
            changed = rewrite({ids[place]: doc.words for place, doc in chunk.items()})
            changed |= relink({ids[place]: _properties(doc) for place, doc in chunk.items()})
            Document.objects.filter(pk__in=changed).update(indexed_at=timezone.now())


def withdraw(kind: str, keys: Collection[str]) -> None:
    """Make these documents unfindable; those that aren't there are fine."""
    wanted = iter(sorted(set(keys)))
    with transaction.atomic():
        while chunk := list(islice(wanted, CHUNK)):
            found = Document.objects.select_for_update().filter(kind=kind, key__in=chunk).order_by("pk")
            ids = list(found.values_list("pk", flat=True))
            relink(dict.fromkeys(ids, frozenset()))
            Document.objects.filter(pk__in=ids).delete()


def _chunks(documents: Iterable[Doc]) -> Iterator[Chunk]:
    given = iter(documents)
    while chunk := {(doc.kind, doc.key): doc for doc in islice(given, CHUNK)}:
        yield chunk


def _properties(doc: Doc) -> frozenset[Property]:
    return frozenset(Property(doc.kind, doc.audience, name, value) for name, value in doc.properties)


def _place(chunk: Chunk) -> dict[tuple[str, str], int]:
    """The id of each document's row, locked; rows that lacked are made."""
    ids: dict[tuple[str, str], int] = {}
    for kind in sorted({doc.kind for doc in chunk.values()}):
        docs = {doc.key: doc for doc in chunk.values() if doc.kind == kind}
        rows = _locked(kind, docs)
        if missing := [Document(kind=kind, key=key, audience=docs[key].audience) for key in sorted(docs.keys() - rows)]:
            Document.objects.bulk_create(missing, ignore_conflicts=True)
            rows |= _locked(kind, [row.key for row in missing])
        _move_audience([row for key, row in rows.items() if row.audience != docs[key].audience], docs)
        ids |= {(kind, key): row.pk for key, row in rows.items()}
    return ids


def _locked(kind: str, keys: Collection[str]) -> dict[str, Document]:
    found = Document.objects.select_for_update().filter(kind=kind, key__in=list(keys)).order_by("pk")
    return {row.key: row for row in found}


def _move_audience(rows: list[Document], docs: Mapping[str, Doc]) -> None:
    for audience in sorted({docs[row.key].audience for row in rows}):
        moved = [row.pk for row in rows if docs[row.key].audience == audience]
        Document.objects.filter(pk__in=moved).update(audience=audience)
