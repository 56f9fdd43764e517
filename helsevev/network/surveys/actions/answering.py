"""Answering (svar): the link is burnt and the answer let in in the same transaction, and nothing joins the two."""

from django.db import transaction
from django.db.models import F

from helsevev.core.surveys.splitting import Parts
from helsevev.core.words import Refusal, Refused
from helsevev.network.surveys.actions.mixing import let_in
from helsevev.network.surveys.models import Invitation, Survey
from helsevev.network.surveys.rules.states import Late, State, Why


def begin(survey: Survey, invitation: Invitation | None) -> None:
    """Somebody has pressed “Begin”: a look at the page, such as a mail scanner takes, doesn't count."""
    if invitation is None:
        Survey.objects.filter(pk=survey.pk).update(started=F("started") + 1)
    else:
        Invitation.objects.filter(pk=invitation.pk, started=False).update(started=True)


@transaction.atomic
def answer(survey: Survey, invitation: Invitation | None, parts: Parts, began: float) -> State:
    """Keep an answer; says how the survey stood. Whoever began before it closed is counted until it is counted."""
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    _refuse(survey, parts, began)
    if invitation is not None:
        burnt = Invitation.objects.filter(pk=invitation.pk, answered=False).update(answered=True, started=True)
        if not burnt:
            raise Refused(Refusal(Why.USED))
    let_in(survey, parts)
    return State(survey.state)


def _refuse(survey: Survey, parts: Parts, began: float) -> None:
    if parts.is_empty:
        raise Refused(Refusal(Why.EMPTY))
    if survey.state == State.OPEN:
        return
    closed = survey.closed_at
    if survey.state == State.CLOSED and closed and Late(began, closed.timestamp()).counts:
        return
    raise Refused(Refusal(Why.NOT_OPEN))
