"""Keeps the texts of documents as they were handed in, folded for the text index."""

from collections.abc import Mapping

from helsevev.commons.finding.models import DocumentText
from helsevev.commons.finding.rules import Text, fold, text_id

Texts = Mapping[int, Mapping[str, Text]]


def rewrite(wanted: Texts) -> set[int]:
    """Give each document (by id) exactly these texts by language; answers with the documents that changed."""
    held = {
        (row.document_id, row.language): row
        for row in DocumentText.objects.filter(document__in=list(wanted)).defer("folded_title", "folded_body")
    }
    given = {(document, language): text for document, texts in wanted.items() for language, text in texts.items()}
    changed = [
        (place, text)
        for place, text in sorted(given.items())
        if place not in held or (held[place].title, held[place].body) != (text.title, text.body)
    ]
    gone = [row for place, row in held.items() if place not in given]
    DocumentText.objects.bulk_create(
        [_row(document, language, text) for (document, language), text in changed],
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=("title", "body", "folded_title", "folded_body"),
    )
    if gone:
        DocumentText.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {document for (document, _), _ in changed} | {row.document_id for row in gone}


def _row(document: int, language: str, text: Text) -> DocumentText:
    return DocumentText(
        id=text_id(document, language),
        document_id=document,
        language=language,
        title=text.title,
        body=text.body,
        folded_title=fold(text.title),
        folded_body=fold(text.body),
    )
