"""The list of projects: what a reader's choices select, in which order, and how many each further choice would leave.

The list, its files, its feeds and the API all ask `select`, so that they never disagree.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TypedDict

from django.db.models import F, Func, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import gettext as _

from helsevev.commons.finding import queries as finding
from helsevev.commons.people.rules import STRANGER, Person, may
from helsevev.core import alphabet
from helsevev.core.roadmap import PHASES
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.cards import Card, cards
from helsevev.network.portfolio.queries.choices import LINKED_FACETS, LISTINGS, SHOWN_FACETS, Choices, Params, read
from helsevev.network.portfolio.queries.naming import FACET_NAMES, LISTING_NAMES, VOCABULARIES, Naming
from helsevev.network.portfolio.rules.permissions import PERMISSIONS

KIND = "project"
PER_PAGE = 60
MOST_OPTIONS = 12
# In these the reader looks for an order known beforehand; in the others for what there is most of.
LATEST_FIRST = ("year", "round")


class Option(TypedDict):
    """One value of a facet, and how many projects it would leave."""

    value: str
    label: str
    count: int
    checked: bool


class Facet(TypedDict):
    """One facet as the component draws it."""

    name: str
    label: str
    options: list[Option]
    more: int
    search_name: str
    search_value: str
    open: bool
    note: str


@dataclass(frozen=True)
class Chosen:
    """One choice in words, and the query without it."""

    facet: str
    value: str
    label: str
    without: str


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

    @cached_property
    def total(self) -> int:
        """How many are selected."""
        return self.unordered.count()

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

    def cards(self, start: int, stop: int, today: date) -> list[Card]:
        """Some of the projects as cards."""
        return cards(self.projects[start:stop], self.naming, today)


def select(params: Params, person: Person = STRANGER, language: str = "nb") -> Selection:
    """What an address's parameters select, for this reader."""
    return Selection(read(params), person, Naming(language))


def order(choices: Choices, language: str) -> list[Combinable | str]:
    """The columns that a choice of order means; the key last, so that every order is one order."""
    newest = [F("award_year").desc(nulls_last=True), F("award_round").desc(nulls_last=True)]
    orders: Mapping[str, list[Combinable | str]] = {
        "newest": newest,
        "relevance": newest,
        "title": [alphabetical(_title_column(language))],
        "changed": [F("initiative__changed_at").desc()],
    }
    return [*orders[choices.sort], "initiative__key"]


def _title_column(language: str) -> Combinable:
    """The title that the reader sees."""
    if language == "nb":
        return F("initiative__title")
    return Coalesce(NullIf(F(f"initiative__title_{language}"), Value("")), F("initiative__title"))


def alphabetical(text: Combinable) -> Combinable:
    """The order of the Norwegian alphabet, as far as a database that doesn't know it can be told."""
    for letter, sign in alphabet.AFTER_Z.items():
        for written in (letter, letter.upper()):
            text = Func(text, Value(written), Value(sign), function="REPLACE")
    return Func(text, function="LOWER")


def last_page(total: int) -> int:
    """The number of the last page; an empty list has one page too."""
    return max(1, math.ceil(total / PER_PAGE))


# --- Facets ----------------------------------------------------------------------------------------------------------
def facets(selection: Selection) -> list[Facet]:
    """Every facet that the page shows, each with its top values; those without any values are left out."""
    shown = (_facet(selection, name) for name in SHOWN_FACETS)
    return [facet for facet in shown if facet["options"] or facet["search_value"]]


def _facet(selection: Selection, name: str) -> Facet:
    counts = selection.counts.get(name, {})
    chosen = selection.choices.facets.get(name, ())
    sought = selection.choices.within.get(name, "")
    values = _in_order(selection.naming, name, {**dict.fromkeys(chosen, 0), **counts})
    found = _search(selection.naming, name, values, sought) if sought else values
    kept = [value for place, value in enumerate(found) if place < MOST_OPTIONS or value in chosen]
    labels = selection.naming.values(name, kept)
    return {
        "name": name,
        "label": _(FACET_NAMES[name]),
        "options": [
            {"value": value, "label": labels[value], "count": counts.get(value, 0), "checked": value in chosen}
            for value in kept
        ],
        "more": len(found) - len(kept),
        "search_name": f"{name}_has" if len(values) > MOST_OPTIONS else "",
        "search_value": sought,
        "open": bool(chosen or sought),
        "note": _rests_on(name, counts),
    }


def _in_order(naming: Naming, name: str, counts: Mapping[str, int]) -> list[str]:
    """Values as a reader looks for them: by time, by the taxonomy's order, or the most frequent first."""
    stated = [value for value in counts if value]
    if name in LATEST_FIRST:
        stated.sort(reverse=True)
    elif name == "phase":
        stated.sort(key=lambda value: PHASES.index(value) if value in PHASES else len(PHASES))
    elif name in VOCABULARIES and name != "theme":
        stated = naming.taxonomy.in_order(VOCABULARIES[name], stated)
    else:
        stated.sort(key=lambda value: (-counts[value], value))
    return [*stated, ""] if "" in counts else stated


def _search(naming: Naming, name: str, values: Sequence[str], sought: str) -> list[str]:
    """Values whose labels have all the words sought."""
    words = alphabet.folded(sought).split()
    labels = naming.values(name, values)
    return [value for value in values if all(word in alphabet.folded(labels[value]) for word in words)]


def _rests_on(name: str, counts: Mapping[str, int]) -> str:
    """How many projects a count of phase or status rests on."""
    if name not in ("phase", "status"):
        return ""
    every = sum(counts.values())
    return _("Stated for %(stated)s of %(every)s.") % {"stated": every - counts.get("", 0), "every": every}


def tabs(selection: Selection, address: str) -> list[dict[str, object]]:
    """The lists beside each other, each with how many the same choices leave there."""
    counts = selection.counts.get("listing", {})
    return [
        {
            "label": _(LISTING_NAMES[listing]),
            "url": address + selection.choices.listed(listing).query,
            "current": listing == selection.choices.listing,
            "count": counts.get(listing, 0),
        }
        for listing in LISTINGS
    ]
