"""What may be said under a page, when it is shown, and who moderates (kommentarregler). Pure."""

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType

from helsevev.core.rates import Rate
from helsevev.core.roles import Permission, Role, Table
from helsevev.core.words import gettext_noop

MODERATORS = frozenset({Role.EDITOR, Role.SECRETARIAT, Role.ADMINISTRATOR})
PERMISSIONS: Table = {
    "comment": Permission(everyone=True),
    "report": Permission(everyone=True),
    "moderate": Permission(anywhere=MODERATORS),
}


class On(StrEnum):
    """What a comment stands under."""

    PAGE = "page"
    PROJECT = "project"


class State(StrEnum):
    """How far a comment has come."""

    WAITING = "waiting"
    SHOWN = "shown"
    REFUSED = "refused"
    DELETED = "deleted"


class When(StrEnum):
    """When a moderator looks: before a comment is shown, or after; or nothing may be said here."""

    BEFORE = "before"
    AFTER = "after"
    CLOSED = "closed"


# Where people ask one another how something is used, an answer shouldn't wait for office hours. Everywhere else, and
# under projects, a comment may be about named places and people, so somebody reads it first.
MODERATION: Mapping[str, When] = MappingProxyType(
    {"tool": When.AFTER, "question": When.AFTER, "guide": When.AFTER, "about": When.CLOSED}
)
STATE_NAMES: Mapping[State, str] = MappingProxyType(
    {
        State.WAITING: gettext_noop("Waits to be read by a moderator"),
        State.SHOWN: gettext_noop("Shown to everyone"),
        State.REFUSED: gettext_noop("Not shown"),
        State.DELETED: gettext_noop("Deleted"),
    }
)
LONGEST_NAME, LONGEST_TEXT, LONGEST_REASON = 80, 3_000, 500
MOST_LINKS = 5
EDITED_FOR = timedelta(minutes=30)
# A person needs longer than this to write; a page that stood open longer than a day is drawn anew.
FASTEST, SLOWEST = timedelta(seconds=3), timedelta(hours=24)
# So many comments one caller may send; counted in memory under a key that is another each day.
RATES = (Rate("comments-hour", 6, 3600), Rate("comments-day", 20, 86_400))
# What strangers have sent and nobody has looked at may take so much room in all.
MOST_WAITING_BYTES = 2_000_000_000
KEPT_DAYS = 30
LINK = re.compile(r"https?://|www\.", re.IGNORECASE)


class Why(StrEnum):
    """Why something is refused."""

    LINKS = gettext_noop("At most five addresses in one comment, please.")
    TRAP = gettext_noop("Leave the last field empty. It is there for programs that fill in everything.")
    TOO_FAST = gettext_noop("That was quicker than one can write. Nothing is lost: send it once more.")
    TOO_SLOW = gettext_noop("The page has stood open for more than a day. Nothing is lost: send it once more.")
    TOO_MANY = gettext_noop("Many comments have come from where you are. Wait an hour and send it again.")
    NO_ROOM = gettext_noop("Too many files wait to be looked at now. Send the comment without one, or try tomorrow.")
    CHANGED = gettext_noop("The comment has been changed since you read it. Read it again.")
    DECIDED = gettext_noop("Somebody else has decided on this comment in the meantime.")
    NOT_NOW = gettext_noop("The time in which this comment can be changed has run out. It can still be deleted.")


def moderation(on: str, kind: str) -> When:
    """When a moderator looks at comments under a page of this kind."""
    return When.BEFORE if on == On.PROJECT else MODERATION.get(kind, When.BEFORE)


def state_of_new(when: When, text: str, *, has_file: bool) -> State:
    """Whether a new comment is shown at once. What brings a file or leads elsewhere is always read first."""
    return State.SHOWN if when is When.AFTER and not has_file and not LINK.search(text) else State.WAITING


def may_change(state: str, written_at: datetime, now: datetime) -> bool:
    """Whether its author may still change it."""
    return state in (State.WAITING, State.SHOWN) and now - written_at <= EDITED_FOR


def caller_key(secret: str, day: date, who: str) -> str:
    """A caller as counted on one day: tomorrow's key can't be told from today's, and the address isn't in it."""
    return hmac.new(secret.encode(), f"comments {day} {who}".encode(), hashlib.sha256).hexdigest()[:32]


def token_digest(token: str) -> str:
    """What is kept of the author's own link."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True)
class Written:
    """What somebody has written."""

    name: str
    text: str
    language: str
