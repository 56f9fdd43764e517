"""Phases of the Roadmap: what moves tell of any day, beside a slow and obvious second version."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core import dates
from helsevev.core.roadmap import (
    ORDER,
    PHASE_NAMES,
    PHASES,
    Move,
    Phase,
    counts_on,
    durations,
    phase_on,
    stays,
    transition_counts,
    transitions,
)
from helsevev.core.words import Refused

FIRST, LAST = date(2021, 1, 1), date(2022, 12, 31)
DAYS = st.dates(FIRST, LAST)
TODAY = date(2022, 6, 15)


@st.composite
def moves(draw):
    on = draw(DAYS)
    text = on.isoformat()[: draw(st.sampled_from([4, 7, 10]))]
    until = draw(st.none() | DAYS.filter(lambda day: day >= on))
    planned = draw(st.booleans())
    return Move(
        draw(st.sampled_from(PHASES)),
        text,
        until.isoformat() if until else "",
        planned=planned,
        as_of=not planned and draw(st.booleans()),
        withdrawn=draw(st.booleans()),
    )


def slow_phase_on(history, day):
    """Walk every day from the first to `day`, and let each move take over on the day from which it counts."""
    phase, until = None, None
    walked = FIRST
    while walked <= day:
        entering = [m for m in history if not m.withdrawn and not m.planned and dates.first_day(m.on) == walked]
        for move in sorted(entering, key=lambda m: list(Phase).index(m.phase)):
            phase, until = move.phase, dates.last_day(move.until) if move.until else None
        walked += timedelta(days=1)
    return phase if until is None or day <= until else None


@given(st.lists(moves(), max_size=6), DAYS)
def test_the_phase_on_a_day_is_the_one_that_a_walk_through_all_days_finds(history, day):
    # Two moves of one day and one phase may state different ends; the walk keeps the order in which they are given.
    unique = list({(m.starts, m.phase): m for m in history}.values())
    assert phase_on(unique, day) == slow_phase_on(unique, day)


@given(st.lists(st.lists(moves(), max_size=4), max_size=5), DAYS)
def test_counts_name_every_phase_and_add_up_to_all(histories, day):
    counts = counts_on(histories, day)
    assert list(counts.by_phase) == list(PHASES)
    assert counts.of == len(histories)
    assert counts.rests_on == sum(phase_on(history, day) is not None for history in histories)


@given(st.lists(moves(), max_size=6), DAYS)
def test_stays_cover_exactly_the_days_whose_phase_is_stated(history, day):
    unique = list({(m.starts, m.phase): m for m in history}.values())
    here = [stay for stay in stays(unique, LAST) if stay.start <= day <= (stay.end or LAST)]
    assert [stay.phase for stay in here] == ([phase] if (phase := phase_on(unique, day)) else [])


@given(st.lists(moves(), max_size=6))
def test_withdrawn_and_planned_moves_tell_nothing_of_what_happened(history):
    actual = [move for move in history if not move.withdrawn and not move.planned]
    assert phase_on(history, TODAY) == phase_on(actual, TODAY)
    assert transitions(history) == transitions(actual)
    assert stays(history, TODAY) == stays(actual, TODAY)


def test_six_phases_stand_in_their_order_and_have_names():
    assert [str(phase) for phase in PHASES] == [
        "anchoring",
        "insight",
        "service_development",
        "piloting",
        "transition_to_operation",
        "new_practice",
    ]
    assert set(PHASE_NAMES) == set(PHASES)
    assert sorted(PHASES, key=ORDER.get) == list(PHASES)


def test_nothing_is_stated_before_the_first_move_or_after_a_stated_end():
    pilot = [Move(Phase.PILOTING, "2024-10-28", "2025-06-13")]
    assert phase_on(pilot, date(2024, 10, 27)) is None
    assert phase_on(pilot, date(2024, 10, 28)) is Phase.PILOTING
    assert phase_on(pilot, date(2025, 6, 13)) is Phase.PILOTING
    assert phase_on(pilot, date(2025, 6, 14)) is None


def test_a_date_less_precise_than_a_day_counts_from_its_first_day_through_its_last():
    year = [Move(Phase.INSIGHT, "2024", "2024")]
    assert phase_on(year, date(2024, 1, 1)) is Phase.INSIGHT
    assert phase_on(year, date(2024, 12, 31)) is Phase.INSIGHT
    assert phase_on(year, date(2025, 1, 1)) is None


def test_plans_count_only_when_asked_for():
    history = [Move(Phase.INSIGHT, "2024"), Move(Phase.PILOTING, "2025", planned=True)]
    assert phase_on(history, date(2025, 5, 1)) is Phase.INSIGHT
    assert phase_on(history, date(2025, 5, 1), plans=True) is Phase.PILOTING


def test_two_phases_seen_at_once_count_as_the_one_further_along():
    seen = [Move(Phase.INSIGHT, "2022-12", as_of=True), Move(Phase.ANCHORING, "2022-12", as_of=True)]
    assert phase_on(seen, date(2023, 1, 1)) is Phase.INSIGHT


def test_transitions_are_counted_between_two_days_and_say_their_direction():
    history = [Move(Phase.INSIGHT, "2022"), Move(Phase.PILOTING, "2023-02-01"), Move(Phase.INSIGHT, "2024")]
    forward, back = transitions(history)
    assert (forward.forward, forward.to_the_day) == (True, True)
    assert (back.forward, back.to_the_day) == (False, False)
    counted = transition_counts([history, history], date(2023, 1, 1), date(2023, 12, 31))
    assert counted == {(Phase.INSIGHT, Phase.PILOTING): 2}


def test_time_in_phase_counts_open_stays_so_far_and_marks_those_only_seen():
    histories = [
        [Move(Phase.PILOTING, "2022-06-01", as_of=True)],
        [Move(Phase.INSIGHT, "2022-01-01"), Move(Phase.PILOTING, "2022-01-11")],
    ]
    found = durations(histories, TODAY)
    assert found[Phase.INSIGHT].ended == (10,)
    assert found[Phase.INSIGHT].median_ended == 10
    assert found[Phase.PILOTING].open == (15, 156)
    assert found[Phase.PILOTING].seen_only == 1
    assert found[Phase.PILOTING].rests_on == 2
    assert found[Phase.NEW_PRACTICE].median_ended is None


def test_being_seen_again_in_the_same_phase_carries_the_stay_on():
    history = [Move(Phase.PILOTING, "2021-06-01"), Move(Phase.PILOTING, "2022-01-01", as_of=True)]
    (stay,) = stays(history, TODAY)
    assert (stay.start, stay.end, stay.seen_only) == (date(2021, 6, 1), None, False)
    assert transitions(history) == []


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"on": "2024", "until": "2023"}, "The phase ends (2023) before it begins (2024)"),
        ({"on": "2024", "planned": True, "as_of": True}, "A planned move can't also be something seen"),
        ({"on": "soon"}, "'soon' is not a date"),
    ],
)
def test_a_move_that_contradicts_itself_is_refused(arguments, sentence):
    with pytest.raises(Refused) as refused:
        Move(Phase.INSIGHT, **arguments).starts  # noqa: B018
    assert sentence in str(refused.value)
