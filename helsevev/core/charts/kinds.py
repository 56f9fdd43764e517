"""The kinds of charts, as plain values that refuse what can't be drawn.

All words come translated from the caller; `title` says the message, `note` how much it rests on, and `heads` name
the columns of the table that goes with it. `table` gives that table from the very numbers that are drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from helsevev.core.charts.wording import number, share

Cells = tuple[tuple[str | float, ...], ...]


@dataclass(frozen=True, kw_only=True)
class Chart:
    """What every chart has. `name` is its short name in addresses and file names."""

    name: str
    title: str
    heads: tuple[str, ...]
    note: str = ""
    source: str = ""
    language: str = "nb"

    def table(self) -> Cells:
        """Rows of the table, numbers as numbers."""
        raise NotImplementedError

    def said(self, cell: str | float) -> str:
        """A cell as the page writes it."""
        return cell if isinstance(cell, str) else number(cell, self.language)


@dataclass(frozen=True)
class Row:
    """One counted thing; `strong` when the title speaks of it, not `stated` when it counts what isn't stated."""

    label: str
    value: float
    strong: bool = False
    stated: bool = True

    def __post_init__(self) -> None:
        """Counts aren't negative, and are numbers."""
        if not 0 <= self.value < float("inf"):
            raise ValueError("a counted thing is zero or more")


@dataclass(frozen=True, kw_only=True)
class _Counted(Chart):
    """Charts whose table is a label and a number a row."""

    rows: tuple[Row, ...]

    def table(self) -> Cells:
        """A label and its number."""
        return tuple((row.label, row.value) for row in self.rows)


@dataclass(frozen=True, kw_only=True)
class Bars(_Counted):
    """Horizontal bars (liggende stolper): one a row, its number at its end."""


@dataclass(frozen=True, kw_only=True)
class Columns(_Counted):
    """Upright columns (søyler): one a year."""


@dataclass(frozen=True, kw_only=True)
class Shares(_Counted):
    """One bar cut in parts (stablet stolpe), each with its share of the whole."""

    @property
    def whole(self) -> float:
        """What the parts are shares of."""
        return sum(row.value for row in self.rows)

    def table(self) -> Cells:
        """A label, its number and its share."""
        return tuple((row.label, row.value, share(row.value, self.whole, self.language)) for row in self.rows)


@dataclass(frozen=True)
class Answers:
    """How the answers to one statement fall on a scale (svarfordeling): a share in percent for each level."""

    label: str
    shares: tuple[float, ...]

    def __post_init__(self) -> None:
        """Shares aren't negative, and are numbers."""
        if not all(0 <= one <= 100 for one in self.shares):
            raise ValueError("a share is from 0 to 100 percent")


@dataclass(frozen=True, kw_only=True)
class Likert(Chart):
    """Stacked bars of answers on one scale (svarskala), the highest level first."""

    rows: tuple[Answers, ...]
    levels: tuple[str, ...]

    def __post_init__(self) -> None:
        """Every row answers on the same scale, of at most five levels."""
        if not 0 < len(self.levels) <= 5 or any(len(row.shares) != len(self.levels) for row in self.rows):
            raise ValueError("every row needs a share for each of one to five levels")

    def table(self) -> Cells:
        """A statement, and its share of each level."""
        return tuple((row.label, *row.shares) for row in self.rows)


@dataclass(frozen=True)
class Move:
    """So many went from one stage to another, by their places in the order."""

    start: int
    end: int
    count: int


