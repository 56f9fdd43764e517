"""Sheets: two who write at once, binding, versions, and what never changes."""

import contextlib
import json
from datetime import timedelta
from hashlib import sha256

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsevev.commons.forms import actions, queries
from helsevev.commons.forms.actions import Change
from helsevev.commons.forms.models import Answer, BoundResponse, Clash, FormVersion, NeverChanges, RemovedRow, Sheet
from helsevev.core.faults import Faulty
from helsevev.core.words import Refused

ME, YOU = "me", "you"
FORM = {
    "resourceType": "Questionnaire",
    "language": "nb",
    "item": [
        {
            "linkId": "main",
            "type": "group",
            "text": "Om",
            "item": [
                {"linkId": "need", "type": "text", "text": "Behov", "required": True},
                {"linkId": "more", "type": "boolean", "text": "Mer?"},
                {
                    "linkId": "what",
                    "type": "string",
                    "text": "Hva mer?",
                    "required": True,
                    "enableWhen": [{"question": "more", "operator": "=", "answerBoolean": True}],
                },
                {"linkId": "count", "type": "integer", "text": "Antall"},
                {"linkId": "fixed", "type": "string", "readOnly": True, "initial": [{"valueString": "stands"}]},
                {
                    "linkId": "party",
                    "type": "group",
                    "repeats": True,
                    "text": "Part",
                    "item": [{"linkId": "name", "type": "string", "text": "Navn"}],
                },
                {"linkId": "goal", "type": "string", "repeats": True, "text": "Mål"},
            ],
        }
    ],
}


@pytest.fixture
def version(db: None) -> FormVersion:
    return actions.publish(actions.make("trial", "application", ME), FORM, ME)


@pytest.fixture
def sheet(version: FormVersion) -> Sheet:
    return actions.open_sheet(version, room="tests", subject="one", language="nb", by=ME)


def write(sheet: Sheet, by: str, path: str, value: object, base: int = 0, window: str = "") -> actions.Saved:
    return actions.save(sheet, [Change(path, value, base)], by, window=window)


def test_what_is_initial_stands_there(sheet):
    assert queries.answers(sheet) == {"fixed": "stands"}


def test_two_in_different_fields_both_get_in(sheet):
    first = write(sheet, ME, "need", "a need")
    second = write(sheet, YOU, "count", "3")
    assert (first.clashes, second.clashes) == ((), ())
    assert queries.answers(sheet) == {"fixed": "stands", "need": "a need", "count": "3"}
    assert set(queries.newer(sheet, first.revision)) == {"count"}


def test_two_in_the_same_field_keep_both_texts(sheet):
    mine = write(sheet, ME, "need", "my text")
    theirs = write(sheet, YOU, "need", "your text")
    assert theirs.clashes == ("need",)
    assert queries.answers(sheet)["need"] == "my text"
    clash = Clash.objects.get()
    assert (clash.value, clash.by) == ("your text", YOU)
    # The second goes on writing: still one clash, with the newest text.
    write(sheet, YOU, "need", "your longer text", mine.revision - 1)
    assert Clash.objects.get().value == "your longer text"
    with pytest.raises(Refused, match="two have written"):
        actions.bind(sheet, ME)
    done = actions.settle(sheet, Change("need", "both texts", mine.revision), ME, seen=[Clash.objects.get().pk])
    assert not done.clashes
    assert not Clash.objects.exists()
    assert queries.answers(sheet)["need"] == "both texts"


def test_choosing_over_what_is_newer_is_a_clash_anew(sheet):
    mine = write(sheet, ME, "need", "my text")
    write(sheet, YOU, "need", "your text")
    write(sheet, ME, "need", "my newer text", mine.revision)
    done = actions.settle(sheet, Change("need", "your text", mine.revision), YOU, seen=[])
    assert done.clashes == ("need",)
    assert queries.answers(sheet)["need"] == "my newer text"


