"""How sure the numbers are (usikkerhet): draws of the whole model, tornado, and what it is worth to know more.

Every draw goes through the same equations as the price itself, as one axis of arrays; there is no loop over draws.
Memory grows with draws times inputs, not with partners: bills are reckoned and summed up one partner at a time.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from helsevev.core.pricing import bills, drawing, model
from helsevev.core.pricing.case import Case
from helsevev.core.queueing import Floats

DRAWS = 10_000
SEED = 1
POINTS = (2.5, 50.0, 97.5)
BASIS_DEGREE = 5


@dataclass(frozen=True)
class Summary:
    """What draws come to: mean, standard deviation and three percentiles."""

    mean: float
    sd: float
    p2_5: float
    p50: float
    p97_5: float

    def as_dict(self) -> dict[str, float]:
        """By the names of price-case.md."""
        return {"mean": self.mean, "sd": self.sd, "p2_5": self.p2_5, "p50": self.p50, "p97_5": self.p97_5}


@dataclass(frozen=True)
class Samples:
    """The draws themselves, each of shape (draws,): inputs by name, and what they came to."""

    inputs: Mapping[str, Floats]
    total_nok: Floats
    positions: Floats


@dataclass(frozen=True)
class PartnerSpread:
    """One municipality's bill over the draws, NOK."""

    number: str
    name: str
    spread: Summary


@dataclass(frozen=True)
class Spread:
    """The uncertainty of a case (usikkerhet), with the seed that brings the same numbers back."""

    draws: int
    seed: int
    total_nok: Summary
    positions: Summary
    mean_patient_month_nok: Summary | None
    municipalities: tuple[PartnerSpread, ...]
    samples: Samples

    def as_dict(self) -> dict[str, Any]:
        """In the shape of price-case.md."""
        month = self.mean_patient_month_nok
        return {
            "draws": self.draws,
            "seed": self.seed,
            "total_nok": self.total_nok.as_dict(),
            "positions": self.positions.as_dict(),
            "mean_patient_month_nok": month.as_dict() if month else None,
            "municipalities": [{"number": row.number, **row.spread.as_dict()} for row in self.municipalities],
        }

    def chance_above(self, nok: float) -> float:
        """The share of draws in which the centre costs more than this."""
        return float(np.mean(self.samples.total_nok > nok))


@dataclass(frozen=True)
class Bar:
    """One input's bar: its rank correlation with the total, and the total at its 2.5 and 97.5 percentile."""

    name: str
    correlation: float
    low_nok: float
    high_nok: float


@dataclass(frozen=True)
class Worth:
    """What it is worth to know (informasjonsverdi), NOK a year, when the other choice costs `alternative_nok`."""

    alternative_nok: float
    chance_dearer: float
    evpi_nok: float
    by_input: Mapping[str, float]


def uncertainty(case: Case, draws: int = DRAWS, seed: int = SEED) -> Spread:
    """The whole model over draws of the uncertain inputs. Raises `Faulty` on laws that give impossible values."""
    inputs = drawing.samples(case, draws, seed)
    at = drawing.levels(case, inputs)
    who = model.volumes(case, at.volume_multiplier)
    spent = model.hours(case, at, who)
    rates = model.money(case, at, who, spent)
    total = _along(rates.total, draws)
    positions = _along(spent.total / spent.capacity, draws)
    patients = _along(sum(who.patients), draws)
    month = total / (model.MONTHS * patients) if patients.min() > 0 else None
    return Spread(
        draws=draws,
        seed=seed,
        total_nok=summary(total),
        positions=summary(positions),
        mean_patient_month_nok=None if month is None else summary(month),
        municipalities=_municipalities(case, rates, at.volume_multiplier, draws),
        samples=Samples(inputs, total, positions),
    )


def _along(value: model.Value, draws: int) -> Floats:
    """A value along the axis of draws, also where nothing drawn goes into it."""
    return np.broadcast_to(np.asarray(value, dtype=float), (draws,))


def _municipalities(case: Case, rates: model.Money, multiplier: model.Value, draws: int) -> tuple[PartnerSpread, ...]:
    """Each partner's bill over the draws, one partner at a time."""
    shared = bills.keys(case, rates, multiplier)
    return tuple(
        PartnerSpread(
            partner.number,
            partner.name,
            summary(_along(bills.parts(case, partner, rates, shared, multiplier).total, draws)),
        )
        for partner in case.municipalities
    )


