"""The list of projects: what a reader's choices select, in which order, and how many each further choice would leave.

The list, its files, its feeds and the API all ask `select`, so that they never disagree.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.db.models.sql.compiler import SQLCompiler
from django.utils.translation import gettext as _

from helsevev.commons.finding import queries as finding
from helsevev.commons.finding.rules import Hit
from helsevev.commons.people.rules import STRANGER, Person, may
from helsevev.core import alphabet
from helsevev.core.asked import Params
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.cards import Card, cards
from helsevev.network.portfolio.queries.choices import (
    LINKED_FACETS,
    SHOWN_FACETS,
    Choices,
    read,
    usual_sort,
)
from helsevev.network.portfolio.queries.naming import FACET_NAMES, SORT_NAMES, Naming
from helsevev.network.portfolio.rules.permissions import PERMISSIONS

KIND = "project"
Compiled = tuple[str, tuple[str | int, ...]]
PER_PAGE = 60


@dataclass(frozen=True)
class Chosen:
    """One choice in words, and the query without it."""

    facet: str
    value: str
    label: str
    without: str


class Alphabetical(Func):
    """A text's place in the Norwegian alphabet, in which å comes last; databases must be told, each in its own way."""

    template = '%(expressions)s COLLATE "nb-x-icu"'

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_more: object) -> Compiled:
        """SQLite is lent our own sort key for as long as the connection lasts."""
        connection.ensure_connection()
        connection.connection.create_function("alphabet_key", 1, alphabet.sort_key, deterministic=True)
        return self.as_sql(compiler, connection, template="alphabet_key(%(expressions)s)")


@dataclass(frozen=True)
class Selection:
    """What a reader's choices select (utvalg)."""

    choices: Choices
    person: Person
    naming: Naming

    @cached_property
    def is_staff(self) -> bool:
        """Whether drafts are shown and counted too."""
        return may(self.person, "see_drafts", PERMISSIONS)

    @property
    def index_facets(self) -> Mapping[str, Sequence[str]]:
        """The choices as the index knows them."""
        return {**self.choices.facets, "listing": (self.choices.listing,)}

    @property
    def unordered(self) -> QuerySet[Project]:
        """The projects selected, in no order. Drafts stand in the list for staff alone."""
        chosen = Project.objects.filter(listing=self.choices.listing)
        if not self.is_staff:
            chosen = chosen.filter(published=True)
        if not self.choices.narrows:
            return chosen
        keys = finding.keys(KIND, self.choices.text, self.index_facets, staff=self.is_staff)
        return chosen.filter(initiative__key__in=keys)

    @property
    def projects(self) -> QuerySet[Project]:
        """The projects selected, in the order asked for."""
        return self.unordered.order_by(*order(self.choices, self.naming.language))

    @property
    def total(self) -> int:
        """How many are selected; the index has counted them already."""
        return self.counts.get("listing", {}).get(self.choices.listing, 0)

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many each value of each facet would leave; a facet's own choices don't narrow it."""
        counted = finding.counts(KIND, self.choices.text, self.index_facets, staff=self.is_staff)
        return {name: dict(values) for name, values in counted.items()}

    @cached_property
    def chosen(self) -> list[Chosen]:
        """Every choice in words, the search first."""
        found = []
        if self.choices.text:
            label = _("Search: %(text)s") % {"text": self.choices.text}
            found.append(Chosen("q", self.choices.text, label, self.choices.searching("").query))
        for name in (*SHOWN_FACETS, *LINKED_FACETS):
            labels = self.naming.values(name, self.choices.facets.get(name, ()))
            found += [
                Chosen(name, value, f"{_(FACET_NAMES[name])}: {label}", self.choices.toggled(name, value).query)
                for value, label in labels.items()
            ]
        return found

    def cards(self, start: int, today: date) -> list[Card]:
        """A page of the projects as cards, beginning at `start`."""
        choices = self.choices
        if choices.sort != "relevance":
            return cards(self.projects[start : start + PER_PAGE], self.naming, today, choices.text)
        hits = {hit.key: hit for hit in self._best(start)}
        found = cards(Project.objects.filter(initiative__key__in=hits), self.naming, today, choices.text, hits)
        places = {key: place for place, key in enumerate(hits)}
        return sorted(found, key=lambda card: places[card["key"]])

    def _best(self, start: int) -> list[Hit]:
        """A page of what answers the search, the best first."""
        asked = (self.choices.text, self.naming.language, self.index_facets)
        return finding.search(KIND, *asked, part=range(start, start + PER_PAGE), staff=self.is_staff)


def select(params: Params, person: Person = STRANGER, language: str = "nb") -> Selection:
    """What an address's parameters select, for this reader."""
    return Selection(read(params), person, Naming(language))


def order(choices: Choices, language: str) -> list[Combinable | str]:
    """The columns that a choice of order means; the row's own number last, so that every order is one order.

    The first is the order of an index (migration 0004), and so the first page costs the same however long the list is.
    """
    newest: list[Combinable | str] = [F("award_year").desc(nulls_last=True), F("award_round").desc(nulls_last=True)]
    orders: Mapping[str, list[Combinable | str]] = {
        "newest": newest,
        "relevance": newest,
        "title": [Alphabetical(_title_column(language))],
        "changed": [F("initiative__changed_at").desc()],
    }
    return [*orders[choices.sort], "initiative_id"]


def _title_column(language: str) -> Combinable:
    """The title that the reader sees."""
    if language == "nb":
        return F("initiative__title")
    return Coalesce(NullIf(F(f"initiative__title_{language}"), Value("")), F("initiative__title"))


def sorts(choices: Choices) -> list[dict[str, object]]:
    """The orders that can be chosen; best match only where something is searched for.

    The usual order has no value, so that a form doesn't hold on to it when the reader searches for something new.
    """
    return [
        {
            "value": "" if value == usual_sort(choices.text) else value,
            "label": _(label),
            "chosen": value == choices.sort,
        }
        for value, label in SORT_NAMES.items()
        if choices.text or value != "relevance"
    ]
