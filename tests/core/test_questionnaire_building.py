"""Building a form: any sequence of changes keeps it whole, and each change can be taken back."""

import copy
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.questionnaire import reading
from helsevev.core.questionnaire.evaluating import evaluate
from helsevev.core.questionnaire_building import (
    calculations,
    checks,
    comparing,
    conditions,
    importing,
    operations,
    sheet,
    steps,
    sums,
    texts,
    tree,
    wording,
)
from helsevev.core.questionnaire_building import settings as one_question
from helsevev.core.questionnaire_building.conditions import Condition
from helsevev.core.questionnaire_building.operations import Way
from helsevev.core.questionnaire_building.settings import Option
from helsevev.core.words import Refused

BLANK: dict[str, Any] = {
    "resourceType": "Questionnaire",
    "status": "draft",
    "language": "nb",
    "title": "Tom",
    "item": [],
}


def form(*items: dict[str, Any], **rest: Any) -> dict[str, Any]:
    return {**BLANK, **rest, "item": list(items)}


def ask(link_id: str, kind: str = "string", **rest: Any) -> dict[str, Any]:
    return {"linkId": link_id, "text": f"Spørsmål {link_id}", "type": kind, **rest}


def choice(link_id: str, *codes: str, **rest: Any) -> dict[str, Any]:
    coded = [{"valueCoding": {"code": code, "display": code.upper()}} for code in codes]
    return ask(link_id, "choice", answerOption=coded, **rest)


# --- Any sequence of changes ------------------------------------------------------------------------------------------
def _pick(questionnaire: dict[str, Any], number: int) -> str | None:
    ids = tree.link_ids(questionnaire)
    return ids[number % len(ids)] if ids else None


class Desk:
    """What a builder does, with the numbers that chance gives."""

    def __init__(self) -> None:
        self.used = 0
        self.given: list[str] = []

    def do(self, form: dict[str, Any], verb: str, one: int, other: int, text: str) -> dict[str, Any]:
        link_id, second = _pick(form, one), _pick(form, other)
        if verb == "add":
            kind = one_question.KINDS[other % len(one_question.KINDS)]
            made, fresh = operations.add(form, kind, text, after=link_id if one % 2 else None, used=self.used)
            return self._gave(made, [fresh])
        if link_id is None or second is None:
            raise Refused
        if verb == "into":
            made, fresh = operations.add(form, "boolean", text, into=link_id, used=self.used)
            return self._gave(made, [fresh])
        if verb == "copy":
            before = set(tree.link_ids(form))
            made, _fresh = operations.copy(form, link_id, used=self.used)
            return self._gave(made, [each for each in tree.link_ids(made) if each not in before])
        return self._change(form, verb, link_id, second, other, text)

    def _gave(self, made: dict[str, Any], fresh: list[str]) -> dict[str, Any]:
        assert not set(fresh) & set(self.given), "a link id was given twice"
        self.given += fresh
        self.used = max(self.used, operations.highest(fresh))
        return made

    def _change(
        self, form: dict[str, Any], verb: str, link_id: str, second: str, number: int, text: str
    ) -> dict[str, Any]:
        item = tree.require(form, link_id).item
        asked = tree.require(form, second).item
        changes: dict[str, Callable[[], dict[str, Any]]] = {
            "move": lambda: operations.move(form, link_id, list(Way)[number % len(Way)]),
            "place": lambda: operations.move_to(form, link_id, before=second),
            "inside": lambda: operations.move_to(form, link_id, into=second),
            "remove": lambda: operations.remove(form, link_id, with_conditions=bool(number % 2)),
            "kind": lambda: one_question.set_kind(form, link_id, one_question.KINDS[number % len(one_question.KINDS)]),
            "text": lambda: tree.changed(form, link_id, lambda one: texts.written(one, "text", {"nn": text}, "nb")),
            "help": lambda: wording.set_help(form, link_id, {"nb": text, "en": text}),
            "flag": lambda: tree.changed(
                form, link_id, lambda one: one_question.set_flag(one, "required", on=bool(number % 2))
            ),
            "limits": lambda: tree.changed(form, link_id, lambda one: one_question.set_limits(one, number, 50)),
            "options": lambda: self._options(form, link_id, item, number),
            "condition": lambda: conditions.set_conditions(
                form, link_id, [Condition(second, *_comparison(asked, number))], every=True
            ),
        }
        return changes[verb]()

    def _options(self, form: dict[str, Any], link_id: str, item: dict[str, Any], number: int) -> dict[str, Any]:
        if item["type"] not in one_question.CHOICES:
            raise Refused
        wanted = [Option(str(code), {"nb": f"Valg {code}"}, Decimal(code)) for code in range(number % 4)]
        return one_question.set_options(form, link_id, wanted)


