"""Counting in memory until the counts are written (telling): a few dictionaries, bounded whatever comes."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from helsevev.core.visits.agents import Device
from helsevev.core.visits.arriving import Arrival, Channel

OTHER = "*"
# Whoever makes up addresses of pages before, or a database that is away for long, fills no memory.
MOST_VALUES, MOST_SEEN = 5_000, 50_000
LONGEST_VALUE = 200

Seen = tuple[date, str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """An opened page (sidevisning): nothing in it says who opened it."""

    page: str
    arrival: Arrival
    device: Device
    language: str
    country: str


@dataclass
class Batch:
    """What was counted since the last writing.

    `seen` holds internet address and browser of each visitor of a day, for as long as the batch lives: seconds. They
    are made into keys that lead nowhere when it is written.
    """

    days: dict[date, Counter[str]] = field(default_factory=dict)
    tallies: Counter[tuple[date, str, str]] = field(default_factory=Counter)
    seen: set[Seen] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Whether anything was counted."""
        return bool(self.days)

    def add(self, day: date, look: Look, address: str, agent: str) -> None:
        """Count one opened page; a visit begins where it was come to from outside."""
        numbers = self.only(day, "views")
        self._tally(day, "page", look.page)
        if len(self.seen) < MOST_SEEN:
            self.seen.add((day, address, agent))
        if look.arrival.channel is Channel.INTERNAL:
            return
        numbers[look.arrival.channel.value] += 1
        numbers[look.device.value] += 1
        self._tally(day, "language", look.language)
        self._tally(day, "country", look.country)
        if look.arrival.host:
            self._tally(day, "host", look.arrival.host)

    def only(self, day: date, number: str) -> Counter[str]:
        """Count a number of the day and nothing else."""
        numbers = self.days.get(day)
        if numbers is None:
            numbers = self.days[day] = Counter()
        numbers[number] += 1
        return numbers

    def put_back(self, other: "Batch") -> None:
        """Take in again what couldn't be written."""
        for day, numbers in other.days.items():
            self.days.setdefault(day, Counter()).update(numbers)
        for (month, kind, value), count in other.tallies.items():
            self.tallies[self._place(month, kind, value)] += count
        self.seen |= set(list(other.seen)[: MOST_SEEN - len(self.seen)])

    def _tally(self, day: date, kind: str, value: str) -> None:
        self.tallies[self._place(day.replace(day=1), kind, value)] += 1

    def _place(self, month: date, kind: str, value: str) -> tuple[date, str, str]:
        place = (month, kind, value[:LONGEST_VALUE])
        is_room = len(self.tallies) < MOST_VALUES or place in self.tallies
        return place if is_room else (month, kind, OTHER)
