"""No sequence of answers leaves what nobody can see blocking, a score wrong, or an answer lost."""

import json
import warnings
from datetime import UTC, datetime

from core.forms_made import Slow, answers, forms
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.questionnaire import paths, reading, response, values
from helsevev.core.questionnaire.evaluating import Evaluation, evaluate
from helsevev.core.questionnaire.model import Questionnaire

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from fhir.resources.R4B.questionnaireresponse import QuestionnaireResponse

TOTAL = {
    "linkId": "total",
    "type": "decimal",
    "text": "Sum",
    "required": True,
    "code": [{"system": "http://ehelse.no/scoringFormulas", "code": "TS"}],
}
NOW = datetime(2026, 3, 24, 12, 30, tzinfo=UTC)


def read(form: dict) -> Questionnaire:
    found = reading.read(form)
    assert found.questionnaire is not None, found.faults
    return found.questionnaire


def written(found: Evaluation) -> dict:
    return response.write(
        found, canonical="urn:x|1", key="8d8a701c-abdf-4c12-a8bd-22c173227a3d", authored=NOW, language="nb"
    )


@settings(max_examples=150)
@given(st.data())
def test_what_is_asked_and_the_score_are_those_of_the_obvious_version(data):
    form = data.draw(forms())
    typed = data.draw(answers(form))
    found, slow = evaluate(read(form), typed), Slow(form, typed)
    for spot in found.spots.values():
        if spot.holds_answer:
            row = f"{spot.path.rpartition('/')[0]}/" if "/" in spot.path else ""
            assert spot.enabled == slow.asked(spot.item.link_id, row), spot.path
    assert found.scores.get("") == slow.score()
    # A question that is the sum of them all shows the same, and nothing where nothing counts.
    summed = evaluate(read(form | {"item": [*form["item"], TOTAL]}), typed)
    score = slow.score()
    assert summed.calculated.get("total") == (None if score is None else values.written(score))


@settings(max_examples=150)
@given(st.data())
def test_what_nobody_can_fill_in_never_blocks(data):
    form = data.draw(forms())
    found = evaluate(read(form), data.draw(answers(form)))
    for spot in (*found.missing, *found.wrong):
        place = spot
        while place is not None:
            assert place.enabled
            assert not place.item.hidden
            place = place.parent
        assert not spot.item.read_only


def test_rows_that_nobody_can_write_are_not_missed():
    item = {"linkId": "a", "type": "string", "text": "A", "required": True, "readOnly": True, "repeats": True}
    assert evaluate(read({"resourceType": "Questionnaire", "item": [item]}), {}).is_complete


@settings(max_examples=60)
@given(st.data())
def test_whoever_fills_in_what_is_missing_comes_to_an_end(data):
    """Answering what is missing, one by one, always ends in a form that can be bound."""
    form = data.draw(forms())
    typed = {path: raw for path, raw in data.draw(answers(form)).items() if raw is not None}
    questionnaire = read(form)
    good = {
        "boolean": True, "integer": "1", "decimal": "1", "string": "x", "text": "x", "date": "2026-01-02",
        "choice": "a", "open-choice": "a",
    }  # fmt: skip
    for _round in range(80):
        found = evaluate(questionnaire, typed)
        if found.is_complete:
            break
        for spot in (*found.missing, *found.wrong):
            target = spot
            while not target.holds_answer:
                inner = [one for one in target.spots if one.enabled and (one.counts or one.is_row)]
                if not inner:
                    break
                target = inner[0]
            assert target.holds_answer, target.path
            one = good[target.item.kind]
            typed[target.path] = [one] if target.item.takes_many else one
    assert evaluate(questionnaire, typed).is_complete


@settings(max_examples=150)
@given(st.data())
def test_no_answer_is_lost(data):
    """Each typed answer counts, is wrong and said to be, or is kept as left over: never nothing of these, never two."""
    form = data.draw(forms())
    typed = data.draw(answers(form)) | {"gone": "typed long ago"}
    found = evaluate(read(form), typed)
    for path, raw in typed.items():
        if values.is_empty(raw):
            continue
        spot = found.spots.get(path)
        counts = spot is not None and spot.enabled and spot.raw == raw and bool(spot.typed or spot.problem)
        assert counts != (path in found.left_over), path
        if path in found.left_over:
            assert found.left_over[path] == raw


@settings(max_examples=120)
@given(st.data())
def test_a_response_comes_back_as_it_went(data):
    form = data.draw(forms())
    questionnaire = read(form)
    typed = data.draw(answers(form))
    found = evaluate(questionnaire, typed)
    text = json.dumps(written(found))
    back = response.read(questionnaire, json.loads(text))
    sound = {
        path: spot.typed for path, spot in found.spots.items() if spot.typed and spot.enabled and spot.problem is None
    }
    again = evaluate(questionnaire, back)
    assert {path: spot.typed for path, spot in again.spots.items() if spot.typed and spot.enabled} == {
        path: again.spots[path].typed for path in sound
    }
    for path, kept in sound.items():
        assert [str(one) for one in again.spots[path].typed] == [str(one) for one in kept] or all(
            getattr(one, "key", one) == getattr(other, "key", other)
            for one, other in zip(again.spots[path].typed, kept, strict=True)
        )
    # Written once more, it is the same to the last sign.
    assert json.dumps(written(again)) == text


@settings(max_examples=60)
@given(st.data())
def test_other_systems_accept_what_we_write(data):
    form = data.draw(forms())
    made = written(evaluate(read(form), data.draw(answers(form))))
    assert QuestionnaireResponse.model_validate(made).status == "completed"


@given(st.text(max_size=30), st.lists(st.sampled_from(["1", "k3f9"]), max_size=1))
def test_any_link_id_makes_a_path_that_names_it(link_id, rows):
    step = paths.step(link_id)
    path = "/".join([*(f"group:{row}" for row in rows), step])
    if step:
        assert paths.is_path(path)
        assert paths.link_id(path) == link_id


def test_rows_made_later_sort_later():
    first = paths.new_row()
    rows = ["2", "1", first, paths.new_row()]
    assert sorted(rows, key=paths.row_order)[:2] == ["1", "2"]
    assert all(paths.ROW.fullmatch(row) for row in rows)
