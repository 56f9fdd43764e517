"""What facets and their values are called in the reader's language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.initiatives.rules import Taxonomy
from helsevev.commons.people import queries as people
from helsevev.core import tilemap
from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.queries.wording import Text, in_language

FACET_NAMES: Mapping[str, str] = {
    "region": gettext_noop("Health region"),
    "county": gettext_noop("County"),
    "phase": gettext_noop("Phase"),
    "patient_group": gettext_noop("Patient group"),
    "theme": gettext_noop("Theme"),
    "support": gettext_noop("Kind of support"),
    "year": gettext_noop("Award year"),
    "round": gettext_noop("Award round"),
    "kind": gettext_noop("New or spread"),
    "status": gettext_noop("Status"),
    "organisation": gettext_noop("Organisation"),
    "family": gettext_noop("Family"),
    "moved": gettext_noop("Move between phases"),
}
LISTING_NAMES: Mapping[str, str] = {
    "awarded": gettext_noop("Awarded projects"),
    "mentioned": gettext_noop("Only mentioned"),
    "example": gettext_noop("Examples without an award"),
}
SORT_NAMES: Mapping[str, str] = {
    "newest": gettext_noop("Newest award first"),
    "title": gettext_noop("Title"),
    "changed": gettext_noop("Last changed first"),
    "relevance": gettext_noop("Best match first"),
}
VOCABULARIES: Mapping[str, str] = {
    "region": "health_region",
    "phase": "phase",
    "patient_group": "patient_group",
    "theme": "theme",
    "support": "support",
    "kind": "kind",
    "status": "status",
}
COUNTY_NAMES: Mapping[str, str] = {place.code: place.name for place in tilemap.COUNTIES}
ARROW = "\N{RIGHTWARDS ARROW}"


@dataclass(frozen=True)
class Naming:
    """Labels in one language, each table asked once and only when needed."""

    language: str

    @cached_property
    def taxonomy(self) -> Taxonomy:
        """The words that all wings share."""
        return initiatives.taxonomy()

    @cached_property
    def _organisations(self) -> dict[str, str]:
        """Names of organisations looked up so far."""
        return {}

    def term(self, vocabulary: str, code: str) -> str:
        """A word's label, written as it stands alone; no code has no label."""
        return capfirst(self.taxonomy.label(vocabulary, code, self.language)) if code else ""

    def terms(self, vocabulary: str, codes: Iterable[str]) -> list[str]:
        """Labels in the taxonomy's order."""
        return [self.term(vocabulary, code) for code in self.taxonomy.in_order(vocabulary, list(codes))]

    def values(self, facet: str, values: Iterable[str]) -> dict[str, str]:
        """Labels of a facet's values. One nobody knows is called what the address calls it."""
        wanted = list(values)
        names = self._looked_up(facet, wanted)
        return {value: names.get(value) or self._value(facet, value) for value in wanted}

    def _looked_up(self, facet: str, values: list[str]) -> Mapping[str, str]:
        """Names that lie in a table of their own."""
        if facet == "organisation":
            return self.organisations(values)
        if facet == "family":
            return self.titles(values)
        return COUNTY_NAMES if facet == "county" else {}

    def organisations(self, keys: Iterable[str]) -> Mapping[str, str]:
        """Names of organisations by key; a key is looked up once."""
        known = self._organisations
        if missing := set(keys) - known.keys():
            known |= dict.fromkeys(missing, "") | people.names(missing)
        return known

    def _value(self, facet: str, value: str) -> str:
        if not value:
            return _("Not stated")
        if facet == "round":
            year, _dash, number = value.partition("-")
            return award(year, number)
        if facet == "moved":
            return f" {ARROW} ".join(self.term("phase", code) for code in value.split(">"))
        vocabulary = VOCABULARIES.get(facet)
        return self.term(vocabulary, value) if vocabulary and self.taxonomy.word(vocabulary, value) else value

    def titles(self, keys: Iterable[str]) -> dict[str, str]:
        """Titles of published projects by key, for where a language can't be marked."""
        return {key: title.text for key, title in self.marked_titles(keys).items()}

    def marked_titles(self, keys: Iterable[str]) -> dict[str, Text]:
        """Titles of published projects in the reader's language, else in the nearest and marked, by key."""
        rows = Initiative.objects.filter(key__in=list(keys), project__published=True).order_by()
        found = rows.values_list("key", "title", "title_nn", "title_en")
        return {key: in_language(self.language, {"nb": nb, "nn": nn, "en": en}) for key, nb, nn, en in found}


def award(year: object, number: object) -> str:
    """When a project was awarded support, as far as it is stated: "2025, round 3", "2022"; empty when it isn't."""
    if year and number:
        return _("%(year)s, round %(number)s") % {"year": year, "number": number}
    return str(year) if year else ""
