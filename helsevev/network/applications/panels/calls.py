"""The open call on the front page, and the calls' pages for search engines and feed readers."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core.frame import Block, Link, Page, Section
from helsevev.network.applications.queries import calls as telling
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules.rounds import Standing

FEEDS = (("rss", "application/rss+xml", "RSS"), ("json", "application/feed+json", "JSON Feed"))


def home(language: str) -> Iterable[Block]:
    """Calls that are open, or open soon."""
    now = timezone.now()
    found = asking.in_standing(now, Standing.OPEN, Standing.ANNOUNCED)
    if not found:
        return []
    shown = []
    for one in found:
        until, what = telling.ends(now, one)
        shown.append({"line": telling.line(one, now, language), "what": what, "left": telling.left(until, now)})
    return [Block(5, "applications/_home.html", {"calls": shown})]


def sections() -> Iterable[Section]:
    """The list, and every published call."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("applications:calls"))]
        pages += [Page(reverse("applications:call", args=[one.code])) for one in asking.public()]
    return [Section("calls", len(pages), lambda first, most: pages[first : first + most])]


def head_links(_language: str) -> Iterable[Link]:
    """The feed of calls."""
    title = _("Calls")
    return [
        Link("alternate", kind, f"{title} ({name})", reverse("applications:calls_feed", kwargs={"form": form}))
        for form, kind, name in FEEDS
    ]