def _comparison(asked: dict[str, Any], number: int) -> tuple[str, Any]:
    offered = conditions.options(asked)
    values = {
        "boolean": number % 2 == 0,
        "integer": number,
        "choice": offered[number % len(offered)] if offered else None,
    }
    kinds = conditions.operators(asked)
    operator = kinds[number % len(kinds)] if kinds else "="
    return operator, number % 2 == 0 if operator == "exists" else values.get(asked["type"], "2026-01-01")


VERBS = [
    *("add", "into", "copy", "move", "place", "inside", "remove", "kind"),
    *("text", "help", "flag", "limits", "options", "condition"),
]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["add", *VERBS]), st.integers(0, 40), st.integers(0, 40), st.sampled_from(["", "Æ", "b c"])
    ),
    max_size=25,
)


def assert_whole(questionnaire: dict[str, Any]) -> None:
    ids = tree.link_ids(questionnaire)
    assert len(ids) == len(set(ids))
    assert conditions.circles(questionnaire) == []
    for found in tree.walk(questionnaire):
        assert len(found.path) <= tree.DEEPEST + (found.item["type"] == "display")
        for one in conditions.read(found.item):
            asked = tree.require(questionnaire, one.question).item
            assert conditions.refuse_comparison(one, asked) is None
        if found.item["type"] == "display":
            assert not tree.children(found.item)
    if tree.children(questionnaire):
        assert reading.read(json.loads(json.dumps(questionnaire, allow_nan=False))).faults == ()


@settings(max_examples=120)
@given(MOVES)
def test_any_sequence_keeps_the_form_whole_and_can_be_taken_back(moves: list[tuple[str, int, int, str]]) -> None:
    desk, now, history = Desk(), copy.deepcopy(BLANK), []
    for verb, one, other, text in moves:
        seen = copy.deepcopy(now)
        try:
            made = desk.do(now, verb, one, other, text)
        except Refused:
            assert now == seen
            continue
        assert now == seen, "a change was made in place"
        assert_whole(made)
        step = steps.from_json(json.loads(json.dumps(steps.to_json(steps.between(now, made)))))
        assert steps.fits(step, now)
        assert steps.same(steps.taken(step, now), made)
        history.append((now, step))
        now = made
    for before, step in reversed(history):
        assert steps.fits(step.reverse, now)
        now = steps.taken(step.reverse, now)
        assert steps.same(now, before)
    assert steps.same(now, BLANK)


# --- Taking back what one did, while another goes on ------------------------------------------------------------------
def test_a_step_is_taken_back_past_what_another_did_elsewhere() -> None:
    start = form(ask("q1"), ask("q2"), ask("q3"))
    mine = tree.changed(start, "q3", lambda item: {**item, "text": "Mitt"})
    step = steps.between(start, mine)
    theirs = operations.add(mine, "date", "Når?", after="q1")[0]
    back = steps.taken(step.reverse, theirs)
    assert [one.item["text"] for one in tree.walk(back)] == ["Spørsmål q1", "Når?", "Spørsmål q2", "Spørsmål q3"]


def test_a_step_is_not_taken_back_over_what_another_did_in_the_same_place() -> None:
    start = form(ask("q1"), ask("q2"))
    mine = tree.changed(start, "q2", lambda item: {**item, "text": "Mitt"})
    theirs = tree.changed(mine, "q2", lambda item: {**item, "text": "Deres"})
    assert not steps.fits(steps.between(start, mine).reverse, theirs)
    assert not steps.fits(steps.between(start, mine).reverse, operations.remove(mine, "q2"))


def test_an_added_question_that_another_has_written_in_is_not_taken_back() -> None:
    start = form(ask("q1"), ask("q2"))
    mine, fresh = operations.add(start, "string", "Ny", after="q1")
    theirs = tree.changed(mine, fresh, lambda item: {**item, "required": True})
    assert steps.fits(steps.between(start, mine).reverse, mine)
    assert not steps.fits(steps.between(start, mine).reverse, theirs)


def test_true_and_one_are_two_things() -> None:
    assert not steps.between({"a": True}, {"a": 1}).is_nothing
    assert steps.between({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2}]}).is_nothing


