"""What waits for a person, and what they may be told of: the shapes that every room's panels use. Pure.

A room that has something for my page says so in its `panels.py`, in functions of these names; the front door finds
them in the rooms that are installed:

    waiting(person) -> Iterable[Waiting]      what waits for someone with these roles, with dates
    notices() -> Iterable[Notice]             what this room may write letters about; ask `queries.wants` before one
    pages_of(keys, person) -> dict            the page of each of these initiatives that the person may see
    personal_data(user) -> dict               what is kept about the person where the table doesn't refer to the account
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person (venter på meg). `kind` groups it, such as "project" or "account"."""

    title: str
    url: str
    due: date | None
    kind: str


@dataclass(frozen=True)
class Notice:
    """A kind of notice (varsel) that a person may choose to have by e-mail."""

    kind: str
    label: str
    by_mail: bool = True
