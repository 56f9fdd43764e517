"""The Roadmap for service innovation (Veikart for tjenesteinnovasjon): phases, and what moves between them tell.

Every move is kept, so the phase on any day can be worked out. Three conventions, said once here:

- A date less precise than a day counts from its first day, and an end through its last day.
- A planned move is a plan, not a fact: it never counts unless plans are asked for.
- Of two moves on the same day the one further along the Roadmap counts.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from statistics import median

from helsevev.core import dates
from helsevev.core.words import Refusal, Refused, gettext_noop


class Phase(StrEnum):
    """A phase of the Roadmap (fase), in their order."""

    ANCHORING = "anchoring"
    INSIGHT = "insight"
    SERVICE_DEVELOPMENT = "service_development"
    PILOTING = "piloting"
    TRANSITION_TO_OPERATION = "transition_to_operation"
    NEW_PRACTICE = "new_practice"


PHASES: tuple[Phase, ...] = tuple(Phase)
ORDER: Mapping[Phase, int] = {phase: number for number, phase in enumerate(PHASES)}
PHASE_NAMES: Mapping[Phase, str] = {
    Phase.ANCHORING: gettext_noop("Anchoring"),
    Phase.INSIGHT: gettext_noop("Insight"),
    Phase.SERVICE_DEVELOPMENT: gettext_noop("Service development"),
    Phase.PILOTING: gettext_noop("Piloting"),
    Phase.TRANSITION_TO_OPERATION: gettext_noop("Transition to operation"),
    Phase.NEW_PRACTICE: gettext_noop("New practice"),
}


class Why(StrEnum):
    """Why a move can't be kept."""

    ENDS_BEFORE_IT_BEGINS = gettext_noop("The phase ends (%(until)s) before it begins (%(on)s)")
    PLAN_ALREADY_SEEN = gettext_noop("A planned move can't also be something seen on a date")


@dataclass(frozen=True)
class Move:
    """An initiative enters a phase (faseflytt), or is seen in it (`as_of`: when it entered isn't stated)."""

    phase: Phase
    on: str
    until: str = ""
    planned: bool = False
    as_of: bool = False
    withdrawn: bool = False

    def __post_init__(self) -> None:
        """A move that contradicts itself is refused."""
        if self.until and self.ends is not None and self.ends < self.starts:
            raise Refused(Refusal(Why.ENDS_BEFORE_IT_BEGINS, {"until": self.until, "on": self.on}))
        if self.planned and self.as_of:
            raise Refused(Refusal(Why.PLAN_ALREADY_SEEN))

    @property
    def starts(self) -> date:
        """The day from which it counts."""
        return dates.first_day(self.on)

    @property
    def ends(self) -> date | None:
        """The last day in the phase, where that is stated."""
        return dates.last_day(self.until) if self.until else None

    @property
    def to_the_day(self) -> bool:
        """Whether the day of entering is stated."""
        return not self.as_of and dates.parse(self.on).is_day


def in_force(moves: Iterable[Move], *, plans: bool = False) -> list[Move]:
    """The moves that count, in the order in which they happened; plans only when asked for."""
    counting = (move for move in moves if not move.withdrawn and (plans or not move.planned))
    return sorted(counting, key=lambda move: (move.starts, ORDER[move.phase]))


def phase_on(moves: Iterable[Move], day: date, *, plans: bool = False) -> Phase | None:
    """The phase on `day`, as far as it is stated; None before the first move and after a stated end."""
    begun = [move for move in in_force(moves, plans=plans) if move.starts <= day]
    if not begun:
        return None
    last = begun[-1]
    return last.phase if last.ends is None or day <= last.ends else None


@dataclass(frozen=True)
class Counts:
    """How many initiatives were in each phase on a day, how many of all it rests on, and how many aren't stated."""

    day: date
    by_phase: Mapping[Phase, int]
    not_stated: int

    @property
    def rests_on(self) -> int:
        """The number of initiatives whose phase is stated."""
        return sum(self.by_phase.values())

    @property
    def of(self) -> int:
        """The number of all initiatives asked about."""
        return self.rests_on + self.not_stated