# --- Outline ----------------------------------------------------------------------------------------------------------
def test_a_copy_asks_for_its_own() -> None:
    group = ask(
        "q1",
        "group",
        item=[ask("q2", "boolean"), ask("q3", enableWhen=[{"question": "q2", "operator": "=", "answerBoolean": True}])],
    )
    made, fresh = operations.copy(form(group, ask("q9")), "q1", used=20)
    inside = tree.children(tree.require(made, fresh).item)
    assert [one["linkId"] for one in inside] == ["q22", "q23"]
    assert inside[1]["enableWhen"][0]["question"] == "q22"
    assert tree.require(made, "q3").item["enableWhen"][0]["question"] == "q2"


def test_what_others_ask_for_is_not_removed_without_saying_so() -> None:
    held = form(
        ask("q1", "boolean"), ask("q2", enableWhen=[{"question": "q1", "operator": "=", "answerBoolean": True}])
    )
    with pytest.raises(Refused, match="Spørsmål q2"):
        operations.remove(held, "q1")
    left = operations.remove(held, "q1", with_conditions=True)
    assert tree.link_ids(left) == ["q2"]
    assert "enableWhen" not in tree.children(left)[0]


def test_a_group_goes_with_what_lies_in_it() -> None:
    held = form(ask("q1", "group", item=[ask("q2")]), ask("q3"))
    assert tree.link_ids(operations.remove(held, "q1")) == ["q3"]


def test_moving_by_steps() -> None:
    held = form(ask("q1", "group", item=[ask("q2")]), ask("q3"), ask("q4"))
    assert tree.link_ids(operations.move(held, "q4", Way.UP)) == ["q1", "q2", "q4", "q3"]
    inside = operations.move(held, "q3", Way.IN)
    assert tree.require(inside, "q3").parent == "q1"
    assert operations.move(inside, "q3", Way.OUT) == held
    with pytest.raises(Refused, match="first already"):
        operations.move(held, "q1", Way.UP)
    with pytest.raises(Refused, match="into itself"):
        operations.move_to(held, "q1", into="q2")


def test_nothing_is_moved_into_what_waits_for_its_answer() -> None:
    waiting = [{"question": "q1", "operator": "=", "answerBoolean": True}]
    held = form(ask("q1", "boolean"), ask("q2", "group", enableWhen=waiting, item=[ask("q3")]))
    with pytest.raises(Refused, match="asked only when"):
        operations.move_to(held, "q1", into="q2")


def test_groups_do_not_lie_deeper_than_people_can_follow() -> None:
    made, last = operations.add(BLANK, "group", "1")
    for number in range(2, tree.DEEPEST + 1):
        made, last = operations.add(made, "group", str(number), into=last)
    with pytest.raises(Refused, match="deep"):
        operations.add(made, "string", "for dypt", into=last)


# --- Conditions -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("condition", "why"),
    [
        (Condition("q77", "=", True), "isn't in the form"),
        (Condition("q4", "=", "x"), "its own answer"),
        (Condition("q1", "=", "x"), "no answer"),
        (Condition("q2", ">", True), "can't be compared"),
        (Condition("q3", "=", {"code": "z"}), "not an answer"),
        (Condition("q3", "=", ""), "which answer"),
        (Condition("q5", "=", True), "circle"),
        (Condition("q6", "=", True), "circle"),
    ],
)
def test_conditions_that_cannot_be_are_refused(condition: Condition, why: str) -> None:
    on_q4 = [{"question": "q4", "operator": "exists", "answerBoolean": True}]
    held = form(
        ask("q1", "group", item=[ask("q2", "boolean"), choice("q3", "a", "b")]),
        ask("q4", item=[ask("q6", "boolean")]),
        ask("q5", "boolean", enableWhen=on_q4),
    )
    with pytest.raises(Refused, match=why):
        conditions.set_conditions(held, "q4", [condition])


def test_conditions_are_written_as_the_standard_has_them() -> None:
    held = form(choice("q1", "a", "b"), ask("q2", "integer"), ask("q3"))
    made = conditions.set_conditions(
        held, "q3", [Condition("q1", "=", {"code": "a"}), Condition("q2", ">=", 4)], every=False
    )
    item = tree.require(made, "q3").item
    assert item["enableWhen"] == [
        {"question": "q1", "operator": "=", "answerCoding": {"code": "a"}},
        {"question": "q2", "operator": ">=", "answerInteger": 4},
    ]
    assert item["enableBehavior"] == "any"
    assert conditions.set_conditions(made, "q3", []) == held


