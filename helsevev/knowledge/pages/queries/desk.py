"""What the desk asks: what can be taken from the shelf, and what should be looked at again."""

from dataclasses import dataclass
from datetime import date, timedelta

from helsevev.commons.shelf import queries as shelf
from helsevev.commons.shelf.models import Item
from helsevev.knowledge.pages.models import MODELS, ExperiencePage, KnowledgePage, Shown
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
    return [(row, rows[0]) for rows in families.values() for row in rows[1:] if row.updated < rows[0].updated]
