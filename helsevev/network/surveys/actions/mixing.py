"""How an answer comes in among the others: sealed, laid anew in a drawn order, and passed on in batches (adr/0013)."""

import json
import random
from collections.abc import Iterator
from typing import Any, TypeVar

from django.db.models import F

from helsevev.core.surveys.mixing import to_draw
from helsevev.core.surveys.splitting import Parts
from helsevev.network.surveys.actions.sealing import opened, seal
from helsevev.network.surveys.models import Remark, Response, Survey, Waiting

Content = dict[str, Any]
T = TypeVar("T")
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
    # As text, which takes a tenth of the room.
    answers = [json.dumps(one) for one in survey.responses.values_list("choices", flat=True).iterator(PORTION)]
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
    _keep(survey, [json.dumps(one["choices"]) for one in drawn], words)


def _keep(survey: Survey, answers: list[str], words: list[tuple[str, str]]) -> None:
    """Choices in one drawn order, and words in another."""
    _drawing.shuffle(answers)
    _drawing.shuffle(words)
    for some in _portions(answers):
        Response.objects.bulk_create([Response(survey=survey, choices=json.loads(one)) for one in some])
    for texts in _portions(words):
        Remark.objects.bulk_create([Remark(survey=survey, question=key, text=text) for key, text in texts])


def _portions(every: list[T]) -> Iterator[list[T]]:
    for start in range(0, len(every), PORTION):
        yield every[start : start + PORTION]
