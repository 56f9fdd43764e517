"""What the forecast's two answers come to: no warning, watch, or warn; and how it is said."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.piloting.forecasting import VAGUE, WARN_BELOW, Forecast
from helsevev.core.piloting.pacing import Pace
from helsevev.core.words import gettext_noop


class Level(StrEnum):
    """How loud the page says it (varselnivå)."""

    NONE = "none"
    WATCH = "watch"
    WARN = "warn"
    MISSED = "missed"
    REACHED = "reached"


LEVEL_NAMES: Mapping[Level, str] = {
    Level.NONE: gettext_noop("No warning"),
    Level.WATCH: gettext_noop("Watch"),
    Level.WARN: gettext_noop("Warning"),
    Level.MISSED: gettext_noop("Missed"),
    Level.REACHED: gettext_noop("Reached"),
}
# Every sentence has the same places, so that any of them can be filled the same way.
SENTENCES: Mapping[Level, str] = {
    Level.NONE: gettext_noop("The pilot can reach its least number, %(least)s. %(included)s are included so far."),
    Level.WATCH: gettext_noop(
        "The two forecasts disagree about whether the pilot reaches its least number, %(least)s. "
        "%(included)s are included so far. Look again next week."
    ),
    Level.WARN: gettext_noop(
        "The pilot will most likely miss its least number, %(least)s. %(included)s are included so far, and both "
        "forecasts put the chance below 20 in 100. Adjust while there is time."
    ),
    Level.MISSED: gettext_noop("The pilot ended with %(included)s included, below its least number, %(least)s."),
    Level.REACHED: gettext_noop("The pilot has reached its least number, %(least)s: %(included)s are included."),
}
LOUD = frozenset({Level.WARN, Level.MISSED})


@dataclass(frozen=True)
class Outlook:
    """A pilot's forecast on a day (utsikt): both answers, and what they come to."""

    pace: Pace
    vague: Forecast
    plan: Forecast
    level: Level

    @property
    def sentence(self) -> str:
        """In English words with named places."""
        return SENTENCES[self.level]

    @property
    def values(self) -> Mapping[str, object]:
        """What fills the places."""
        return {"least": self.pace.plan.least, "included": self.pace.included}


def outlook(pace: Pace) -> Outlook | None:
    """The forecast under both priors; None before anything is counted."""
    vague, plan = pace.forecast(VAGUE), pace.forecast(pace.plan.prior)
    if vague is None or plan is None:
        return None
    return Outlook(pace, vague, plan, _level(pace, vague, plan))


def _level(pace: Pace, vague: Forecast, plan: Forecast) -> Level:
    if pace.included >= pace.plan.least:
        return Level.REACHED
    if pace.until == pace.plan.last and not pace.unreported:
        return Level.MISSED
    low = [one.chance < WARN_BELOW for one in (vague, plan)]
    return Level.WARN if all(low) else Level.WATCH if any(low) else Level.NONE
