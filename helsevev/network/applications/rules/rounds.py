"""A round (tildelingsrunde): its times, where it stands at a moment, and what may happen to it then. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

LONGEST_GRACE = 60
MOST_IN_A_YEAR = 12
FIRST_YEAR, LAST_YEAR = 2000, 2199


class State(StrEnum):
    """What has been done with a round; the clock does the rest."""

    DRAFT = "draft"
    PUBLISHED = "published"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class Standing(StrEnum):
    """Where a round stands at a moment."""

    DRAFT = "draft"
    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    DECIDED = "decided"
    CANCELLED = "cancelled"


STANDING_NAMES: Mapping[Standing, str] = {
    Standing.DRAFT: gettext_noop("Being prepared"),
    Standing.ANNOUNCED: gettext_noop("Opens later"),
    Standing.OPEN: gettext_noop("Open now"),
    Standing.CLOSED: gettext_noop("Closed, being assessed"),
    Standing.DECIDED: gettext_noop("Decided"),
    Standing.CANCELLED: gettext_noop("Cancelled"),
}
# What everyone may see: a round that was never published is nobody's business yet.
PUBLIC = frozenset({Standing.ANNOUNCED, Standing.OPEN, Standing.CLOSED, Standing.DECIDED, Standing.CANCELLED})


class Part(StrEnum):
    """A part of a round that is edited by itself (del)."""

    DATES = "dates"
    OFFER = "offer"
    TEXTS = "texts"
    CRITERIA = "criteria"
    PANEL = "panel"
    LETTERS = "letters"


PART_NAMES: Mapping[Part, str] = {
    Part.DATES: gettext_noop("Dates and form"),
    Part.OFFER: gettext_noop("What is on offer"),
    Part.TEXTS: gettext_noop("The call's texts"),
    Part.CRITERIA: gettext_noop("Criteria"),
    Part.PANEL: gettext_noop("Panel"),
    Part.LETTERS: gettext_noop("Letters"),
}
# Applicants write to what the call says, so from its opening on these stand.
FIXED_WHEN_OPEN = frozenset({Part.DATES, Part.OFFER, Part.CRITERIA})


class Why(StrEnum):
    """Why something can't happen to a round now."""

    NOT_A_DRAFT = gettext_noop("The call is published already.")
    NOT_CLOSABLE = gettext_noop("Only a call that is published and not closed can be closed.")
    NOT_EXTENDABLE = gettext_noop("The deadline can only be moved while the applications aren't being assessed.")
    NOT_LATER = gettext_noop("The new deadline must be later than both now and the old one.")
    AFTER_DECISION = gettext_noop("The deadline must come before the decision.")
    NOT_CANCELLABLE = gettext_noop("Only a call that isn't decided can be cancelled.")
    FIXED = gettext_noop("This can't be changed once the call is open, because applicants write to it.")
    OVER = gettext_noop("The round is decided or cancelled, so nothing in it is changed.")
    NOT_NEWER = gettext_noop("Choose a newer version of the same form.")
    NEEDS_REASON = gettext_noop("Say why. The reason stands on the trail, and applicants are shown it.")


@dataclass(frozen=True)
class Times:
    """When a round opens, closes and is decided (UTC), and how many minutes of grace (slingringsmonn) there are."""

    opens: datetime | None = None
    closes: datetime | None = None
    decides: datetime | None = None
    grace_minutes: int = 0
    closed_at: datetime | None = None

    @property
    def last_moment(self) -> datetime | None:
        """When the server stops taking applications: to the second, grace counted in; an early closing has none."""
        if self.closed_at is not None:
            return self.closed_at
        return self.closes + timedelta(minutes=self.grace_minutes) if self.closes else None


def standing(state: State, times: Times, now: datetime) -> Standing:
    """Where a round stands at `now`. It is open from its opening on, and closed from its closing on."""
    if state is not State.PUBLISHED:
        return Standing(state.value)
    if times.closed_at is not None and now >= times.closed_at:
        return Standing.CLOSED
    if times.opens is None or now < times.opens:
        return Standing.ANNOUNCED
    return Standing.OPEN if times.closes is None or now < times.closes else Standing.CLOSED


def takes(state: State, times: Times, now: datetime) -> bool:
    """Whether an application that arrives at `now` is taken: while open, and within the grace after it."""
    if state is not State.PUBLISHED or times.opens is None or times.last_moment is None:
        return False
    return times.opens <= now < times.last_moment


def refuse_publish(state: State) -> Refusal | None:
    """Why a call can't be published; what it lacks is said by `rounds_checks`."""
    return None if state is State.DRAFT else Refusal(Why.NOT_A_DRAFT)


def refuse_close(state: State, times: Times, now: datetime, reason: str) -> Refusal | None:
    """Why a call can't be closed before its time."""
    if standing(state, times, now) not in (Standing.ANNOUNCED, Standing.OPEN):
        return Refusal(Why.NOT_CLOSABLE)
    return None if reason.strip() else Refusal(Why.NEEDS_REASON)


def refuse_cancel(state: State, reason: str) -> Refusal | None:
    """Why a call can't be cancelled."""
    if state is not State.PUBLISHED:
        return Refusal(Why.NOT_CANCELLABLE)
    return None if reason.strip() else Refusal(Why.NEEDS_REASON)


def refuse_extend(
    state: State, times: Times, new: datetime, now: datetime, reason: str, *, being_assessed: bool
) -> Refusal | None:
    """Why the deadline can't be moved to `new`. It is never moved to before what applicants were promised."""
    if state is not State.PUBLISHED or being_assessed:
        return Refusal(Why.NOT_EXTENDABLE)
    if new <= now or (times.closes is not None and times.closed_at is None and new <= times.closes):
        return Refusal(Why.NOT_LATER)
    if times.decides is not None and new >= times.decides:
        return Refusal(Why.AFTER_DECISION)
    return None if reason.strip() else Refusal(Why.NEEDS_REASON)


def refuse_change(part: Part, now: Standing, reason: str) -> Refusal | None:
    """Why a part of a round can't be changed now; None when it can. What is published is changed with a reason."""
    if now in (Standing.DECIDED, Standing.CANCELLED):
        return Refusal(Why.OVER)
    if now is Standing.DRAFT:
        return None
    if now is not Standing.ANNOUNCED and part in FIXED_WHEN_OPEN:
        return Refusal(Why.FIXED)
    return None if reason.strip() else Refusal(Why.NEEDS_REASON)