def counts_on(histories: Iterable[Iterable[Move]], day: date) -> Counts:
    """Initiatives per phase on `day`, from each one's moves; every phase is named, also with none in it."""
    found = Counter(phase_on(moves, day) for moves in histories)
    return Counts(day, {phase: found[phase] for phase in PHASES}, found[None])


@dataclass(frozen=True)
class Transition:
    """A move from one stated phase to another (faseovergang)."""

    origin: Phase
    target: Phase
    on: str
    to_the_day: bool

    @property
    def forward(self) -> bool:
        """Whether it leads along the Roadmap, not back."""
        return ORDER[self.target] > ORDER[self.origin]


def transitions(moves: Iterable[Move]) -> list[Transition]:
    """Each change from one stated phase to the next. The first move of all comes from nowhere and isn't one."""
    counting = in_force(moves)
    pairs = pairwise(counting)
    return [
        Transition(before.phase, after.phase, after.on, after.to_the_day)
        for before, after in pairs
        if before.phase != after.phase
    ]


def transition_counts(
    histories: Iterable[Iterable[Move]], first: date | None = None, last: date | None = None
) -> Mapping[tuple[Phase, Phase], int]:
    """How many went from one phase to another, between two days where they are given."""
    return Counter(
        (step.origin, step.target)
        for moves in histories
        for step in transitions(moves)
        if (first is None or dates.first_day(step.on) >= first) and (last is None or dates.first_day(step.on) <= last)
    )


@dataclass(frozen=True)
class Stay:
    """A time in one phase (tid i fase). `end` None: it is there still. Both ends belong to the stay."""

    phase: Phase
    start: date
    end: date | None
    seen_only: bool
    to_the_day: bool

    def days(self, today: date) -> int:
        """Its length in days so far; at least this much when the phase was only seen, not entered, at its start."""
        return ((self.end or today) - self.start).days + 1


def stays(moves: Iterable[Move], today: date) -> list[Stay]:
    """The times in phases that had begun by `today`. Moves into the phase one is in already carry the stay on."""
    begun = [move for move in in_force(moves) if move.starts <= today]
    found: list[Stay] = []
    for number, move in enumerate(begun):
        following = begun[number + 1] if number + 1 < len(begun) else None
        end = _end(move, following, today)
        if end is not None and end < move.starts:
            continue  # left on the very day it was entered
        previous = found[-1] if found else None
        if previous and previous.phase == move.phase and previous.end == move.starts - timedelta(days=1):
            found[-1] = Stay(move.phase, previous.start, end, previous.seen_only, previous.to_the_day)
        else:
            found.append(Stay(move.phase, move.starts, end, move.as_of, move.to_the_day))
    return found


def _end(move: Move, following: Move | None, today: date) -> date | None:
    """The last day in the phase: before the next move, or as stated; None while it lasts."""
    left = following.starts - timedelta(days=1) if following else None
    stated = move.ends if move.ends is not None and move.ends < today else None
    return min((day for day in (left, stated) if day is not None), default=None)


@dataclass(frozen=True)
class Durations:
    """How long initiatives were in one phase: days of stays that ended, days so far of those that haven't."""

    ended: tuple[int, ...] = ()
    open: tuple[int, ...] = ()
    seen_only: int = 0

    @property
    def median_ended(self) -> float | None:
        """The middle length of those that ended; None without any."""
        return median(self.ended) if self.ended else None

    @property
    def rests_on(self) -> int:
        """How many stays it rests on; one initiative can have several."""
        return len(self.ended) + len(self.open)


def durations(histories: Iterable[Sequence[Move]], today: date) -> Mapping[Phase, Durations]:
    """Time in each phase over many initiatives. `seen_only` of them were longer there than the days say."""
    every = [stay for moves in histories for stay in stays(moves, today)]
    return {
        phase: Durations(
            tuple(sorted(stay.days(today) for stay in every if stay.phase is phase and stay.end is not None)),
            tuple(sorted(stay.days(today) for stay in every if stay.phase is phase and stay.end is None)),
            sum(stay.phase is phase and stay.seen_only for stay in every),
        )
        for phase in PHASES
    }