def test_a_window_is_never_in_its_own_way(sheet):
    write(sheet, ME, "need", "first", window="w1")
    # The answer with the new revision never came back, so the page still has the old one.
    again = write(sheet, ME, "need", "first and second", window="w1")
    assert not again.clashes
    assert write(sheet, ME, "need", "elsewhere", window="w2").clashes == ("need",)


def test_the_same_text_twice_is_no_clash_and_no_revision(sheet):
    first = write(sheet, ME, "need", "the same")
    second = write(sheet, YOU, "need", "the same")
    assert not second.clashes
    assert second.revision == first.revision


def test_emptying_is_a_change_like_others(sheet):
    first = write(sheet, ME, "need", "text")
    write(sheet, ME, "need", "", first.revision)
    assert queries.answers(sheet)["need"] == ""
    assert write(sheet, YOU, "need", "mine", first.revision).clashes == ("need",)


def test_what_is_read_only_stays(sheet):
    done = write(sheet, ME, "fixed", "changed", 99)
    assert done.ignored == ("fixed",)
    assert queries.answers(sheet)["fixed"] == "stands"


def test_a_place_that_the_form_lacks_is_kept_and_binds_nothing(sheet):
    write(sheet, ME, "gone", "typed on an old page")
    write(sheet, ME, "need", "x")
    assert queries.evaluation(sheet).left_over == {"gone": "typed on an old page"}
    assert "old page" not in actions.bind(sheet, ME).response


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a:B", "a"),
        ("a b", "a"),
        ("", "a"),
        ("need", "\x00"),
        ("need", {"other": "\x00"}),
        ("need", ["\ud800"]),
        ("need", "x" * 70_000),
        ("x" * 400, "a"),
    ],
)
def test_what_cannot_be_kept_is_refused_whole(sheet, path, value):
    with pytest.raises(Refused):
        actions.save(sheet, [Change("count", "1"), Change(path, value)], ME)
    assert "count" not in queries.answers(sheet)


def test_rows_are_added_by_two_at_once_and_taken_away(sheet):
    mine = actions.add_row(sheet, "party", ME)
    yours = actions.add_row(sheet, "party", YOU)
    assert mine != yours
    write(sheet, ME, f"{mine}/name", "Ahus")
    write(sheet, YOU, f"{yours}/name", "Ullensaker")
    rows = [row.path for row in queries.evaluation(sheet).spots["party"].spots]
    assert {mine, yours} <= set(rows)
    assert rows[0] == "party:1"
    seen = Sheet.objects.get().revision
    write(sheet, YOU, f"{mine}/name", "Ahus!", seen)
    with pytest.raises(Refused, match="written here"):
        actions.remove_row(sheet, mine, ME, base=seen)
    actions.remove_row(sheet, mine, YOU, base=seen)
    assert mine not in [row.path for row in queries.evaluation(sheet).spots["party"].spots]
    assert queries.answers(sheet)[f"{yours}/name"] == "Ullensaker"


def test_a_row_taken_away_comes_back_with_all_that_stood_in_it(sheet):
    row = actions.add_row(sheet, "party", ME)
    write(sheet, ME, f"{row}/name", "Ahus")
    write(sheet, YOU, f"{row}/name", "Ahus, the hospital")
    actions.remove_row(sheet, row, ME, base=Sheet.objects.get().revision)
    assert row not in [one.path for one in queries.evaluation(sheet).spots["party"].spots]
    # Somebody's page was older, and writes in it still.
    write(sheet, YOU, f"{row}/name", "typed meanwhile", Sheet.objects.get().revision)
    actions.bring_back_row(sheet, row, ME)
    assert queries.answers(sheet)[f"{row}/name"] == "typed meanwhile"
    assert {clash.value for clash in Clash.objects.all()} == {"Ahus, the hospital", "Ahus"}
    with pytest.raises(Refused, match="nothing to bring back"):
        actions.bring_back_row(sheet, row, ME)


