"""How long a sign-in lasts (økt), and how sure it makes us of who it is. Pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

# Two hours away from the machine, or a working day, and one signs in again.
IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
# How long ago one may have proven who one is when something that can't be undone is asked for.
FRESH = timedelta(minutes=5)
# How long a link sent by e-mail can be used, and how soon another is sent to the same address.
LINK_LIFE = timedelta(minutes=15)
LINK_PAUSE = timedelta(minutes=1)

# Ways of signing in that count as a second factor: a code from an app, an identity at the level that staff need,
# and a demo account, which is invented.
SECOND_FACTORS = frozenset({"mfa", "strong_identity", "demo"})


def is_over(begun: float, seen: float, now: float) -> bool:
    """Whether a session that began and was last seen then (seconds) is over."""
    return now - begun > LONGEST.total_seconds() or now - seen > IDLE.total_seconds()


def is_fresh(records: Sequence[Mapping[str, object]], now: float) -> bool:
    """Whether some way of proving who it is was used a moment ago."""
    moments = [at for record in records if isinstance(at := record.get("at"), (int, float))]
    return any(0 <= now - at <= FRESH.total_seconds() for at in moments)


def has_second_factor(records: Sequence[Mapping[str, object]]) -> bool:
    """Whether one of the ways in which this session signed in counts as a second factor."""
    return any(record.get("method") in SECOND_FACTORS for record in records)


@dataclass(frozen=True)
class Levels:
    """The levels of assurance (sikkerhetsnivå, acr) that are asked of staff and of others, as the provider names them.

    An empty list asks for nothing; the staff's levels are always good enough for others.
    """

    staff: tuple[str, ...]
    others: tuple[str, ...]

    def asked(self, *, staff: bool) -> tuple[str, ...]:
        """What to ask the provider for."""
        return self.staff if staff else self.others

    def met(self, acr: str, *, staff: bool) -> bool:
        """Whether a token's level is enough. A token that says none meets no demand."""
        good: Collection[str] = self.staff if staff else (*self.others, *self.staff)
        return not self.asked(staff=staff) or acr in good

    def strong(self, acr: str) -> bool:
        """Whether the level counts as a second factor: only one that is named for staff."""
        return acr in self.staff


BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def device(user_agent: str) -> str:
    """What a browser says it is, in two words that its owner knows: "Firefox, Windows"."""
    found = [next((name for sign, name in signs if sign in user_agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(name for name in found if name)