@dataclass(frozen=True, kw_only=True)
class Flow(Chart):
    """Moves between stages (flyt mellom faser). `sides` name the left and the right row of stages."""

    stages: tuple[str, ...]
    moves: tuple[Move, ...]
    sides: tuple[str, str]

    def __post_init__(self) -> None:
        """Every move stays among the stages and counts something."""
        if any(min(move.start, move.end) < 0 or max(move.start, move.end) >= len(self.stages) for move in self.moves):
            raise ValueError("a move names a stage that isn't there")
        if any(move.count < 1 or move.start == move.end for move in self.moves):
            raise ValueError("a move goes somewhere, at least once")

    def table(self) -> Cells:
        """From, to and how many, in the order of the stages."""
        ordered = sorted(self.moves, key=lambda move: (move.start, move.end))
        return tuple((self.stages[move.start], self.stages[move.end], move.count) for move in ordered)


@dataclass(frozen=True)
class Extent:
    """How `count` measured things lie (spredning): lowest, quarter, middle, three quarters, highest."""

    label: str
    count: int
    lies: tuple[float, float, float, float, float] | None = None
    strong: bool = False

    def __post_init__(self) -> None:
        """Something counted lies somewhere, in order."""
        if (self.lies is None) != (self.count == 0):
            raise ValueError("an extent has a place when, and only when, something is counted")
        if self.lies is not None and list(self.lies) != sorted(self.lies):
            raise ValueError("an extent goes from low to high")


@dataclass(frozen=True, kw_only=True)
class Extents(Chart):
    """Where measured things lie, a row each (spredning), along one axis in `unit`; `none` is written where none is."""

    rows: tuple[Extent, ...]
    unit: str
    none: str

    def table(self) -> Cells:
        """A label, how many, and the five places."""
        return tuple((row.label, row.count, *(row.lies or (self.none,) * 5)) for row in self.rows)


@dataclass(frozen=True)
class Period:
    """Time spent in a phase. `as_of`: was there then, entered we don't know when. No `last`: end not stated."""

    label: str
    when: str
    first: date
    last: date | None = None
    planned: bool = False
    as_of: bool = False

    def __post_init__(self) -> None:
        """Time goes forward."""
        if self.last is not None and self.last < self.first:
            raise ValueError("a period ends after it begins")


@dataclass(frozen=True)
class Moment:
    """Something that happened, or is planned, between `first` and `last` as precisely as is known."""

    label: str
    when: str
    first: date
    last: date
    kind: Literal["award", "log", "milestone"] = "log"
    planned: bool = False

    def __post_init__(self) -> None:
        """Time goes forward."""
        if self.last < self.first:
            raise ValueError("a moment ends after it begins")


