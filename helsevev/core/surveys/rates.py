"""Response rates (svarprosent): how many were invited, reached, began and finished."""

from dataclasses import dataclass

from helsevev.core.statistics import Interval, share

# Above this many answers an interval says little that the share itself doesn't.
FEW = 100


@dataclass(frozen=True)
class Rates:
    """How many came how far. `invited` and `reached` are None where nobody knows, as of a link that lies open."""

    invited: int | None
    reached: int | None
    started: int
    completed: int

    @property
    def rate(self) -> float | None:
        """Finished in percent of invited; None where that isn't known, or can't be right."""
        if not self.invited or self.completed > self.invited:
            return None
        return round(100 * self.completed / self.invited, 1)


def interval(count: int, n: int) -> Interval | None:
    """Wilson's interval of a share where few answered; None where it isn't needed."""
    return share(count, n) if 0 < n < FEW else None


def top(levels: int) -> int:
    """How many levels count as agreeing: the upper half of a scale, without its middle."""
    return max(levels // 2, 1)
