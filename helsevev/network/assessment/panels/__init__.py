"""What waits for assessors, on my page, and the ways here from a round and from an application."""

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from helsevev.commons.people.rules import Person, Role, Waiting, may
from helsevev.network.applications.models import Application, Round
from helsevev.network.applications.panels.beside import Beside, Way
from helsevev.network.applications.queries import rounds_showing as showing
from helsevev.network.assessment.models import Question
from helsevev.network.assessment.queries import boards, closed, desk, retention
from helsevev.network.assessment.rules import PERMISSIONS
from helsevev.network.assessment.rules.board import State
from helsevev.network.assessment.rules.retention import STAGE_NAMES

KIND = "application"
MOST_QUESTIONS = 20


def waiting(person: Person) -> list[Waiting]:
    """Assessments that aren't given; places that are free, questions, and what is about to be deleted."""
    return [*_to_forget(person), *_to_run(person), *_to_assess(person)]


def _to_run(person: Person) -> list[Waiting]:
    """What waits for who runs the rounds."""
    if not may(person, "run_round", PERMISSIONS):
        return []
    free = [
        Waiting(
            _("A place is free: %(round)s") % {"round": showing.name(one)},
            reverse("assessment:board", args=[one.code]),
            None,
            KIND,
        )
        for one in boards.with_free_places()
    ]
    asked = Question.objects.filter(answered_at=None).select_related("application__round")
    return free + [
        Waiting(
            _("Answer a question about %(title)s") % {"title": one.application.title},
            reverse("assessment:answer", args=[one.application.round.code, one.pk]),
            None,
            KIND,
        )
        for one in asked[:MOST_QUESTIONS]
        if not closed.is_closed(one.application, person.key)
    ]


def _to_forget(person: Person) -> list[Waiting]:
    if not may(person, "forget", PERMISSIONS):
        return []
    return [
        Waiting(
            f"{showing.name(one.round)}: {_(STAGE_NAMES[one.stage])}",
            reverse("assessment:retention"),
            timezone.localdate(one.done_by),
            KIND,
        )
        for one in retention.lines(timezone.now())
    ]


def _to_assess(person: Person) -> list[Waiting]:
    if Role.ASSESSOR not in person.roles:
        return []
    user = desk.people([person.key]).get(person.key)
    return [
        Waiting(
            _("Assess: %(title)s") % {"title": one.application.title},
            reverse("assessment:application", args=[one.application.key]),
            one.due,
            KIND,
        )
        for one in (desk.tasks(user) if user else [])
        if one.given_at is None
    ]


def _of_round(round_: Round, person: Person) -> list[Way]:
    """The applications of a round at work."""
    if not may(person, "run_round", PERMISSIONS) or desk.round_at_work(round_.code) is None:
        return []
    return [Way(_("Applications that were sent in"), reverse("assessment:round", args=[round_.code]))]


def _of_application(application: Application) -> list[Way]:
    """The decision, once it is published."""
    if application.first_sent_at is None or desk.board(application.round).state != State.PUBLISHED:
        return []
    return [Way(_("The decision"), reverse("assessment:decision", args=[application.key]))]


BESIDE = Beside(_of_round, _of_application)