def summary(values: Floats) -> Summary:
    """Mean, standard deviation (n − 1) and percentiles (linear between order statistics) of an array."""
    mean = float(values.mean())
    off = values - mean
    low, middle, high = percentiles(values)
    return Summary(mean, math.sqrt(float(off @ off) / (values.size - 1)), low, middle, high)


def percentiles(values: Floats) -> tuple[float, float, float]:
    """The 2.5, 50 and 97.5 percentiles, found by parting the array where they lie."""
    places = [point / 100 * (values.size - 1) for point in POINTS]
    kept = sorted({edge for place in places for edge in (math.floor(place), math.ceil(place))})
    parted = np.partition(values, kept)
    low, middle, high = (
        float(parted[math.floor(at)] + (parted[math.ceil(at)] - parted[math.floor(at)]) * (at - math.floor(at)))
        for at in places
    )
    return low, middle, high


def tornado(case: Case, draws: int = DRAWS, seed: int = SEED, spread: Spread | None = None) -> tuple[Bar, ...]:
    """Which inputs move the total, most first: rank correlation (Spearman), and the total at an input's ends."""
    found = spread or uncertainty(case, draws, seed)
    ranked = ranks(found.samples.total_nok)
    bars = []
    for name, values in found.samples.inputs.items():
        low, _middle, high = percentiles(values)
        bars.append(
            Bar(name, _correlation(ranks(values), ranked), _total_at(case, name, low), _total_at(case, name, high))
        )
    return tuple(sorted(bars, key=lambda bar: (-abs(bar.correlation), bar.name)))


def _total_at(case: Case, name: str, value: float) -> float:
    """The total when one input is moved and the others stand as written."""
    at = replace(model.levels(case), **{name: value})
    who = model.volumes(case, at.volume_multiplier)
    return float(model.money(case, at, who, model.hours(case, at, who)).total)


def ranks(values: Floats) -> Floats:
    """Ranks from 0; equal values share the mean of their ranks."""
    order = np.argsort(values, kind="stable")
    lined = values[order]
    starts = np.flatnonzero(np.r_[True, lined[1:] != lined[:-1]])
    if starts.size == values.size:
        alone = np.empty(values.size)
        alone[order] = np.arange(values.size)
        return alone
    ends = np.r_[starts[1:], values.size]
    shared = np.empty(values.size)
    shared[order] = np.repeat((starts + ends - 1) / 2, ends - starts)
    return shared


def _correlation(first: Floats, second: Floats) -> float:
    """Pearson's correlation of two arrays; 0 where one doesn't vary."""
    one, other = first - first.mean(), second - second.mean()
    size = math.sqrt(float(one @ one) * float(other @ other))
    return float(one @ other) / size if size else 0.0


def value_of_information(
    case: Case, alternative_nok: float, draws: int = DRAWS, seed: int = SEED, spread: Spread | None = None
) -> Worth:
    """Whether to ask more before choosing between the centre and something that costs `alternative_nok` a year.

    EVPI = E[max(0, alternative − cost)] − max(0, alternative − E[cost]); by input the same with E[cost | input].
    """
    found = spread or uncertainty(case, draws, seed)
    gain = alternative_nok - found.samples.total_nok
    return Worth(
        alternative_nok=alternative_nok,
        chance_dearer=float(np.mean(gain < 0)),
        evpi_nok=perfect_information(gain),
        by_input={name: partial_information(gain, values) for name, values in found.samples.inputs.items()},
    )


def perfect_information(gain: Floats) -> float:
    """EVPI of a choice between 0 and `gain`: E[max(0, gain)] − max(0, E[gain])."""
    return max(0.0, float(np.maximum(gain, 0).mean()) - max(0.0, float(gain.mean())))


def partial_information(gain: Floats, values: Floats) -> float:
    """EVPPI of one input: as EVPI, with the gain expected at each value of the input.

    The expectation is a regression on a polynomial of the input's normal scores (Strong, Oakley and Brennan 2014).
    """
    if values.min() == values.max():
        return 0.0
    scores = (values - values.mean()) / values.std()
    basis = np.polynomial.legendre.legvander(np.tanh(scores / 2), BASIS_DEGREE)
    weights, *_rest = np.linalg.lstsq(basis, gain, rcond=None)
    return perfect_information(basis @ weights)
