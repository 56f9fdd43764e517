"""News of the bank for readers of feeds: all of it, or what a list is narrowed to."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.commons.ui.views import feeds
from helsevev.knowledge.pages.queries import listing
from helsevev.knowledge.pages.rules import choices as asking

MOST = 50


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest pages of a selection."""
    language = get_language() or "nb"
    found = listing.Listing(asking.read(dict(request.GET.lists())), language)
    chosen = [found.name(facet, value) for facet, values in found.choices.facets.items() for value in values]
    title = _("Helsevev: the knowledge bank")
    made = feeds.Feed(
        title=f"{title} ({', '.join(chosen)})" if chosen else title,
        about=_("New pages in the knowledge bank."),
        language=language,
        home=settings.SITE_URL + reverse("pages:front"),
        own=settings.SITE_URL + request.get_full_path(),
        entries=[_entry(row) for row in listing.entries(found, MOST)],
    )
    return feeds.answer(request, made, form)


def _entry(row: Any) -> feeds.Entry:  # noqa: ANN401 - a shown page
    url = settings.SITE_URL + reverse("pages:page", kwargs={"slug": row.slug})
    name = f"urn:uuid:{row.family}"
    return feeds.Entry(name, url, row.title, row.lead, row.first_published, row.updated, row.language)
