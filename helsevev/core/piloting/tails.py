"""Tails of the distributions that small numbers follow, and the two functions they rest on.

Sources: continued fraction of the incomplete beta function (Lentz), as in DLMF 8.17.22; everything else is summed or
integrated as it is defined.
"""

import math
from collections.abc import Callable

TINY, CLOSE, STEPS = 1e-300, 1e-15, 500


def beta_share(x: float, a: float, b: float) -> float:
    """I_x(a, b), the incomplete beta function as a share of the whole."""
    if x <= 0:
        return 0.0
    if x >= 1:
        return 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x))
    # The fraction runs to its end fast on one side of the mean only; the other side is its mirror.
    if x < (a + 1) / (a + b + 2):
        return front * _fraction(x, a, b) / a
    return 1 - front * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    """Lentz's way through the continued fraction."""
    c, d = 1.0, 1 / _away(1 - (a + b) * x / (a + 1))
    value = d
    for m in range(1, STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1 / _away(1 + term * d)
            c = _away(1 + term / c)
            value *= c * d
        if abs(c * d - 1) < CLOSE:
            break
    return value


def _away(value: float) -> float:
    return value if abs(value) > TINY else TINY


def binomial_at_least(events: int, people: int, share: float) -> float:
    """P(X >= events) of `people` who each have the chance `share`."""
    if events <= 0:
        return 1.0
    return 0.0 if events > people else beta_share(share, events, people - events + 1)


def binomial_at_most(events: int, people: int, share: float) -> float:
    """P(X <= events)."""
    if events >= people:
        return 1.0
    return 0.0 if events < 0 else beta_share(1 - share, people - events, events + 1)


def poisson_at_most(events: int, mean: float) -> float:
    """P(X <= events) of a count whose mean is `mean`: its terms summed."""
    if events < 0:
        return 0.0
    if mean <= 0:
        return 1.0
    return min(1.0, math.fsum(math.exp(k * math.log(mean) - mean - math.lgamma(k + 1)) for k in range(events + 1)))


def student_at_most(t: float, freedom: float) -> float:
    """P(T <= t) of Student's distribution."""
    half = beta_share(freedom / (freedom + t * t), freedom / 2, 0.5) / 2
    return half if t < 0 else 1 - half


def student_beyond(limit: float, freedom: int, shift: float) -> float:
    """P(|T| > limit) where T is off centre by `shift`: integrated over how far the deviation is misjudged."""
    log_front = math.log(2) + freedom / 2 * math.log(freedom / 2) - math.lgamma(freedom / 2)
    top, parts = 1 + 12 / math.sqrt(2 * freedom), 2000
    found = []
    for step in range(parts + 1):
        s = max(top * step / parts, 1e-12)
        density = math.exp(log_front + (freedom - 1) * math.log(s) - freedom * s * s / 2)
        beyond = _normal(shift - limit * s) + _normal(-shift - limit * s)
        found.append((1 if step in (0, parts) else 4 if step % 2 else 2) * density * beyond)
    return min(1.0, math.fsum(found) * top / parts / 3)


def _normal(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2


def root(function: Callable[[float], float], low: float, high: float) -> float:
    """Where a function that rises from below to above nothing is nothing; the nearer end where it never is."""
    if function(low) >= 0:
        return low
    if function(high) <= 0:
        return high
    for _step in range(200):
        middle = (low + high) / 2
        if not low < middle < high:
            break
        low, high = (middle, high) if function(middle) < 0 else (low, middle)
    return (low + high) / 2