def test_a_row_can_be_brought_back_for_a_day(sheet):
    row = actions.add_row(sheet, "goal", ME)
    write(sheet, ME, row, "Fewer admissions")
    actions.remove_row(sheet, row, ME, base=Sheet.objects.get().revision)
    assert [one.path for one in queries.removed_rows(sheet)] == [row]
    RemovedRow.objects.update(at=timezone.now() - timedelta(days=1, minutes=1))
    assert not queries.removed_rows(sheet)
    with pytest.raises(Refused, match="nothing to bring back"):
        actions.bring_back_row(sheet, row, ME)


PLACES = ("need", "count", "party:1/name", "party:k/name", "goal:1", "gone")
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("look"), st.sampled_from([ME, YOU]), st.just("")),
        st.tuples(st.just("write"), st.sampled_from([ME, YOU]), st.sampled_from(PLACES)),
        st.tuples(st.just("remove"), st.sampled_from([ME, YOU]), st.sampled_from(["party:1", "party:k", "goal:1"])),
        st.tuples(st.just("bring"), st.sampled_from([ME, YOU]), st.sampled_from(["party:1", "party:k", "goal:1"])),
        st.tuples(st.just("version"), st.just(ME), st.sampled_from(["", "less"])),
    ),
    max_size=14,
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(STEPS)
def test_whatever_two_do_no_text_is_lost(version, steps):
    """Each text stands, stands beside another, can be brought back, or was written over by one who had seen it."""
    less = {**FORM, "item": [{**FORM["item"][0], "item": FORM["item"][0]["item"][:3]}]}
    with transaction.atomic():
        sheet = actions.open_sheet(version, room="tests", subject="walk", language="nb", by=ME)
        versions = {"": version, "less": actions.publish(version.form, less, ME)}
        seen: dict[str, dict[str, int]] = {ME: {}, YOU: {}}
        alive: dict[str, str] = {}  # every text that nobody who had seen it wrote over, and its place
        for number, (what, who, place) in enumerate(steps):
            standing = queries.standing(sheet)
            if what == "look":
                seen[who] = {path: answer.revision for path, answer in standing.items()}
            elif what == "write":
                text, base = f"text {number}", seen[who].get(place, 0)
                over = standing.get(place)
                write(sheet, who, place, text, base)
                if over is not None and over.revision <= base:
                    alive.pop(str(over.value), None)
                # Someone's older text beside another gives way to their own newer one.
                clashes = {one.value for one in queries.clashes(sheet)}
                if text in clashes:
                    alive = {t: p for t, p in alive.items() if p != place or t in clashes or t == standing[place].value}
                alive[text] = place
            elif what == "version":
                actions.move_to_version(sheet, versions[place], who)
            else:
                do = actions.bring_back_row if what == "bring" else actions.remove_row
                options = {} if what == "bring" else {"base": max(seen[who].values(), default=0)}
                with contextlib.suppress(Refused):
                    do(sheet, place, who, **options)
            kept = {str(value) for value in queries.answers(sheet).values()}
            kept |= {str(one.value) for one in queries.clashes(sheet)}
            kept |= {str(value) for row in queries.removed_rows(sheet) for value in row.answers.values()}
            assert alive.keys() <= kept, (what, who, place)
        transaction.set_rollback(True)


def test_rows_of_a_repeating_question(sheet):
    second = actions.add_row(sheet, "goal", ME)
    assert [row.path for row in queries.evaluation(sheet).spots["goal"].spots] == ["goal:1", second]
    with pytest.raises(Refused):
        actions.add_row(sheet, "need", ME)


def test_binding_says_every_reason_and_then_binds(sheet):
    write(sheet, ME, "more", True)
    write(sheet, ME, "count", "many")
    with pytest.raises(Refused) as refused:
        actions.bind(sheet, ME)
    assert [str(one) for one in refused.value.refusals] == [
        "Behov: this isn't filled in.",
        "Hva mer?: this isn't filled in.",
        "Antall: Write a whole number, without decimals.",
    ]
    revision = Sheet.objects.get().revision
    for path, value in {"need": "a need", "what": "kept, and not sent", "count": "4", "more": False}.items():
        write(sheet, ME, path, value, revision)
    bound = actions.bind(sheet, ME)
    assert bound.digest == sha256(bound.response.encode()).hexdigest()
    read = json.loads(bound.response)
    assert read["questionnaire"] == "urn:helsevev:form:trial|1"
    assert "kept, and not sent" not in bound.response
    assert queries.answers(sheet)["what"] == "kept, and not sent"
    assert queries.response_answers(bound) == {"need": "a need", "more": False, "count": "4", "fixed": "stands"}
    with pytest.raises(Refused, match="sent in"):
        write(sheet, ME, "need", "late", 99)


