"""What codes are called in the reader's language (navn på begreper)."""

from collections.abc import Collection, Mapping

from helsevev.commons.initiatives.models import Term
from helsevev.knowledge.pages.rules.kinds import VOCABULARIES

NAMED = frozenset(VOCABULARIES.values())
Labels = Mapping[tuple[str, str], str]


def labels(language: str, codes: Collection[str] | None = None) -> Labels:
    """Labels by vocabulary and code, in the taxonomy's order: one statement, of rows and not of objects."""
    rows = Term.objects.filter(vocabulary__in=NAMED)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    column = language if language in ("nb", "nn", "en") else "nb"
    found = rows.order_by("vocabulary", "position", "code").values_list("vocabulary", "code", column, "nb")
    return {(vocabulary, code): own or nb for vocabulary, code, own, nb in found}
