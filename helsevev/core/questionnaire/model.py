"""What a form is, read and frozen: a tree of items. `reading.read` makes it; everything else only looks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from enum import StrEnum
from typing import Any

from helsevev.core.dates import PartialDate
from helsevev.core.questionnaire.texts import NOTHING, Text

# An answer as it is typed and kept: plain JSON.
Value = Any
Answers = Mapping[str, Value]


class Kind(StrEnum):
    """What an item asks for; the words are FHIR's."""

    GROUP = "group"
    DISPLAY = "display"
    BOOLEAN = "boolean"
    DECIMAL = "decimal"
    INTEGER = "integer"
    DATE = "date"
    DATE_TIME = "dateTime"
    TIME = "time"
    STRING = "string"
    TEXT = "text"
    URL = "url"
    CHOICE = "choice"
    OPEN_CHOICE = "open-choice"
    ATTACHMENT = "attachment"
    QUANTITY = "quantity"
    REFERENCE = "reference"


NUMBERS = frozenset({Kind.DECIMAL, Kind.INTEGER, Kind.QUANTITY})
CHOICES = frozenset({Kind.CHOICE, Kind.OPEN_CHOICE})
UNANSWERED = frozenset({Kind.GROUP, Kind.DISPLAY})


@dataclass(frozen=True)
class Unit:
    """A unit of measure (enhet)."""

    code: str
    text: Text
    coding: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Measured:
    """A number with its unit (mengde)."""

    number: Decimal
    unit: Unit | None = None


@dataclass(frozen=True)
class Attached:
    """A file that somebody has given as an answer (vedlegg)."""

    file: str
    name: str
    kind: str = ""
    size: int = 0
    digest: str = ""


@dataclass(frozen=True, eq=False)
class Option:
    """One of the answers to choose from (svaralternativ). `kind` and `given` are FHIR's: ("Coding", {...})."""

    key: str
    text: Text
    kind: str
    given: Any
    weight: Decimal | None = None
    is_exclusive: bool = False
    is_initial: bool = False


@dataclass(frozen=True)
class Other:
    """What somebody wrote who found no option that fits (annet svar)."""

    text: str


Typed = bool | Decimal | PartialDate | datetime | date | time | str | Option | Other | Measured | Attached


@dataclass(frozen=True)
class Condition:
    """When a question is asked (vilkår): another question's answer compared with an expected one."""

    question: str
    operator: str
    expected: Any


@dataclass(frozen=True)
class Limits:
    """What an answer must keep within (grenser)."""

    least: Any = None
    most: Any = None
    shortest: int | None = None
    longest: int | None = None
    decimals: int | None = None
    pattern: re.Pattern[str] | None = None
    pattern_text: Text = NOTHING
    fewest: int | None = None
    many: int | None = None
    bytes: int | None = None


NO_LIMITS = Limits()
# What a compiled expression asks: the typed answers to a linkId.
Lookup = Callable[[str], list[Any]]


@dataclass(frozen=True)
class Calculation:
    """How a value is worked out from other answers (beregning), and which questions it reads."""

    source: str
    links: frozenset[str]
    work_out: Callable[[Lookup], Any]


@dataclass(frozen=True, eq=False)
class Item:
    """A question, a group of them or a text between (ledd)."""

    link_id: str
    kind: Kind
    text: Text = NOTHING
    prefix: str = ""
    help: Text = NOTHING
    placeholder: Text = NOTHING
    control: str = ""
    required: bool = False
    repeats: bool = False
    read_only: bool = False
    hidden: bool = False
    conditions: tuple[Condition, ...] = ()
    needs_all: bool = False
    options: tuple[Option, ...] = ()
    units: tuple[Unit, ...] = ()
    limits: Limits = NO_LIMITS
    initial: tuple[Value, ...] = ()
    calculation: Calculation | None = None
    sums: str = ""
    items: tuple["Item", ...] = ()
    step: str = ""
    above: tuple[str, ...] = ()
    option_by_key: Mapping[str, Option] = field(default_factory=dict)
    asks: bool = False
    has_rows: bool = False
    has_weights: bool = False

    @property
    def is_group(self) -> bool:
        """Whether it holds questions and asks nothing itself."""
        return self.kind is Kind.GROUP

    @property
    def takes_many(self) -> bool:
        """Whether one answer is a list of choices."""
        return self.repeats and self.kind in CHOICES

    def label(self, language: str) -> str:
        """What to call it: its text with its number before, or its linkId where it has none."""
        said = self.text.in_language(language) or self.link_id
        return f"{self.prefix} {said}" if self.prefix else said


@dataclass(frozen=True, eq=False)
class Questionnaire:
    """A form (skjema) that can be answered."""

    items: tuple[Item, ...]
    by_link_id: Mapping[str, Item]
    order: tuple[str, ...] = ()
    title: Text = NOTHING
    description: Text = NOTHING
    language: str = "nb"
    languages: tuple[str, ...] = ("nb",)
    url: str = ""
    version: str = ""
    has_scores: bool = False

    def pages(self) -> tuple[Item, ...]:
        """One page for each group at the top; questions that lie loose there share one before, between or after."""
        pages: list[Item] = []
        for item in self.items:
            if item.hidden and not item.items:
                continue
            if item.is_group and not item.repeats:
                pages.append(item)
            elif pages and not pages[-1].link_id:
                pages[-1] = _loose((*pages[-1].items, item))
            else:
                pages.append(_loose((item,)))
        return tuple(page for page in pages if not page.hidden)


def _loose(items: tuple[Item, ...]) -> Item:
    """A page for questions that lie outside every group."""
    return Item("", Kind.GROUP, items=items)
