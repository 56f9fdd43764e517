"""How shared time falls on several projects (fordeling), and how it falls on weeks (belastning). Whole minutes only."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from helsevev.core.words import gettext_noop


class Counting(StrEnum):
    """What an hour in the ledger is (telleregel)."""

    EACH_ADVISOR = "each_advisor"
    ONCE = "once"


COUNTING_NAMES: Mapping[Counting, str] = {
    Counting.EACH_ADVISOR: gettext_noop(
        "Each advisor's time counts: two advisors in a meeting of one hour use two hours."
    ),
    Counting.ONCE: gettext_noop("A session counts once, however many advisors take part."),
}


class Sharing(StrEnum):
    """How a shared session's time falls on the projects of a group (fordelingsregel)."""

    EQUAL = "equal"
    PRESENT = "present"
    FULL = "full"


SHARING_NAMES: Mapping[Sharing, str] = {
    Sharing.EQUAL: gettext_noop("The time is shared equally by all projects of the group."),
    Sharing.PRESENT: gettext_noop("The time is shared equally by the projects that took part."),
    Sharing.FULL: gettext_noop("Each project that took part is charged the whole time."),
}


def charged(counting: Counting, minutes: int, advisors: int) -> int:
    """What a session of so many minutes comes to."""
    return minutes * max(advisors, 1) if counting is Counting.EACH_ADVISOR else minutes


def shares(sharing: Sharing, minutes: int, members: Sequence[int], present: Iterable[int]) -> dict[int, int]:
    """What each member is charged, in the order of the members.

    What can't be shared evenly goes minute by minute to the first ones, so the shares always come to the whole.
    """
    there = set(present)
    took_part = [one for one in members if one in there]
    if sharing is Sharing.FULL:
        return dict.fromkeys(took_part, minutes)
    among = list(members) if sharing is Sharing.EQUAL else took_part
    if not among:
        return {}
    each, rest = divmod(minutes, len(among))
    return {one: each + (place < rest) for place, one in enumerate(among) if each + (place < rest)}


# --- Load -------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, order=True)
class Week:
    """A week by the year it belongs to and its number there (ISO 8601)."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week of a day."""
        year, number, _weekday = day.isocalendar()
        return cls(year, number)

    @classmethod
    def read(cls, text: str) -> "Week | None":
        """A week as it is written, 2026-48; None where that is none."""
        year, _sign, number = text.partition("-")
        try:
            date.fromisocalendar(int(year), int(number), 1)
            return cls(int(year), int(number)).after(0)
        except (ValueError, OverflowError):
            return None

    @property
    def monday(self) -> date:
        """Its first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    def after(self, weeks: int = 1) -> "Week":
        """So many weeks later."""
        return Week.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02d}"


def weeks(first: Week, count: int) -> list[Week]:
    """So many weeks in a row."""
    return [first.after(number) for number in range(count)]


@dataclass(frozen=True)
class Spent:
    """Time that somebody spends or plans to spend on something on a day."""

    who: str
    what: str
    day: date
    used: int = 0
    planned: int = 0


@dataclass(frozen=True)
class Load:
    """Used and planned minutes in a week."""

    used: int = 0
    planned: int = 0

    @property
    def both(self) -> int:
        """All of it."""
        return self.used + self.planned


def load(spent: Iterable[Spent]) -> dict[tuple[str, Week], Load]:
    """What each person has in each week."""
    found: defaultdict[tuple[str, Week], Load] = defaultdict(Load)
    for one in spent:
        place = (one.who, Week.of(one.day))
        found[place] = Load(found[place].used + one.used, found[place].planned + one.planned)
    return dict(found)


@dataclass(frozen=True)
class Room:
    """Whether hours carry what is asked of them (kapasitet), in minutes.

    `capacity`: what advisors can give in the period; `promised`: what is granted to projects and not used yet;
    `used`: what they have used in the period.
    """

    capacity: int
    used: int
    promised: int

    @property
    def free(self) -> int:
        """What can be granted anew."""
        return self.capacity - self.used - self.promised

    def carries(self, asked: int) -> bool:
        """Whether so much more can be granted."""
        return asked <= self.free
