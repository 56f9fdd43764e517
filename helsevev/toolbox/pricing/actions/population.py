"""Changes of the population that need is reckoned from."""

import csv
import gzip
import hashlib
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.core.population import Population
from helsevev.core.population.people import AGES
from helsevev.core.words import Refusal, Refused, gettext_noop
from helsevev.toolbox.pricing.models import PopulationTable
from helsevev.toolbox.pricing.queries.people import packed
from helsevev.toolbox.pricing.rules.reasons import Why

SHIPPED_SOURCE = gettext_noop("Statistics Norway, table 07459, 1 January 2026, through csdata, CC BY 4.0")


@dataclass(frozen=True)
class Counted:
    """People by municipality, year and age (folketall), flat in that order."""

    source: str
    numbers: Sequence[str]
    years: Sequence[int]
    ages: Sequence[int]
    kinds: Sequence[str]
    people: Sequence[int]


@transaction.atomic
def load(counted: Counted, actor: str, file_name: str = "") -> PopulationTable:
    """Keep a table; the newest is the one that counts. One that is there already is refused."""
    raw = packed(counted.people)
    parts = (counted.source, counted.numbers, counted.years, counted.ages, counted.kinds, list(counted.people))
    digest = hashlib.sha256(
        repr([list(part) if not isinstance(part, str) else part for part in parts]).encode()
    ).hexdigest()
    if PopulationTable.objects.filter(digest=digest).exists():
        raise Refused(Refusal(Why.KNOWN_TABLE))
    made = PopulationTable.objects.create(
        source=counted.source[:300],
        file_name=file_name[:200],
        numbers=list(counted.numbers),
        years=[int(year) for year in counted.years],
        ages=[int(age) for age in counted.ages],
        kinds=list(counted.kinds),
        people=raw,
        digest=digest,
        actor=actor,
    )
    audit.record(actor, "loaded", "population table", digest[:16], {"source": counted.source[:200]})
    return made


@transaction.atomic
def drop(table: PopulationTable, actor: str) -> None:
    """Take a table away; the one before it counts again."""
    audit.record(actor, "dropped", "population table", table.digest[:16], {"source": table.source[:200]})
    table.delete()


def of_core(population: Population) -> Counted:
    """A table as the core reads it; half people are nobody, so counts are whole."""
    people = [round(float(count)) for count in population.people.ravel()]
    kinds = [kind.value for kind in population.kinds]
    return Counted(population.source, population.numbers, population.years, range(AGES), kinds, people)


def shipped(path: Path) -> Counted:
    """The table that comes with the product: number, age, population of one year."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = list(csv.DictReader(io.StringIO(file.read())))
    numbers = list(dict.fromkeys(row["number"] for row in rows))
    ages = sorted({int(row["age"]) for row in rows})
    held = {(row["number"], int(row["age"])): int(row["population"]) for row in rows}
    people = [held[number, age] for number in numbers for age in ages]
    return Counted(SHIPPED_SOURCE, numbers, [2026], ages, ["observed"], people)
