"""How a survey moves (tilstander): from a draft, through answers, to what is published."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

MOST_REMINDERS = 2
LONGEST = timedelta(days=180)


class State(StrEnum):
    """How far a survey has come."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    COUNTED = "counted"
    PUBLISHED = "published"


STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: gettext_noop("Being prepared"),
    State.OPEN: gettext_noop("Open for answers"),
    State.CLOSED: gettext_noop("Closed, and not counted"),
    State.COUNTED: gettext_noop("Counted"),
    State.PUBLISHED: gettext_noop("Published"),
}


class Kind(StrEnum):
    """What a survey is for."""

    SATISFACTION = "satisfaction"
    EVALUATION = "evaluation"
    PROJECT = "project"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.SATISFACTION: gettext_noop("Satisfaction of guided projects"),
    Kind.EVALUATION: gettext_noop("Evaluation"),
    Kind.PROJECT: gettext_noop("A project's own survey"),
}


class Step(StrEnum):
    """What is done with a survey."""

    OPEN = "open"
    INVITE = "invite"
    REMIND = "remind"
    CLOSE = "close"
    REOPEN = "reopen"
    COUNT = "count"
    CODE = "code"
    PUBLISH = "publish"


# The whole of it. What is counted is never open again, and what has been open never changes its form or its groups.
TABLE: Mapping[tuple[State, Step], State] = {
    (State.DRAFT, Step.OPEN): State.OPEN,
    (State.OPEN, Step.INVITE): State.OPEN,
    (State.OPEN, Step.REMIND): State.OPEN,
    (State.OPEN, Step.CLOSE): State.CLOSED,
    (State.CLOSED, Step.REOPEN): State.OPEN,
    (State.CLOSED, Step.COUNT): State.COUNTED,
    (State.COUNTED, Step.CODE): State.COUNTED,
    (State.COUNTED, Step.PUBLISH): State.PUBLISHED,
}


class Why(StrEnum):
    """Why something can't be done with a survey."""

    NOT_NOW = gettext_noop("This can't be done now. The survey's state: %(state)s.")
    NOT_OPEN = gettext_noop("The survey isn't open for answers.")
    USED = gettext_noop("This link has been used. It can be used once.")
    EMPTY = gettext_noop("Nothing is answered yet.")
    NO_FORM = gettext_noop("Choose a form that is published as a survey.")
    NO_GROUP = gettext_noop("Answers can be told apart only by a question with one choice and at most 12 of them.")
    TOO_LONG = gettext_noop("The last day must lie after today, and within 180 days.")
    NOT_OVER = gettext_noop("The meeting isn't over yet.")
    NOBODY = gettext_noop("Choose somebody to invite.")
    NO_ONE_LEFT = gettext_noop("Nobody is left to remind: all have answered, or have been reminded twice.")
    SEALED = gettext_noop("%(count)s answers can't be opened, because the installation's secret key was changed.")


def follows(state: State, step: Step) -> State | None:
    """What a step leads to; None where it can't be taken."""
    return TABLE.get((state, step))


def refuse(state: State, step: Step) -> Refusal | None:
    """Why a step can't be taken in this state."""
    return None if follows(state, step) else Refusal(Why.NOT_NOW, {"state": STATE_NAMES[state]})


def steps(state: State) -> Sequence[Step]:
    """What can be done now."""
    return [step for at, step in TABLE if at is state]


def refuse_last_day(last_day: date | None, today: date) -> Refusal | None:
    """Why a survey can't be open until this day."""
    return None if last_day is None or today < last_day <= today + LONGEST else Refusal(Why.TOO_LONG)


@dataclass(frozen=True)
class Late:
    """Somebody who sends when a survey has closed (for sent): did they begin while it was open?"""

    began: float
    closed: float

    @property
    def counts(self) -> bool:
        """Whether the answer is kept all the same: until the answers are counted, who had begun is waited for."""
        return self.began <= self.closed
