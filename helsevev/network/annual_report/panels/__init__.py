"""How a report is shown: its chapters and charts, as a page and as a paper."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.core.frame import Page, Section
from helsevev.core.opendata import FORMS, Dataset
from helsevev.core.words import gettext_noop
from helsevev.network.annual_report import queries
from helsevev.network.annual_report.panels.chapters import Chapter, chapters
from helsevev.network.annual_report.panels.paper import pdf

__all__ = ["Chapter", "chapters", "datasets", "pdf", "sections"]


def datasets() -> Iterable[Dataset]:
    """The figures of all years."""
    files = {form: reverse("annual_report:statistics_file", args=[form]) for form in FORMS}
    return [
        Dataset(
            name="statistics",
            title=gettext_noop("Figures year by year"),
            description=gettext_noop("What the network has done over the years, figure by figure, free to use again."),
            keywords=(gettext_noop("statistics"), gettext_noop("health services"), gettext_noop("innovation")),
            page=reverse("annual_report:statistics"),
            files=files,
        )
    ]


def sections() -> Iterable[Section]:
    """The list of reports and each of them."""
    with override(settings.LANGUAGE_CODE):
        pages = [Page(reverse("annual_report:list")), Page(reverse("annual_report:statistics"))]
        pages += [Page(reverse("annual_report:report", args=[year])) for year in queries.years()]
    return [Section("annual-reports", len(pages), lambda first, most: pages[first : first + most])]
