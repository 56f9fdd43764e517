"""Nobody can lead an answer back to a person: not with the whole database, its order, its letters and its trail."""

import json
import random
from itertools import pairwise
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from network import surveying

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.core.surveys.mixing import BATCH
from helsevev.core.words import Refused
from helsevev.network.surveys.actions import answering, making
from helsevev.network.surveys.actions.sealing import opened, seal
from helsevev.network.surveys.models import Invitation, Remark, Response, Waiting
from helsevev.network.surveys.rules.states import State, Why

pytestmark = pytest.mark.django_db
PEOPLE = 40


def everything() -> str:
    """All that the database holds, of every table, in the order in which it lies there."""
    with connection.cursor() as cursor:
        found = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            found.append(f"{table}: {cursor.fetchall()!r}")
    return "\n".join(found)


def lie_in() -> str:
    """The words by which a table's rows are put in the order in which they were written."""
    return "rowid" if connection.vendor == "sqlite" else "ctid"


def ranks(table: str, question: str = "") -> list[int]:
    """Who wrote what, by the number in the text, in the order of the rows."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT text FROM {table} ORDER BY {lie_in()}")
        return [int(row[0].split()[1]) for row in cursor.fetchall()]


def test_the_tables_have_nothing_in_common() -> None:
    told = {model: {field.name for field in model._meta.get_fields()} for model in (Response, Remark, Waiting)}
    assert told[Response] == {"key", "survey", "choices"}
    assert told[Remark] == {"key", "survey", "question", "text", "theme"}
    assert told[Waiting] == {"key", "survey", "sealed"}
    assert not any(field.is_relation and field.related_model in told for field in Invitation._meta.get_fields())
    assert not any(field.get_internal_type() == "DateTimeField" for field in Invitation._meta.concrete_fields)


def test_whoever_has_the_whole_database_does_no_better_than_chance() -> None:
    found = surveying.survey()
    people = surveying.invited(found, PEOPLE)
    random.Random(1).shuffle(people)
    surveying.answer_all(found, people)
    held = everything()
    # What waits can't be read, and what has gone on lies in no order that people came in.
    assert Waiting.objects.count() >= BATCH
    waiting = set(range(PEOPLE)) - set(ranks("surveys_remark"))
    assert all(f"Hemmelig {number}'" not in held for number in waiting)
    surveying.count(found)
    order = ranks("surveys_remark")
    assert sorted(order) == list(range(PEOPLE))
    _is_no_order(order)
    by_key = [int(row.text.split()[1]) for row in Remark.objects.order_by("pk")]
    _is_no_order(by_key)
    # Choices and words of one person don't lie in the same place either.
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT choices FROM surveys_response ORDER BY {lie_in()}")
        sides = [json.loads(row[0])["side"][0] if isinstance(row[0], str) else row[0]["side"][0] for row in cursor]
    joined = sum(side == surveying.SIDES[number % 2] for side, number in zip(sides, order, strict=True))
    assert joined < PEOPLE - 2
    for person in people:
        assert held.count(person.email) == everything().count(person.email)


def _is_no_order(order: list[int]) -> None:
    """Neighbours aren't neighbours more often than in a shuffled pack; a miss is one in many millions."""
    near = sum(abs(one - other) == 1 for one, other in pairwise(order))
    assert near < PEOPLE / 2
    assert order not in (sorted(order), sorted(order, reverse=True))


def test_two_looks_at_the_store_differ_by_a_whole_batch_or_not_at_all() -> None:
    found = surveying.survey()
    people = surveying.invited(found, 2 * BATCH + 3)
    seen = []
    for person in people:
        answering.answer(found, person, surveying.parts(), 0)
        seen.append(Response.objects.count())
    steps = {later - earlier for earlier, later in pairwise(seen)}
    assert steps == {0, BATCH}
    assert Waiting.objects.count() >= BATCH


def test_waiting_answers_are_laid_anew_each_time() -> None:
    found = surveying.survey()
    one, other = surveying.invited(found, 2)
    answering.answer(found, one, surveying.parts(), 0)
    before = list(Waiting.objects.values_list("key", "sealed"))
    answering.answer(found, other, surveying.parts(), 0)
    after = list(Waiting.objects.values_list("key", "sealed"))
    assert not {key for key, _sealed in before} & {key for key, _sealed in after}
    assert not {sealed for _key, sealed in before} & {sealed for _key, sealed in after}
    assert len({len(sealed) for _key, sealed in after}) == 1


def test_answering_leaves_no_trail_letter_or_session() -> None:
    found = surveying.survey()
    person = surveying.invited(found, 1)[0]
    tables: list[Any] = [
        Line,
        Message,
        *(model for model in apps.get_models() if model._meta.label == "sessions.Session"),
    ]
    before = [model.objects.count() for model in tables]
    answering.begin(found, person)
    answering.answer(found, person, surveying.parts(more="Hemmelig 1"), 0)
    assert [model.objects.count() for model in tables] == before
    assert "Hemmelig" not in everything()


def test_a_link_is_burnt_with_the_answer_or_not_at_all() -> None:
    found = surveying.survey()
    person = surveying.invited(found, 1)[0]
    answering.answer(found, person, surveying.parts(), 0)
    with pytest.raises(Refused) as refused:
        answering.answer(found, person, surveying.parts(), 0)
    assert [one.why for one in refused.value.refusals] == [Why.USED]
    assert Waiting.objects.count() == 1


def test_links_are_kept_as_digests_and_a_reminder_has_the_same() -> None:
    found = surveying.survey()
    person = surveying.invited(found, 2)[0]
    token = making.token_of(person)
    letters = Message.objects.filter(kind="survey")
    assert letters.filter(body__contains=token).count() == 1
    answering.answer(found, person, surveying.parts(), 0)
    assert [making.remind(found, surveying.BY) for _turn in range(2)] == [1, 1]
    with pytest.raises(Refused):
        making.remind(found, surveying.BY)
    assert not letters.filter(body__contains=token, key__endswith=":1").exists()
    assert letters.count() == 4
    assert token not in repr(list(Invitation.objects.values()))


def test_what_was_counted_is_never_open_again() -> None:
    found = surveying.survey()
    people = surveying.invited(found, 6)
    surveying.answer_all(found, people[:5])
    counted = surveying.count(found)
    assert counted.state == State.COUNTED
    assert Waiting.objects.count() == 0
    with pytest.raises(Refused):
        answering.answer(found, people[5], surveying.parts(), 0)
    assert not Invitation.objects.get(pk=people[5].pk).answered


def test_a_seal_opens_here_alone(settings: Any) -> None:
    sealed = seal({"choices": {}, "words": {"more": "blåbær"}})
    assert opened(sealed) == {"choices": {}, "words": {"more": "blåbær"}}
    settings.SECRET_KEY = "another" * 10
    assert opened(sealed) is None