# --- One question -----------------------------------------------------------------------------------------------------
def test_another_type_keeps_what_fits() -> None:
    item = ask(
        "q1",
        "integer",
        required=True,
        maxLength=5,
        extension=[
            {"url": one_question.MIN_VALUE, "valueInteger": 2},
            {"url": one_question.UNIT, "valueCoding": {"code": "mo"}},
            {"url": wording.VALIDATION, "valueString": "Et tall"},
        ],
    )
    made = tree.require(one_question.set_kind(form(item), "q1", "decimal"), "q1").item
    assert made["extension"][0] == {"url": one_question.MIN_VALUE, "valueDecimal": 2}
    assert made["required"] is True
    assert "maxLength" not in made
    text = one_question.fitted(made, "text")
    assert [one["url"] for one in text["extension"]] == [wording.VALIDATION]


def test_another_type_is_refused_while_a_condition_waits_for_the_old_one() -> None:
    held = form(
        ask("q1", "boolean"), ask("q2", enableWhen=[{"question": "q1", "operator": "=", "answerBoolean": True}])
    )
    with pytest.raises(Refused, match="Spørsmål q2"):
        one_question.set_kind(held, "q1", "integer")


def test_options_keep_what_a_file_brought_with_them() -> None:
    brought = {"valueCoding": {"system": "urn:x", "code": "a", "display": "Gammel"}, "initialSelected": True}
    held = form(ask("q1", "choice", answerOption=[brought, {"valueCoding": {"code": "b", "display": "B"}}]))
    made = one_question.set_options(
        held, "q1", [Option("b", {"nb": "B"}, Decimal("1.5")), Option("a", {"nb": "Ny", "en": "New"})]
    )
    first, second = tree.require(made, "q1").item["answerOption"]
    assert first == {
        "valueCoding": {"code": "b", "display": "B", "extension": [{"url": one_question.ORDINAL, "valueDecimal": 1.5}]}
    }
    assert second["valueCoding"]["system"] == "urn:x"
    assert second["initialSelected"] is True
    assert texts.read(second["valueCoding"], "display", "nb") == {"nb": "Ny", "en": "New"}
    assert one_question.options(tree.require(made, "q1").item, "nb")[0].score == Decimal("1.5")


def test_options_that_a_condition_waits_for_stay() -> None:
    waiting = [{"question": "q1", "operator": "=", "answerCoding": {"code": "a"}}]
    held = form(choice("q1", "a", "b"), ask("q2", enableWhen=waiting))
    with pytest.raises(Refused, match="Spørsmål q2"):
        one_question.set_options(held, "q1", [Option("b", {"nb": "B"})])
    with pytest.raises(Refused, match="twice"):
        one_question.set_options(held, "q1", [Option("a", {"nb": "Likt"}), Option("b", {"nb": "likt"})])


def test_help_and_what_is_said_of_a_wrong_answer() -> None:
    made = wording.set_help(form(ask("q1")), "q1", {"nb": "Slik", "nn": "Slik òg"})
    item = tree.require(made, "q1").item
    assert wording.help_of(item, "nb") == {"nb": "Slik", "nn": "Slik òg"}
    assert wording.questions(item) == []
    assert wording.set_help(made, "q1", {"nb": "", "nn": ""}) == form(ask("q1"))
    said = wording.set_validation(item, {"nb": "Feil", "en": "Wrong"}, "nb")
    assert wording.validation_of(said, "nb") == {"nb": "Feil", "en": "Wrong"}


def test_the_portals_sublabel_is_edited_where_it_stands() -> None:
    sublabel = {"url": wording.SUBLABEL, "valueMarkdown": "Gammel"}
    held = form(ask("q1", extension=[sublabel, {"url": wording.SUBLABEL_TEXT, "valueString": "Gammel"}]))
    made = wording.set_help(held, "q1", {"nb": "Ny"})
    assert tree.require(made, "q1").item["extension"] == [{"url": wording.SUBLABEL, "valueMarkdown": "Ny"}]


# --- The check list ---------------------------------------------------------------------------------------------------
def when(question: str, operator: str, **answer: Any) -> dict[str, Any]:
    return {"question": question, "operator": operator, **answer}


