"""Inhabitants by municipality, year and age, and municipalities by number or name."""

import zlib
from array import array
from collections.abc import Iterable

import numpy as np
from django.utils.translation import gettext as _

from helsevev.commons.people.models import Organisation
from helsevev.core.population import Kind, Population
from helsevev.core.population.people import joined
from helsevev.toolbox.pricing.models import PopulationTable

ADULT = 18
MOST_TABLES = 20


def source_said(source: str) -> str:
    """Where figures come from, in the reader's language where the words are ours."""
    return " + ".join(_(part) for part in source.split(" + ") if part)


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
    table = next((one for one in PopulationTable.objects.all() if "observed" in one.kinds), None)
    if table is None:
        return {}
    observed = [at for at, kind in enumerate(table.kinds) if kind == "observed"]
    year, people = observed[-1], unpacked(table.people)
    wide, ages = len(table.years) * len(table.ages), len(table.ages)
    grown = [at for at, age in enumerate(table.ages) if age >= ADULT]
    starts = {number: at * wide + year * ages for at, number in enumerate(table.numbers)}
    return {number: sum(people[starts[number] + at] for at in grown) for number in numbers if number in starts}


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


def population(table: PopulationTable) -> Population:
    """The table as the core takes it."""
    shape = (len(table.numbers), len(table.years), len(table.ages))
    people = np.array(unpacked(table.people), dtype=float).reshape(shape)
    kinds = tuple(Kind(kind) for kind in table.kinds)
    return Population(tuple(table.numbers), tuple(table.years), people, kinds, table.source)


def everything() -> Population | None:
    """All tables together: for each year the newest table that has it for all municipalities of the newest."""
    tables = list(PopulationTable.objects.all()[:MOST_TABLES])
    if not tables:
        return None
    found = population(tables[0])
    for table in tables[1:]:
        other = population(table)
        if set(found.numbers) <= set(other.numbers):
            found = joined(found, other)
    return found
