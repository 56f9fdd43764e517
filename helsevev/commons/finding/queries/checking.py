"""Whether what is derived still agrees with the documents (kontroll). Reads everything, so it takes its time."""

from collections.abc import Iterator

from django.db import DatabaseError, connection, transaction
from django.db.models import Count, Exists, F, OuterRef

from helsevev.commons.finding.models import Document, DocumentFacet, Facet, FacetBits
from helsevev.commons.finding.queries.truth import AT_A_TIME, all_texts, kept_terms, reread, true_bits
from helsevev.commons.finding.rules import EVERY, fold

TRIGGERS = {"finding_text_added", "finding_text_changed", "finding_text_gone"}
REBUILD = "Say `helsevev rebuild index`."


def faults() -> Iterator[str]:
    """A sentence for each thing that isn't as it should be."""
    yield from _totals()
    yield from _links()
    yield from _bits()
    yield from _texts()
    yield from _sqlite_index() if connection.vendor == "sqlite" else _postgresql_index()


def _totals() -> Iterator[str]:
    counted = Facet.objects.annotate(having=Count("documents__document"))
    for facet in counted.exclude(total=F("having")).order_by("pk").iterator(AT_A_TIME):
        yield (
            f"{facet.kind} {facet.name or 'all'}={facet.value or 'all'} ({facet.audience}): the total says "
            f"{facet.total}, and {facet.having} documents have it. {REBUILD}"
        )


def _links() -> Iterator[str]:
    astray = DocumentFacet.objects.exclude(facet__kind=F("document__kind"), facet__audience=F("document__audience"))
    for document in Document.objects.filter(Exists(astray.filter(document=OuterRef("pk")))).order_by("pk"):
        yield f"{document}: has a facet of another kind or audience. Hand it in again."
    whole = DocumentFacet.objects.filter(document=OuterRef("pk"), facet__name=EVERY)
    for document in Document.objects.filter(~Exists(whole)).order_by("pk"):
        yield f"{document}: isn't counted among its kind. Hand it in again."


def _bits() -> Iterator[str]:
    held = {(row.facet_id, row.block): bytes(row.bits) for row in FacetBits.objects.iterator(AT_A_TIME)}
    for facet, blocks in true_bits():
        for block, stored in blocks.items():
            if held.pop((facet, block), b"") != stored:
                yield f"facet {facet}, block {block}: the bits differ from the documents. {REBUILD}"
    for facet, block in sorted(held):
        yield f"facet {facet}, block {block}: has bits and no documents. {REBUILD}"


def _texts() -> Iterator[str]:
    for rows in all_texts():
        for row in rows:
            if (row.folded_title, row.folded_body) != (fold(row.title), fold(row.body)):
                yield f"{row.document} ({row.language}): the folded words differ from the text. {REBUILD}"
            if kept_terms(row) != reread(row).terms:
                yield f"{row.document} ({row.language}): the terms that search reads differ from the text. {REBUILD}"


def _sqlite_index() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'finding_documenttext'")
        for name in sorted(TRIGGERS - {name for (name,) in cursor.fetchall()}):
            yield f"the trigger {name} that keeps the text index is missing. A migration must make it again."
        try:
            with transaction.atomic():
                cursor.execute(
                    "INSERT INTO finding_text_index (finding_text_index, rank) VALUES ('integrity-check', 1)"
                )
        except DatabaseError:
            yield f"the text index differs from the texts. {REBUILD}"


def _postgresql_index() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indisvalid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid"
            " WHERE c.relname = 'finding_text_index'"
        )
        if cursor.fetchone() != (True,):
            yield f"the text index is missing or not sound. {REBUILD}"
