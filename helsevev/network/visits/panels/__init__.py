"""What this room shows elsewhere, and how its numbers are drawn, named and written as files."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.core.frame import Page, Section
from helsevev.core.opendata import FORMS, Dataset
from helsevev.core.words import gettext_noop

__all__ = ["datasets", "sections"]


def sections() -> Iterable[Section]:
    """The two open pages."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("visits:visits")), Page(reverse("visits:social"))]
    return [Section("visits", len(pages), lambda first, most: pages[first : first + most])]


def datasets() -> Iterable[Dataset]:
    """Visits by quarter and month."""
    return [
        Dataset(
            name="visits",
            title=gettext_noop("Visits to the site"),
            description=gettext_noop(
                "How many visit the open pages, by which way and with what, counted without cookies and without "
                "following anyone."
            ),
            keywords=(gettext_noop("statistics"), gettext_noop("visits")),
            page=reverse("visits:visits"),
            files={form: reverse("visits:file", args=[form]) for form in FORMS},
        )
    ]
