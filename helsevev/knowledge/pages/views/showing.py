"""A page's text made ready to be shown: headings with places to jump to, facts, data for machines, and a PDF."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from csp.constants import SELF
from django.conf import settings
from django.http import HttpResponse
from django.utils import formats
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core import papers
from helsevev.knowledge.pages.models import KnowledgePage, Shown
from helsevev.knowledge.pages.queries import figures, reading
from helsevev.knowledge.pages.rules import texts, videos

CONTENTS_FROM = 3


def context(page: KnowledgePage, language: str) -> dict[str, Any]:
    """What the page's template shows of the page itself."""
    body, outline = _body(page, language)
    files = reading.files(page)
    about = reading.projects([page.initiative] if page.initiative else [], language)
    return {
        "page": page,
        "kind": page.kind,
        "kind_name": _(page.kind.one),
        "breadcrumbs": [
            {"label": _("Knowledge bank"), "url": f"/{language}/knowledge/"},
            {"label": _(page.kind.many), "url": f"/{language}/knowledge/list/?kind={page.kind_name}"},
            {"label": page.title},
        ],
        "body": body,
        "outline": [heading for heading in outline if heading.level == 2] if len(outline) >= CONTENTS_FROM else [],
        "minutes": texts.minutes(texts.words(page.body.raw_data)),
        "facts": reading.facts(page),
        "filed": reading.filed(page, language),
        "files": [file for file in files if not file.is_example],
        "examples": [file for file in files if file.is_example],
        "project": about[0] if about else None,
        "used_by": reading.projects(page.used_by, language),
        "question": reading.questions_of(page.kind_name),
    }


def _body(page: KnowledgePage, language: str) -> tuple[SafeString, list[texts.Heading]]:
    """The blocks as they are shown; each is drawn by its own template, which escapes what people wrote."""
    drawn = "".join(
        block.render({"language": language, "figures_of": partial(figures.of, language=language)})
        for block in page.body
    )
    anchored, outline = texts.anchored(texts.in_language(drawn, language))
    return mark_safe(anchored), outline  # noqa: S308 - drawn by templates


def cite(page: KnowledgePage, row: Shown, permalink: str) -> str:
    """How to refer to the page."""
    return _("Helsevev (%(year)s). %(title)s. Knowledge bank. Updated %(day)s. %(address)s") % {
        "year": row.first_published.year,
        "title": page.title.rstrip("."),
        "day": formats.date_format(row.updated, "DATE_FORMAT"),
        "address": permalink,
    }


def structured(page: KnowledgePage, row: Shown, permalink: str) -> SafeString:
    """The page for search engines (schema.org), as JSON that no text in it can end."""
    about: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": page.kind.schema,
        "headline" if page.kind.schema.endswith("Article") else "name": page.title,
        "description": page.lead,
        "inLanguage": row.language,
        "datePublished": row.first_published.date().isoformat(),
        "dateModified": row.updated.date().isoformat(),
        "url": permalink,
        "isAccessibleForFree": True,
        "publisher": {"@type": "Organization", "name": "Helsevev", "url": settings.SITE_URL},
    }
    if page.kind.schema == "QAPage":
        answer = {"@type": "Answer", "text": texts.words(page.body.raw_data) or page.lead}
        about["mainEntity"] = {"@type": "Question", "name": page.title, "answerCount": 1, "acceptedAnswer": answer}
    if licence := getattr(page, "licence", ""):
        about["license"] = licence
    written = json.dumps(about, ensure_ascii=False)
    for sign in "<>&\u2028\u2029":
        written = written.replace(sign, f"\\u{ord(sign):04x}")
    return mark_safe(written)  # noqa: S308 - no sign that ends a script is left in it


def lets_videos_in(response: HttpResponse, page: KnowledgePage) -> HttpResponse:
    """Let the browser show a film in a frame, on pages that have one; it is asked for when the reader asks."""
    found = (videos.embedded(block.value["address"]) for block in page.body if block.block_type == "video")
    if origins := sorted({f"https://{urlsplit(address).hostname}" for address in found if address}):
        response._csp_update = {"frame-src": [SELF, *origins]}  # type: ignore[attr-defined] # noqa: SLF001
    return response


# --- On paper --------------------------------------------------------------------------------------------------------
def paper(page: KnowledgePage, row: Shown) -> bytes:
    """The page as a PDF that says what the page says, and where the page is."""
    with override(row.language):
        about = papers.About(language=row.language, made_at=row.updated, issuer="Helsevev", say=_)
        facts = [(fact["term"], _said(fact["value"])) for fact in reading.facts(page)]
        facts += [
            (_("Updated"), formats.date_format(row.updated, "DATE_FORMAT")),
            (_("Address"), f"{settings.SITE_URL}/knowledge/{row.slug}/"),
        ]
        return papers.minutes(
            papers.Minutes(title=page.title, facts=facts, intro=page.lead, items=list(_items(page))), about
        )


def _said(value: object) -> str:
    return formats.date_format(value, "DATE_FORMAT") if isinstance(value, date) else str(value)


def _items(page: KnowledgePage) -> Iterator[papers.Item]:
    """A section for each heading, with the tables that stand in it."""
    title, body, tables = page.title, [], []  # type: tuple[str, list[str], list[papers.Table]]
    for heading, words, table in _pieces(page.body.raw_data):
        if heading:
            if body or tables:
                yield papers.Item(title, "\n\n".join(body), tables=tables)
            title, body, tables = heading, [], []
        if words:
            body.append(words)
        if table:
            tables.append(table)
    if body or tables:
        yield papers.Item(title, "\n\n".join(body), tables=tables)


Piece = tuple[str, str, papers.Table | None]


def _pieces(blocks: Sequence[dict[str, Any]]) -> Iterator[Piece]:
    for block in blocks:
        value = block["value"]
        if block["type"] == "text":
            yield from _sections(value)
        elif block["type"] == "table":
            head = [str(column["heading"]) for column in value["columns"]]
            rows = [[str(cell) for cell in row["values"]] for row in value["rows"]]
            yield "", "", papers.Table(str(value.get("caption") or _("Table")), head, rows)
        elif block["type"] == "phase":
            yield value["title"], texts.words([{"value": {"takes": value["takes"], "text": value["text"]}}]), None
        else:
            yield "", texts.words([block]), None


def _sections(rich: str) -> Iterator[Piece]:
    parts = texts.HEADING.split(rich)
    yield "", _paragraphs(parts[0]), None
    for at in range(1, len(parts), 3):
        yield texts.plain(parts[at + 1]), _paragraphs(parts[at + 2]), None


def _paragraphs(rich: str) -> str:
    marked = rich.replace("<li>", "<li>– ")
    return "\n\n".join(texts.plain(marked).split("\n"))
