"""An engagement's story as its page tells it."""

from django.utils.translation import gettext as _

from helsevev.commons.people import queries as people
from helsevev.core import ledger
from helsevev.network.guidance.models import Engagement
from helsevev.network.guidance.rules.engagements import ITEM_NAMES, STEP_NAMES, ItemKind, Step

ADVISOR_STEPS = {Step.ADVISOR_JOINED.value, Step.ADVISOR_LEFT.value}


def steps(engagement: Engagement) -> list[dict[str, object]]:
    """Everything that happened, oldest first."""
    every = list(engagement.steps.all())
    named = {one.by for one in every} | {one.what for one in every if one.step in ADVISOR_STEPS}
    names = people.actor_names(named)
    return [
        {
            "row": one,
            "name": _(STEP_NAMES[Step(one.step)]),
            "what": names.get(one.what, one.what) if one.step in ADVISOR_STEPS else one.what,
            "clock": ledger.clock(one.minutes) if one.minutes else "",
            "who": names.get(one.by, one.by),
        }
        for one in every
    ]


def agreed(engagement: Engagement) -> list[dict[str, object]]:
    """Goals and deliverables, with how they went."""
    return [
        {"row": one, "kind": _(ITEM_NAMES[ItemKind(one.kind)]), "open": not (one.done_on or one.dropped_on)}
        for one in engagement.agreed.all()
    ]
