"""How early a pilot's forecast warns, and how often falsely: pilots drawn by the thousand, looked at every week.

python benchmarks/piloting.py            writes one line of JSON
"""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt

from helsevev.core.piloting.forecasting import VAGUE, WARN_BELOW, Look, Prior, forecast, plan_prior

LEAST, DAYS, SEED = 60, 228, 20241028
PER_WEEK = 0.10 * 1077 / DAYS * 7
PRIORS = {"vague": VAGUE, "plan": plan_prior(PER_WEEK)}
# The case's real looks: day, included by then.
LOOKS = ((73, 7), (150, 17), (228, 28))
# Real rates as parts of the one that would just give the least number; the case's was 28 of 60, its plan's 108 of 60.
RATES = (0.25, 0.47, 0.6, 0.75, 1.0, 1.25, 1.5, 1.8)
DRAWN = 4000

Counts = npt.NDArray[np.int64]


def chances(prior: Prior) -> list[list[float]]:
    """P(final count >= least) on each week's last day, for each count that leaves it open."""
    found = []
    for day in range(7, DAYS, 7):
        row = []
        for included in range(LEAST):
            seen = forecast(Look(included, day, DAYS), LEAST, prior)
            row.append(seen.chance if seen else 1.0)
        found.append(row)
    return found


def limits(prior: Prior) -> list[int]:
    """For each week's last day the least count that isn't warned of."""
    return [next((n for n, chance in enumerate(row) if chance >= WARN_BELOW), LEAST) for row in chances(prior)]


def warned(counts: Counts, least_counts: Sequence[int]) -> list[int | None]:
    """The week in which each pilot is first warned of; None when it never is."""
    low = counts < np.array(least_counts)
    first = np.argmax(low, axis=1)
    return [int(week) + 1 if low[at, week] else None for at, week in enumerate(first)]


def drawn(least_counts: Sequence[int]) -> list[dict[str, Any]]:
    """For each real rate: how many miss, how many of them are warned of and when, how many others falsely."""
    chance, weeks = np.random.default_rng(SEED), len(least_counts)
    found = []
    for part in RATES:
        rate = LEAST / DAYS * 7 * part
        running = np.cumsum(chance.poisson(rate, size=(DRAWN, weeks)), axis=1)
        final = running[:, -1] + chance.poisson(rate * (DAYS - 7 * weeks) / 7, size=DRAWN)
        when = warned(running, least_counts)
        told = sorted(week for week, end in zip(when, final, strict=True) if end < LEAST and week is not None)
        found.append(
            {
                "rate": part,
                "missed": int((final < LEAST).sum()),
                "warned": len(told),
                "middle_week": told[len(told) // 2] if told else None,
                "late_week": told[int(0.9 * (len(told) - 1))] if told else None,
                "reached": int((final >= LEAST).sum()),
                "falsely": sum(w is not None for w, end in zip(when, final, strict=True) if end >= LEAST),
            }
        )
    return found


def case(prior: Prior) -> list[dict[str, Any]]:
    """The case's real looks, with what the forecast said on each day."""
    found = []
    for day, included in LOOKS:
        seen = forecast(Look(included, day, DAYS), LEAST, prior)
        assert seen is not None
        when = date(2024, 10, 28) + timedelta(days=day)
        found.append(
            {
                "day": day,
                "date": when.isoformat(),
                "included": included,
                "mean": round(seen.mean, 1),
                "low": seen.low,
                "high": seen.high,
                "chance": seen.chance,
                "warns": seen.chance < WARN_BELOW,
            }
        )
    return found


def main() -> None:
    """Measure under each prior, and as the page warns: when both say so."""
    each = {name: limits(prior) for name, prior in PRIORS.items()}
    both = [min(pair) for pair in zip(*each.values(), strict=True)]
    answer = {
        "least": LEAST,
        "drawn_each": DRAWN,
        "case": {name: case(prior) for name, prior in PRIORS.items()},
        "drawn": {name: drawn(found) for name, found in (each | {"both": both}).items()},
    }
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
