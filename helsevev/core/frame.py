"""What a room offers the front door (inngangen): words about it for the front page, and its pages for search engines.

A room that has something to offer says so in its `panels.py`, in functions of these names; the front door finds them
in the rooms that are installed, and knows no room by itself:

    home(language) -> Iterable[Block]         stretches of the front page
    sections() -> Iterable[Section]           its open pages
    head_links(language) -> Iterable[Link]    feeds and the like, told to every browser
    datasets() -> Iterable[Dataset]           its open data, as files (see core.opendata)
    kept_in_browser() -> Iterable[Kept]       what it keeps in readers' browsers (see core.browser)
    organisation(key, units, language) -> Iterable[Block]   what it knows of an organisation; units: name by key
    organisation_counts() -> Mapping[str, int]              how much each organisation takes part in, by key
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True)
class Block:
    """A stretch of the front page (felt): a template of the room's own and what it needs; lower places come first."""

    place: int
    template: str
    context: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Page:
    """An open page in its first language (side): its path, and when it last changed if that is known."""

    path: str
    changed: datetime | None = None


@dataclass(frozen=True)
class Section:
    """Open pages of one sort (avdeling), asked for in portions: `pages(first, most)` in an order that stays."""

    name: str
    count: int
    pages: Callable[[int, int], Iterable[Page]]


@dataclass(frozen=True)
class Link:
    """A `link` in every page's head (lenke)."""

    rel: str
    type: str
    title: str
    url: str

    @property
    def label(self) -> str:
        """What a list of files calls it."""
        return self.title