@dataclass(frozen=True, kw_only=True)
class Timeline(Chart):
    """One project in time (tidslinje). `legend` says what a hollow and an open mark mean, where there is one."""

    periods: tuple[Period, ...]
    moments: tuple[Moment, ...]
    legend: Mapping[Literal["planned", "as_of", "open"], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Something to draw."""
        if not self.periods and not self.moments:
            raise ValueError("a timeline needs something dated")

    def entries(self) -> tuple[Period | Moment, ...]:
        """Phases and happenings by the day they begin; a phase before what happened on its first day."""
        everything: list[Period | Moment] = [*self.periods, *self.moments]
        return tuple(sorted(everything, key=lambda entry: (entry.first, isinstance(entry, Moment))))

    def table(self) -> Cells:
        """When and what."""
        return tuple((entry.when, entry.label) for entry in self.entries())


@dataclass(frozen=True)
class Member:
    """One of a family: `here` is the one whose page it is."""

    key: str
    title: str
    detail: str = ""
    here: bool = False


@dataclass(frozen=True)
class Bond:
    """A child's tie to its parent, by key; `kind` is one of the chart's `bonds_said`. A mutual one has no arrow."""

    parent: str
    child: str
    kind: str
    mutual: bool = False


@dataclass(frozen=True, kw_only=True)
class Family(Chart):
    """Who continues, spreads or adapts whom (familietre). Members come oldest first, and are drawn in that order."""

    members: tuple[Member, ...]
    bonds: tuple[Bond, ...]
    bonds_said: Mapping[str, str]

    def __post_init__(self) -> None:
        """Every bond ties two members, and nobody is its own ancestor."""
        keys = [member.key for member in self.members]
        if len(set(keys)) != len(keys) or not keys:
            raise ValueError("a family has members, each once")
        if any(not {bond.parent, bond.child} <= set(keys) or bond.kind not in self.bonds_said for bond in self.bonds):
            raise ValueError("a bond names someone or something that isn't there")
        generations(self)

    def table(self) -> Cells:
        """Everyone, what is known of them, and how they stand to whom."""
        titles = {member.key: member.title for member in self.members}
        return tuple(
            (member.title, member.detail, "; ".join(self._ties(member.key, titles))) for member in self.members
        )

    def _ties(self, key: str, titles: Mapping[str, str]) -> list[str]:
        """A member's ties to its parents in words."""
        return [f"{self.bonds_said[bond.kind]} {titles[bond.parent]}" for bond in self.bonds if bond.child == key]


def generations(family: Family) -> dict[str, int]:
    """How far each member is from those with no parents: the longest way, so that lines always lead forward."""
    found = {member.key: 0 for member in family.members}
    for _ in found:
        later = {bond.child: found[bond.parent] + 1 for bond in family.bonds if found[bond.child] <= found[bond.parent]}
        if not later:
            return found
        found |= later
    raise ValueError("nobody is their own ancestor")


@dataclass(frozen=True)
class Pair:
    """Two amounts of the same thing, such as price and cost."""

    label: str
    first: float
    second: float
    strong: bool = False

    def __post_init__(self) -> None:
        """Amounts aren't negative, and are numbers."""
        if not (0 <= self.first < float("inf") and 0 <= self.second < float("inf")):
            raise ValueError("a drawn amount is zero or more")


@dataclass(frozen=True, kw_only=True)
class Pairs(Chart):
    """Two bars a row (parvise stolper), one under the other; `sides` name the first and the second."""

    rows: tuple[Pair, ...]
    sides: tuple[str, str]

    def table(self) -> Cells:
        """A label and both amounts."""
        return tuple((row.label, row.first, row.second) for row in self.rows)


@dataclass(frozen=True)
class Range:
    """From low to high; a signed change goes from nothing to what it is."""

    label: str
    low: float
    high: float
    strong: bool = False

    def __post_init__(self) -> None:
        """It goes from low to high."""
        if not float("-inf") < self.low <= self.high < float("inf"):
            raise ValueError("a range goes from low to high")


@dataclass(frozen=True, kw_only=True)
class Ranges(Chart):
    """Bars to both sides of an upright line at `middle` (spenn), such as a tornado or what changes for each."""

    rows: tuple[Range, ...]
    middle: float
    ends: bool = True

    def table(self) -> Cells:
        """A label with both ends; where ranges are changes, the change."""
        if self.ends:
            return tuple((row.label, row.low, row.high) for row in self.rows)
        return tuple((row.label, row.high if row.low == self.middle else row.low) for row in self.rows)


@dataclass(frozen=True)
class Year:
    """One year of a fan; `known` when it has been, and not when it is foreseen."""

    label: str
    low: float
    middle: float
    high: float
    known: bool = False

    def __post_init__(self) -> None:
        """It goes from low to high."""
        if not 0 <= self.low <= self.middle <= self.high < float("inf"):
            raise ValueError("a year's fan goes from low to high, and not below nothing")


@dataclass(frozen=True, kw_only=True)
class Fan(Chart):
    """What is foreseen, wider the further away (vifte)."""

    years: tuple[Year, ...]

    def __post_init__(self) -> None:
        """Something to draw."""
        if not self.years:
            raise ValueError("a fan needs a year")

    def table(self) -> Cells:
        """A year with what is lowest, likeliest and highest."""
        return tuple((year.label, year.low, year.middle, year.high) for year in self.years)


Drawable = Bars | Columns | Shares | Likert | Flow | Extents | Timeline | Family | Pairs | Ranges | Fan
