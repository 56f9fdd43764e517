"""What the knowledge bank published in a year, for the annual report."""

from collections.abc import Iterator, Mapping
from datetime import date

from django.urls import reverse
from django.utils.translation import get_language

from helsevev.core import annual
from helsevev.knowledge.pages.queries.listing import shown

# Which kinds of page each figure counts; news, questions and pages about the network are no resources.
KINDS_OF: Mapping[str, tuple[str, ...]] = {
    "resources.experiences": ("experience", "example"),
    "resources.tools": ("tool", "guide"),
    "resources.reports": ("report",),
    "resources.recordings": ("webinar", "podcast"),
}


def figures(year: int, cutoff: date) -> Iterator[annual.Tally]:
    """Each page once, whatever its languages; nothing of a year in which nothing was published."""
    found = shown(get_language() or "nb").filter(first_published__year=year, first_published__date__lte=cutoff)
    rows = list(found.order_by("first_published", "slug").values_list("kind", "slug", "title"))
    for key, kinds in KINDS_OF.items():
        pages = tuple(_row(slug, title) for kind, slug, title in rows if kind in kinds)
        if pages:
            yield annual.Tally(key, rows=pages)


def _row(slug: str, title: str) -> annual.Behind:
    return annual.Behind(slug, title, reverse("pages:page", args=[slug]))
