"""What the portfolio shows at the front door: key figures, a picture, news, its pages and its feeds."""

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TypedDict

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.core.frame import Block, Link, Page, Section
from helsevev.network.portfolio.queries import front
from helsevev.network.portfolio.queries.choices import Choices
from helsevev.network.portfolio.queries.listing import select
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.news import latest
from helsevev.network.portfolio.queries.taking_part import counts, parts
from helsevev.network.portfolio.queries.wording import day

NEWEST = 6
FEEDS = (("rss", "application/rss+xml", "RSS"), ("json", "application/feed+json", "JSON Feed"))
FILES = (("csv", "text/csv", "CSV"), ("json", "application/json", "JSON"))


class Stat(TypedDict):
    """A key figure as the page shows it."""

    value: int
    label: str
    note: str
    url: str


def home(language: str) -> Iterable[Block]:
    """Key figures and what is new; nothing of either in an empty portfolio."""
    naming = Naming(language)
    figures = front.figures()
    if not figures.projects:
        return []
    return [
        Block(10, "portfolio/_home_figures.html", {"stats": _stats(figures), "steps": _steps(naming, figures)}),
        Block(20, "portfolio/_home_news.html", {"news": _news(language), "feed": _address("feed", "rss")}),
    ]


def _stats(figures: front.Figures) -> list[Stat]:
    """The few numbers that say how large this is, each with a way to what lies behind it."""
    projects = reverse("portfolio:list")
    spread = Choices().only("kind", ["spread"])
    stated = _("Stated for %(stated)s of %(every)s.") % {"stated": figures.kind_stated, "every": figures.projects}
    since = _("Awarded support since %(year)s.") % {"year": figures.first_year} if figures.first_year else ""
    return [
        {"value": figures.projects, "label": _("projects"), "note": since, "url": projects},
        {
            "value": figures.spreading,
            "label": _("take up others' models"),
            "note": stated,
            "url": projects + spread.query,
        },
        {
            "value": figures.organisations,
            "label": _("organisations take part"),
            "note": _("Hospitals, municipalities and others, each by name."),
            "url": "",
        },
    ]


class Step(TypedDict):
    """One phase of the Roadmap with its projects."""

    label: str
    count: int
    url: str


def _steps(naming: Naming, figures: front.Figures) -> dict[str, object]:
    """How many are in each phase today, and how many that rests on."""
    projects = reverse("portfolio:list")
    counts = figures.phases
    steps: list[Step] = [
        {
            "label": naming.term("phase", phase),
            "count": number,
            "url": projects + Choices().only("phase", [phase]).query,
        }
        for phase, number in counts.by_phase.items()
    ]
    stated = sum(counts.by_phase.values())
    note = _("A phase is stated for %(stated)s of %(every)s projects.") % {"stated": stated, "every": figures.projects}
    return {"steps": steps, "note": note}


class News(TypedDict):
    """A piece of news as a card."""

    title: str
    lang: str
    url: str
    kicker: str
    text: str
    text_lang: str


def _news(language: str) -> list[News]:
    """The projects that came or changed last."""
    items = latest(select({}, language=language), NEWEST)
    return [
        {
            "title": item.title.text,
            "lang": item.title.lang,
            "url": reverse("portfolio:project", kwargs={"key": item.key}),
            "kicker": item.kicker(day(timezone.localdate(item.changed_at).isoformat(), language)),
            "text": item.lead.text,
            "text_lang": item.lead.lang,
        }
        for item in items
    ]


def _address(name: str, form: str) -> str:
    return reverse(f"portfolio:{name}", kwargs={"form": form})


def sections() -> Iterable[Section]:
    """The list, and every published project."""
    with override(settings.LANGUAGE_CODE):
        address = reverse("portfolio:list")
    lists = [Page(address)]
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


def files() -> Iterable[Link]:
    """All projects of all lists."""
    return [
        Link(
            "alternate", kind, _("All projects (%(form)s)") % {"form": name}, f"{_address('export', form)}?listing=all"
        )
        for form, kind, name in (*FILES[:1], ("xlsx", "", "Excel"), *FILES[1:])
    ]


# --- An organisation's page ------------------------------------------------------------------------------------------
def organisation(key: str, units: Mapping[str, str], language: str) -> Iterable[Block]:
    """The projects that it takes part in, by the part it takes."""
    address = reverse("portfolio:list")
    query = Choices().only("organisation", [key]).query
    found = parts(key, units, Naming(language), timezone.localdate())
    context = {"parts": found, "address": address, "list_url": address + query}
    return [Block(10, "portfolio/_organisation.html", context)]


def organisation_counts() -> Mapping[str, int]:
    """How many published projects each organisation takes part in."""
    return counts()