@pytest.mark.parametrize(
    ("items", "why"),
    [
        ([], checks.Why.NO_QUESTIONS),
        ([ask("q1")], checks.Why.NOTHING_REQUIRED),
        ([ask("q1", "group")], checks.Why.EMPTY_GROUP),
        ([choice("q1", "a")], checks.Why.NO_OPTIONS),
        ([{"linkId": "q1", "type": "string"}], checks.Why.NO_TEXT),
        ([ask("q1", enableWhen=[when("q5", "=", answerString="x")])], checks.Why.ASKS_FOR_NOTHING),
        ([ask("q1", enableWhen=[when("q2", "exists", answerBoolean=True)]), ask("q2")], checks.Why.ASKED_LATER),
        (
            [
                ask("q1", enableWhen=[when("q2", "exists", answerBoolean=True)]),
                ask("q2", enableWhen=[when("q1", "exists", answerBoolean=True)]),
            ],
            checks.Why.CIRCLE,
        ),
        (
            [
                ask("q1", "integer"),
                ask(
                    "q2",
                    enableBehavior="all",
                    enableWhen=[when("q1", ">", answerInteger=5), when("q1", "<=", answerInteger=5)],
                ),
            ],
            checks.Why.UNREACHABLE,
        ),
        (
            [
                ask("q1", "boolean"),
                ask(
                    "q2",
                    "group",
                    enableWhen=[when("q1", "=", answerBoolean=True)],
                    item=[ask("q3", enableWhen=[when("q1", "=", answerBoolean=False)])],
                ),
            ],
            checks.Why.UNREACHABLE,
        ),
    ],
)
def test_the_check_list_finds(items: list[dict[str, Any]], why: checks.Why) -> None:
    assert why in {one.what.why for one in checks.check(form(*items))}


@pytest.mark.parametrize(
    "held",
    [
        [when("q1", ">", answerInteger=5), when("q1", "<", answerInteger=9)],
        [when("q1", "exists", answerBoolean=True), when("q1", "!=", answerInteger=5)],
        [when("q1", ">=", answerInteger=5), when("q1", "<=", answerInteger=5)],
    ],
)
def test_conditions_that_can_hold_are_let_pass(held: list[dict[str, Any]]) -> None:
    found = checks.check(form(ask("q1", "integer", required=True), ask("q2", enableBehavior="all", enableWhen=held)))
    assert {one.what.why for one in found} == {checks.Why.LACKS}


def test_the_check_list_says_which_languages_lack() -> None:
    asked = texts.written(ask("q1", required=True), "text", {"nn": "Spørsmål"}, "nb")
    found = [one for one in checks.check(form(asked)) if one.link_id == "q1"]
    assert [(one.what.why, one.languages) for one in found] == [(checks.Why.LACKS, ("en",))]
    assert not any(one.is_fault for one in found)


# --- Two versions -----------------------------------------------------------------------------------------------------
def test_two_versions_are_told_apart_item_by_item() -> None:
    before = form(ask("q1", "boolean"), choice("q2", "a", "b"), ask("q3"), ask("q4", "integer"))
    after = operations.move_to(before, "q3", before="q1")
    after = operations.remove(after, "q4")
    after, fresh = operations.add(after, "date", "Når?", used=4)
    after = one_question.set_options(after, "q2", [Option("a", {"nb": "A"}, Decimal(2)), Option("b", {"nb": "B"})])
    after = conditions.set_conditions(after, "q2", [Condition("q1", "=", True)])
    found = {(one.link_id, one.what) for one in comparing.compare(before, after, "nb")}
    assert found == {
        ("q3", comparing.What.MOVED),
        ("q2", comparing.What.OPTIONS),
        ("q2", comparing.What.CONDITIONS),
        (fresh, comparing.What.ADDED),
        ("q4", comparing.What.REMOVED),
    }
    assert comparing.compare(after, after, "nb") == []


@settings(max_examples=60)
@given(MOVES, MOVES)
def test_versions_that_differ_have_a_difference(first: list[Any], then: list[Any]) -> None:
    desk, made = Desk(), [copy.deepcopy(BLANK)]
    for moves in (first, then):
        now = made[-1]
        for verb, one, other, text in moves:
            try:
                now = desk.do(now, verb, one, other, text)
            except Refused:
                continue
        made.append(now)
    differs = comparing.compare(made[1], made[2], "nb")
    assert bool(differs) == (not steps.same(made[1], made[2]))


