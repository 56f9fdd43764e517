"""A survey opened, closed, counted, read by hand and published."""

import json
from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.forms import queries as forms
from helsevev.core.surveys import asking, tallying
from helsevev.core.words import Refusal, Refused
from helsevev.network.surveys.actions.mixing import let_all_on
from helsevev.network.surveys.models import Remark, Survey, Theme
from helsevev.network.surveys.queries import counting
from helsevev.network.surveys.rules.states import State, Step, Why, follows, refuse

STAMPS: Mapping[Step, str] = {
    Step.OPEN: "opened_at",
    Step.CLOSE: "closed_at",
    Step.COUNT: "counted_at",
    Step.PUBLISH: "published_at",
}
DONE: Mapping[Step, str] = {
    Step.OPEN: "opened",
    Step.CLOSE: "closed",
    Step.REOPEN: "reopened",
    Step.COUNT: "counted",
    Step.PUBLISH: "published",
}


@transaction.atomic
def move(survey: Survey, step: Step, by: str) -> Survey:
    """Take a step that needs no more than being taken."""
    found = Survey.objects.select_for_update().get(pk=survey.pk)
    after = follows(State(found.state), step)
    if after is None or step not in DONE:
        raise Refused(refuse(State(found.state), step) or Refusal(Why.NOT_OPEN))
    found.state = after
    if step in STAMPS:
        setattr(found, STAMPS[step], timezone.now())
    if step is Step.COUNT:
        _count(found)
    if step is Step.PUBLISH:
        found.results = json.dumps(counting.with_words(found), ensure_ascii=False)
    found.save()
    record(by, DONE[step], "survey", found.key)
    return found


def _count(survey: Survey) -> None:
    """Lay every answer anew, and keep what may be told of them together with how many came how far."""
    if left := let_all_on(survey):
        raise Refused(Refusal(Why.SEALED, {"count": left}))
    questions = asking.questions(forms.compiled(survey.version))
    answers = survey.responses.values_list("choices", flat=True).iterator(2000)
    told = tallying.tally(questions, survey.groupings, answers)
    kept = {"questions": tallying.as_json(told), "rates": counting.rates_json(survey), "words": {}}
    survey.results = json.dumps(kept, ensure_ascii=False)


def close_due() -> int:
    """Close the surveys whose last day has been; the worker does it."""
    due = Survey.objects.filter(state=State.OPEN, last_day__lt=timezone.localdate())
    for survey in due:
        move(survey, Step.CLOSE, "system:surveys")
    return len(due)


@transaction.atomic
def sort(survey: Survey, chosen: Mapping[str, str], by: str) -> int:
    """Sort words into themes: the name of a theme by the key of what was written; says how many were moved."""
    found = Survey.objects.select_for_update().get(pk=survey.pk)
    if refusal := refuse(State(found.state), Step.CODE):
        raise Refused(refusal)
    rows = {str(row.pk): row for row in found.remarks.select_related("theme")}
    moved = 0
    for key, name in chosen.items():
        row, wanted = rows.get(key), " ".join(name.split())[:120]
        if row is None or wanted == (row.theme.name if row.theme else ""):
            continue
        row.theme = _theme(found, row, wanted) if wanted else None
        row.save(update_fields=["theme"])
        moved += 1
    found.themes.filter(remarks=None).delete()
    if moved:
        record(by, "sorted", "survey", found.key, {"texts": moved})
    return moved


def _theme(survey: Survey, row: Remark, name: str) -> Theme:
    same = survey.themes.filter(question=row.question, name__iexact=name).first()
    return same or Theme.objects.create(survey=survey, question=row.question, name=name)
