"""What a reader asks the list for (utvalg): read from any address whatever, written back as one clean one. Pure.

Two addresses that mean the same give the same `query`, so that a shared link, a feed and a cache agree.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from helsevev.core.asked import Params, clean, last, page
from helsevev.core.words import Refusal, gettext_noop

NOT_STATED = "not-stated"  # how an address writes the empty value, which a form would lose
LISTINGS = ("awarded", "mentioned", "example")
SHOWN_FACETS = (
    "region",
    "county",
    "phase",
    "patient_group",
    "theme",
    "support",
    "year",
    "round",
    "kind",
    "status",
    "organisation",
)
# Reached by a link from a project or the dashboard, and shown only as a tag that can be taken away.
LINKED_FACETS = ("family", "moved")
FACETS = (*SHOWN_FACETS, *LINKED_FACETS)
# Facets with so many values that the reader searches among them: `theme_has=sår` in the address.
LONG_FACETS = ("county", "theme", "organisation")
SORTS = ("newest", "title", "changed", "relevance")
LONGEST_TEXT = 200
LONGEST_VALUE = 120
MOST_VALUES = 40

TEXT_CUT = gettext_noop("The search was longer than %(longest)s characters. What came after them was left out.")
VALUES_CUT = gettext_noop("At most %(most)s choices of one sort can be made at once. The rest were left out.")


@dataclass(frozen=True)
class Choices:
    """A search, some facet values, a list, an order and a page. An empty facet value means: not stated."""

    text: str = ""
    listing: str = "awarded"
    facets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = "newest"
    page: int = 1
    within: Mapping[str, str] = field(default_factory=dict)
    notices: tuple[Refusal, ...] = ()

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The address's parameters in their one order, without what goes without saying."""
        pairs = [("q", self.text)] if self.text else []
        if self.listing != "awarded":
            pairs.append(("listing", self.listing))
        for name in FACETS:
            pairs += [(name, value or NOT_STATED) for value in self.facets.get(name, ())]
        if self.sort != usual_sort(self.text):
            pairs.append(("sort", self.sort))
        pairs += [(f"{name}_has", self.within[name]) for name in LONG_FACETS if name in self.within]
        return [*pairs, ("page", str(self.page))] if self.page > 1 else pairs

    @property
    def query(self) -> str:
        """The clean query, with its question mark; empty when nothing is chosen."""
        return f"?{urlencode(self.pairs)}" if self.pairs else ""

    @property
    def selection_query(self) -> str:
        """The query of all that is selected, whatever page is shown: for files and feeds."""
        return replace(self, page=1, within={}).query

    @property
    def narrows(self) -> bool:
        """Whether the reader has searched or filtered at all."""
        return bool(self.text or self.facets)

    def having(self, name: str, value: str) -> bool:
        """Whether a facet's value is chosen."""
        return value in self.facets.get(name, ())

    def toggled(self, name: str, value: str) -> "Choices":
        """The same with one facet value added, or taken away where it was chosen; from the first page."""
        now = set(self.facets.get(name, ()))
        return self.only(name, now ^ {value})

    def only(self, name: str, values: Iterable[str]) -> "Choices":
        """The same with these values of one facet and no others; from the first page."""
        facets = {**self.facets, name: tuple(sorted(values))}
        return replace(self, facets={key: kept for key, kept in facets.items() if kept}, page=1)

    def searching(self, text: str) -> "Choices":
        """The same with another search; relevance means nothing without one."""
        sort = usual_sort(text) if self.sort == usual_sort(self.text) else self.sort
        return replace(self, text=text, sort="newest" if not text and sort == "relevance" else sort, page=1)

    def sorted_by(self, sort: str) -> "Choices":
        """The same in another order, from the first page."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> "Choices":
        """The same, another page."""
        return replace(self, page=page)

    def listed(self, listing: str) -> "Choices":
        """The same choices on another list."""
        return replace(self, listing=listing, page=1)


def usual_sort(text: str) -> str:
    """The order nobody has asked for: best match when searching, else the newest award."""
    return "relevance" if text else "newest"


def read(params: Params) -> Choices:
    """The choices in an address. What isn't known is left out; nothing makes it fail."""
    text = clean(last(params, "q"))
    notices = []
    if len(text) > LONGEST_TEXT:
        text = text[:LONGEST_TEXT].rstrip()
        notices.append(Refusal(TEXT_CUT, {"longest": LONGEST_TEXT}))
    facets = {name: _values(params.get(name, ())) for name in FACETS}
    if any(len(values) > MOST_VALUES for values in facets.values()):
        notices.append(Refusal(VALUES_CUT, {"most": MOST_VALUES}))
    listing, sort = last(params, "listing"), last(params, "sort")
    return Choices(
        text=text,
        listing=listing if listing in LISTINGS else "awarded",
        facets={name: values[:MOST_VALUES] for name, values in facets.items() if values},
        sort=sort if sort in SORTS and (text or sort != "relevance") else usual_sort(text),
        page=page(params),
        within={name: found for name in LONG_FACETS if (found := clean(last(params, f"{name}_has"))[:60].strip())},
        notices=tuple(notices),
    )


def _values(given: Sequence[str]) -> tuple[str, ...]:
    """The values of one facet, each once, in one order; the empty choice of a form is none."""
    kept = {clean(value)[:LONGEST_VALUE].strip() for value in given}
    return tuple(sorted("" if value == NOT_STATED else value for value in kept if value))
