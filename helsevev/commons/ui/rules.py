"""What the look decides by itself: which pages to show, where a language lies, how a column sorts next."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

# Each language's name in itself, as its readers look for it.
OWN_NAMES = {"nb": "Bokmål", "nn": "Nynorsk", "en": "English"}


class Option(TypedDict):
    """One value, and how many it would leave."""

    value: str
    label: str
    count: int
    checked: NotRequired[bool]


class Facet(TypedDict):
    """What a list can be narrowed by, as the component `facet` takes it; `search_*` is for values that aren't shown."""

    name: str
    label: str
    options: list[Option]
    more: NotRequired[int]
    search_name: NotRequired[str]
    search_value: NotRequired[str]
    open: NotRequired[bool]
    note: NotRequired[str]


def shown_pages(current: int, last: int) -> list[int]:
    """Page numbers worth showing: the ends, the current one and its neighbours; 0 stands for a gap.

    A gap never hides one page alone: its number takes no more room than the dots.
    """
    wanted = {1, last} | {number for number in range(current - 1, current + 2) if 1 <= number <= last}
    shown: list[int] = []
    for number in sorted(wanted):
        missing = number - shown[-1] - 1 if shown else 0
        if missing == 1:
            shown.append(number - 1)
        elif missing > 1:
            shown.append(0)
        shown.append(number)
    return shown


def in_language(path: str, code: str, codes: Sequence[str]) -> str:
    """The address of the same page in another language; the front page where an address has no language."""
    first, _, rest = path.removeprefix("/").partition("/")
    return f"/{code}/{rest}" if first in codes else f"/{code}/"


def next_sort(key: str, now: str) -> tuple[str, str | None]:
    """What a column's header asks for next, and how it is sorted now in ARIA's words (None: not by it)."""
    if now == key:
        return f"-{key}", "ascending"
    if now == f"-{key}":
        return key, "descending"
    return key, None


def initials(name: str) -> str:
    """First letters of the first and the last name: "Kari Oppdiktet Nordmann" gives KN."""
    words = [word for word in name.replace("-", " ").split() if word[0].isalnum()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def described_by(field_id: str, has_help: bool, has_errors: bool) -> str:
    """Ids of the help and the fault of a group of choices, in the order they are read aloud."""
    ids = [f"{field_id}_helptext"] * has_help + [f"{field_id}_error"] * has_errors
    return " ".join(ids)
