"""How many need a service (behov): inhabitants by age times prevalence, equation 10 of the price model."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.population.people import AGES, OLDEST, Kind, Population, Why, refused, spans
from helsevev.core.queueing import Floats
from helsevev.core.words import Refusal

BAND = re.compile(r"(\d{1,3})(?:\s*[-–]\s*(\d{1,3})|(\+))?\Z")


@dataclass(frozen=True, eq=False)
class Need:
    """Who needs it (behov): `eligible` and `planned` have the shape (municipalities, years).

    `kinds` says of each year whether its inhabitants were counted, projected, or are only a trend: show it.
    """

    numbers: tuple[str, ...]
    years: tuple[int, ...]
    kinds: tuple[Kind, ...]
    eligible: Floats
    planned: Floats

    def by_number(self, year: int) -> dict[str, float]:
        """The eligible of one year by municipality."""
        if year not in self.years:
            raise refused("", Why.NO_YEAR, year=year, found=", ".join(map(str, self.years)))
        return dict(zip(self.numbers, self.eligible[:, self.years.index(year)].tolist(), strict=True))


def need(
    population: Population, prevalence: Sequence[float] | Floats, share: float = 1.0, coverage: float = 1.0
) -> Need:
    """eligible_m(t) = Σ_age people_m,age(t)·prevalence(age)·share; planned = coverage·eligible.

    `prevalence` is a share for each age from 0 to 105; `share` the part of those who have it that the service suits.
    """
    rates = np.asarray(prevalence, dtype=float)
    faults = [
        Fault(name, Refusal(Why.NOT_SHARE, {"value": f"{value:g}"}))
        for name, value in (("share", share), ("coverage", coverage))
        if not 0 <= value <= 1
    ]
    if rates.shape != (AGES,):
        ages = spans(range(min(rates.size, AGES), AGES)) or f"{AGES}-{rates.size - 1}"
        faults.append(Fault("prevalence", Refusal(Why.NO_PREVALENCE, {"ages": ages})))
    else:
        faults += [
            Fault(f"prevalence[{age}]", Refusal(Why.NOT_SHARE, {"value": f"{rates[age]:g}"}))
            for age in np.flatnonzero(~((rates >= 0) & (rates <= 1)))[:20]
        ]
    if faults:
        raise Faulty(faults)
    eligible: Floats = population.people @ (rates * share)
    return Need(population.numbers, population.years, population.kinds, eligible, eligible * coverage)


def by_age(bands: Mapping[str, float]) -> Floats:
    """Prevalence for each age out of bands such as `{"0-39": 0, "40-64": 0.03, "65+": 0.06}`; every age just once."""
    rates = np.full(AGES, np.nan)
    faults = []
    for band, rate in bands.items():
        match = BAND.match(band.strip())
        first = int(match[1]) if match else AGES
        last = OLDEST if match and match[3] else int(match[2]) if match and match[2] else first
        if not match or first > last or last > OLDEST:
            faults.append(Fault("prevalence", Refusal(Why.NOT_BAND, {"value": quoted(band)})))
            continue
        taken = np.flatnonzero(~np.isnan(rates[first : last + 1]))
        if taken.size:
            faults.append(Fault("prevalence", Refusal(Why.OVERLAP, {"age": int(taken[0]) + first})))
        rates[first : last + 1] = rate
    missing = np.flatnonzero(np.isnan(rates)).tolist()
    if missing and not faults:
        faults.append(Fault("prevalence", Refusal(Why.NO_PREVALENCE, {"ages": spans(missing)})))
    if faults:
        raise Faulty(faults)
    return rates
