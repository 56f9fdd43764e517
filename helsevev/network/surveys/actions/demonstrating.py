"""What a demonstration shows of surveys: made by the actions that people's own work is made by."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from helsevev.commons.demo import queries as demo
from helsevev.commons.forms import queries as forms
from helsevev.commons.people.rules import Role
from helsevev.core.surveys import asking
from helsevev.core.surveys.splitting import Parts
from helsevev.core.words import Refused
from helsevev.network.events.actions.demonstrating import BY as SYSTEM
from helsevev.network.events.models import Meeting
from helsevev.network.guidance.queries import rooms
from helsevev.network.surveys.actions import making, mixing, moving
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.rules import demo as case
from helsevev.network.surveys.rules.states import Kind, Step

PROJECT = "sus-barsel"
SEMINAR_ANSWERS = 23


def demonstrate() -> int:
    """Two years of the satisfaction survey, one that is open, a meeting's and a project's own; how many were made."""
    by = demo.account(Role.SECRETARIAT) if settings.DEMO else None
    if by is None or any(forms.newest(one) is None for one in ("satisfaction", "evaluation", "experience")):
        return 0
    before = Survey.objects.count()
    try:
        with transaction.atomic(), override("nb"):
            if not Survey.objects.filter(initiative=None).exists():
                for at, (year, invited, answered, content) in enumerate(case.YEARS):
                    _satisfaction(year, invited, answered, content, seed=at + 1, by=str(by.key))
                _open(str(by.key))
            if not Survey.objects.exclude(meeting=None).exists():
                _after(str(by.key))
            if not Survey.objects.filter(initiative__key=PROJECT).exists():
                _project(str(by.key))
    except Refused:
        # The forms were changed to something else: theirs stand.
        return 0
    return Survey.objects.count() - before


def _made(kind: Kind, form: str, year: int, by: str, **more: object) -> Survey:
    version = forms.newest(form)
    assert version is not None  # the demonstration's forms were published before
    first = next(one.key for one in asking.questions(forms.compiled(version)) if one.may_group)
    made = making.Made(kind, version, year, about=case.ABOUT, groupings=(first,), **more)  # type: ignore[arg-type]
    return moving.move(making.make(made, by), Step.OPEN, by)


def _answered(survey: Survey, parts: Sequence[Parts], by: str) -> None:
    """All answers at once; then counted and published, as if on the last day of its year."""
    for one in parts:
        mixing.let_in(survey, one)
    for step in (Step.CLOSE, Step.COUNT, Step.PUBLISH):
        moving.move(survey, step, by)
    now = timezone.now()
    closed = min(now, now.replace(year=survey.year, month=12, day=1))
    Survey.objects.filter(pk=survey.pk).update(opened_at=closed, closed_at=closed)


def _satisfaction(year: int, invited: int, answered: int, content: float, *, seed: int, by: str) -> None:
    survey = _made(Kind.SATISFACTION, "satisfaction", year, by)
    rows = [
        Invitation(survey=survey, email=f"demo.{year}.{at}@example.invalid", name=f"Prøve Nr. {at}")
        for at in range(invited)
    ]
    for at, row in enumerate(rows):
        row.token_digest = making.digest(making.token_of(row))
        row.started = at < answered + 2
        row.answered = at < answered
    Invitation.objects.bulk_create(rows)
    questions = asking.questions(forms.compiled(survey.version))
    _answered(survey, list(case.answers(questions, answered, content, seed)), by)


def _open(by: str) -> None:
    """One that whoever looks around can answer and close."""
    survey = _made(Kind.EVALUATION, "evaluation", timezone.localdate().year, by, has_link=True)
    leader = demo.account(Role.PROJECT_LEADER)
    if leader:
        making.invite(survey, [making.Invitee(leader.email, leader.name, leader.language)], by)


def _after(by: str) -> None:
    """What those who came to the invented seminar thought of it."""
    meeting = Meeting.objects.filter(made_by=SYSTEM, kind="seminar").first()
    if meeting is None:
        return
    survey = _made(Kind.EVALUATION, "evaluation", meeting.day.year, by, meeting=meeting, has_link=True, handed_out=37)
    questions = asking.questions(forms.compiled(survey.version))
    _answered(survey, list(case.answers(questions, SEMINAR_ANSWERS, 0.5, 4)), by)


def _project(by: str) -> None:
    """A project's own, by an open link."""
    initiative = rooms.initiative(PROJECT)
    if initiative is None:
        return
    survey = _made(Kind.PROJECT, "experience", 2025, by, initiative=initiative, has_link=True, handed_out=120)
    questions = asking.questions(forms.compiled(survey.version))
    Survey.objects.filter(pk=survey.pk).update(started=case.PROJECT_ANSWERS + 4)
    _answered(survey, list(case.answers(questions, case.PROJECT_ANSWERS, 0.5, 3)), by)
