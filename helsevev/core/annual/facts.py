"""What a report of a year rests on, as plain values: projects, meetings, and what a source states as a number."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from helsevev.core.annual.wording import Said


@dataclass(frozen=True)
class Project:
    """A project as the report's day saw it (prosjekt). Empty text, None and empty tuples mean: not stated."""

    key: str
    titles: Mapping[str, str]
    award_year: int
    award_round: int | None = None
    owners: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    patient_groups: tuple[str, ...] = ()
    phase: str = ""
    kind: str = ""
    status: str = ""
    last_year: int = 0  # the last year that any source speaks of it
    results: Mapping[str, str] = field(default_factory=dict)
    moves: tuple[tuple[str, bool], ...] = ()  # the phases reached during the year, and whether each lies further on

    def is_of(self, year: int) -> bool:
        """Whether it belongs in a year's report: from its award to the last year that a source speaks of it."""
        return self.award_year <= year <= max(self.award_year, self.last_year)


@dataclass(frozen=True)
class Meeting:
    """A meeting that was held (arrangement), what it is called, and where it is shown."""

    key: str
    kind: str
    on: date
    title: str = ""
    address: str = ""


@dataclass(frozen=True)
class Stated:
    """A number that a source states (oppgitt tall). `label`: its own wording, where the key can't tell."""

    key: str
    value: float
    label: str = ""
    source: str = ""
    approximate: bool = False


@dataclass(frozen=True)
class Answered:
    """How the answers to one question of a counted survey fall (svarfordeling), with all its words by language."""

    key: str
    heading: Mapping[str, str]
    text: Mapping[str, str]
    levels: tuple[tuple[str, Mapping[str, str], int], ...]
    n: int
    invited: int | None = None


@dataclass(frozen=True)
class Behind:
    """A row behind a figure (rad): what it is called, where it is shown, and how much of the figure it makes up."""

    key: str
    title: str = ""
    address: str = ""
    amount: float = 1


@dataclass(frozen=True)
class Tally:
    """What a room counted of the year (opptelling). Without a `value` it is what the rows' amounts come to.

    `n`: how many a percentage rests on; `stated`: what the rows' own sources state; `said`: words for a key of its own.
    """

    key: str
    value: float | None = None
    rows: tuple[Behind, ...] = ()
    n: int | None = None
    note: str = ""
    said: Said | None = None
    stated: float | None = None

    @property
    def counted(self) -> float | None:
        """The number: given, or added up from the rows; None where nothing but a source says anything."""
        if self.value is not None or not self.rows:
            return self.value
        return round(sum(row.amount for row in self.rows), 1)


@dataclass(frozen=True)
class Facts:
    """All that one report is made from. `meetings` is None where no room keeps them."""

    year: int
    cutoff: date
    projects: tuple[Project, ...]
    stated: Mapping[str, Stated]
    meetings: tuple[Meeting, ...] | None = None
    answered: tuple[Answered, ...] = ()
    tallies: tuple[Tally, ...] = ()

    @property
    def counted(self) -> tuple[Project, ...]:
        """The projects that belong in the report, in the order of their keys."""
        return tuple(sorted((one for one in self.projects if one.is_of(self.year)), key=lambda one: one.key))

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is known of the year."""
        return not (self.counted or self.stated or self.answered or self.tallies)
