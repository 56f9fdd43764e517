"""What the desk asks: what can be taken from the shelf, what should be looked at again, which links lead nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import Resolver404, resolve

from helsevev.commons.shelf import queries as shelf
from helsevev.commons.shelf.models import Item
from helsevev.knowledge.pages.models import MODELS, ExperiencePage, FormerAddress, KnowledgePage, Shown
from helsevev.knowledge.pages.rules import texts
from helsevev.knowledge.pages.rules.kinds import INSTEAD

TAKEN = ("experience", "project-published")
SOON = timedelta(days=30)


@dataclass(frozen=True)
class Offered:
    """Something on the shelf that a page can begin from."""

    item: Item
    title: str
    pages: tuple[KnowledgePage, ...]


def offered(language: str, text: str = "") -> list[Offered]:
    """Experiences first, then published projects; with the pages that tell of them already."""
    telling: dict[str, list[KnowledgePage]] = {}
    for page in ExperiencePage.objects.exclude(initiative="").select_related("locale"):
        telling.setdefault(page.initiative, []).append(page)
    found = []
    for type_ in TAKEN:
        for item in shelf.current(type_).order_by("title"):
            title = title_of(item, language)
            if text.lower() in title.lower():
                found.append(Offered(item, title, tuple(telling.get(item.initiative.key, ()))))
    return found


def title_of(item: Item, language: str) -> str:
    """An item's title in the reader's language where it has one."""
    titles = item.body.get("titles") or {}
    return next((titles[code] for code in INSTEAD.get(language, INSTEAD["nb"]) if titles.get(code)), item.title)


def item(pk: int) -> Item | None:
    """Something on the shelf now that a page can begin from."""
    return shelf.current().filter(pk=pk, type__in=TAKEN).first()


def due(today: date) -> list[KnowledgePage]:
    """Live pages that should be looked at again by now or soon, the longest overdue first."""
    found: list[KnowledgePage] = []
    for model in MODELS.values():
        found += model.objects.filter(live=True, review_on__lte=today + SOON).select_related("locale")
    return sorted(found, key=lambda page: (page.review_on, page.title))


def behind() -> list[tuple[Shown, Shown]]:
    """Translations that are older than what they are translations of, each with its source."""
    families: dict[object, list[Shown]] = {}
    for row in Shown.objects.order_by("page_id"):
        families.setdefault(row.family, []).append(row)
    return [
        (row, rows[0]) for rows in families.values() for row in rows[1:] if row.updated.date() < rows[0].updated.date()
    ]


@dataclass(frozen=True)
class BrokenLink:
    """A link on a live page that leads nowhere."""

    page: KnowledgePage
    address: str


def broken_links() -> Iterator[BrokenLink]:
    """Links within the site that no page answers to; what lies elsewhere isn't asked."""
    slugs = set(Shown.objects.values_list("slug", flat=True)) | set(
        FormerAddress.objects.values_list("slug", flat=True)
    )
    for model in MODELS.values():
        for page in model.objects.filter(live=True).select_related("locale"):
            for address in texts.links(page.body.raw_data):
                if address.startswith("/") and _leads_nowhere(address, slugs):
                    yield BrokenLink(page, address)


def _leads_nowhere(address: str, slugs: set[str]) -> bool:
    path = texts.in_language(f'href="{address.split("#", maxsplit=1)[0].split("?", maxsplit=1)[0]}"', "nb")[6:-1]
    try:
        found = resolve(path)
    except Resolver404:
        return True
    return found.view_name == "pages:page" and found.kwargs["slug"] not in slugs
