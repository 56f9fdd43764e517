"""What the front door may show of the knowledge bank."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core.browser import Kept, Place
from helsevev.core.frame import Block, Link, Page, Section
from helsevev.core.words import gettext_noop
from helsevev.knowledge.pages.queries import listing

NEWEST = 3
FEEDS = (("rss", "application/rss+xml", "RSS"), ("json", "application/feed+json", "JSON Feed"))


def home(language: str) -> Iterable[Block]:
    """What is new in the bank; nothing in an empty one."""
    cards = listing.newest(language, NEWEST)
    if not cards:
        return []
    return [Block(30, "pages/_home.html", {"cards": cards, "address": reverse("pages:front")})]


def kept_in_browser() -> Iterable[Kept]:
    """How the editors' desk looked when they left it; its package keeps that."""
    purpose = gettext_noop("Remembers how the editors' desk was laid out: menu, side panels and icons.")
    lasts, whom = gettext_noop("Until the browser's data is deleted"), gettext_noop("Editors")
    return (
        Kept("wagtail_sidebar_collapsed", Place.COOKIE, purpose, gettext_noop("Until the browser is closed"), whom),
        Kept("wagtail:*", Place.BROWSER, purpose, lasts, whom),
    )


def sections() -> Iterable[Section]:
    """The front of the bank, its list, and every page."""
    with override(settings.LANGUAGE_CODE):
        address = reverse("pages:front")
        lists = [Page(address), Page(reverse("pages:list"))]
    pages = listing.shown(settings.LANGUAGE_CODE)

    def portion(first: int, most: int) -> Iterable[Page]:
        rows = pages.order_by("page_id").values_list("slug", "updated")[first : first + most]
        return [Page(f"{address}{slug}/", updated) for slug, updated in rows]

    return [
        Section("knowledge", len(lists), lambda first, most: lists[first : first + most]),
        Section("knowledge-pages", pages.count(), portion),
    ]


def head_links(_language: str) -> Iterable[Link]:
    """The feeds of all that is new."""
    title = _("News of the bank")
    return [
        Link("alternate", kind, f"{title} ({name})", reverse("pages:feed", kwargs={"form": form}))
        for form, kind, name in FEEDS
    ]
