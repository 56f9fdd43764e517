"""A trend where no projection is loaded (trend): always labelled as one, and no substitute for Statistics Norway's.

With a counted year five years before another, it is Hamilton and Perry's method (1962): each five-year group's own
change from cohort to cohort goes on. Where a municipality's group is small, the change of all together is used.
With one counted year alone, those who live there grow older: mortality by a rough Gompertz law for Norway, as many
newborn as in the last year, and nobody moves.
"""

import math
from dataclasses import replace

import numpy as np

from helsevev.core.population.people import AGES, OLDEST, Kind, Population, joined
from helsevev.core.queueing import Floats
from helsevev.core.words import gettext_noop

STEP = 5
FEWEST = 50  # in a group, before its own change is taken for more than chance
TOP = 90  # from here on one open group
LARGEST_CHANGE = 2.0
# Deaths in a hundred at 65 and at 90, about as in Norwegian life tables of the 2020s.
DEATHS = {65: 0.0085, 90: 0.15}
COHORTS = gettext_noop("Trend: each age group changes as it has done over the last five years")
AGEING = gettext_noop("Trend: those who live there grow older, nobody moves, and mortality is a rough law")


def trend(population: Population, until: int) -> Population:
    """The table with trend years after its last one, to `until`; years that are there stay as they are."""
    last = population.years[-1]
    if until <= last:
        return population
    if last - STEP in population.years:
        added, source = _cohorts(population, last, until), COHORTS
    else:
        added, source = _ageing(population.year(last), until - last), AGEING
    years = tuple(range(last + 1, until + 1))
    later = Population(population.numbers, years, added, (Kind.TREND,) * len(years), source)
    return joined(population, later)


def observed_only(population: Population) -> Population:
    """The table without its trend years."""
    kept = [at for at, kind in enumerate(population.kinds) if kind is not Kind.TREND]
    return replace(
        population,
        years=tuple(population.years[at] for at in kept),
        people=population.people[:, kept],
        kinds=tuple(population.kinds[at] for at in kept),
    )


def deaths() -> Floats:
    """The share that dies within a year, by age: e to a straight line through the two ages known."""
    (young, few), (old, many) = DEATHS.items()
    slope = math.log(many / few) / (old - young)
    found: Floats = np.minimum(1.0, few * np.exp(slope * (np.arange(AGES) - young)))
    return found


def _ageing(people: Floats, steps: int) -> Floats:
    """Each year one year older; shape (municipalities, steps, ages)."""
    alive = 1 - deaths()
    found = np.empty((people.shape[0], steps, AGES))
    now = people
    for step in range(steps):
        left = now * alive
        older = np.empty_like(now)
        older[:, 0] = now[:, 0]
        older[:, 1:] = left[:, :-1]
        older[:, OLDEST] += left[:, OLDEST]
        found[:, step] = now = older
    return found


def _cohorts(population: Population, last: int, until: int) -> Floats:
    """Hamilton and Perry in steps of five years, and a straight line between them."""
    before, now = population.year(last - STEP), population.year(last)
    change = _change(before, now)
    children = _children(now)
    marks = [now]
    while last + STEP * (len(marks) - 1) < until:
        marks.append(_five_years_on(marks[-1], change, children))
    found = np.empty((now.shape[0], until - last, AGES))
    for step in range(1, until - last + 1):
        mark, part = divmod(step, STEP)
        ahead = marks[mark + 1] if part else marks[mark]
        found[:, step - 1] = marks[mark] + (ahead - marks[mark]) * part / STEP
    return found


def _groups(people: Floats) -> Floats:
    """Sums of five-year groups up to 85–89, and of all from 90."""
    closed = people[:, :TOP].reshape(people.shape[0], -1, STEP).sum(axis=2)
    return np.concatenate([closed, people[:, TOP:].sum(axis=1, keepdims=True)], axis=1)


def _change(before: Floats, now: Floats) -> Floats:
    """What each group has become five years later, shape (municipalities, groups); the last is 90 and over."""
    start, end = _groups(before), _groups(now)
    end_of = np.concatenate([end[:, 1:-1], now[:, TOP : TOP + STEP].sum(axis=1, keepdims=True)], axis=1)
    oldest = now[:, TOP + STEP :].sum(axis=1, keepdims=True)
    end_of = np.concatenate([end_of, oldest], axis=1)
    all_before = start.sum(axis=0)
    together = np.divide(end_of.sum(axis=0), all_before, out=np.ones(start.shape[1]), where=all_before > 0)
    own = np.divide(end_of, start, out=np.broadcast_to(together, start.shape).copy(), where=start >= FEWEST)
    found: Floats = np.minimum(own, LARGEST_CHANGE)
    return found


def _children(now: Floats) -> Floats:
    """Children under five for each aged 20 to 44, which stays."""
    parents = now[:, 20:45].sum(axis=1)
    children = now[:, :STEP].sum(axis=1)
    found: Floats = np.divide(children, parents, out=np.zeros(parents.size), where=parents > 0)
    return found


def _five_years_on(now: Floats, change: Floats, children: Floats) -> Floats:
    """Everyone five years older by the change of their group; children by their parents."""
    by_age = np.repeat(change, [STEP] * (change.shape[1] - 1) + [AGES - TOP], axis=1)
    left = now * by_age
    older = np.zeros_like(now)
    older[:, STEP:] = left[:, :-STEP]
    older[:, OLDEST] += left[:, -STEP:].sum(axis=1)
    born = children * older[:, 20:45].sum(axis=1)
    youngest = now[:, :STEP]
    size = youngest.sum(axis=1, keepdims=True)
    spread = np.divide(youngest, size, out=np.full_like(youngest, 1 / STEP), where=size > 0)
    older[:, :STEP] = born[:, np.newaxis] * spread
    return older
