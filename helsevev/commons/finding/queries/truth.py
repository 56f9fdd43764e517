"""What the documents themselves say, read in order and little at a time, for checking and for rebuilding."""

from collections.abc import Iterator
from itertools import groupby

from helsevev.commons.finding.models import Document, DocumentFacet, DocumentText
from helsevev.commons.finding.rules import bits

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
    while rows := list(DocumentText.objects.filter(pk__gt=last).select_related("document").order_by("pk")[:AT_A_TIME]):
        yield rows
        last = rows[-1].pk
