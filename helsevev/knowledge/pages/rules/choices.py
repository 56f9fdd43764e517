"""What a reader asks the bank's list for (utvalg): read from any address, written back as one clean one. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from helsevev.core.asked import Params, clean, last, page
from helsevev.core.words import gettext_noop

FACETS: Mapping[str, str] = {
    "kind": gettext_noop("Kind of page"),
    "phase": gettext_noop("Phase"),
    "theme": gettext_noop("Theme"),
    "patient_group": gettext_noop("Patient group"),
    "region": gettext_noop("Health region"),
}
LONGEST_TEXT = 200
LONGEST_VALUE = 120
MOST_VALUES = 40


@dataclass(frozen=True)
class Choices:
    """A search, some facet values and a page of the list."""

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @property
    def query(self) -> str:
        """The clean query, with its question mark; empty when nothing is chosen."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in FACETS for value in self.facets.get(name, ())]
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def narrows(self) -> bool:
        """Whether the reader has searched or filtered at all."""
        return bool(self.text or self.facets)

    def toggled(self, name: str, value: str) -> "Choices":
        """The same with one value added, or taken away where it was chosen; from the first page."""
        values = tuple(sorted(set(self.facets.get(name, ())) ^ {value}))
        facets = {**self.facets, name: values}
        return replace(self, facets={key: kept for key, kept in facets.items() if kept}, page=1)

    def searching(self, text: str) -> "Choices":
        """The same with another search, from the first page."""
        return replace(self, text=text, page=1)


def read(params: Params) -> Choices:
    """The choices in an address. What isn't known is left out; nothing makes it fail."""
    facets = {name: _values(params.get(name, ())) for name in FACETS}
    return Choices(
        text=clean(last(params, "q"))[:LONGEST_TEXT].rstrip(),
        facets={name: values for name, values in facets.items() if values},
        page=page(params),
    )


def _values(given: Sequence[str]) -> tuple[str, ...]:
    kept = {clean(value)[:LONGEST_VALUE].strip() for value in given[:MOST_VALUES]}
    return tuple(sorted(value for value in kept if value))
