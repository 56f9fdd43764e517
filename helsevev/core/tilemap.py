"""Norway as tiles (fliskart): every county, or health region, gets the same room, placed so that the country shows.

Ours, since no free boundary file is to be had from a registry; a tile also lets the number speak and not the area.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

LEVELS = 4


@dataclass(frozen=True)
class Place:
    """A county (fylke) or health region (helseregion) and where its tile lies; rows and columns count from 1."""

    code: str
    name: str
    short: str
    region: str
    row: int
    column: int


COUNTIES: tuple[Place, ...] = (
    Place("56", "Finnmark", "FI", "HN", 1, 6),
    Place("55", "Troms", "TR", "HN", 2, 5),
    Place("18", "Nordland", "NO", "HN", 3, 4),
    Place("50", "Trøndelag", "TL", "HM", 4, 3),
    Place("15", "Møre og Romsdal", "MR", "HM", 5, 2),
    Place("34", "Innlandet", "IN", "HSO", 5, 3),
    Place("46", "Vestland", "VL", "HV", 6, 1),
    Place("33", "Buskerud", "BU", "HSO", 6, 2),
    Place("03", "Oslo", "OS", "HSO", 6, 3),
    Place("32", "Akershus", "AK", "HSO", 6, 4),
    Place("11", "Rogaland", "RO", "HV", 7, 1),
    Place("40", "Telemark", "TE", "HSO", 7, 2),
    Place("39", "Vestfold", "VE", "HSO", 7, 3),
    Place("31", "Østfold", "ØS", "HSO", 7, 4),
    Place("42", "Agder", "AG", "HSO", 8, 2),
)
REGIONS: tuple[Place, ...] = (
    Place("HN", "Helse Nord", "Nord", "HN", 1, 3),
    Place("HM", "Helse Midt-Norge", "Midt", "HM", 2, 2),
    Place("HV", "Helse Vest", "Vest", "HV", 3, 1),
    Place("HSO", "Helse Sør-Øst", "Sør-Øst", "HSO", 3, 2),
)


@dataclass(frozen=True)
class Tile:
    """A place with its number, and how dark its tile is: 0 for none, 4 for the most."""

    place: Place
    count: int
    level: int


def tiles(counts: Mapping[str, int], places: Sequence[Place] = COUNTIES) -> tuple[Tile, ...]:
    """A tile each, from north to south and west to east, as they are read aloud and reached by keyboard."""
    most = max((counts.get(place.code, 0) for place in places), default=0)
    ordered = sorted(places, key=lambda place: (place.row, place.column))
    return tuple(Tile(place, counts.get(place.code, 0), level_of(counts.get(place.code, 0), most)) for place in ordered)


def level_of(count: int, most: int) -> int:
    """How dark: quarters of the most, and nothing only for none."""
    if count < 0 or count > most:
        raise ValueError("a count lies between none and the most")
    return -(-LEVELS * count // most) if count else 0


def legend(most: int) -> tuple[tuple[int, int, int], ...]:
    """Each level that some count can have, with the lowest and highest count that has it."""
    found: dict[int, tuple[int, int]] = {0: (0, 0)}
    for level in range(1, LEVELS + 1):
        low, high = (level - 1) * most // LEVELS + 1, level * most // LEVELS
        if low <= high:
            found[level] = (low, high)
    return tuple((level, low, high) for level, (low, high) in found.items())
