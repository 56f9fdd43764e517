"""What the portfolio shows at the front door: key figures with a picture, the newest projects, its pages and feeds."""

from collections.abc import Iterable
from functools import partial
from typing import TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core.frame import Block, Link, Page, Section
from helsevev.core.opendata import FORMS, Dataset
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.panels.figures import Place, figure
from helsevev.network.portfolio.queries import front
from helsevev.network.portfolio.queries.cards import cards
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.dashboard import Overview
from helsevev.network.portfolio.queries.listing import select
from helsevev.network.portfolio.queries.naming import Naming

NEWEST = 6
PICTURE = "years"
FEEDS = (("rss", "application/rss+xml", "RSS"), ("json", "application/feed+json", "JSON Feed"))


class Stat(TypedDict):
    """A key figure as the page shows it."""

    value: int
    label: str
    note: str
    url: str


def home(language: str) -> Iterable[Block]:
    """Key figures and what is new; nothing of either in an empty portfolio."""
    figures = front.figures()
    if not figures.projects:
        return []
    naming = Naming(language)
    address = reverse("portfolio:list")
    numbers = {
        "stats": _stats(figures, address),
        "figure": _picture(naming, address),
        "dashboard": reverse("portfolio:dashboard"),
    }
    newest = [
        {**card, "url": f"{address}{card['key']}/"}
        for card in cards(select({}, language=language).projects[:NEWEST], naming, timezone.localdate())
    ]
    news = {"cards": newest, "address": address, "feed": _address("feed", "rss")}
    return [Block(10, "portfolio/_home_figures.html", numbers), Block(20, "portfolio/_home_news.html", news)]


def _stats(figures: front.Figures, address: str) -> list[Stat]:
    """The few numbers that say how large this is, each with a way to what lies behind it."""
    stated = _("Stated for %(stated)s of %(every)s.") % {"stated": figures.kind_stated, "every": figures.projects}
    found: list[Stat] = [
        {
            "value": figures.projects,
            "label": _("projects with support"),
            "note": _("Since %(year)s.") % {"year": figures.first_year} if figures.first_year else "",
            "url": address,
        },
        {
            "value": figures.organisations,
            "label": _("organisations take part"),
            "note": _("Hospitals, municipalities and others, each named by a source."),
            "url": "",
        },
        {
            "value": figures.spreading,
            "label": _("take up others' models"),
            "note": stated,
            "url": address + Choices().only("kind", ["spread"]).query,
        },
    ]
    if figures.last_year:
        year = {"year": figures.last_year}
        newest: Stat = {
            "value": figures.in_last_year,
            "label": _("were awarded support in %(year)s") % year,
            "note": "",
            "url": address + Choices().only("year", [str(figures.last_year)]).query,
        }
        found.insert(1, newest)
    return found


def _picture(naming: Naming, address: str) -> dict[str, object] | None:
    """Projects by year, with its table."""
    panel = Overview(naming, timezone.localdate()).panel(PICTURE)
    if panel is None or panel.chart is None:
        return None
    path = reverse("portfolio:dashboard_picture", kwargs={"name": PICTURE, "form": "svg"}).removesuffix(".svg")
    urls = [address + query if query else "" for query in panel.queries]
    return figure(panel.chart, Place(path, {}), urls, panel.note)


def _address(name: str, form: str) -> str:
    return reverse(f"portfolio:{name}", kwargs={"form": form})


def sections() -> Iterable[Section]:
    """The list, the dashboard, and every published project."""
    with override(settings.LANGUAGE_CODE):
        address = reverse("portfolio:list")
        lists = [Page(address), Page(reverse("portfolio:dashboard"))]
    return [
        Section("portfolio", len(lists), lambda first, most: lists[first : first + most]),
        Section("projects", front.published_count(), partial(_pages, address)),
    ]


def _pages(address: str, first: int, most: int) -> Iterable[Page]:
    return (Page(f"{address}{key}/", changed) for key, changed in front.published_keys(first, most))


def head_links(_language: str) -> Iterable[Link]:
    """The feeds of all news."""
    title = _("News of projects")
    return [Link("alternate", kind, f"{title} ({name})", _address("feed", form)) for form, kind, name in FEEDS]


def datasets() -> Iterable[Dataset]:
    """All projects of all lists."""
    return [
        Dataset(
            name="projects",
            title=gettext_noop("Projects"),
            description=gettext_noop(
                "Every project of the portfolio: what it does, who takes part, where, for whom, and how far it is."
            ),
            keywords=(gettext_noop("innovation"), gettext_noop("health services"), gettext_noop("municipalities")),
            page=reverse("portfolio:list"),
            files={form: f"{_address('export', form)}?listing=all" for form in FORMS},
        )
    ]
