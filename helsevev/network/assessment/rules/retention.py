"""How long what a round leaves is kept (oppbevaring): what goes in which stage, and when. Pure.

Each stage falls due some years after the round closed or was decided. From then on it stands on the secretariat's page
with what goes and how much, and may be done there; the worker does it when it has stood there for so long as `SHOWN`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.applications.rules import clock
from helsevev.network.applications.rules.rounds import State, Times

SHOWN = timedelta(days=30)


class Stage(StrEnum):
    """What goes together (trinn)."""

    DRAFTS = "drafts"
    PERSONS = "persons"
    APPLICATIONS = "applications"


YEARS: Mapping[Stage, int] = {Stage.DRAFTS: 1, Stage.PERSONS: 2, Stage.APPLICATIONS: 5}
STAGE_NAMES: Mapping[Stage, str] = {
    Stage.DRAFTS: gettext_noop("Applications that were never sent are deleted"),
    Stage.PERSONS: gettext_noop("Who assessed what is forgotten"),
    Stage.APPLICATIONS: gettext_noop("The applications are deleted"),
}
STAGE_ABOUT: Mapping[Stage, str] = {
    Stage.DRAFTS: gettext_noop("A year after the call closed: the drafts with their answers, files and writers."),
    Stage.PERSONS: gettext_noop(
        "Two years after the decision: scores and reasons stay, by a number for each assessor. The sheets that were "
        "written on, the declarations, the panel and the reasons of those who had ties go."
    ),
    Stage.APPLICATIONS: gettext_noop(
        "Five years after the decision: the applications with everything sent and written about them: answers, files, "
        "screening, scores, notes, letters and questions. Projects of the portfolio stay."
    ),
}


class Why(StrEnum):
    """Why nothing is deleted now."""

    NOT_DUE = gettext_noop("This isn't due yet.")
    NOTHING = gettext_noop("There is nothing left to delete here.")
    CHANGED = gettext_noop("What is to be deleted has changed since you saw it. Look at it once more.")


def due(stage: Stage, state: State, times: Times, decided_at: datetime | None) -> datetime | None:
    """When a stage of a round falls due; None while that can't be known."""
    closed = times.last_moment
    # A round that nobody ever decides is counted from when it should have been, a cancelled one from its end.
    ended = decided_at or (closed if state is State.CANCELLED else times.decides or closed)
    begins = closed if stage is Stage.DRAFTS else ended
    if begins is None or state is State.DRAFT:
        return None
    return years_later(begins, YEARS[stage])


def years_later(at: datetime, years: int) -> datetime:
    """The same time so many years on; the day after where that 29 February doesn't exist."""
    wall = clock.wall(at)
    try:
        aim = wall.replace(year=wall.year + years)
    except ValueError:
        aim = wall.replace(year=wall.year + years, month=3, day=1)
    return clock.later(at, aim - wall)


@dataclass(frozen=True)
class Going:
    """One kind of thing that goes (det som slettes): what it is, and how many."""

    what: str
    count: int


@dataclass(frozen=True)
class Figure:
    """A number that stays (tall som blir): what was counted, of which value, and how many; nobody can be read of it."""

    what: str
    value: str
    count: int


def refuse(due_at: datetime | None, now: datetime, going: Sequence[Going]) -> Refusal | None:
    """Why a stage can't be done now."""
    if due_at is None or now < due_at:
        return Refusal(Why.NOT_DUE)
    return None if any(one.count for one in going) else Refusal(Why.NOTHING)


def is_workers(due_at: datetime | None, now: datetime) -> bool:
    """Whether a stage has been shown for so long that the worker does it."""
    return due_at is not None and now >= due_at + SHOWN
