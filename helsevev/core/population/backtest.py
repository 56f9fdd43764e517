"""How far a trend would have missed (tilbakeprøving): made from counted years as they were, and held to what came.

From each counted year that has another five years before it, the trend is made with what was known then, and compared
with every counted year after it. Without counted years so far apart there is nothing to try it on, and the answer is
empty: then nobody can say how good the trend is here.
"""

from dataclasses import dataclass

import numpy as np

from helsevev.core.population.people import Kind, Population
from helsevev.core.population.trending import STEP, trend
from helsevev.core.queueing import Floats


@dataclass(frozen=True)
class Missed:
    """How the trend missed so many years ahead (feil): as shares of what was counted, municipality by municipality.

    `mean_share` is the mean size of the misses, `bias_share` their mean with its sign (above 0: the trend said too
    many), `worst_share` the largest with its sign and `worst_number` where; `cases` is what they rest on.
    """

    years_ahead: int
    mean_share: float
    bias_share: float
    worst_share: float
    worst_number: str
    cases: int


def missed(population: Population, from_age: int = 0) -> tuple[Missed, ...]:
    """The misses by years ahead, for inhabitants of an age and older; empty where there are too few counted years."""
    counted = [year for year, kind in zip(population.years, population.kinds, strict=True) if kind is Kind.OBSERVED]
    found: dict[int, list[tuple[float, str]]] = {}
    for start in counted:
        later = [year for year in counted if year > start]
        if start - STEP not in counted or not later:
            continue
        said = trend(_known(population, [year for year in counted if year <= start]), later[-1])
        for year in later:
            was, would = (_older(one, year, from_age) for one in (population, said))
            rows = zip(was.tolist(), would.tolist(), population.numbers, strict=True)
            found.setdefault(year - start, []).extend((b / a - 1, number) for a, b, number in rows if a > 0)
    return tuple(_summed(ahead, misses) for ahead, misses in sorted(found.items()) if misses)


def _known(population: Population, years: list[int]) -> Population:
    """The table as it was then: these counted years alone."""
    places = [population.years.index(year) for year in years]
    kinds = (Kind.OBSERVED,) * len(years)
    return Population(population.numbers, tuple(years), population.people[:, places], kinds, population.source)


def _older(population: Population, year: int, from_age: int) -> Floats:
    """Inhabitants of an age and older in a year, by municipality."""
    counts: Floats = population.year(year)[:, from_age:].sum(axis=1)
    return counts


def _summed(ahead: int, misses: list[tuple[float, str]]) -> Missed:
    """The misses of one distance."""
    shares = np.array([share for share, _number in misses])
    worst = int(np.argmax(np.abs(shares)))
    return Missed(
        ahead, float(np.abs(shares).mean()), float(shares.mean()), misses[worst][0], misses[worst][1], len(misses)
    )
