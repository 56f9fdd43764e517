"""A bill's lines that are parts of a sum (andeler): fixed cost, meetings, readiness and residual."""

import math
from collections.abc import Iterable
from fractions import Fraction

from helsevev.core.pricing.agreement import Line, PriceList, rounded
from helsevev.core.pricing.charges.lines import Charge, Sums


def fixed(agreed: PriceList, line: Line, own: Sums, whole: Sums) -> list[Charge]:
    """The fixed cost by its key, partly equally and partly by adults; the meetings equally."""
    equal = 1 / len(agreed.lines)
    part = float(agreed.case["allocation"]["fixed_equal_share"])
    adults = _share(line.adults, (one.adults for one in agreed.lines))
    fixed = part * equal + (1 - part) * (adults or 0.0)
    return [
        Charge("fixed", own.fixed, share=fixed, of_ore=whole.fixed),
        Charge("municipal", own.municipal, share=equal, of_ore=whole.municipal),
    ]


def readiness(agreed: PriceList, line: Line, own: Sums, whole: Sums) -> list[Charge]:
    """The readiness by eligible; under the scheme of that name, what coverage adds or takes away is its own line."""
    share = _share(line.eligible, (one.eligible for one in agreed.lines))
    if share is None:
        return [Charge("readiness", own.readiness)]
    plain = own.readiness
    if agreed.incentive.kind == "readiness":
        plain = rounded(Fraction(share) * whole.readiness)
    found = [Charge("readiness", plain, share=share, of_ore=whole.readiness)]
    return [*found, Charge("coverage", own.readiness - plain)] if own.readiness != plain else found


def residual(agreed: PriceList, line: Line, own: Sums, whole: Sums) -> list[Charge]:
    """What the months cost beyond what is charged, or short of it, by the key that was agreed on."""
    if not own.residual:
        return []
    weights = {
        "plan": [float(one.plan_ore) for one in agreed.lines],
        "adults": [one.adults for one in agreed.lines],
        "eligible": [one.eligible for one in agreed.lines],
        "equal": [1.0 for _one in agreed.lines],
    }.get(agreed.key)
    share = own.volume / whole.volume if weights is None else _share(weights[agreed.lines.index(line)], weights)
    return [Charge("residual", own.residual, agreed.key, share=share, of_ore=whole.residual)]


def _share(own: float, whole: Iterable[float]) -> float | None:
    """A part of a sum; none where the sum is 0."""
    total = math.fsum(whole)
    return own / total if total else None
