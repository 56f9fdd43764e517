"""Norwegian time, where a round stands, what it lacks, what is proposed next, and the workflow as data."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.words import Refused
from helsevev.network.applications.queries.rounds import beginning
from helsevev.network.applications.rules import clock, rounds_proposing, rounds_writing, workflow
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules.rounds import Part, Standing, State, Times
from helsevev.network.applications.rules.rounds_checks import Why, check
from helsevev.network.applications.rules.rounds_content import Content, Letter, Outcome, as_lines, lines
from helsevev.network.applications.rules.workflow import Kind, Workflow

OPENS = datetime(2026, 3, 2, 8, tzinfo=UTC)
CLOSES = datetime(2026, 4, 13, 10, tzinfo=UTC)
DECIDES = datetime(2026, 5, 18, 10, tzinfo=UTC)
TIMES = Times(OPENS, CLOSES, DECIDES)
SECOND = timedelta(seconds=1)
MOMENTS = st.integers(1_000_000_000, 7_000_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


# --- The clock -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("2026-01-15T12:00", datetime(2026, 1, 15, 11, tzinfo=UTC)),
        ("2026-07-15T12:00", datetime(2026, 7, 15, 10, tzinfo=UTC)),
        ("2026-03-29T01:59", datetime(2026, 3, 29, 0, 59, tzinfo=UTC)),
        ("2026-03-29T03:00", datetime(2026, 3, 29, 1, 0, tzinfo=UTC)),
        ("2026-10-25T01:59", datetime(2026, 10, 24, 23, 59, tzinfo=UTC)),
        ("2026-10-25T03:00", datetime(2026, 10, 25, 2, 0, tzinfo=UTC)),
    ],
)
def test_a_norwegian_wall_clock_means_a_moment(typed, means):
    assert clock.read(typed) == means


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("2026-03-29T02:00", clock.Why.SKIPPED),
        ("2026-03-29T02:59", clock.Why.SKIPPED),
        ("2026-10-25T02:00", clock.Why.TWICE),
        ("2026-10-25T02:59", clock.Why.TWICE),
        ("1999-12-31T23:59", clock.Why.TOO_FAR),
        ("next Tuesday", clock.Why.NOT_A_TIME),
        ("", clock.Why.NOT_A_TIME),
        ("2026-13-01T00:00", clock.Why.NOT_A_TIME),
    ],
)
def test_a_time_that_names_no_moment_or_two_is_told(typed, why):
    with pytest.raises(Refused) as refused:
        clock.read(typed)
    assert [one.why for one in refused.value.refusals] == [why]


@given(MOMENTS)
def test_what_the_wall_shows_means_that_moment_again(at):
    at = at.replace(second=0, microsecond=0)
    wall = clock.wall(at)
    if wall.month == 10 and wall.hour == 2 and wall.weekday() == 6 and wall.day > 24:
        with pytest.raises(Refused):
            clock.read(clock.written(at))
    else:
        assert clock.read(clock.written(at)) == at


@given(MOMENTS, st.integers(0, 60))
def test_moving_by_weeks_keeps_weekday_and_time_of_day(at, weeks):
    at = at.replace(second=0, microsecond=0)
    moved = clock.wall(clock.later(at, timedelta(weeks=weeks)))
    aim = clock.wall(at) + timedelta(weeks=weeks)
    assert timedelta(0) <= moved - aim <= timedelta(hours=2)
    assert moved - aim == timedelta(0) or aim.hour == 2


# --- Standing --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "standing"),
    [
        (OPENS - SECOND, Standing.ANNOUNCED),
        (OPENS, Standing.OPEN),
        (CLOSES - SECOND, Standing.OPEN),
        (CLOSES, Standing.CLOSED),
        (DECIDES + SECOND, Standing.CLOSED),
    ],
)
def test_the_clock_opens_and_closes_to_the_second(now, standing):
    assert rules.standing(State.PUBLISHED, TIMES, now) is standing


def test_grace_takes_what_arrives_late_but_never_opens_early():
    graced = Times(OPENS, CLOSES, DECIDES, grace_minutes=10)
    last = CLOSES + timedelta(minutes=10)
    assert rules.takes(State.PUBLISHED, graced, last - SECOND)
    assert not rules.takes(State.PUBLISHED, graced, last)
    assert not rules.takes(State.PUBLISHED, graced, OPENS - SECOND)
    assert not rules.takes(State.PUBLISHED, TIMES, CLOSES)
    closed = Times(OPENS, CLOSES, DECIDES, 10, closed_at=OPENS + timedelta(days=1))
    assert not rules.takes(State.PUBLISHED, closed, OPENS + timedelta(days=1))


@given(st.sampled_from(list(State)), MOMENTS, st.integers(0, 60))
def test_what_is_taken_is_taken_only_from_a_published_round_in_its_time(state, now, grace):
    times = Times(OPENS, CLOSES, DECIDES, grace)
    if rules.takes(state, times, now):
        assert state is State.PUBLISHED
        assert OPENS <= now < CLOSES + timedelta(minutes=grace)


def test_a_deadline_moves_only_to_later_and_before_the_decision():
    now, later = CLOSES - timedelta(days=1), CLOSES + timedelta(days=2)

    def why(new, at=now, state=State.PUBLISHED, reason="Illness", assessed=False):
        found = rules.refuse_extend(state, TIMES, new, at, reason, being_assessed=assessed)
        return found.why if found else None

    assert why(later) is None
    assert why(CLOSES) == rules.Why.NOT_LATER
    assert why(CLOSES - timedelta(hours=1)) == rules.Why.NOT_LATER
    assert why(DECIDES) == rules.Why.AFTER_DECISION
    assert why(later, reason=" ") == rules.Why.NEEDS_REASON
    assert why(later, state=State.DECIDED) == rules.Why.NOT_EXTENDABLE
    assert why(later, at=CLOSES + SECOND, assessed=True) == rules.Why.NOT_EXTENDABLE


def test_what_applicants_write_to_stands_once_the_call_is_open():
    assert rules.refuse_change(Part.CRITERIA, Standing.DRAFT, "") is None
    assert rules.refuse_change(Part.CRITERIA, Standing.ANNOUNCED, "A slip") is None
    assert rules.refuse_change(Part.CRITERIA, Standing.ANNOUNCED, "").why == rules.Why.NEEDS_REASON
    for part in rules.FIXED_WHEN_OPEN:
        assert rules.refuse_change(part, Standing.OPEN, "A slip").why == rules.Why.FIXED
    assert rules.refuse_change(Part.TEXTS, Standing.OPEN, "A slip") is None
    assert rules.refuse_change(Part.PANEL, Standing.DECIDED, "A slip").why == rules.Why.OVER


# --- What is missing -------------------------------------------------------------------------------------------------
def test_an_empty_round_is_told_everything_it_lacks_at_once():
    whys = {one.refusal.why for one in check(Content(), Times(), (), OPENS) if one.stops}
    assert whys == {
        Why.TIMES_MISSING, Why.NO_FORM, Why.NO_SUPPORT, Why.NO_HOURS, Why.NO_TEXT, Why.NO_ELIGIBILITY, Why.NO_ASSESSED
    }  # fmt: skip


def test_times_must_come_in_order_ahead_and_apart_from_other_calls():
    def found(times, others=(), now=OPENS - timedelta(days=9)):
        return {one.refusal.why for one in check(Content(), times, others, now)}

    assert Why.TIMES_ORDER in found(Times(CLOSES, OPENS, DECIDES))
    assert Why.CLOSES_PAST in found(TIMES, now=CLOSES)
    assert Why.OVERLAPS in found(TIMES, [("2026-9", Times(OPENS, CLOSES, DECIDES))])
    assert Why.OVERLAPS not in found(TIMES, [("2026-9", Times(CLOSES, DECIDES, DECIDES))])
    assert Why.SHORT_TIME in found(Times(OPENS, OPENS + timedelta(days=13), DECIDES))


def test_a_letter_names_only_what_can_be_put_in_its_place():
    letter = Letter(Outcome.DECLINED, "nb", "Svar {number}", "Hei {navn}, {reasons} {x y}")
    assert letter.unknown == ["navn"]


@given(st.lists(st.dictionaries(st.sampled_from(["nb", "nn", "en"]), st.text("abc æøå", min_size=1, max_size=8))))
def test_names_in_three_languages_survive_being_written_as_lines(texts):
    tidy = [{k: v.strip() for k, v in one.items() if v.strip()} for one in texts]
    tidy = [one for one in tidy if one][:40]
    assert lines(as_lines(tidy)) == tidy


@pytest.mark.parametrize("typed", ["high | Best", "101 | Too much", "-1 | Less", "1.5 | Half", "²|x"])
def test_a_level_begins_with_a_score(typed):
    with pytest.raises(Refused):
        rounds_writing.levels(typed)
    assert rounds_writing.levels("4 | Best\n\n1|Verst||Worst") == [
        {"score": 4, "nb": "Best"}, {"score": 1, "nb": "Verst", "en": "Worst"}
    ]  # fmt: skip


# --- The next round --------------------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.integers(2024, 2027), st.integers(1, 4)), unique=True, max_size=8), MOMENTS)
def test_the_next_round_is_always_a_new_one_that_is_still_ahead(places, now):
    known = [rounds_proposing.Known(year, number, TIMES) for year, number in places]
    year, number, times = rounds_proposing.propose(known, now)
    assert (year, number) not in places
    assert now < times.opens < times.closes < times.decides


def test_the_same_round_a_year_before_is_the_pattern():
    known = [rounds_proposing.Known(2026, number, TIMES) for number in (1, 2, 3)]
    year, number, times = rounds_proposing.propose(known, DECIDES)
    assert (year, number) == (2027, 1)
    assert clock.written(times.opens) == "2027-03-01T09:00"
    assert clock.written(times.closes) == "2027-04-12T12:00"


# --- The workflow ----------------------------------------------------------------------------------------------------
FIRST = workflow.read(beginning()["workflow"])


def test_the_beginning_is_a_workflow_and_survives_being_written():
    assert workflow.read(workflow.written(FIRST)) == FIRST
    assert next(step.kind for step in FIRST.road) is Kind.WRITING
    assert FIRST.road[-1].kind is Kind.DECIDED


@given(st.sets(st.sampled_from([step.code for step in FIRST.steps])))
def test_whatever_is_left_out_the_rest_is_a_workflow(codes):
    left = workflow.without(FIRST, sorted(codes))
    assert not workflow.refuse_workflow(left)
    assert {Kind.WRITING, Kind.RECEIVED, Kind.DECIDED, Kind.WITHDRAWN} <= {step.kind for step in left.steps}


@given(st.permutations(list(FIRST.steps)), st.data())
def test_a_broken_workflow_is_refused_and_never_breaks(steps, data):
    some = data.draw(st.lists(st.sampled_from(steps), max_size=9))
    broken = Workflow(tuple(some))
    refusals = workflow.refuse_workflow(broken)
    if not refusals:
        ends = {step.code for step in some if step.kind in workflow.ENDS}
        assert ends
        assert len({step.code for step in some}) == len(some)


@pytest.mark.parametrize("data", [None, {}, [1], [{}], [{"code": "x y", "kind": "writing", "names": {"nb": "X"}}], "x"])
def test_what_is_no_workflow_is_refused_with_a_sentence(data):
    with pytest.raises(Refused):
        workflow.read(data)


def test_moves_follow_the_table_and_nothing_else():
    for step in FIRST.steps:
        for other in FIRST.steps:
            allowed = workflow.refuse_move(FIRST, step.code, other.code) is None
            assert allowed == (other.code in step.next)
    assert workflow.refuse_move(FIRST, "draft", "nowhere").why == workflow.Why.NO_SUCH_STEP
