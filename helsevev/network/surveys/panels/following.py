"""A meeting's own survey, as the meeting's page and its keepers' desk show it."""

from django.utils import timezone

from helsevev.commons.people.rules import Person, may
from helsevev.core.frame import Block
from helsevev.network.events.models import Meeting
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.queries import counting
from helsevev.network.surveys.rules import PERMISSIONS
from helsevev.network.surveys.rules.states import STATE_NAMES, State

PLACE = 10


def _of(meeting: Meeting) -> Survey | None:
    return Survey.objects.filter(meeting=meeting).select_related("version__form").first()


def on_page(meeting: Meeting, _person: Person) -> list[Block]:
    """Where one answers, and what was answered once that is published."""
    survey = _of(meeting)
    if survey is None or survey.state not in (State.OPEN, State.PUBLISHED):
        return []
    return [Block(PLACE, "surveys/_of_meeting.html", {"survey": survey, "rates": counting.rates(survey)})]


def on_desk(meeting: Meeting, person: Person) -> list[Block]:
    """The one press that asks those who came, and how many have answered."""
    if not may(person, "keep", PERMISSIONS):
        return []
    survey = _of(meeting)
    if survey is None:
        can_ask = meeting.state == "published" and meeting.ends <= timezone.now()
        return [Block(PLACE, "surveys/_ask_after.html", {"meeting": meeting})] if can_ask else []
    told = {"survey": survey, "state": STATE_NAMES[State(survey.state)], "rates": counting.rates(survey)}
    return [Block(PLACE, "surveys/_ask_after.html", told)]
