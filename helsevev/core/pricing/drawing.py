"""Draws uncertain inputs (trekning): an array for each, by its law, from a seed that is stored with the result.

Each input draws from a stream of its own, by seed and name, so that another input more or less changes no other's.
Gamma: shape 1/cv². Lognormal: σ² = ln(1 + cv²), μ = ln(mean) − σ²/2. Beta: by moments. Uniform: mean ± sd·√3.
"""

import math
from collections.abc import Mapping
from dataclasses import replace
from zlib import crc32

import numpy as np

from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing import model
from helsevev.core.pricing.case import Case, Law
from helsevev.core.pricing.fields import UNCERTAIN, Bounds
from helsevev.core.pricing.gathering import shown
from helsevev.core.pricing.why import Why
from helsevev.core.queueing import Floats
from helsevev.core.words import Refusal

FEWEST_DRAWS = 2
MOST_DRAWS = 1_000_000


def samples(case: Case, draws: int, seed: int) -> dict[str, Floats]:
    """Each uncertain input's draws, shape (draws,). Raises `Faulty` on impossible draws or none to make."""
    if not FEWEST_DRAWS <= draws <= MOST_DRAWS:
        values = {"low": FEWEST_DRAWS, "high": f"{MOST_DRAWS:,}", "value": draws}
        raise Faulty([Fault("draws", Refusal(Why.TOO_FEW_DRAWS, values))])
    if seed < 0:
        raise Faulty([Fault("seed", Refusal(Why.AT_LEAST, {"low": 0, "value": seed}))])
    if not case.uncertainty:
        raise Faulty([Fault("uncertainty", Refusal(Why.NO_UNCERTAINTY))])
    found = {name: drawn(law, draws, seed, name) for name, law in case.uncertainty.items()}
    faults = [fault for name, values in found.items() for fault in _outside(name, values, UNCERTAIN[name])]
    if faults:
        raise Faulty(faults)
    return found


def drawn(law: Law, draws: int, seed: int, name: str) -> Floats:
    """Draws of one law from the stream of its name."""
    if law.sd == 0:
        return np.full(draws, law.mean)
    chance = np.random.Generator(np.random.SFC64(np.random.SeedSequence([seed, crc32(name.encode())])))
    if law.law == "gamma":
        shape = (law.mean / law.sd) ** 2
        return chance.gamma(shape, law.mean / shape, draws)
    if law.law == "lognormal":
        spread = math.log1p((law.sd / law.mean) ** 2)
        return chance.lognormal(math.log(law.mean) - spread / 2, math.sqrt(spread), draws)
    if law.law == "beta":
        size = law.mean * (1 - law.mean) / law.sd**2 - 1
        return chance.beta(law.mean * size, (1 - law.mean) * size, draws)
    if law.law == "uniform":
        half = law.sd * math.sqrt(3)
        return chance.uniform(law.mean - half, law.mean + half, draws)
    return chance.normal(law.mean, law.sd, draws)


def _outside(name: str, values: Floats, bounds: Bounds) -> list[Fault]:
    """A fault where some draws can't be, such as negative minutes."""
    low = values <= bounds.low if bounds.low_open else values < bounds.low
    bad = low | (values >= bounds.high if bounds.high_open else values > bounds.high)
    count = int(np.count_nonzero(bad))
    if not count:
        return []
    told = {"count": count, "draws": values.size, "value": shown(float(f"{values[bad][0]:.4g}"))}
    return [Fault(f"uncertainty.{name}", Refusal(Why.DRAWN_OUTSIDE, told))]


def levels(case: Case, found: Mapping[str, Floats]) -> model.Levels:
    """The case with its draws in their places, arrays along the axis of draws."""
    at = replace(model.levels(case), **found)
    capacity = np.asarray(model.capacity(case, at))
    if np.any(capacity <= 0):
        raise Faulty([Fault("staff", Refusal(Why.NO_CAPACITY, {"value": shown(float(capacity.min()))}))])
    return at
