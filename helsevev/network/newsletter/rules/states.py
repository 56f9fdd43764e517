"""How a letter moves (tilstander), and when its copies go out."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

# Whoever hasn't confirmed by then is forgotten; so is an address that has rested so long.
UNCONFIRMED_FOR = timedelta(days=2)
RESTS_FOR = timedelta(days=365)
# A letter to confirm, or with the way to one's own page, goes to an address this often at most.
WRITES_EVERY = timedelta(hours=12)
LATEST = timedelta(days=90)


class State(StrEnum):
    """How far a letter has come."""

    DRAFT = "draft"
    PLANNED = "planned"
    SENDING = "sending"
    SENT = "sent"


STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: gettext_noop("Being written"),
    State.PLANNED: gettext_noop("Waits for its time"),
    State.SENDING: gettext_noop("Is being sent"),
    State.SENT: gettext_noop("Sent"),
}


class Standing(StrEnum):
    """How a subscription stands."""

    ASKED = "asked"
    ACTIVE = "active"
    RESTING = "resting"


class Why(StrEnum):
    """Why something can't be done with a letter."""

    NOT_DRAFT = gettext_noop("The letter is no longer a draft.")
    NOT_PLANNED = gettext_noop("The sending has begun, and can't be called back.")
    NOBODY = gettext_noop("Nobody subscribes to the newsletter yet.")
    BAD_TIME = gettext_noop("The time must be after now, and within 90 days.")
    CHANGED = gettext_noop(
        "Somebody changed the letter while you wrote. Your text stands below, and isn't saved. "
        "Save again to replace theirs, or load the page anew to see it."
    )


def refuse_time(at: datetime, now: datetime) -> Refusal | None:
    """Why a letter can't be sent then."""
    return None if now - timedelta(minutes=1) <= at <= now + LATEST else Refusal(Why.BAD_TIME)


def slot(start: datetime, number: int, per_minute: int) -> datetime:
    """When the copy of this number goes, so that no more than so many go in a minute."""
    return start + timedelta(minutes=number // per_minute)


def key_of(now: datetime, taken: frozenset[str]) -> str:
    """A letter's name in addresses: its month, numbered from the second on."""
    month = f"{now:%Y-%m}"
    names = (month if number == 1 else f"{month}-{number}" for number in range(1, len(taken) + 2))
    return next(name for name in names if name not in taken)
