"""What waits for a person, and what they may be told of: the shapes that every room's panels use. Pure."""

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
