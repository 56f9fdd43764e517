"""Municipality numbers that have ended, and what their inhabitants are counted in now (kommunenummer).

Source of `codes.csv`: Statistics Norway's grouping of municipalities since 1994 on the borders of 2024; those that were
divided name every municipality that took over a part.
"""

import csv
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FILE = Path(__file__).with_name("codes.csv")


@dataclass(frozen=True)
class Ended:
    """A number that is no longer used (utgått kommunenummer): its last year, and what took over."""

    number: str
    last_year: int
    now: tuple[str, ...]

    @property
    def divided(self) -> bool:
        """Whether its people were shared between several."""
        return len(self.now) > 1


@cache
def all_ended() -> dict[str, Ended]:
    """Every ended number."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        return {row["number"]: Ended(row["number"], int(row["last_year"]), tuple(row["now"].split())) for row in rows}


def ended(number: str) -> Ended | None:
    """What became of a number, if it has ended."""
    return all_ended().get(number)


def current(number: str) -> tuple[str, ...]:
    """What a number's inhabitants are counted in now: itself while it stands."""
    found = ended(number)
    return found.now if found else (number,)
