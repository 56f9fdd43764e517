"""Looking at a pilot on the days that were agreed, and what it comes to in the end."""

from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop

SOON = timedelta(days=7)


class Choice(StrEnum):
    """What a review can decide (gjennomgangens valg)."""

    GO_ON = "go_on"
    ADJUST = "adjust"
    STOP = "stop"


CHOICE_NAMES: Mapping[Choice, str] = {
    Choice.GO_ON: gettext_noop("Go on as agreed"),
    Choice.ADJUST: gettext_noop("Adjust by an amendment"),
    Choice.STOP: gettext_noop("Stop the pilot"),
}


class Decision(StrEnum):
    """What becomes of what was tried (utfall)."""

    ADOPT = "adopt"
    ADAPT = "adapt"
    ABANDON = "abandon"


DECISION_NAMES: Mapping[Decision, str] = {
    Decision.ADOPT: gettext_noop("Adopt: put it to use as it is"),
    Decision.ADAPT: gettext_noop("Adapt: change it and try again"),
    Decision.ABANDON: gettext_noop("Abandon: don't go on with it"),
}


class Why(StrEnum):
    """Why a review or a result can't be kept."""

    NOT_DECIDER = gettext_noop("Only the deciders whom the protocol names decide at a review.")
    NOT_PLANNED = gettext_noop("The protocol has no review on that date.")
    HELD_EARLY = gettext_noop("A review can't be held in the future.")
    DONE = gettext_noop("This review is held already.")
    REASON = gettext_noop("Say why. The reason is kept with the decision.")
    NO_PROTOCOL = gettext_noop("There is no protocol that all parties have signed.")
    RESULT_REASON = gettext_noop("There is a result already. Say why it is told anew.")
    RUNNING = gettext_noop("The last pilot has no result yet. Give it, then begin another.")
    STALE = gettext_noop("Somebody gave a result meanwhile. Read it, then give yours.")


def refuse_review(
    planned: date, held: date, reviews: tuple[date, ...], done: frozenset[date], today: date
) -> list[Refusal]:
    """Why a review can't be written down."""
    found = []
    if planned not in reviews:
        found.append(Refusal(Why.NOT_PLANNED))
    if planned in done:
        found.append(Refusal(Why.DONE))
    if held > today:
        found.append(Refusal(Why.HELD_EARLY))
    return found
