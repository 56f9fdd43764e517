"""The forecast's warning: noted whenever it changes, and told once to those who can act."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit import actions as audit
from helsevev.network.guidance.queries import rooms
from helsevev.network.piloting.actions import telling
from helsevev.network.piloting.models import Pilot, WarningChange
from helsevev.network.piloting.queries import pilots as asking
from helsevev.network.piloting.rules import protocol
from helsevev.network.piloting.rules.forecasting import LOUD, Level

BY = "system:forecast"


@transaction.atomic
def judge(pilot: Pilot, today: date | None = None) -> WarningChange | None:
    """Note a changed warning and tell of it; None when nothing changed. Several at once note it once."""
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    story = asking.story(pilot, today)
    found, before = story.outlook, asking.warning(pilot)
    if found is None or story.now is None or (before and before.level == found.level):
        return None
    if before is None and found.level is Level.NONE:
        return None
    assert found.pace.until is not None  # something is counted, or there were no outlook
    made = WarningChange.objects.create(
        pilot=pilot,
        level=found.level,
        on=found.pace.until,
        included=found.pace.included,
        least=found.pace.plan.least,
        vague_chance=found.vague.chance,
        plan_chance=found.plan.chance,
    )
    key = f"{pilot.initiative.key}/{pilot.number}"
    audit.record(BY, "warned", "pilot", key, {"level": found.level, "included": made.included, "least": made.least})
    if found.level in LOUD or (before and before.level in LOUD):
        _tell(story, made)
    return made


def _tell(story: asking.Story, made: WarningChange) -> None:
    """Leaders, advisors and the deciders that the protocol names."""
    pilot = story.pilot
    deciders = protocol.deciders(story.now.row.content) if story.now else ()
    users = [*rooms.leaders(pilot.initiative), *telling.advisors(pilot.initiative), *telling.by_keys(deciders)]
    context = {
        "title": pilot.initiative.title,
        "level": made.level,
        "included": made.included,
        "least": made.least,
        "day": made.on,
    }
    place = ("piloting:one", pilot.initiative.key, pilot.number)
    telling.tell(users, f"pilot-warning:{made.pk}", "warning", place, context)


def look_again(today: date | None = None) -> int:
    """The worker's duty: warnings that changed, and reviews that are due. How many letters went."""
    day = today or timezone.localdate()
    sent = 0
    for pilot in asking.running():
        judge(pilot, day)
        sent += remind(asking.story(pilot, day), day)
    return sent


def remind(story: asking.Story, today: date) -> int:
    """Tell deciders and leaders, once, of a review whose day has come."""
    due = [day for day in story.planned_reviews if day <= today and day not in story.held]
    if not due or story.now is None:
        return 0
    pilot, day = story.pilot, due[-1]
    users = [*telling.by_keys(protocol.deciders(story.now.row.content)), *rooms.leaders(pilot.initiative)]
    context = {"title": pilot.initiative.title, "day": day}
    place = ("piloting:one", pilot.initiative.key, pilot.number)
    return telling.tell(users, f"pilot-review:{pilot.pk}:{day.isoformat()}", "review", place, context)
