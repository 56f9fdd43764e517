"""Who gets a place (plass), in the order that people asked. Pure.

Everyone who registers stands in one line, also where there is room, so that nobody passes those who wait. A group gets
its places together or waits together. Who waits for a limit holds back everyone behind who needs the same limit, and
nobody else: a full hall doesn't stop those who take part from afar.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from helsevev.core.words import Refusal, gettext_noop

LARGEST_GROUP = 10
TOO_MANY = gettext_noop("Register at most %(most)s people together.")
NEVER_FITS = gettext_noop("There will never be so many places. Register fewer people together.")


@dataclass(frozen=True)
class Party:
    """Those who registered together (følge): who they are to us, how many, how they take part, and whence."""

    key: int
    seats: int
    mode: str
    side: str

    @property
    def limits(self) -> tuple[str, str]:
        """The limits that hold for them."""
        return f"mode:{self.mode}", f"side:{self.side}"


def limits(modes: Mapping[str, int | None], sides: Mapping[str, int | None]) -> dict[str, int]:
    """Every limit that is set, by its name; what isn't set has none."""
    named = {f"mode:{mode}": most for mode, most in modes.items()}
    named |= {f"side:{side}": most for side, most in sides.items()}
    return {name: most for name, most in named.items() if most is not None}


def admitted(most: Mapping[str, int], inside: Iterable[Party], waiting: Iterable[Party]) -> list[Party]:
    """Those of the waiting who get their places now; `waiting` stands in the order that people asked."""
    left = dict(most)
    for one in inside:
        for name in one.limits:
            if name in left:
                left[name] -= one.seats
    held: set[str] = set()
    found = []
    for one in waiting:
        full = {name for name in one.limits if name in held or left.get(name, one.seats) < one.seats}
        if full:
            # Whoever is behind and needs what these wait for waits too.
            held |= full - {name for name in full if one.seats > most.get(name, one.seats)}
            continue
        found.append(one)
        for name in one.limits:
            if name in left:
                left[name] -= one.seats
    return found


def refuse_size(most: Mapping[str, int], one: Party) -> Refusal | None:
    """Why so many can't register together."""
    if one.seats > LARGEST_GROUP:
        return Refusal(TOO_MANY, {"most": LARGEST_GROUP})
    return Refusal(NEVER_FITS) if any(one.seats > most.get(name, one.seats) for name in one.limits) else None


def left(most: Mapping[str, int], inside: Iterable[Party], mode: str) -> int | None:
    """How many places are left for a mode; None where there is no limit."""
    name = f"mode:{mode}"
    if name not in most:
        return None
    return max(most[name] - sum(one.seats for one in inside if one.mode == mode), 0)
