"""An application (søknad): who stands behind it, and what may happen to it now. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from helsevev.core.sides import NEEDED, Side, side_of
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.applications.rules.rounds import Standing, State, Times, standing, takes
from helsevev.network.applications.rules.workflow import Kind

INVITATION_LIFE = timedelta(days=14)
MOST_AUTHORS = 30
MOST_PARTNERS = 40


class Why(StrEnum):
    """Why something can't happen to an application now."""

    NOT_OPEN = gettext_noop("The call isn't open.")
    NOT_OPEN_YET = gettext_noop("The call opens %(at)s.")
    CLOSED = gettext_noop("The call closed %(at)s. What you have written is kept, but can't be sent in this round.")
    CANCELLED = gettext_noop("The call is cancelled. What you have written is kept.")
    NOT_WRITING = gettext_noop("The application isn't being written now.")
    SIDE_MISSING = gettext_noop("A municipality side must confirm in its own name before the application can be sent.")
    HOSPITAL_MISSING = gettext_noop("A hospital side must confirm in its own name before the application can be sent.")
    FORM_MISSING = gettext_noop("%(count)s questions must be answered.")
    FORM_WRONG = gettext_noop("%(count)s answers must be put right.")
    CLASHES = gettext_noop("In %(count)s places two texts stand. Choose one of them.")
    FORM_CHANGED = gettext_noop("The form has changed since you read through the application. Read it once more.")
    OLD_FORM = gettext_noop("The call has a newer version of the form. Go over to it first; every answer is kept.")
    NO_NEWER_FORM = gettext_noop("The application is written in the call's form already.")
    CHANGED = gettext_noop("Somebody has changed the application since you read through it. Read it once more.")
    WITHDRAWN = gettext_noop("The application is withdrawn.")
    ALREADY_ASSESSED = gettext_noop("The application is being assessed or is decided.")
    SENT = gettext_noop("The application is sent. Choose to change it first; what was sent stands meanwhile.")
    NEEDS_REASON = gettext_noop("Say why.")
    NOT_A_PARTNER = gettext_noop("This organisation doesn't take part in the application.")
    CONFIRMED_ALREADY = gettext_noop("This organisation has confirmed already.")
    NOT_CONFIRMED = gettext_noop("This organisation hasn't confirmed.")
    OWNER_STAYS = gettext_noop("The organisation that owns the application can't be taken out.")
    TOO_MANY = gettext_noop("There can't be more than %(most)s.")
    LAST_LEADER = gettext_noop("Somebody must lead the application. Let another take over first.")
    LINK_SPENT = gettext_noop("This invitation has been used, withdrawn or is too old. Ask for a new one.")
    AUTHOR_ALREADY = gettext_noop("This person writes already.")


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part (deltaker): its key, what kind of body it is, and whether it has confirmed."""

    key: str
    kind: str
    confirmed: bool = False

    @property
    def side(self) -> Side:
        """On which side it stands."""
        return side_of(self.kind)


def missing_sides(partners: Iterable[Partner]) -> tuple[Side, ...]:
    """The sides from which nobody has confirmed."""
    there = {one.side for one in partners if one.confirmed}
    return tuple(side for side in NEEDED if side not in there)


def refuse_sides(partners: Iterable[Partner]) -> list[Refusal]:
    """What the rule of both levels still waits for."""
    sentences = {Side.MUNICIPALITY: Why.SIDE_MISSING, Side.HOSPITAL: Why.HOSPITAL_MISSING}
    return [Refusal(sentences[side]) for side in missing_sides(partners)]


@dataclass(frozen=True)
class Call:
    """The round as an application meets it."""

    state: State
    times: Times

    def standing(self, now: datetime) -> Standing:
        """Where it stands."""
        return standing(self.state, self.times, now)


def refuse_time(call: Call, now: datetime) -> Refusal | None:
    """Why nothing can be sent in at `now`; None while the call is open or within its grace."""
    if takes(call.state, call.times, now):
        return None
    match call.standing(now):
        case Standing.CANCELLED:
            return Refusal(Why.CANCELLED)
        case Standing.ANNOUNCED if call.times.opens is not None:
            return Refusal(Why.NOT_OPEN_YET, {"at": call.times.opens})
        case Standing.OPEN | Standing.CLOSED | Standing.DECIDED if call.times.last_moment is not None:
            return Refusal(Why.CLOSED, {"at": call.times.closed_at or call.times.closes})
        case _:
            return Refusal(Why.NOT_OPEN)


def refuse_start(call: Call, now: datetime) -> Refusal | None:
    """Why no application can be begun; the grace after the deadline is for those who have begun."""
    if call.standing(now) is Standing.OPEN:
        return None
    return refuse_time(call, now) or Refusal(Why.CLOSED, {"at": call.times.closes})


def refuse_write(kind: Kind, call: Call, now: datetime) -> Refusal | None:
    """Why an application in a step of this kind can't be written in now."""
    if kind is Kind.WITHDRAWN:
        return Refusal(Why.WITHDRAWN)
    if kind not in (Kind.WRITING, Kind.RECEIVED):
        return Refusal(Why.ALREADY_ASSESSED)
    return refuse_time(call, now)


@dataclass(frozen=True)
class Filled:
    """How far the form has come, which version it is, and what the sender saw of it.

    `version` is the one that the sender read, `own_version` the one that the answers stand in, `wanted_version` the
    call's.
    """

    missing: int = 0
    wrong: int = 0
    clashes: int = 0
    version: int = 0
    own_version: int = 0
    wanted_version: int = 0
    revision: int = 0
    seen_revision: int = 0


def refuse_submit(kind: Kind, call: Call, partners: Iterable[Partner], filled: Filled, now: datetime) -> list[Refusal]:
    """Everything that stands in the way of sending in; an empty list when nothing does."""
    refusal = refuse_write(kind, call, now)
    if refusal is not None:
        return [refusal]
    found = refuse_sides(partners)
    if filled.own_version != filled.wanted_version:
        found.append(Refusal(Why.OLD_FORM))
    elif filled.version != filled.wanted_version:
        found.append(Refusal(Why.FORM_CHANGED))
    elif filled.revision != filled.seen_revision:
        found.append(Refusal(Why.CHANGED))
    for count, why in (
        (filled.missing, Why.FORM_MISSING), (filled.wrong, Why.FORM_WRONG), (filled.clashes, Why.CLASHES)
    ):  # fmt: skip
        if count:
            found.append(Refusal(why, {"count": count}))
    return found


def refuse_withdraw(kind: Kind, reason: str) -> Refusal | None:
    """Why an application can't be withdrawn. It can until it is decided."""
    if kind is Kind.WITHDRAWN:
        return Refusal(Why.WITHDRAWN)
    if kind in (Kind.DECIDED, Kind.STOPPED):
        return Refusal(Why.ALREADY_ASSESSED)
    return None if reason.strip() else Refusal(Why.NEEDS_REASON)


def is_late(call: Call, now: datetime) -> bool:
    """Whether what arrives at `now` is taken by grace."""
    return call.times.closes is not None and now >= call.times.closes


def is_over(sent_at: datetime, now: datetime) -> bool:
    """Whether an invitation has stopped working."""
    return now - sent_at > INVITATION_LIFE
