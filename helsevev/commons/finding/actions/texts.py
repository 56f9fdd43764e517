"""Keeps the texts of documents as they were handed in, folded for the text index."""

from collections.abc import Mapping

from helsevev.commons.finding.models import DocumentText, TextTerms
from helsevev.commons.finding.rules import Text, fold, terms, text_id

Texts = Mapping[int, Mapping[str, Text]]


def rewrite(wanted: Texts, tags: Mapping[int, str]) -> set[int]:
    """Give each document (by id) exactly these texts by language and tags; answers with those that changed."""
    held = {
        (row.document_id, row.language): row
        for row in DocumentText.objects.filter(document__in=list(wanted))
        .defer("folded_title", "folded_body", "read_as__terms")
        .select_related("read_as")
    }
    given = {(document, language): text for document, texts in wanted.items() for language, text in texts.items()}
    changed = [
        (place, text)
        for place, text in sorted(given.items())
        if place not in held or _written(held[place]) != (text.title, text.body, tags[place[0]])
    ]
    gone = [row for place, row in held.items() if place not in given]
    DocumentText.objects.bulk_create(
        [_row(document, language, text) for (document, language), text in changed],
        update_conflicts=True,
        unique_fields=("id",),
        update_fields=("title", "body", "folded_title", "folded_body"),
    )
    TextTerms.objects.bulk_create(
        [_terms(document, language, text, tags[document]) for (document, language), text in changed],
        update_conflicts=True,
        unique_fields=("text",),
        update_fields=("tags", "terms"),
    )
    if gone:
        DocumentText.objects.filter(pk__in=[row.pk for row in gone]).delete()
    return {document for (document, _), _ in changed} | {row.document_id for row in gone}


def _written(row: DocumentText) -> tuple[str, str, str]:
    return row.title, row.body, row.read_as.tags if hasattr(row, "read_as") else "\0"


def _terms(document: int, language: str, text: Text, tags: str) -> TextTerms:
    read = terms(text.title, text.body, tags, language)
    return TextTerms(text_id=text_id(document, language), tags=tags, terms=read)


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