def test_reopened_sheets_bind_anew_and_keep_the_first(sheet):
    write(sheet, ME, "need", "first")
    first = actions.bind(sheet, ME)
    actions.reopen(sheet, ME)
    write(sheet, ME, "need", "second", 99)
    second = actions.bind(sheet, ME)
    assert (first.number, second.number) == (1, 2)
    assert queries.bound(sheet) == second
    assert "first" in BoundResponse.objects.get(number=1).response


def test_another_version_keeps_every_answer_and_says_what_differs(sheet, version):
    for path, value in {"need": "n", "count": "3", "what": "w", "goal:1": "g"}.items():
        write(sheet, ME, path, value)
    changed = json.loads(json.dumps(FORM))
    changed["item"][0]["item"] = [
        {"linkId": "need", "type": "text", "text": "Behov", "required": True},
        {"linkId": "count", "type": "string", "text": "Antall"},
        {"linkId": "goal", "type": "string", "text": "Mål"},
        {"linkId": "new", "type": "string", "initial": [{"valueString": "fresh"}]},
    ]
    second = actions.publish(version.form, changed, ME)
    moved = actions.move_to_version(sheet, second, ME)
    assert moved.same == ("need",)
    assert moved.changed == ("count",)
    assert set(moved.gone) == {"what", "goal", "fixed"}
    assert moved.new == ("new",)
    assert queries.answers(sheet) == {
        "need": "n", "count": "3", "what": "w", "goal:1": "g", "fixed": "stands", "new": "fresh",
    }  # fmt: skip
    assert set(queries.evaluation(sheet).left_over) == {"what", "goal:1", "fixed"}


def test_a_sheet_does_not_move_to_another_form(sheet):
    other = actions.publish(actions.make("other", "gate", ME), FORM, ME)
    with pytest.raises(Refused, match="another form"):
        actions.move_to_version(sheet, other, ME)


def test_discarding_and_bringing_back(sheet):
    actions.discard(sheet, ME)
    with pytest.raises(Refused):
        write(sheet, ME, "need", "x")
    actions.bring_back(sheet, ME)
    write(sheet, ME, "need", "x")
    actions.bind(sheet, ME)
    actions.reopen(sheet, ME)
    with pytest.raises(Refused, match="thrown away"):
        actions.discard(sheet, ME)
    actions.erase(sheet, ME)
    assert not Sheet.objects.exists()
    assert not Answer.objects.exists()


def test_a_published_version_never_changes(version):
    version.digest = "other"
    with pytest.raises(NeverChanges):
        version.save()
    with pytest.raises(NeverChanges):
        FormVersion.objects.update(digest="other")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE forms_formversion SET digest = 'other'")
    assert FormVersion.objects.get().digest == actions.digest(version.questionnaire)


def test_the_same_content_is_no_new_version(version):
    assert actions.publish(version.form, FORM, ME) == version
    assert actions.publish(version.form, {**FORM, "title": "Another"}, ME).number == 2


def test_a_faulty_form_is_not_published(version):
    with pytest.raises(Faulty, match="twice"):
        actions.publish(version.form, {**FORM, "item": FORM["item"] * 2}, ME)


def test_a_sheet_opens_for_its_own_room_alone(sheet):
    assert queries.sheet(sheet.key, room="tests", subject="one") == sheet
    assert queries.sheet(sheet.key, room="tests") == sheet
    assert queries.sheet(sheet.key, room="other") is None
    assert queries.sheet(sheet.key, room="tests", subject="two") is None
    assert queries.sheet("no key", room="tests") is None
