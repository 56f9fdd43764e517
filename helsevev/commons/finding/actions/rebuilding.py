"""Makes everything that is derived from the documents anew: folded words, totals, bits, the text index."""

from dataclasses import dataclass

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Count, F
from django.utils.module_loading import import_string

from helsevev.commons.finding.actions.versions import forget
from helsevev.commons.finding.models import DocumentText, Facet, FacetBits, TextTerms
from helsevev.commons.finding.queries.truth import AT_A_TIME, all_texts, kept_terms, reread, true_bits
from helsevev.commons.finding.rules import fold

TEXT_INDEX = {
    "sqlite": "INSERT INTO finding_text_index (finding_text_index) VALUES ('rebuild')",
    "postgresql": "REINDEX INDEX finding_text_index",
}


@dataclass(frozen=True)
class Rebuilt:
    """What was not as it should be, and has been put right."""

    texts: int
    totals: int
    blocks: int


def rebuild() -> Rebuilt:
    """Derive everything again, and let the rooms hand in what is missing; facets without documents go."""
    with transaction.atomic():
        rebuilt = Rebuilt(_refold() + _reread(), _recount(), _remark())
        forget()
        with connection.cursor() as cursor:
            cursor.execute(TEXT_INDEX[connection.vendor])
        for config in apps.get_app_configs():
            if name := getattr(config, "hands_in", ""):
                import_string(name)()
    return rebuilt


def _refold() -> int:
    mended = 0
    for rows in all_texts():
        wrong = []
        for row in rows:
            words = fold(row.title), fold(row.body)
            if words != (row.folded_title, row.folded_body):
                row.folded_title, row.folded_body = words
                wrong.append(row)
        mended += DocumentText.objects.bulk_update(wrong, ["folded_title", "folded_body"])
    return mended


def _reread() -> int:
    """Read every text again; answers with how many had been read otherwise."""
    mended = 0
    for rows in all_texts():
        wrong = [found for row in rows if (found := reread(row)).terms != kept_terms(row)]
        TextTerms.objects.bulk_create(
            wrong, update_conflicts=True, unique_fields=("text",), update_fields=("tags", "terms")
        )
        mended += len(wrong)
    return mended


def _recount() -> int:
    wrong = list(Facet.objects.annotate(having=Count("documents__document")).exclude(total=F("having")))
    for facet in wrong:
        facet.total = facet.having
    Facet.objects.bulk_update(wrong, ["total"], batch_size=AT_A_TIME)
    Facet.objects.filter(total=0).delete()
    return len(wrong)


def _remark() -> int:
    held = {(row.facet_id, row.block): row for row in FacetBits.objects.iterator(AT_A_TIME)}
    wrong = []
    for facet, blocks in true_bits():
        for block, stored in blocks.items():
            row = held.pop((facet, block), None)
            if row is None or bytes(row.bits) != stored:
                wrong.append(FacetBits(facet_id=facet, block=block, bits=stored))
    FacetBits.objects.bulk_create(
        wrong,
        batch_size=AT_A_TIME,
        update_conflicts=True,
        unique_fields=("facet", "block"),
        update_fields=("bits",),
    )
    FacetBits.objects.filter(pk__in=[row.pk for row in held.values()]).delete()
    return len(wrong) + len(held)
