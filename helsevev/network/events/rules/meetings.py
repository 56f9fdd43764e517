"""A meeting (møte): its kinds, how one takes part, its states, and what may happen to it when. Pure."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop


class Kind(StrEnum):
    """What sort of meeting it is (møtetype); the values are those of the portfolio's file."""

    WEBINAR = "webinar"
    NETWORK = "network-meeting"
    NATIONAL = "national-meeting-place"
    COURSE = "course"
    SEMINAR = "seminar"
    PODCAST = "podcast"


KIND_NAMES: Mapping[Kind, str] = {
    Kind.WEBINAR: gettext_noop("Webinar"),
    Kind.NETWORK: gettext_noop("Network meeting"),
    Kind.NATIONAL: gettext_noop("National meeting place"),
    Kind.COURSE: gettext_noop("Course for new projects"),
    Kind.SEMINAR: gettext_noop("Seminar"),
    Kind.PODCAST: gettext_noop("Podcast episode"),
}


class Mode(StrEnum):
    """How one takes part (deltakelsesform)."""

    SITE = "site"
    DIGITAL = "digital"
    HYBRID = "hybrid"


MODE_NAMES: Mapping[Mode, str] = {
    Mode.SITE: gettext_noop("On site"),
    Mode.DIGITAL: gettext_noop("Digital"),
    Mode.HYBRID: gettext_noop("On site and digital"),
}


class State(StrEnum):
    """How a meeting stands."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[State, str] = {
    State.DRAFT: gettext_noop("Draft"),
    State.PUBLISHED: gettext_noop("Published"),
    State.CANCELLED: gettext_noop("Cancelled"),
}


class Why(StrEnum):
    """Why something can't happen to a meeting."""

    CANCELLED = gettext_noop("The meeting is cancelled.")
    PUBLISHED = gettext_noop("The meeting is published already.")
    NEEDS_TIME = gettext_noop("Say when it starts and how long it lasts before people can register.")
    NEEDS_PLACE = gettext_noop("Say where the meeting is held.")
    NEEDS_LINK = gettext_noop("Give the link by which people take part.")
    BEGUN = gettext_noop("The meeting has begun.")
    NO_REGISTRATION = gettext_noop("This meeting takes no registrations.")
    CLOSED = gettext_noop("Registration is closed.")
    NOT_BEGUN = gettext_noop("The meeting hasn't begun yet.")
    NEEDS_CAPTIONS = gettext_noop("A recording is published when it has captions and its text is written out.")
    NOT_OVER = gettext_noop("The meeting isn't over yet.")


JOIN_BEFORE = timedelta(minutes=15)
CHECK_IN_BEFORE = timedelta(minutes=30)
CHECK_IN_AFTER = timedelta(hours=12)


def modes_of(mode: Mode) -> tuple[Mode, ...]:
    """How one can take part in a meeting of this mode."""
    return (Mode.SITE, Mode.DIGITAL) if mode is Mode.HYBRID else (mode,)


def refuse_register(
    state: State, *, takes: bool, starts: datetime | None, closes: datetime | None, now: datetime
) -> Refusal | None:
    """Why nobody can register now."""
    if state is State.CANCELLED:
        return Refusal(Why.CANCELLED)
    if state is State.DRAFT or not takes or starts is None:
        return Refusal(Why.NO_REGISTRATION)
    if now >= starts:
        return Refusal(Why.BEGUN)
    return Refusal(Why.CLOSED) if closes is not None and now >= closes else None


def may_join(starts: datetime | None, ends: datetime | None, now: datetime) -> bool:
    """Whether the link to the meeting is shown to those who are registered: from a quarter before until the end."""
    return starts is not None and ends is not None and starts - JOIN_BEFORE <= now <= ends


def may_check_in(starts: datetime | None, ends: datetime | None, now: datetime) -> bool:
    """Whether one can say that one is there."""
    return starts is not None and ends is not None and starts - CHECK_IN_BEFORE <= now <= ends + CHECK_IN_AFTER


def refuse_publish(state: State, mode: Mode, *, takes: bool, timed: bool, place: str, link: str) -> list[Refusal]:
    """Why a meeting can't be shown to everyone."""
    if state is not State.DRAFT:
        return [Refusal(Why.CANCELLED if state is State.CANCELLED else Why.PUBLISHED)]
    found = [] if timed or not takes else [Refusal(Why.NEEDS_TIME)]
    if mode is not Mode.DIGITAL and not place.strip():
        found.append(Refusal(Why.NEEDS_PLACE))
    if mode is not Mode.SITE and takes and not link.strip():
        found.append(Refusal(Why.NEEDS_LINK))
    return found


# Reminders (påminnelse): how long before the start each goes.
REMINDERS: Mapping[str, timedelta] = {
    "week": timedelta(days=7),
    "day": timedelta(days=1),
    "hour": timedelta(hours=1),
}


def reminder(starts: datetime, registered: datetime, now: datetime) -> str:
    """The reminder that is due: the last whose time has come since one registered; none after the start."""
    if now >= starts:
        return ""
    due = [name for name, before in REMINDERS.items() if registered < starts - before <= now]
    return due[-1] if due else ""
