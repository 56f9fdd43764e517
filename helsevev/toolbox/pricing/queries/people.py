"""Inhabitants by municipality, year and age, and municipalities by number or name."""

import zlib
from array import array
from collections.abc import Iterable

from helsevev.commons.people.models import Organisation
from helsevev.toolbox.pricing.models import PopulationTable

ADULT = 18


def newest() -> PopulationTable | None:
    """The population table that counts: the last one loaded."""
    return PopulationTable.objects.first()


def packed(people: Iterable[int]) -> bytes:
    """Whole numbers as few bytes."""
    return zlib.compress(array("i", people).tobytes(), 6)


def unpacked(raw: bytes | memoryview) -> "array[int]":
    """The numbers again."""
    found: array[int] = array("i")
    found.frombytes(zlib.decompress(bytes(raw)))
    return found


def adults_of(numbers: Iterable[str]) -> dict[str, int]:
    """Inhabitants of 18 and older in the newest year that was observed."""
    table = newest()
    if table is None:
        return {}
    observed = [at for at, kind in enumerate(table.kinds) if kind == "observed"] or [0]
    year, people = observed[-1], unpacked(table.people)
    grown = [at for at, age in enumerate(table.ages) if age >= ADULT]
    places = {number: at for at, number in enumerate(table.numbers)}
    wide = len(table.years) * len(table.ages)
    return {
        number: sum(people[places[number] * wide + year * len(table.ages) + at] for at in grown)
        for number in numbers
        if number in places
    }


def named(lines: Iterable[str]) -> dict[str, Organisation]:
    """The municipalities that numbers and names mean, by what was written."""
    rows = Organisation.objects.filter(kind=Organisation.Kind.MUNICIPALITY).prefetch_related("other_names")
    known: dict[str, Organisation] = {}
    for row in rows:
        for name in (row.name, *(other.name for other in row.other_names.all())):
            known.setdefault(name.casefold(), row)
            known.setdefault(name.casefold().removesuffix(" kommune"), row)
        known[row.municipality_number] = row
    return {line: known[line.casefold()] for line in lines if line.casefold() in known}
