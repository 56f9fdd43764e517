"""A session (økt): its kinds, its states, and what may happen to it. Pure."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from enum import StrEnum

from helsevev.core.ledger import Purpose
from helsevev.core.words import Refusal, gettext_noop


class Kind(StrEnum):
    """What sort of session it is (økttype)."""

    KICK_OFF = "kick_off"
    INSIGHT = "insight_work"
    WORKSHOP = "workshop"
    WORKING_MEETING = "working_meeting"
    REVIEW = "review"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.KICK_OFF: gettext_noop("Kick-off"),
    Kind.INSIGHT: gettext_noop("Insight work"),
    Kind.WORKSHOP: gettext_noop("Workshop"),
    Kind.WORKING_MEETING: gettext_noop("Working meeting"),
    Kind.REVIEW: gettext_noop("Review"),
}
# What a session's own time is booked as.
PURPOSE_OF: Mapping[Kind, Purpose] = {
    Kind.KICK_OFF: Purpose.MEETING,
    Kind.INSIGHT: Purpose.ANALYSIS,
    Kind.WORKSHOP: Purpose.WORKSHOP,
    Kind.WORKING_MEETING: Purpose.MEETING,
    Kind.REVIEW: Purpose.MEETING,
}


class State(StrEnum):
    """How a session stands."""

    PLANNED = "planned"
    HELD = "held"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[State, str] = {
    State.PLANNED: gettext_noop("Planned"),
    State.HELD: gettext_noop("Held"),
    State.CANCELLED: gettext_noop("Cancelled"),
}


class PointKind(StrEnum):
    """What comes of a session (punkt)."""

    DECISION = "decision"
    ACTION = "action"


POINT_NAMES: Mapping[PointKind, str] = {
    PointKind.DECISION: gettext_noop("Decision"),
    PointKind.ACTION: gettext_noop("Action"),
}


class Why(StrEnum):
    """Why something can't happen to a session."""

    CANCELLED = gettext_noop("The session is cancelled.")
    HELD = gettext_noop("The session is held, and its time is in the ledger.")
    NOT_OVER = gettext_noop("The session isn't over yet.")
    BOOKED = gettext_noop("The session's time is in the ledger already.")
    NOBODY_PRESENT = gettext_noop("Say which projects took part.")
    NEEDS_OWNER = gettext_noop("An action needs somebody who does it.")
    NEEDS_DATE = gettext_noop("An action needs a date.")
    NEEDS_TITLE = gettext_noop("Give the session a title.")
    EMPTY_GROUP = gettext_noop("The group has no projects yet.")


def refuse_change(state: State) -> Refusal | None:
    """Why a session can't be moved or cancelled."""
    if state is State.CANCELLED:
        return Refusal(Why.CANCELLED)
    return Refusal(Why.HELD) if state is State.HELD else None


def refuse_book(state: State, ends: datetime, now: datetime) -> Refusal | None:
    """Why a session's time can't go to the ledger."""
    if state is State.CANCELLED:
        return Refusal(Why.CANCELLED)
    if state is State.HELD:
        return Refusal(Why.BOOKED)
    return Refusal(Why.NOT_OVER) if ends > now else None


def refuse_point(kind: PointKind, text: str, owner: str, due: date | None) -> list[Refusal]:
    """Why a decision or an action can't be kept so."""
    found = [] if text.strip() else [Refusal(gettext_noop("Write something."))]
    if kind is PointKind.ACTION and not owner.strip():
        found.append(Refusal(Why.NEEDS_OWNER))
    if kind is PointKind.ACTION and due is None:
        found.append(Refusal(Why.NEEDS_DATE))
    return found


# Reminders of an action: days before its date; after it, once a week.
REMIND_BEFORE = (3, 0)
REMIND_AFTER = timedelta(days=7)


def reminder(due: date, today: date) -> str:
    """Which reminder of an action is due today; empty where none is."""
    left = (due - today).days
    if left in REMIND_BEFORE:
        return f"before-{left}"
    late = -left
    return f"after-{late}" if late > 0 and late % REMIND_AFTER.days == 0 and late <= 8 * REMIND_AFTER.days else ""
