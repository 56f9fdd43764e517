"""How many answers a row of rounded percentages can come from, where a source doesn't say."""

from collections.abc import Sequence
from itertools import product

FEWEST, MOST = 5, 40


def fitting(percentages: Sequence[float], fewest: int = FEWEST, most: int = MOST) -> tuple[int, ...]:
    """Every number of answers from `fewest` to `most` that gives just these whole percentages, halves rounded up.

    Each level's count k satisfies floor(100 k / n + 1/2) = its percentage, and the counts sum to n.
    """
    return tuple(n for n in range(fewest, most + 1) if _fits(percentages, n))


def _fits(percentages: Sequence[float], n: int) -> bool:
    counts = [[k for k in range(n + 1) if (200 * k + n) // (2 * n) == one] for one in percentages]
    return any(sum(chosen) == n for chosen in product(*counts))
