"""Conflicts, scores, sharing out, the board and letters, as rules alone."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core.questionnaire.evaluating import evaluate
from helsevev.core.questionnaire.reading import read as read_form
from helsevev.network.applications.rules.rounds import State as RoundState
from helsevev.network.applications.rules.rounds import Times
from helsevev.network.applications.rules.rounds_content import Criterion, CriterionKind, Outcome
from helsevev.network.assessment.rules import (
    board,
    conflicts,
    letters,
    questions,
    reminders,
    retention,
    scoring,
    screening,
    sharing,
)
from helsevev.network.assessment.rules.board import Placed, State, Step, Traits
from helsevev.network.assessment.rules.conflicts import Match, Register, Subject, Tie, Ties
from helsevev.network.assessment.rules.retention import Stage
from helsevev.network.assessment.rules.scoring import Weighed
from helsevev.network.assessment.rules.screening import Verdict

REGISTER = Register(
    parents={"unit-a": "trust", "unit-b": "trust", "trust": "region", "other-trust": "region", "district": "city"},
    kinds={"region": "regional_health_authority", "trust": "hospital_trust", "other-trust": "hospital_trust"},
)
SCREENING_WORDS = questions.ScreeningWords(
    {"nb": "Siling"}, {"nb": "Siling"}, {"nb": "Grunn"}, {one: {"nb": one.value} for one in Verdict}
)


# --- Conflicts -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("own", "theirs", "tie"),
    [
        ("trust", "trust", Tie.ORGANISATION),
        ("unit-a", "trust", Tie.FAMILY),
        ("trust", "unit-a", Tie.FAMILY),
        ("unit-a", "unit-b", Tie.FAMILY),
        ("region", "trust", Tie.FAMILY),
        ("trust", "region", Tie.FAMILY),
        ("city", "district", Tie.FAMILY),
        ("trust", "other-trust", None),
        ("unit-a", "other-trust", None),
        ("city", "trust", None),
    ],
)
def test_organisations_tie_along_the_line_and_under_one_roof(own, theirs, tie):
    found = conflicts.find(Ties("p", frozenset({own})), Subject(organisations=frozenset({theirs})), REGISTER)
    assert [one.tie for one in found] == ([tie] if tie else [])


def test_whoever_wrote_it_is_tied_and_a_stranger_is_not():
    subject = Subject(frozenset({"p"}), frozenset({"trust"}))
    assert conflicts.find(Ties("p"), subject, REGISTER) == (Match(Tie.PERSON),)
    assert conflicts.find(Ties("q"), subject, REGISTER) == ()


KEYS = st.sampled_from(["trust", "other-trust", "unit-a", "unit-b", "region", "city", "district"])


@settings(max_examples=60)
@given(KEYS, KEYS)
def test_being_related_goes_both_ways(one, other):
    assert REGISTER.related(one, other) == REGISTER.related(other, one)
    assert REGISTER.related(one, one)


@pytest.mark.parametrize("matched", [True, False])
@pytest.mark.parametrize("declared", [True, False])
@pytest.mark.parametrize("lifted", [True, False])
def test_a_match_blocks_unless_lifted_and_a_declared_conflict_always(matched, declared, lifted):
    found = conflicts.is_closed([Match(Tie.PERSON)] if matched else [], declared=declared, lifted=lifted)
    assert found == (declared or (matched and not lifted))


@pytest.mark.parametrize(
    ("given_", "why"),
    [
        ({"own": True, "declared": False, "matched": True}, conflicts.Why.OWN),
        ({"own": False, "declared": True, "matched": True}, conflicts.Why.DECLARED),
        ({"own": False, "declared": False, "matched": False}, conflicts.Why.NOTHING_TO_LIFT),
    ],
)
def test_what_cannot_be_lifted(given_, why):
    assert conflicts.refuse_lift("because", **given_).why == why
    assert conflicts.refuse_lift(" ", own=False, declared=False, matched=True).why == conflicts.Why.NEEDS_REASON
    assert conflicts.refuse_lift("because", own=False, declared=False, matched=True) is None


# --- Scores ----------------------------------------------------------------------------------------------------------
NEED, TOGETHER = Weighed("need", 60, (1, 2, 3, 4)), Weighed("together", 40, (1, 2, 3, 4))
CRITERIA = (NEED, TOGETHER)
SCORES = st.fixed_dictionaries({"need": st.integers(1, 4), "together": st.integers(1, 4)})


def test_the_weighted_score_to_the_last_digit():
    assert scoring.total({"need": 4, "together": 1}, CRITERIA) == 60
    assert scoring.total({"need": 2, "together": 3}, CRITERIA) == Fraction(140, 3)
    assert scoring.mean([{"need": 4, "together": 4}, {"need": 2, "together": 3}], CRITERIA) == Fraction(220, 3)
    assert scoring.total({"need": 4}, CRITERIA) is None
    assert scoring.mean([], CRITERIA) is None


LEVELS = st.lists(st.integers(-3, 9), min_size=1, max_size=4, unique=True).map(lambda one: tuple(sorted(one)))
WEIGHTS = st.fractions(0, 3, max_denominator=7)


@settings(max_examples=80)
@given(st.lists(st.tuples(LEVELS, st.integers(0, 100), WEIGHTS, st.integers(0, 3)), min_size=1, max_size=5))
def test_whole_numbers_come_to_what_fractions_say(drawn):
    criteria = [Weighed(str(n), weight, levels) for n, (levels, weight, _other, _at) in enumerate(drawn)]
    scores = {str(n): levels[at % len(levels)] for n, (levels, _weight, _other, at) in enumerate(drawn)}
    for weights in (scoring.weights_of(criteria), {str(n): one[2] for n, one in enumerate(drawn)}):
        every = sum(weights.values())
        shares = {
            one.code: Fraction(scores[one.code] - one.lowest, one.highest - one.lowest) if len(one.levels) > 1 else 1
            for one in criteria
        }
        wanted = sum(weights[code] * share for code, share in shares.items()) / every * 100 if every else None
        assert scoring.total(scores, criteria, weights) == wanted


@settings(max_examples=80)
@given(st.lists(SCORES, min_size=1, max_size=5))
def test_a_mean_lies_between_its_parts(every):
    parts = [scoring.total(one, CRITERIA) for one in every]
    assert 0 <= min(parts) <= scoring.mean(every, CRITERIA) <= max(parts) <= 100


@settings(max_examples=60)
@given(st.dictionaries(st.sampled_from("abcdefgh"), st.lists(SCORES, max_size=3), max_size=8))
def test_moved_weights_give_a_best_and_a_worst_around_the_place(every):
    places = scoring.sensitivity(every, CRITERIA)
    assert set(places) == {key for key, one in every.items() if one}
    for one in places.values():
        assert 1 <= one.best <= one.rank <= one.worst <= len(places)
    if len({str(one) for one in every.values()}) == 1:
        assert all(one.holds for one in places.values())


def test_a_place_that_hangs_on_a_weight_is_found():
    every = {"a": [{"need": 4, "together": 1}], "b": [{"need": 3, "together": 2}], "c": [{"need": 1, "together": 4}]}
    places = scoring.sensitivity(every, (Weighed("need", 50, (1, 2, 3, 4)), Weighed("together", 50, (1, 2, 3, 4))))
    assert not places["a"].holds
    assert set(scoring.changes_sides(places, 1)) == {"a", "b", "c"} & set(scoring.changes_sides(places, 1))
    assert "a" in scoring.changes_sides(places, 1)


def test_two_levels_apart_is_told_and_one_is_not():
    apart = scoring.spread([{"need": 1, "together": 2}, {"need": 3, "together": 3}], CRITERIA)
    assert [(one.code, one.lowest, one.highest, one.apart) for one in apart] == [
        ("need", 1, 3, True),
        ("together", 2, 3, False),
    ]


# --- Sharing out -----------------------------------------------------------------------------------------------------
APPLICATIONS = [f"a{number}" for number in range(8)]
ASSESSORS = ["kari", "ola", "per", "siri"]
PAIRS = st.sets(st.tuples(st.sampled_from(APPLICATIONS), st.sampled_from(ASSESSORS)), max_size=20)


@settings(max_examples=80)
@given(PAIRS, PAIRS, st.integers(1, 3))
def test_nobody_gets_what_is_closed_or_twice_and_what_lacks_is_told(closed, given_before, wanted):
    given_before = given_before - closed
    found = sharing.share(APPLICATIONS, ASSESSORS, wanted, closed, given_before)
    pairs = [(one.application, one.assessor) for one in found.shares]
    assert not set(pairs) & (closed | given_before)
    assert len(pairs) == len(set(pairs))
    for key in APPLICATIONS:
        have = sum(one == key for one, _who in pairs) + sum(one == key for one, _who in given_before)
        assert max(have, wanted) == have + found.lacking.get(key, 0)


@settings(max_examples=30)
@given(st.integers(1, 3), st.integers(1, 8))
def test_loads_differ_by_one_at_most_where_nothing_is_closed(wanted, count):
    found = sharing.share(APPLICATIONS[:count], ASSESSORS, wanted, frozenset())
    loads = [sum(one.assessor == who for one in found.shares) for who in ASSESSORS]
    assert max(loads) - min(loads) <= 1


# --- Screening -------------------------------------------------------------------------------------------------------
@given(
    st.dictionaries(
        st.sampled_from(["two-levels", "transferable", "focus"]),
        st.tuples(st.sampled_from(Verdict), st.sampled_from(["", "Fordi."])),
        min_size=1,
    )
)
def test_judgements_come_back_from_the_sheet_and_one_against_needs_its_reason(found):
    made = questions.screening(
        [Criterion(CriterionKind.ELIGIBILITY, code, {"nb": code}, {"nb": "Om."}) for code in found], SCREENING_WORDS
    )
    form = read_form(made).questionnaire
    answers = questions.screening_answers(found)
    assert questions.judged(answers) == found
    lacking = {f"why-{code}" for code, (verdict, reason) in found.items() if verdict is not Verdict.MET and not reason}
    assert {spot.path for spot in evaluate(form, answers).missing} == lacking
    # A reason for another judgement than the one that stands is not this one's.
    for code, (verdict, reason) in found.items():
        other = Verdict.MET if verdict is not Verdict.MET else Verdict.UNCLEAR
        left = {**answers, questions.reason_path(code, other): "En annen."}
        assert questions.judged(left)[code] == (verdict, reason)


@given(st.lists(st.sampled_from([*Verdict, None]), min_size=1, max_size=5))
def test_an_application_passes_when_all_is_met_and_stops_only_when_something_is_not(verdicts):
    assert (screening.refuse_pass(verdicts) is None) == (set(verdicts) == {Verdict.MET})
    assert (screening.refuse_stop(verdicts) is None) == (Verdict.NOT_MET in verdicts)


# --- The board -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("step", list(Step))
def test_every_state_and_step_has_an_answer(state, step):
    refusal = board.refuse_step(state, step)
    assert (refusal is None) == ((state, step) in board.TABLE)
    assert bool(board.needs(state, step)) == (refusal is None)


def test_nothing_follows_what_is_published():
    assert {step for state, step in board.TABLE if state is State.PUBLISHED} == {Step.GIVE_UP, Step.OFFER}
    assert all(board.follows(State.PUBLISHED, step) in (None, State.PUBLISHED) for step in Step)


@given(st.lists(st.tuples(st.integers(1, 5), st.integers(1, 9)), min_size=1, max_size=5, unique_by=lambda one: one[1]))
def test_the_reserve_list_is_kept_in_its_order(places):
    line = [board.InLine(f"2026-1-00{number}", place) for place, number in places]
    first = board.next_in_line(line)
    wanted = Placed(Outcome.TAILORED, 40)
    for one in line:
        refused = board.refuse_offer(one.number, wanted, line, 40, ["tailored"])
        assert (refused == []) == (one == first)
        assert first.place <= one.place
    too_much = board.refuse_offer(first.number, wanted, line, 39, ["tailored"])
    assert {one.why for one in too_much} == {board.Why.TOO_FEW_LEFT}
    assert {one.why for one in board.refuse_offer("x", wanted, line, 99, ["tailored"])} == {board.Why.NOT_IN_LINE}


@pytest.mark.parametrize("waits", [True, False])
def test_what_nobody_has_screened_is_not_placed(waits):
    refused = board.refuse_unscreened("2026-1-001", waits=waits)
    assert {one.why for one in refused} == ({board.Why.NOT_SCREENED} if waits else set())


def test_what_was_given_up_takes_no_hours():
    placed = [Placed(Outcome.TAILORED, 40), Placed(Outcome.TAILORED, 60, given_up=True)]
    assert board.frame(100, placed).left == 60


# --- Retention -------------------------------------------------------------------------------------------------------
def moment(*words):
    return datetime(*words, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stage", "state", "decided", "due"),
    [
        (Stage.DRAFTS, RoundState.PUBLISHED, None, moment(2025, 2, 1, 11)),
        (Stage.PERSONS, RoundState.DECIDED, moment(2024, 2, 29, 11), moment(2026, 3, 1, 11)),
        (Stage.APPLICATIONS, RoundState.DECIDED, moment(2024, 3, 1, 11), moment(2029, 3, 1, 11)),
        (Stage.APPLICATIONS, RoundState.PUBLISHED, None, moment(2029, 3, 5, 11)),
        (Stage.APPLICATIONS, RoundState.CANCELLED, None, moment(2029, 2, 1, 11)),
        (Stage.DRAFTS, RoundState.DRAFT, None, None),
    ],
)
def test_when_each_stage_falls_due(stage, state, decided, due):
    times = Times(moment(2024, 1, 1), moment(2024, 2, 1, 11), moment(2024, 3, 5, 11))
    assert retention.due(stage, state, times, decided) == due


def test_nothing_goes_before_it_is_due_and_the_worker_waits_a_month():
    due, going = moment(2026, 1, 1), [retention.Going("applications", 1)]
    assert retention.refuse(due, due - timedelta(seconds=1), going).why == retention.Why.NOT_DUE
    assert retention.refuse(due, due, going) is None
    assert retention.refuse(due, due, [retention.Going("applications", 0)]).why == retention.Why.NOTHING


PLACED = st.builds(Placed, st.sampled_from(list(Outcome)), st.integers(0, 200), st.integers(0, 5), st.text(max_size=5))


@settings(max_examples=80)
@given(st.lists(st.one_of(st.none(), PLACED), max_size=10), st.integers(0, 500))
def test_hours_left_are_all_less_those_of_guidance(placed, total):
    frame = board.frame(total, placed)
    guided = [one.hours for one in placed if one and one.outcome in (Outcome.TAILORED, Outcome.GROUP)]
    assert frame.left == total - sum(guided)
    assert frame.over == max(0, sum(guided) - total)
    whys = {one.why for one in board.refuse_close(total, placed)}
    assert (board.Why.OVER in whys) == (bool(placed) and frame.over > 0)
    assert (board.Why.NOT_ALL_PLACED in whys) == (None in placed)


@given(PLACED)
def test_tidy_hours_belong_to_guidance_alone(placed):
    found = board.tidy(placed)
    assert found.hours == 0 or found.outcome in board.SUPPORTED
    assert bool(found.reserve) == (found.outcome is Outcome.RESERVE)
    assert board.tidy(found) == found


def test_a_place_that_the_round_does_not_offer_is_refused():
    whys = [one.why for one in board.refuse_place(Placed(Outcome.GROUP, 0), ["tailored"])]
    assert whys == [board.Why.NOT_OFFERED, board.Why.NO_HOURS]
    assert board.refuse_place(Placed(Outcome.DECLINED), []) == []


@settings(max_examples=40)
@given(st.lists(st.tuples(st.booleans(), st.one_of(st.none(), PLACED)), max_size=8))
def test_balance_counts_each_once(rows):
    found = board.balance((Traits(frozenset({"HV"}), renewed=renewed), placed) for renewed, placed in rows)
    ages = [one for one in found if one.trait == "renewed"]
    assert sum(one.applied for one in ages) == len(rows)
    assert all(0 <= one.supported <= one.applied for one in found)
    assert [one.applied for one in found if one.trait == "region"] == ([len(rows)] if rows else [])


# --- Letters ---------------------------------------------------------------------------------------------------------
KNOWN = frozenset({"title", "reasons"})


def draft(**other: object) -> letters.Draft:
    whole = {"number": "2026-1-001", "subject": "Svar", "body": "Fordi det er bra.", "reason": "Fordi det er bra."}
    return letters.Draft(**{**whole, "read": True, "recipients": 1, **other})


def test_a_whole_letter_can_be_sent():
    assert letters.refuse_send(draft(), KNOWN) == []


@pytest.mark.parametrize(
    ("fault", "why"),
    [
        ({"subject": " "}, letters.Why.NO_TEXT),
        ({"body": "Hei {title}. Fordi det er bra."}, letters.Why.UNFILLED),
        ({"body": "Hei."}, letters.Why.NO_REASON),
        ({"recipients": 0}, letters.Why.NO_RECIPIENT),
        ({"read": False}, letters.Why.UNREAD),
    ],
)
def test_each_fault_of_a_letter_is_told(fault, why):
    assert [one.why for one in letters.refuse_send(draft(**fault), KNOWN)] == [why]


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_is_filled_in_is_never_looked_into(title, reasons):
    found = letters.filled("{title}", {"title": "{reasons} " + title, "reasons": reasons})
    assert found == ("{reasons} " + title).strip()
    assert letters.empty_fields("{title} {hours}", {"title": "x"}) == ["hours"]


@given(st.text(max_size=20), st.text(max_size=20), st.text(min_size=1, max_size=3))
def test_the_seal_tells_any_change(subject, body, more):
    assert letters.seal(subject, body) == letters.seal(subject, body)
    assert letters.seal(subject, body) != letters.seal(subject, body + more)


def test_each_reminder_has_its_day():
    from datetime import date, timedelta

    due = date(2026, 5, 20)
    steps = [reminders.step(due, due - timedelta(days=left)) for left in (8, 7, 3, 2, 1, 0, -1)]
    assert steps == [None, 7, 7, 2, 2, 0, None]
