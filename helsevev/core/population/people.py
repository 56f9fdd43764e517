"""A table of inhabitants (befolkningstabell): municipality by year by single year of age."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.population import codes
from helsevev.core.queueing import Floats
from helsevev.core.words import Refusal, gettext_noop

OLDEST = 105  # 105 and older, as Statistics Norway's tables end
AGES = OLDEST + 1


class Kind(StrEnum):
    """What a year's figures are: counted, projected by Statistics Norway, or only a trend of ours."""

    OBSERVED = "observed"
    PROJECTED = "projected"
    TREND = "trend"


class Why(StrEnum):
    """Why a table of inhabitants, or a need by it, can't be had."""

    NOT_TABLE = gettext_noop(
        "This isn't a table of inhabitants by municipality and age. "
        "Use Statistics Norway's table as JSON-stat2 or CSV, with a row for each age"
    )
    NO_COLUMN = gettext_noop("There is no column for %(what)s. The columns are: %(found)s")
    NOT_COUNT = gettext_noop("%(value)s is not a number of people")
    NOT_AGE = gettext_noop("%(value)s is not an age. Use single years of age, 105 and older as the last")
    MISSING_AGES = gettext_noop("%(municipality)s has no figures for %(year)s at ages %(ages)s. Load the whole table")
    TWICE = gettext_noop("%(municipality)s has figures for %(year)s and age %(age)s twice")
    CHOOSE = gettext_noop("The table holds several series: %(found)s. Choose one of them")
    DIVIDED = gettext_noop(
        "Municipality %(number)s was divided between %(now)s, and its people can't be told apart. "
        "Load a table on today's borders"
    )
    NO_MUNICIPALITY = gettext_noop("There are no figures for municipality %(number)s")
    ENDED = gettext_noop("Municipality %(number)s has ended; its people are counted in %(now)s. Use that number")
    NO_YEAR = gettext_noop("There are no figures for %(year)s. There are for: %(found)s")
    NO_PREVALENCE = gettext_noop("ages %(ages)s have no prevalence. Write it for every age, 0 where nobody has need")
    NOT_SHARE = gettext_noop("must be at least 0 and at most 1, is %(value)s")
    NOT_BAND = gettext_noop("%(value)s is not a band of ages such as 40-64 or 85+")
    OVERLAP = gettext_noop("age %(age)s stands in two bands")


@dataclass(frozen=True, eq=False)
class Population:
    """Inhabitants: `people` has the shape (municipalities, years, 106 ages); `kinds` says what each year's are."""

    numbers: tuple[str, ...]
    years: tuple[int, ...]
    people: Floats
    kinds: tuple[Kind, ...]
    source: str = ""

    def year(self, year: int) -> Floats:
        """One year, shape (municipalities, ages); refused where it isn't there."""
        if year not in self.years:
            found = ", ".join(str(one) for one in self.years)
            raise refused("", Why.NO_YEAR, year=year, found=found)
        one: Floats = self.people[:, self.years.index(year)]
        return one

    def of(self, numbers: Sequence[str]) -> "Population":
        """These municipalities alone, in this order; an ended or unknown number is refused with what to use."""
        places, faults = [], []
        for number in numbers:
            if number in self.numbers:
                places.append(self.numbers.index(number))
            elif codes.ended(number):
                now = ", ".join(codes.current(number))
                faults.append(Fault("", Refusal(Why.ENDED, {"number": number, "now": now})))
            else:
                faults.append(Fault("", Refusal(Why.NO_MUNICIPALITY, {"number": quoted(number)})))
        if faults:
            raise Faulty(faults)
        return replace(self, numbers=tuple(numbers), people=self.people[places])

    def adults(self, year: int, from_age: int = 18) -> dict[str, float]:
        """Inhabitants from an age on, by municipality."""
        counts = self.year(year)[:, from_age:].sum(axis=1)
        return dict(zip(self.numbers, counts.tolist(), strict=True))

    @property
    def last_known(self) -> int:
        """The last year that was counted or projected by Statistics Norway."""
        return max(year for year, kind in zip(self.years, self.kinds, strict=True) if kind is not Kind.TREND)


def refused(at: str, why: Why, **values: object) -> Faulty:
    """A fault at one place."""
    return Faulty([Fault(at, Refusal(why, values))])


def gathered(
    counts: Mapping[tuple[str, int, int], float], kind: Kind, source: str, *, fill: bool = False
) -> Population:
    """A table out of counts by (number, year, age). A missing age is refused, unless `fill` says that it means 0."""
    numbers = tuple(sorted({number for number, _year, _age in counts}))
    years = tuple(sorted({year for _number, year, _age in counts}))
    if not numbers:
        raise refused("", Why.NOT_TABLE)
    people = np.full((len(numbers), len(years), AGES), np.nan)
    places = {number: at for at, number in enumerate(numbers)}
    columns = {year: at for at, year in enumerate(years)}
    for (number, year, age), count in counts.items():
        people[places[number], columns[year], age] = count
    if fill:
        people = np.nan_to_num(people)
    _refuse_missing(people, numbers, years)
    return Population(numbers, years, people, (kind,) * len(years), source)


def _refuse_missing(people: Floats, numbers: tuple[str, ...], years: tuple[int, ...]) -> None:
    """Every age must be there."""
    missing = np.isnan(people)
    faults = []
    for at, column in np.argwhere(missing.any(axis=2))[:20]:
        ages = spans(np.flatnonzero(missing[at, column]).tolist())
        values = {"municipality": numbers[at], "year": years[column], "ages": ages}
        faults.append(Fault("", Refusal(Why.MISSING_AGES, values)))
    if faults:
        raise Faulty(faults)


def spans(ages: Sequence[int]) -> str:
    """Ages as people write them: 0-17, 85, 90-105."""
    parts: list[list[int]] = []
    for age in ages:
        if parts and age == parts[-1][-1] + 1:
            parts[-1].append(age)
        else:
            parts.append([age])
    return ", ".join(f"{part[0]}-{part[-1]}" if len(part) > 1 else f"{part[0]}" for part in parts)


def on_todays_borders(population: Population) -> Population:
    """Ended numbers added to what took over; one that was divided and has people is refused."""
    sums: dict[str, Floats] = {}
    faults = []
    for number, rows in zip(population.numbers, population.people, strict=True):
        now = codes.current(number)
        if len(now) > 1:
            if rows.any():
                faults.append(Fault("", Refusal(Why.DIVIDED, {"number": number, "now": ", ".join(now)})))
            continue
        sums[now[0]] = sums[now[0]] + rows if now[0] in sums else rows
    if faults:
        raise Faulty(faults)
    # Statistics Norway's tables have rows of zeros for numbers that weren't in use.
    kept = {number: rows for number, rows in sorted(sums.items()) if rows.any()}
    people = np.array(list(kept.values())).reshape(len(kept), len(population.years), AGES)
    return replace(population, numbers=tuple(kept), people=people)


def joined(first: Population, later: Population) -> Population:
    """Two tables of the same municipalities; a year in both is taken from the first."""
    both = sorted(set(first.numbers) & set(later.numbers))
    one, other = first.of(both), later.of(both)
    kinds = dict(zip(other.years, other.kinds, strict=True)) | dict(zip(one.years, one.kinds, strict=True))
    years = tuple(sorted(kinds))
    people = np.stack([(one if year in one.years else other).year(year) for year in years], axis=1)
    sources = " + ".join(dict.fromkeys(part for part in (first.source, later.source) if part))
    return Population(tuple(both), years, people, tuple(kinds[year] for year in years), sources)
