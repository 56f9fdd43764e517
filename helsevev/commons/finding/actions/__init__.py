"""Hand documents in, and take them back (legge inn, trekke tilbake).

A room calls these in the transaction that saves what the document tells of, once and last, so that everyone locks rows
in the same order. The totals that pages count by are right when that transaction ends.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice

from django.db import transaction
from django.utils import timezone

from helsevev.commons.finding.actions.facets import Property, relink
from helsevev.commons.finding.actions.planning import count_after
from helsevev.commons.finding.actions.rebuilding import Rebuilt, rebuild
from helsevev.commons.finding.actions.texts import rewrite
from helsevev.commons.finding.actions.versions import bump
from helsevev.commons.finding.actions.wordlists import keep_words, take_words_away
from helsevev.commons.finding.models import Document
from helsevev.commons.finding.rules import Doc, packed_tags

__all__ = ["Rebuilt", "keep_words", "put", "rebuild", "take_words_away", "withdraw"]

# Documents taken at a time: few enough to hold in memory, many enough that each statement does much.
CHUNK = 1_000

Chunk = Mapping[tuple[str, str], Doc]


def put(documents: Iterable[Doc]) -> None:
    """Make `documents` findable as they are now; one given twice counts as its last. Doing it again changes nothing."""
    number = 0
    with transaction.atomic():
        for chunk in _chunks(documents):
            ids, moved = _place(chunk)
            texts = {ids[place]: doc.words for place, doc in chunk.items()}
            tags = {ids[place]: packed_tags(doc.tags) for place, doc in chunk.items()}
            changed = rewrite(texts, tags) | moved
            bump(changed)
            changed |= relink({ids[place]: _properties(doc) for place, doc in chunk.items()})
            Document.objects.filter(pk__in=changed).update(indexed_at=timezone.now())
            number += len(changed)
        count_after(number)


def withdraw(kind: str, keys: Collection[str]) -> None:
    """Make these documents unfindable; those that aren't there are fine."""
    wanted = iter(sorted(set(keys)))
    with transaction.atomic():
        while chunk := list(islice(wanted, CHUNK)):
            found = Document.objects.select_for_update().filter(kind=kind, key__in=chunk).order_by("pk")
            ids = list(found.values_list("pk", flat=True))
            # The version before the facets, as `put` has it: everyone locks rows in the same order.
            bump(ids)
            relink(dict.fromkeys(ids, frozenset()))
            Document.objects.filter(pk__in=ids).delete()


def _chunks(documents: Iterable[Doc]) -> Iterator[Chunk]:
    given = iter(documents)
    while chunk := {(doc.kind, doc.key): doc for doc in islice(given, CHUNK)}:
        yield chunk


def _properties(doc: Doc) -> frozenset[Property]:
    return frozenset(Property(doc.kind, doc.audience, name, value) for name, value in doc.properties)


def _place(chunk: Chunk) -> tuple[dict[tuple[str, str], int], set[int]]:
    """The id of each document's row, locked; rows that lacked are made. And the ids of those that moved."""
    ids: dict[tuple[str, str], int] = {}
    moved: set[int] = set()
    for kind in sorted({doc.kind for doc in chunk.values()}):
        docs = {doc.key: doc for doc in chunk.values() if doc.kind == kind}
        rows = _locked(kind, docs)
        if missing := [_row(kind, docs[key]) for key in sorted(docs.keys() - rows)]:
            Document.objects.bulk_create(missing, ignore_conflicts=True)
            rows |= _locked(kind, [row.key for row in missing])
        moved |= _move([row for key, row in rows.items() if _place_of(row) != _place_of(docs[key])], docs)
        ids |= {(kind, key): row.pk for key, row in rows.items()}
    return ids, moved


def _locked(kind: str, keys: Collection[str]) -> dict[str, Document]:
    found = Document.objects.select_for_update().filter(kind=kind, key__in=list(keys)).order_by("pk")
    return {row.key: row for row in found}


def _row(kind: str, doc: Doc) -> Document:
    return Document(kind=kind, key=doc.key, audience=doc.audience, address=doc.address)


def _place_of(one: Document | Doc) -> tuple[str, str]:
    return one.audience, one.address


def _move(rows: list[Document], docs: Mapping[str, Doc]) -> set[int]:
    """Give these rows the audience and address of their documents."""
    for row in rows:
        row.audience, row.address = _place_of(docs[row.key])
    Document.objects.bulk_update(rows, ["audience", "address"], batch_size=CHUNK)
    return {row.pk for row in rows}
