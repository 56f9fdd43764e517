"""How a report is shown: its chapters and charts, as a page and as a paper."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.core.frame import Page, Section
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.panels.chapters import Chapter, chapters
from helsevev.network.annual_report.panels.paper import pdf

__all__ = ["Chapter", "chapters", "pdf", "sections"]


def sections() -> Iterable[Section]:
    """The list of reports and each of them."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("annual_report:list"))]
        pages += [Page(reverse("annual_report:report", args=[year])) for year in queries.years()]
    return [Section("annual-reports", len(pages), lambda first, most: pages[first : first + most])]
