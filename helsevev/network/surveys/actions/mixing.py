"""How an answer comes in among the others: sealed, laid anew in a drawn order, and passed on in batches (adr/0013)."""

import random
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F

from helsevev.core.surveys.mixing import to_draw
from helsevev.core.surveys.splitting import Parts
from helsevev.network.surveys.actions.sealing import opened, seal
from helsevev.network.surveys.models import Remark, Response, Survey, Waiting

Content = dict[str, Any]
PORTION = 1000
_drawing = random.SystemRandom()


def let_in(survey: Survey, parts: Parts) -> None:
    """Take one answer in. The survey's row must be locked by the caller: one at a time draws."""
    _mix(survey, [{"choices": dict(parts.choices), "words": dict(parts.words)}], last=False)


def let_all_on(survey: Survey) -> int:
    """Pass everything on, lay all of it anew in one drawn order; says how many can't be opened.

    Invitations are written again too: in PostgreSQL a row says which transaction wrote it last.
    """
    _mix(survey, [], last=True)
    # Read for all of them and deleted first, so that no row lies where it lay.
    answers: list[Any] = list(survey.responses.values_list("choices", flat=True))
    words = list(survey.remarks.values_list("question", "text"))
    survey.responses.all().delete()
    survey.remarks.all().delete()
    _keep(survey, answers, words)
    survey.invitations.update(answered=F("answered"))
    return survey.waiting.count()


def _mix(survey: Survey, new: list[Content], *, last: bool) -> None:
    """Everything that waits is laid anew with what is new in it, but for those whose turn it is."""
    rows = {row.pk: opened(row.sealed) for row in survey.waiting.all()}
    readable = {pk: content for pk, content in rows.items() if content is not None}
    pool = [*readable.values(), *new]
    _drawing.shuffle(pool)
    number = to_draw(len(pool), last=last)
    drawn, rest = pool[:number], pool[number:]
    survey.waiting.filter(pk__in=list(readable)).delete()
    Waiting.objects.bulk_create([Waiting(survey=survey, sealed=seal(one)) for one in rest])
    words = [(question, text) for one in drawn for question, text in one["words"].items()]
    _keep(survey, [one["choices"] for one in drawn], words)


def _keep(survey: Survey, answers: Sequence[Any], words: Iterable[tuple[str, str]]) -> None:
    """Choices in one drawn order, and words in another."""
    responses = [Response(survey=survey, choices=one) for one in answers]
    remarks = [Remark(survey=survey, question=question, text=text) for question, text in words]
    _drawing.shuffle(responses)
    _drawing.shuffle(remarks)
    Response.objects.bulk_create(responses, PORTION)
    Remark.objects.bulk_create(remarks, PORTION)
