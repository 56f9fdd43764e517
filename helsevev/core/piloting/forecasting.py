"""Will a pilot include as many as it must? A forecast of its final count (prognose), from how it has gone so far.

Those who are included come one by one at a rate nobody knows: a gamma distribution says what is thought of the rate, a
look at the count after some days sharpens it, and what is still to come then follows the negative binomial. Source:
Gelman et al., Bayesian Data Analysis, 3rd edition, section 2.6.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.piloting.tails import beta_share
from helsevev.core.words import Refusal, Refused, gettext_noop

WARN_BELOW, STOP_BELOW = 0.20, 0.05
PLAN_DAYS = 14.0


class Why(StrEnum):
    """Why nothing can be foreseen."""

    BAD_LOOK = gettext_noop("A forecast needs a count, and days between the first and the last of the pilot.")
    BAD_PRIOR = gettext_noop("What was thought before must be of a rate above nothing.")


@dataclass(frozen=True)
class Prior:
    """What was thought of the rate before the pilot began: Gamma(shape, days), worth `days` of looking."""

    shape: float
    days: float

    def __post_init__(self) -> None:
        """A shape above nothing, and no days of less than nothing."""
        if not (0 < self.shape < math.inf and 0 <= self.days < math.inf):
            raise Refused(Refusal(Why.BAD_PRIOR))


# Jeffreys' prior of a count: it says next to nothing, so that the pilot speaks for itself.
VAGUE = Prior(0.5, 0.0)


def plan_prior(per_week: float) -> Prior:
    """The plan taken at its word, as if two weeks had already gone by at the planned rate."""
    return Prior(PLAN_DAYS / 7 * per_week, PLAN_DAYS)


@dataclass(frozen=True)
class Look:
    """How a pilot stands on a day (titt): so many included after so many days of so many.

    `before` were included before the rate was looked at anew, as after an amendment that lets others in.
    """

    included: int
    days: int
    all_days: int
    before: int = 0

    def __post_init__(self) -> None:
        """Days go from nothing to all."""
        if min(self.included, self.before) < 0 or not 0 <= self.days <= self.all_days or self.all_days < 1:
            raise Refused(Refusal(Why.BAD_LOOK))

    @property
    def so_far(self) -> int:
        """Everyone who is in."""
        return self.before + self.included


@dataclass(frozen=True)
class Forecast:
    """The final count as it can be foreseen (prognose): its middle, its 95 % interval and the chance of the least."""

    middle: int
    low: int
    high: int
    mean: float
    chance: float

    @property
    def verdict(self) -> "Verdict":
        """What to make of it."""
        if self.chance >= 1 - WARN_BELOW:
            return Verdict.ON_COURSE
        if self.chance >= WARN_BELOW:
            return Verdict.OPEN
        return Verdict.ADJUST if self.chance >= STOP_BELOW else Verdict.MISSED


class Verdict(StrEnum):
    """What a forecast says of the least number (dom)."""

    ON_COURSE = "on_course"
    OPEN = "open"
    ADJUST = "adjust"
    MISSED = "missed"

    @property
    def warns(self) -> bool:
        """Whether the least number will most likely be missed."""
        return self in (Verdict.ADJUST, Verdict.MISSED)


def forecast(look: Look, least: int, prior: Prior = VAGUE) -> Forecast | None:
    """The final count, and how likely it is to be `least` or more; None when nothing is known of the rate yet."""
    left = look.all_days - look.days
    days = prior.days + look.days
    if days == 0:
        return None
    shape = prior.shape + look.included
    if left == 0:
        so_many = look.so_far
        return Forecast(so_many, so_many, so_many, float(so_many), 1.0 if so_many >= least else 0.0)
    coming = Coming(shape, days / (days + left))
    middle, low, high = (look.so_far + coming.quantile(share) for share in (0.5, 0.025, 0.975))
    return Forecast(middle, low, high, look.so_far + shape * left / days, coming.at_least(least - look.so_far))


@dataclass(frozen=True)
class Coming:
    """How many are still to come: the negative binomial with a shape and the share of days already gone."""

    shape: float
    gone: float

    def at_least(self, number: int) -> float:
        """P(that many or more)."""
        return 1.0 if number <= 0 else beta_share(1 - self.gone, number, self.shape)

    def quantile(self, share: float) -> int:
        """The least number that is not passed with probability `share`."""
        high = 1
        while 1 - self.at_least(high + 1) < share:
            high *= 2
        low = -1
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if 1 - self.at_least(middle + 1) >= share else (middle, high)
        return high
