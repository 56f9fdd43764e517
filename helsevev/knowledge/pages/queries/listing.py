"""Lists of pages as cards: flat rows, a handful of statements whatever their number."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, TypedDict
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from helsevev.commons.finding import queries as finding
from helsevev.core.news import News
from helsevev.knowledge.pages.models import Shown
from helsevev.knowledge.pages.queries.naming import Labels, labels
from helsevev.knowledge.pages.rules.choices import FACETS, Choices
from helsevev.knowledge.pages.rules.kinds import FACETS as FACET_OF
from helsevev.knowledge.pages.rules.kinds import KINDS, VOCABULARIES

DOCUMENT = "page"
PER_PAGE = 50
MOST_OPTIONS = 12
COLUMNS = ("family", "kind", "language", "slug", "title", "lead", "first_published", "minutes", "files", "tags")
VOCABULARY_OF = {FACET_OF[field]: vocabulary for field, vocabulary in VOCABULARIES.items()}


class Card(TypedDict):
    """What a card says of a page."""

    kind: str
    slug: str
    title: str
    lead: str
    lang: str
    tags: list[str]
    foot: str


@dataclass(frozen=True)
class Listing:
    """What a reader's choices select (utvalg), for readers of one language."""

    choices: Choices
    language: str

    @cached_property
    def counts(self) -> Mapping[str, Sequence[tuple[str, int]]]:
        """How many each value of each facet would leave."""
        names = list(FACETS)
        return finding.counts(DOCUMENT, self.choices.text, self.choices.facets, names=names)

    @cached_property
    def total(self) -> int:
        """How many pages are selected."""
        if "kind" not in self.choices.facets:
            return sum(number for _value, number in self.counts.get("kind", ()))
        return finding.number(DOCUMENT, self.choices.text, self.choices.facets)

    @cached_property
    def labels(self) -> Labels:
        """What the taxonomy's codes are called."""
        return labels(self.language)

    def rows(self, start: int, most: int = PER_PAGE) -> list[dict[str, Any]]:
        """Some of the pages: those that answer best first where words are searched for, else the newest."""
        if self.choices.text:
            part = range(start, start + most)
            hits = finding.search(DOCUMENT, self.choices.text, self.language, self.choices.facets, part=part)
            keys = [UUID(hit.key) for hit in hits]
            by_family = {row["family"]: row for row in shown(self.language).filter(family__in=keys).values(*COLUMNS)}
            return [by_family[key] for key in keys if key in by_family]
        found = shown(self.language)
        if self.choices.facets:
            keys_ = finding.keys(DOCUMENT, "", self.choices.facets)
            found = found.filter(family__in=[UUID(key) for key in keys_.values_list("key", flat=True)])
        ordered = found.order_by("-first_published", "-page_id")
        return list(ordered.values(*COLUMNS)[start : start + most])

    def cards(self, start: int, most: int = PER_PAGE) -> list[Card]:
        """The same as cards."""
        return [card(row, self.language, self.labels) for row in self.rows(start, most)]

    def name(self, facet: str, value: str) -> str:
        """What a facet's value is called."""
        return name(facet, value, self.labels)


def shown(language: str) -> QuerySet[Shown]:
    """The pages of one language's lists."""
    column = language if language in ("nb", "nn", "en") else "nb"
    return Shown.objects.filter(**{f"in_{column}": True})


def name(facet: str, value: str, named: Labels) -> str:
    """What a facet's value is called."""
    if facet == "kind":
        return _(KINDS[value].many) if value in KINDS else value
    return named.get((VOCABULARY_OF.get(facet, ""), value), value)


def card(row: Mapping[str, Any], language: str, named: Labels) -> Card:
    """One row as a card."""
    tags = row["tags"]
    codes = [("phase", code) for code in tags.get("phases", ())]
    codes += [("theme", code) for code in tags.get("themes", ())][:2]
    foot = [ngettext("%(number)s minute", "%(number)s minutes", row["minutes"]) % {"number": row["minutes"]}]
    if row["files"]:
        foot.append(ngettext("%(number)s file", "%(number)s files", row["files"]) % {"number": row["files"]})
    return {
        "kind": _(KINDS[row["kind"]].one),
        "slug": row["slug"],
        "title": row["title"],
        "lead": row["lead"],
        "lang": "" if row["language"] == language else row["language"],
        "tags": [named.get((vocabulary, code), code) for vocabulary, code in codes],
        "foot": "\N{NO-BREAK SPACE}\N{MIDDLE DOT} ".join(foot),
    }


def newest(language: str, most: int) -> list[Card]:
    """The newest pages, for the front doors; pages about the network itself aren't news."""
    rows = shown(language).exclude(kind="about").order_by("-first_published", "-page_id").values(*COLUMNS)[:most]
    return [card(row, language, labels(language)) for row in rows]


def news(since: datetime) -> list[News]:
    """What was first published after a moment, in the languages that it is written in."""
    rows = Shown.objects.filter(first_published__gt=since).exclude(kind="about")
    found: dict[UUID, News] = {}
    for row in rows.order_by("-first_published", "-page_id"):
        known = found.get(row.family)
        titles, texts = {row.language: row.title}, {row.language: row.lead}
        if known:
            titles, texts = {**known.titles, **titles}, {**known.texts, **texts}
        path = known.path if known else "/" + reverse("pages:front").split("/", 2)[2] + f"{row.slug}/"
        found[row.family] = News(f"page:{row.family}", titles, texts, path, row.first_published)
    return list(found.values())


def by_kind() -> dict[str, int]:
    """How many pages there are of each kind that has any, in the kinds' order."""
    found = dict(finding.counts(DOCUMENT, names=["kind"]).get("kind", ()))
    return {kind: found[kind] for kind in KINDS if found.get(kind)}


class Entry(TypedDict):
    """A page in a feed or a map."""

    slug: str
    title: str
    lead: str
    language: str
    first_published: datetime
    updated: datetime


def entries(listing: Listing, most: int) -> list[Any]:
    """The newest of a selection, for feeds."""
    found = shown(listing.language)
    if listing.choices.narrows:
        keys = finding.keys(DOCUMENT, listing.choices.text, listing.choices.facets).values_list("key", flat=True)
        found = found.filter(family__in=[UUID(key) for key in keys])
    return list(found.order_by("-first_published", "-page_id")[:most])


def addresses(keys: Sequence[str], language: str) -> dict[str, dict[str, Any]]:
    """What pages are, by the keys that the index knows them by: for whoever shows hits of several kinds."""
    rows = shown(language).filter(family__in=[UUID(key) for key in keys]).values(*COLUMNS)
    return {str(row["family"]): {**row, "kind_name": _(KINDS[row["kind"]].one)} for row in rows}
