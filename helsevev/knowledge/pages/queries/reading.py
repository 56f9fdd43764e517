"""One page as its reader sees it: which text, what it is filed under, and what it leads to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.finding import queries as finding
from helsevev.commons.shelf import queries as shelf
from helsevev.knowledge.pages.models import MODELS, FormerAddress, KnowledgePage, PageFile, Shown
from helsevev.knowledge.pages.queries.listing import COLUMNS, Card, card, shown
from helsevev.knowledge.pages.queries.naming import Labels, labels
from helsevev.knowledge.pages.rules.kinds import FACETS, INSTEAD, KINDS, VOCABULARIES

PUBLISHED, MEETING = "project-published", "meeting"
MOST_ALIKE = 4
ALIKE_SECONDS = 15 * 60


@dataclass(frozen=True)
class Found:
    """The text to show, and the same page's other texts by language."""

    row: Shown
    texts: Mapping[str, Shown]

    @property
    def source(self) -> Shown:
        """The text that the others are translations of: the one that was made first."""
        return min(self.texts.values(), key=lambda one: one.page_id)

    @property
    def is_behind(self) -> bool:
        """Whether this is a translation that its source has been changed after."""
        return self.source.pk != self.row.pk and self.row.updated < self.source.updated


def find(slug: str, language: str) -> Found | None:
    """The page at an address, whichever language the address was made for; also at an address it had before."""
    families = Shown.objects.filter(slug=slug).values("family")
    rows = list(Shown.objects.filter(family__in=families))
    if not rows:
        former = FormerAddress.objects.filter(slug=slug).values("family")
        rows = list(Shown.objects.filter(family__in=former))
    if not rows:
        return None
    family = min(rows, key=lambda row: (row.slug != slug, row.page_id)).family
    texts = {row.language: row for row in rows if row.family == family}
    return Found(next(texts[code] for code in INSTEAD.get(language, INSTEAD["nb"]) if code in texts), texts)


def page(found: Found) -> KnowledgePage:
    """The page itself, as it is published."""
    wanted: KnowledgePage = MODELS[found.row.kind].objects.select_related("locale", "picture").get(pk=found.row.pk)
    return wanted


def files(page: KnowledgePage) -> list[PageFile]:
    """What the page gives its readers."""
    if not page.kind.has_files:
        return []
    rows: Sequence[PageFile] = page.knowledge_files.all()
    known = {one.pk: one for one in PageFile.objects.filter(page=page.pk).select_related("attachment")}
    return [known.get(row.pk, row) for row in rows]


def filed(page: KnowledgePage, language: str) -> list[dict[str, Any]]:
    """What the page is filed under: facet, and its values by name."""
    codes = page.codes()
    named = labels(language, [code for values in codes.values() for code in values])
    return [
        {"facet": FACETS[name], "values": [(code, named.get((vocabulary, code), code)) for code in codes[name]]}
        for name, vocabulary in VOCABULARIES.items()
        if codes[name]
    ]


def facts(page: KnowledgePage) -> list[dict[str, Any]]:
    """The kind's own facts that are stated."""
    found = []
    for field in page.kind.fields:
        value = getattr(page, field.name)
        if value:
            fact = {"name": field.name, "term": _(field.label), "value": value, "sort": field.sort.value}
            found.append(fact | _meeting(value) if field.name == MEETING else fact)
    return found


def _meeting(key: str) -> dict[str, str]:
    """The meeting with this key as it lies on the shelf: its title and page; nothing where it doesn't lie there."""
    item = shelf.current(MEETING).filter(key=key).first()
    return {"value": item.title, "url": f"/{get_language() or 'nb'}{item.body['address']}"} if item else {}


def _alike(family: UUID) -> list[UUID]:
    return [UUID(one.key) for one in finding.similar("page", str(family), limit=MOST_ALIKE)]


def alike(family: UUID, language: str) -> list[Card]:
    """Pages that share most with this one; asked anew now and then, since comparing words takes its time."""
    keys = cache.get_or_set(f"pages-alike-{family}", lambda: _alike(family), ALIKE_SECONDS) or []
    if not keys:
        return []
    rows = {row["family"]: row for row in shown(language).filter(family__in=keys).values(*COLUMNS)}
    named: Labels = labels(language) if rows else {}
    return [card(rows[key], language, named) for key in keys if key in rows]


def projects(keys: Sequence[str], language: str) -> list[dict[str, str]]:
    """The published projects with these keys: what the network has left of them on the shelf."""
    if not keys:
        return []
    items = {item.key: item for item in shelf.current(PUBLISHED).filter(initiative__key__in=list(keys))}
    by_initiative = {item.initiative.key: item for item in items.values()}
    found = []
    for key in keys:
        if item := by_initiative.get(key):
            titles = item.body.get("titles") or {}
            title = next((titles[code] for code in INSTEAD[language] if titles.get(code)), item.title)
            found.append({"key": key, "title": title})
    return found


def questions_of(kind: str) -> bool:
    """Whether pages of the kind answer a question."""
    return KINDS[kind].schema == "QAPage"
