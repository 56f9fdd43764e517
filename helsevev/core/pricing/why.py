"""What a price case, a settlement or a change of them can be wrong in."""

from enum import StrEnum

from helsevev.core.words import gettext_noop


class Why(StrEnum):
    """Why a case, a settlement or a change is refused."""

    MISSING = gettext_noop("is missing")
    NOT_NUMBER = gettext_noop("must be a number, is %(value)s")
    NOT_WHOLE = gettext_noop("must be a whole number, is %(value)s")
    NOT_TEXT = gettext_noop("must be text, is %(value)s")
    NOT_OBJECT = gettext_noop("must be an object with named fields, is %(value)s")
    NOT_LIST = gettext_noop("must be a list, is %(value)s")
    EMPTY = gettext_noop("is empty. Write at least one")
    ABOVE = gettext_noop("must be above %(low)s, is %(value)s")
    AT_LEAST = gettext_noop("must be at least %(low)s, is %(value)s")
    ABOVE_AT_MOST = gettext_noop("must be above %(low)s and at most %(high)s, is %(value)s")
    BETWEEN = gettext_noop("must be at least %(low)s and at most %(high)s, is %(value)s")
    OUT_OF_REACH = gettext_noop("%(value)s is too large to reckon with")
    BELOW = gettext_noop("must be at least %(low)s and below %(high)s, is %(value)s")
    UNKNOWN = gettext_noop("%(value)s isn't known here. Known: %(known)s")
    TWICE = gettext_noop("%(value)s stands twice")
    PROFILE_SUM = gettext_noop("must add up to 1, adds up to %(value)s")
    TOO_LONG = gettext_noop("has %(count)s, and at most %(most)s can be reckoned")
    NO_CAPACITY = gettext_noop(
        "leaves no working hours in a position: %(value)s hours. Lower the hours or shares taken away"
    )
    NO_ADULTS = gettext_noop(
        "have no adults together, and the fixed cost is shared by adults. Write the adults of each"
    )
    NO_ELIGIBLE = gettext_noop(
        "have nobody eligible together, and readiness is shared by those eligible. Write the eligible of each"
    )
    MORE_THAN_ADULTS = gettext_noop(
        "%(value)s are more than all %(adults)s adults of the municipality. Correct the one or the other"
    )
    NOT_NOK = gettext_noop("must be NOK, is %(value)s. Turn the amounts into kroner first")
    TIERS_ORDER = gettext_noop("must be above %(low)s, the step before it, is %(value)s")
    ONE_OF_TWO = gettext_noop("needs either cv or sd, not both and not none")
    NO_LAW = gettext_noop("a %(law)s law can't have mean %(mean)s and sd %(sd)s. Choose another law, or a smaller sd")
    DRAWN_OUTSIDE = gettext_noop(
        "%(count)s of %(draws)s draws are impossible values, such as %(value)s. Choose another law, or a smaller spread"
    )
    TOO_FEW_DRAWS = gettext_noop("at least %(low)s and at most %(high)s draws can be made, not %(value)s")
    NO_UNCERTAINTY = gettext_noop("is empty: no input has a spread. Give at least one a law, a mean and a cv or sd")
    UNSTABLE = gettext_noop(
        "no staffing up to %(agents)s agents carries %(load)s erlang as the target asks, so the queue would never end. "
        "Lower the target or the load, or allow more agents"
    )
    NO_SUCH_INPUT = gettext_noop("%(value)s is no input of this case")
    NO_SUCH_MUNICIPALITY = gettext_noop("%(value)s is no municipality of this case")
    NOT_MONTH = gettext_noop("must be a month such as 2026-07, is %(value)s")
    NOT_WHOLE_MONTHS = gettext_noop("must be the first day of a month or the last, is %(value)s")
    ENDS_BEFORE = gettext_noop("ends (%(last)s) before it begins (%(first)s)")
    OUTSIDE_AGREEMENT = gettext_noop(
        "%(month)s lies outside the agreement, which is valid from %(first)s to %(last)s. "
        "Settle each agreement's own months"
    )
    MONTH_MISSING = gettext_noop("%(municipality)s has no figures for %(month)s. Enter them, 0 where there were none")
    ENTERED_TWICE = gettext_noop("%(municipality)s has figures for %(month)s twice. Keep one of them")
    CHANGED_LIST = gettext_noop(
        "The price list isn't what it was when it was signed: its digest is %(found)s, not %(stated)s. "
        "Use the signed one, or make a new version"
    )
    OTHER_KEY = gettext_noop("%(value)s is not the key agreed on, %(agreed)s. Another key needs a new version")
    NO_KEY = gettext_noop("nothing can be shared by %(value)s: it is 0 for all. Choose another key")
    NOT_WORKBOOK = gettext_noop("The file can't be read as an Excel workbook (.xlsx)")
    NO_SHEET = gettext_noop("The workbook has no sheet '%(name)s'. It has: %(known)s")
    NO_CELL = gettext_noop("%(value)s isn't a cell such as Sheet1!B3")
    EMPTY_CELL = gettext_noop("the cell %(value)s is empty")
