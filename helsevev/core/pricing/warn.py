"""What the numbers of a price case warn of: sentences about cases that can be reckoned."""

from enum import StrEnum

from helsevev.core.words import gettext_noop


class Warn(StrEnum):
    """What a case that can be reckoned should make people stop at."""

    PRICE_RISES = gettext_noop(
        "The scheme raises the price of one more patient from %(plain)s to %(price)s kroner a year for "
        "%(municipality)s, which has enrolled less than the others. It slows those it should help"
    )
    STEP = gettext_noop(
        "One more agent in one opening hour costs %(step)s kroner a year. The next hour that needs one is "
        "%(hour)s of %(hours)s, at %(load)s erlang"
    )
    OCCUPANCY = gettext_noop(
        "In opening hour %(hour)s agents are busy %(share)s %% of the time. Above 85 %% small surges make long queues"
    )
    MORE_THAN_ELIGIBLE = gettext_noop("%(municipality)s has %(patients)s patients, but only %(eligible)s eligible")
    RESIDUAL = gettext_noop(
        "The bills differ from the cost by %(residual)s kroner, because actual and reserved places differ. "
        "Agree on who carries it"
    )
    ENDED_CODE = gettext_noop(
        "Municipality %(number)s has ended. Its inhabitants are counted in %(now)s. Use that number"
    )
    OFF_MEAN = gettext_noop(
        "the spread lies around %(mean)s, but the case reckons with %(value)s. The draws then don't lie around the "
        "price: write the same in both places"
    )
    NO_PATIENTS = gettext_noop("There are no patients: the municipalities pay for readiness and fixed cost alone")
