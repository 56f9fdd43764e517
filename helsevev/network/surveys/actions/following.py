"""A meeting's own survey (etterundersøkelse): made, opened and sent in one step to those who came."""

import json
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import queries as forms
from helsevev.core.surveys import asking
from helsevev.core.words import Refusal, Refused
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries import people
from helsevev.network.surveys.actions import making, moving
from helsevev.network.surveys.models import Survey
from helsevev.network.surveys.queries import counting
from helsevev.network.surveys.rules.states import Kind, State, Step, Why

FORM = "evaluation"
OPEN_FOR = timedelta(days=14)


@transaction.atomic
def follow(meeting: Meeting, by: str) -> Survey:
    """Ask those who came, or everyone with a place where nobody was counted; twice is once.

    Where no address is known, the survey has an open link instead, which the meeting's page shows.
    """
    meeting = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if standing := Survey.objects.filter(meeting=meeting).first():
        return standing
    version = forms.newest(FORM)
    if version is None or asking.refuse(forms.compiled(version)):
        raise Refused(Refusal(Why.NO_FORM))
    if meeting.ends > timezone.now():
        raise Refused(Refusal(Why.NOT_OVER))
    asked = _came(meeting)
    last_day = timezone.localdate() + OPEN_FOR
    made = making.Made(
        Kind.EVALUATION, version, meeting.day.year, last_day=last_day, has_link=not asked, meeting=meeting
    )
    survey = moving.move(making.make(made, by), Step.OPEN, by)
    making.invite(survey, asked, by)
    return survey


def _came(meeting: Meeting) -> list[making.Invitee]:
    rows = list(people.attendees(meeting).exclude(email=""))
    came = [one for one in rows if one.attended_at] or rows
    return [making.Invitee(one.email, one.name, one.registration.language) for one in came]


def forget_due(now: datetime | None = None) -> int:
    """Let those go who were asked after a meeting, on the day that its page states; what they answered stays.

    A duty of the worker; says how many surveys were emptied.
    """
    moment = now or timezone.now()
    rows = Survey.objects.filter(meeting__isnull=False, invitations__isnull=False).select_related("meeting").distinct()
    due = [one for one in rows if one.meeting and one.meeting.data_ends <= moment]
    for one in due:
        _empty(one)
    return len(due)


@transaction.atomic
def _empty(survey: Survey) -> None:
    """Close it, keep how many were asked and answered, and let the rest go."""
    if survey.state == State.OPEN:
        survey = moving.move(survey, Step.CLOSE, "system:keeping")
    row = Survey.objects.select_for_update().get(pk=survey.pk)
    if not row.results:
        row.results = json.dumps({"rates": counting.rates_json(row)})
        row.save(update_fields=["results"])
    gone, _by_table = row.invitations.all().delete()
    record("system:keeping", "emptied", "survey", row.key, {"invitations": gone})
