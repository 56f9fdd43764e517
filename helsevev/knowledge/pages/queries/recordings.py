"""Recordings that lie on a meeting's own page: the bank lists them beside its pages, from the one index."""

from collections.abc import Mapping

from helsevev.commons.finding import queries as finding
from helsevev.commons.finding.models import Document

# What a reader of these kinds of page may also be looking for: documents of meetings, by the facet `recording`.
MEETINGS_OF: Mapping[str, tuple[str, ...]] = {
    "webinar": ("webinar", "network-meeting", "national-meeting-place", "course", "seminar"),
    "podcast": ("podcast",),
}


def recordings(kind: str, language: str) -> list[dict[str, str]]:
    """Title and address of each, the newest first; nothing for other kinds of page."""
    if kind not in MEETINGS_OF:
        return []
    found = finding.selected("meeting", "", {"recording": MEETINGS_OF[kind]})
    rows = found.order_by("-indexed_at", "key").prefetch_related("texts")
    return [{"title": _title(one, language), "url": f"/{language}{one.address}"} for one in rows]


def _title(one: Document, language: str) -> str:
    texts = {text.language: text.title for text in one.texts.all()}
    return texts.get(language) or next(iter(texts.values()), one.key)
