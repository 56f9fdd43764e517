"""The newsletter for search engines, feed readers, and on one's own page."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.people.models import User
from helsevev.core.frame import Link, Page, Section
from helsevev.network.newsletter.models import Subscriber
from helsevev.network.newsletter.queries import letters

FEEDS = (("rss", "application/rss+xml", "RSS"), ("json", "application/feed+json", "JSON Feed"))


def sections() -> Iterable[Section]:
    """The archive, subscribing, and every letter's page."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("newsletter:archive")), Page(reverse("newsletter:subscribe"))]
        pages += [Page(reverse("newsletter:letter", args=[one.key]), one.began_at) for one in letters.public()]
    return [Section("newsletter", len(pages), lambda first, most: pages[first : first + most])]


def head_links(_language: str) -> Iterable[Link]:
    """The feeds of letters."""
    title = _("Newsletter")
    return [
        Link("alternate", kind, f"{title} ({name})", reverse("newsletter:feed", args=[form]))
        for form, kind, name in FEEDS
    ]


def personal_data(user: User) -> dict[str, object]:
    """A subscription in a person's address, with the consent that was given."""
    rows = Subscriber.objects.filter(email__iexact=user.email).values(
        "email", "language", "kinds", "standing", "consent", "asked_at", "confirmed_at"
    )
    return {"newsletter.subscription": [dict(row) for row in rows]}
