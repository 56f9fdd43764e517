"""What the documents themselves say, read in order and little at a time, for checking and for rebuilding."""

from collections.abc import Iterator
from itertools import groupby

from helsevev.commons.finding.models import Document, DocumentFacet, DocumentText, TextTerms
from helsevev.commons.finding.rules import bits, terms

AT_A_TIME = 500


def documents() -> int:
    """How many documents there are, of every kind and for every audience."""
    return Document.objects.count()


def true_bits() -> Iterator[tuple[int, dict[int, bytes]]]:
    """Each counted facet's bits by block."""
    counted = DocumentFacet.objects.filter(facet__counted=True)
    links = counted.order_by("facet", "document").values_list("facet_id", "document_id").iterator(AT_A_TIME)
    for facet, those in groupby(links, key=lambda link: link[0]):
        yield facet, {block: bits.pack(mask) for block, mask in bits.of(number for _, number in those).items()}


def all_texts() -> Iterator[list[DocumentText]]:
    """Every text with its document, some at a time; each may be changed before the next are read."""
    last = 0
    while rows := list(
        DocumentText.objects.filter(pk__gt=last).select_related("document", "read_as").order_by("pk")[:AT_A_TIME]
    ):
        yield rows
        last = rows[-1].pk


def kept_terms(row: DocumentText) -> str | None:
    """What a text is kept as having been read as; None when it has not been read."""
    return row.read_as.terms if hasattr(row, "read_as") else None


def reread(row: DocumentText) -> TextTerms:
    """What a text is read as now."""
    tags = row.read_as.tags if hasattr(row, "read_as") else ""
    return TextTerms(text_id=row.pk, tags=tags, terms=terms(row.title, row.body, tags, row.language))
