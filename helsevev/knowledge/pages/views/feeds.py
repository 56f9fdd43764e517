"""News of the bank for readers of feeds: all of it, or what a list is narrowed to."""

import hashlib
import re
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from helsevev.knowledge.pages.queries import listing
from helsevev.knowledge.pages.rules import choices as asking

MOST = 50
# Signs that XML can't hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@require_safe
def feed(request: HttpRequest, form: str) -> HttpResponse:
    """The newest pages of a selection."""
    found = listing.Listing(asking.read(dict(request.GET.lists())), get_language() or "nb")
    chosen = [found.name(facet, value) for facet, values in found.choices.facets.items() for value in values]
    title = _("Helsevev: the knowledge bank")
    title = f"{title} ({', '.join(chosen)})" if chosen else title
    rows = listing.entries(found, MOST)
    response = (_rss if form == "rss" else _json)(request, title, rows)
    response["Cache-Control"] = "public, max-age=300"
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _url(row: Any) -> str:  # noqa: ANN401 - a shown page
    return settings.SITE_URL + reverse("pages:page", kwargs={"slug": row.slug})


def _rss(request: HttpRequest, title: str, rows: list[Any]) -> HttpResponse:
    written = Rss201rev2Feed(
        title=CONTROL.sub("", title),
        link=settings.SITE_URL + reverse("pages:front"),
        description=_("New pages in the knowledge bank."),
        language=get_language(),
        feed_url=settings.SITE_URL + request.get_full_path(),
    )
    for row in rows:
        written.add_item(
            title=CONTROL.sub("", row.title),
            link=_url(row),
            description=CONTROL.sub("", row.lead),
            unique_id=f"urn:uuid:{row.family}",
            unique_id_is_permalink=False,
            pubdate=row.first_published,
        )
    return HttpResponse(written.writeString("utf-8"), content_type="application/rss+xml; charset=utf-8")


def _json(request: HttpRequest, title: str, rows: list[Any]) -> HttpResponse:
    about = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": settings.SITE_URL + reverse("pages:front"),
        "feed_url": settings.SITE_URL + request.get_full_path(),
        "language": get_language(),
        "items": [
            {
                "id": f"urn:uuid:{row.family}",
                "url": _url(row),
                "title": row.title,
                "content_text": row.lead,
                "date_published": row.first_published.isoformat(),
                "date_modified": row.updated.isoformat(),
                "language": row.language,
            }
            for row in rows
        ],
    }
    return JsonResponse(about, content_type="application/feed+json")
