"""What a reader asks a list for (utvalg): read from any address, written back as one clean one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Self
from urllib.parse import urlencode

from helsevev.core.asked import LAST_PAGE, Params, clean, last, page

LONGEST_TEXT = 200
LONGEST_VALUE = 120
MOST_VALUES = 40


@dataclass(frozen=True)
class Choices:
    """A search, some facet values and a page of the list. A list of its own says which facets it has, in `names`."""

    names: ClassVar[tuple[str, ...]] = ()

    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    page: int = 1

    @classmethod
    def read(cls, params: Params, last_page: int = LAST_PAGE) -> Self:
        """The choices in an address. What isn't known is left out; nothing makes it fail."""
        facets = {name: _values(params.get(name, ())) for name in cls.names}
        return cls(
            text=clean(last(params, "q"))[:LONGEST_TEXT].rstrip(),
            facets={name: values for name, values in facets.items() if values},
            page=min(page(params), last_page),
        )

    @property
    def query(self) -> str:
        """The clean query, with its question mark; empty when nothing is chosen."""
        pairs = [("q", self.text)] if self.text else []
        pairs += [(name, value) for name in self.names for value in self.facets.get(name, ())]
        pairs += [("page", str(self.page))] if self.page > 1 else []
        return f"?{urlencode(pairs)}" if pairs else ""

    @property
    def narrows(self) -> bool:
        """Whether the reader has searched or filtered at all."""
        return bool(self.text or self.facets)

    def toggled(self, name: str, value: str) -> Self:
        """The same with one value added, or taken away where it was chosen; from the first page."""
        values = tuple(sorted(set(self.facets.get(name, ())) ^ {value}))
        facets = {**self.facets, name: values}
        return replace(self, facets={key: kept for key, kept in facets.items() if kept}, page=1)

    def searching(self, text: str) -> Self:
        """The same with another search, from the first page."""
        return replace(self, text=text, page=1)


def _values(given: Sequence[str]) -> tuple[str, ...]:
    kept = {clean(value)[:LONGEST_VALUE].strip() for value in given[:MOST_VALUES]}
    return tuple(sorted(value for value in kept if value))
