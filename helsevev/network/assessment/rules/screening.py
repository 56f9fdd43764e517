"""Screening (siling): whether each condition is met, as somebody judged it and why. Pure."""

from collections.abc import Iterable, Mapping
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop


class Verdict(StrEnum):
    """What was judged of one condition."""

    MET = "met"
    UNCLEAR = "unclear"
    NOT_MET = "not_met"


VERDICT_NAMES: Mapping[Verdict, str] = {
    Verdict.MET: gettext_noop("Met"),
    Verdict.UNCLEAR: gettext_noop("Unclear"),
    Verdict.NOT_MET: gettext_noop("Not met"),
}


class Why(StrEnum):
    """Why a screening can't go on."""

    NEEDS_REASON = gettext_noop("Say why.")
    NOT_SCREENED = gettext_noop("Every condition must be judged first.")
    NOT_ALL_MET = gettext_noop("A condition isn't met, or it is unclear. Judge it, or stop the application.")
    ALL_MET = gettext_noop("Every condition is met, so there is no reason to stop the application.")
    FINISHED = gettext_noop("The screening is finished.")
    NOT_NOW = gettext_noop("The application isn't being screened.")


def refuse_pass(verdicts: Iterable[Verdict | None]) -> Refusal | None:
    """Why an application can't go on to be assessed."""
    found = list(verdicts)
    if None in found:
        return Refusal(Why.NOT_SCREENED)
    return None if all(one is Verdict.MET for one in found) else Refusal(Why.NOT_ALL_MET)


def refuse_stop(verdicts: Iterable[Verdict | None]) -> Refusal | None:
    """Why an application can't be stopped: only a condition that isn't met stops one."""
    return None if Verdict.NOT_MET in list(verdicts) else Refusal(Why.ALL_MET)
