"""Long lists a page at a time (sidevisning): how many there are, and the addresses of the next and the previous."""

from typing import Generic, TypeVar
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from pydantic import BaseModel, Field

T = TypeVar("T")
LAST_PAGE = 1_000_000
MOST_ON_A_PAGE = 200


class Paged(BaseModel, Generic[T]):
    """One page of a list."""

    total: int = Field(description="How many there are in all.")
    page: int = Field(description="This page's number.")
    pages: int = Field(description="The last page's number; an empty list has one page.")
    per_page: int = Field(description="How many a page holds at most.")
    next: str | None = Field(description="Address of the next page; null on the last.")
    previous: str | None = Field(description="Address of the previous page; null on the first.")
    items: list[T]


def pages(total: int, per_page: int) -> int:
    """The last page's number."""
    return max(1, -(-total // per_page))


def on_page(address: str, number: int) -> str:
    """The same address, another page."""
    parts = urlsplit(address)
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True) if name != "page"]
    return urlunsplit(parts._replace(query=urlencode([*kept, ("page", number)])))


def surroundings(address: str, total: int, number: int, per_page: int) -> dict[str, object]:
    """All that a page says beside its items. Beyond the last page, the previous one is the last that there is."""
    last = pages(total, per_page)
    return {
        "total": total,
        "page": number,
        "pages": last,
        "per_page": per_page,
        "next": on_page(address, number + 1) if number < last else None,
        "previous": on_page(address, min(number - 1, last)) if number > 1 else None,
    }
