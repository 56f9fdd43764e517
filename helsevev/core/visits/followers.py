"""What a year's monthly numbers of a channel say together (følgere): never more than was entered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Entered:
    """A month of a channel; None where nobody knows."""

    month: date
    followers: int | None
    new: int | None
    reach: int | None


@dataclass(frozen=True)
class Followed:
    """A year of a channel (fulgt). `months`: how many months something was entered for."""

    followers: int | None
    new: int | None
    growth_pct: float | None
    reach: int | None
    months: int


def growth(followers: int | None, new: int | None) -> float | None:
    """New followers in percent of those there were before them."""
    if followers is None or new is None or followers <= new:
        return None
    return round(100 * new / (followers - new), 1)


def year_of(entered: Sequence[Entered]) -> Followed:
    """Followers as last entered, all who came, how much that is, and what a month reached on average."""
    known = sorted(entered, key=lambda one: one.month)
    followers = next((one.followers for one in reversed(known) if one.followers is not None), None)
    new = _sum([one.new for one in known])
    reached = [one.reach for one in known if one.reach is not None]
    reach = round(sum(reached) / len(reached)) if reached else None
    return Followed(followers, new, growth(followers, new), reach, len(known))


def _sum(values: Sequence[int | None]) -> int | None:
    stated = [one for one in values if one is not None]
    return sum(stated) if stated else None
