"""The lines of a settled bill (regningslinjer): quantity and price, or a share of a sum, and what each comes to.

All comes from the signed list and the months' figures. Each line is rounded half up to the øre, and a month's use is
rounded as a whole, as `settlement` does; the few øre between are a line of their own. So the lines add up to the bill.
"""

from collections.abc import Sequence

from helsevev.core.pricing.agreement import Line, PriceList
from helsevev.core.pricing.charges.lines import DIGITS, Actual, Charge, Sums
from helsevev.core.pricing.charges.pools import fixed, readiness, residual
from helsevev.core.pricing.charges.use import volume

__all__ = ["DIGITS", "Actual", "Charge", "Sums", "charges"]


def charges(agreed: PriceList, line: Line, used: Sequence[Actual], own: Sums, whole: Sums) -> tuple[Charge, ...]:
    """A municipality's bill line by line: its use, its parts of the pools, its part of the residual."""
    shared = [*fixed(agreed, line, own, whole), *readiness(agreed, line, own, whole)]
    found = [*volume(agreed, line, used, own.volume), *shared, *residual(agreed, line, own, whole)]
    return tuple(found)