# --- Files from elsewhere ---------------------------------------------------------------------------------------------
def test_the_portals_bundle_becomes_one_form_in_its_languages() -> None:
    contained = {
        "resourceType": "ValueSet",
        "id": "1",
        "compose": {"include": [{"concept": [{"code": "a", "display": "Ja"}]}]},
    }
    main = form(
        choice("q1", "a", "b", extension=[{"url": wording.VALIDATION, "valueString": "Feil"}]),
        ask("q2", "choice", answerValueSet="#1"),
        language="nb-NO",
        contained=[contained],
    )
    english = json.loads(
        json.dumps(main, ensure_ascii=False)
        .replace("Spørsmål", "Question")
        .replace("Feil", "Wrong")
        .replace('"Ja"', '"Yes"')
    )
    english |= {"language": "en-GB", "title": "Empty"}
    english["item"][0]["answerOption"][0]["valueCoding"]["display"] = "Apple"
    sami = {**main, "language": "se-NO"}
    bundle = {
        "resourceType": "Bundle",
        "type": "searchset",
        "entry": [{"resource": one} for one in (main, english, sami, contained)],
    }
    brought = importing.bring(bundle)
    item = tree.require(brought.questionnaire, "q1").item
    assert texts.read(item, "text", "nb") == {"nb": "Spørsmål q1", "en": "Question q1"}
    assert wording.validation_of(item, "nb") == {"nb": "Feil", "en": "Wrong"}
    assert one_question.options(item, "nb")[0].texts == {"nb": "A", "en": "Apple"}
    concept = brought.questionnaire["contained"][0]["compose"]["include"][0]["concept"][0]
    assert concept["designation"] == [{"language": "en", "value": "Yes"}]
    assert [note.place for note in brought.notes] == ["entry[3]", "entry[2]"]


def test_a_single_questionnaire_comes_as_it_is() -> None:
    held = form(ask("q1", extension=[{"url": "http://example.invalid/x", "valueString": "beholdes"}]), publisher="NN")
    assert importing.bring(held) == importing.Brought(held)


@pytest.mark.parametrize(
    "value", [None, [], "x", {}, {"resourceType": "Patient"}, {"resourceType": "Bundle", "entry": 4}]
)
def test_what_holds_no_form_is_refused(value: Any) -> None:
    with pytest.raises(Refused):
        importing.bring(value)


def test_calculations_follow_what_they_ask_for() -> None:
    summed = {
        "url": calculations.CALCULATED[1],
        "valueString": "QuestionnaireResponse.descendants().where(linkId='q1').answer.value",
    }
    held = form(ask("q9", "group", item=[ask("q1", "integer"), ask("q2", "integer", extension=[summed])]))
    made, _fresh = operations.copy(held, "q9", used=9)
    assert calculations.asks_for(tree.require(made, "q12").item) == ["q11"]
    with pytest.raises(Refused):
        operations.remove(held, "q1")
    left = operations.remove(held, "q1", with_conditions=True)
    assert calculations.expression(tree.require(left, "q2").item) == ""


def test_a_sum_is_what_the_engine_works_out() -> None:
    scored = [Option("a", {"nb": "Litt"}, Decimal("0.5")), Option("b", {"nb": "Mye"}, Decimal(2))]
    held = form(ask("q1", "integer"), choice("q2", "a", "b"), ask("q3", "decimal"), ask("q4", "decimal"))
    held = one_question.set_options(held, "q2", scored)
    held = sums.set_sum(held, "q3", ["q2", "q1"])
    held = sums.set_sum(held, "q4", ["q3"])
    assert sums.summed(tree.require(held, "q3").item) == ("q1", "q2")
    found = reading.read(held)
    assert (found.faults, found.unhonoured) == ((), ())
    assert found.questionnaire is not None
    worked = evaluate(found.questionnaire, {"q1": "3", "q2": "b"}).calculated
    assert [Decimal(str(worked[path])) for path in ("q3", "q4")] == [5, 5]
    with pytest.raises(Refused):
        sums.set_sum(held, "q3", ["q4"])
    assert calculations.expression(tree.require(sums.set_sum(held, "q3", []), "q3").item) == ""


def test_what_a_page_shows_is_put_back_unchanged() -> None:
    units = [{"url": one_question.UNIT, "valueCoding": {"system": "urn:x", "code": "d", "display": "dager"}}]
    held = form(
        ask("q1", "quantity", extension=units, required=True),
        choice("q2", "a", "b", repeats=True),
        ask("q3", "date", extension=[{"url": one_question.MIN_VALUE, "valueDate": "2026-01-01"}]),
        ask("q4", "decimal", extension=[{"url": one_question.MAX_VALUE, "valueDecimal": 2.5}]),
        ask("q5", "group", item=[ask("q6", "display")]),
    )
    for link_id in tree.link_ids(held):
        shown = sheet.fields(held, tree.require(held, link_id).item)
        assert steps.same(sheet.applied(held, link_id, shown), held), link_id
