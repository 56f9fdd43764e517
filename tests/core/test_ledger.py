"""The hour ledger: what lines come to, what is refused, and that the one equation holds whatever is done."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.core import ledger
from helsevev.core.ledger import Balance, Kind, Line, Mark, Purpose
from helsevev.core.words import Refused

DAY = date(2026, 3, 2)
MEETING = Purpose.MEETING


def line(number: int, kind: Kind, minutes: int, days: int = 0, corrects: int | None = None) -> Line:
    purpose = MEETING if kind in ledger.BOOKED else None
    return Line(number, kind, minutes, DAY + timedelta(days=days), purpose, corrects)


def whys(standing: list[Line], *wanted: Line, yes: bool = False) -> list[str]:
    return [one.why for one in ledger.refuse(standing, wanted, allowed_over=yes)]


GRANT = line(1, Kind.GRANTED, 600)


def test_what_lines_come_to():
    lines = [GRANT, line(2, Kind.PLANNED, 120), line(3, Kind.USED, 90, 1), line(4, Kind.RETURNED, -60, 2)]
    assert ledger.balance(lines) == Balance(540, 90, 120)
    assert ledger.balance(lines).left == 330
    assert ledger.balance(lines, DAY) == Balance(600, 0, 120)
    assert ledger.balance(lines, DAY - timedelta(days=1)) == Balance()
    assert ledger.series(lines)[1] == (DAY + timedelta(days=1), Balance(600, 90, 120))


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        (line(2, Kind.USED, 0), ledger.Why.NOTHING),
        (line(2, Kind.USED, -30), ledger.Why.SIGN),
        (line(2, Kind.GRANTED, -30), ledger.Why.SIGN),
        (line(2, Kind.RETURNED, 30), ledger.Why.SIGN),
        (Line(2, Kind.USED, 30, DAY), ledger.Why.NEEDS_PURPOSE),
        (Line(2, Kind.GRANTED, 30, DAY, MEETING), ledger.Why.NO_PURPOSE),
        (line(2, Kind.GRANTED, ledger.MOST_MINUTES + 1), ledger.Why.TOO_MUCH),
        (line(2, Kind.USED, 30, -1), ledger.Why.TOO_EARLY),
        (line(2, Kind.USED, -30, corrects=7), ledger.Why.NOT_THERE),
        (line(2, Kind.USED, -30, corrects=1), ledger.Why.OTHER_KIND),
        (line(2, Kind.USED, 601), ledger.Why.OVER),
        (line(2, Kind.PLANNED, 601), ledger.Why.OVER),
        (line(2, Kind.RETURNED, -601), ledger.Why.BELOW_ZERO),
        (line(2, Kind.TRANSFERRED, -601), ledger.Why.BELOW_ZERO),
    ],
)
def test_what_is_refused(wanted: Line, why: str):
    assert why in whys([GRANT], wanted)


def test_the_secretariats_yes_opens_for_booking_and_for_nothing_else():
    assert not whys([GRANT], line(2, Kind.USED, 601), yes=True)
    assert whys([GRANT], line(2, Kind.RETURNED, -601), yes=True) == [ledger.Why.BELOW_ZERO]
    booked = [GRANT, line(2, Kind.USED, 500)]
    assert whys(booked, line(3, Kind.RETURNED, -200)) == [ledger.Why.NOT_LEFT]


def test_a_plan_becomes_use_without_counting_twice():
    standing = [GRANT, line(2, Kind.PLANNED, 600)]
    assert whys(standing, line(3, Kind.USED, 600)) == [ledger.Why.OVER]
    assert not whys(standing, line(3, Kind.PLANNED, -600, corrects=2), line(4, Kind.USED, 600))


def test_a_correction_takes_no_more_than_there_is():
    standing = [GRANT, line(2, Kind.USED, 90), line(3, Kind.USED, -60, corrects=2)]
    assert ledger.stands_at(standing, standing[1]) == 30
    assert whys(standing, line(4, Kind.USED, -31, corrects=2)) == [ledger.Why.MORE_THAN_ALL]
    assert whys(standing, line(4, Kind.USED, -30, corrects=3)) == [ledger.Why.CORRECTS_CORRECTION]
    assert not whys(standing, line(4, Kind.USED, -30, corrects=2))


@pytest.mark.parametrize(
    ("used", "planned", "found"),
    [
        (479, 0, set()),
        (480, 0, {Mark.EIGHTY}),
        (600, 0, {Mark.EIGHTY, Mark.HUNDRED}),
        (0, 600, set()),
        (0, 601, {Mark.OVERRUN}),
        (601, 0, {Mark.EIGHTY, Mark.HUNDRED, Mark.OVERRUN}),
    ],
)
def test_when_both_sides_are_told(used: int, planned: int, found: set[Mark]):
    assert ledger.marks(Balance(600, used, planned)) == found
    assert set(ledger.reached(Balance(600), Balance(600, used, planned))) == found
    assert ledger.reached(Balance(600, used, planned), Balance(600, used, planned)) == ()


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("2:30", 150),
        ("2,5", 150),
        ("2.5", 150),
        ("2", 120),
        (" 1 000 ", 60_000),
        ("0:05", 5),
        ("0,25", 15),
        ("2,05", 123),
    ],
)
def test_time_as_people_write_it(text: str, minutes: int):
    assert ledger.read_minutes(text) == minutes


@pytest.mark.parametrize("text", ["", "-1", "1:5", "1:60", "to", "1e3", "2,33", "2:3:4", ":30", "1,", "٣", "9" * 7])
def test_what_is_no_time_says_how_to_write_it(text: str):
    with pytest.raises(Refused):
        ledger.read_minutes(text)


@given(st.integers(0, 10**7))
def test_minutes_come_back_as_they_were_written(minutes: int):
    assert ledger.read_minutes(ledger.clock(minutes)) == minutes


KINDS = st.sampled_from(list(Kind))
STEPS = st.lists(
    st.tuples(KINDS, st.integers(-400, 700), st.integers(0, 3), st.none() | st.integers(1, 12), st.booleans()),
    max_size=30,
)


def played(steps: list[tuple[Kind, int, int, int | None, bool]]) -> list[Line]:
    """What stands after trying these lines in their order, each where it isn't refused."""
    standing: list[Line] = []
    day = 0
    for kind, minutes, later, corrects, yes in steps:
        day += later
        wanted = line(len(standing) + 1, kind, minutes, day, corrects)
        if not ledger.refuse(standing, [wanted], allowed_over=yes):
            standing.append(wanted)
    return standing


@given(STEPS)
@settings(max_examples=150)
def test_granted_less_used_less_planned_is_left_on_every_day(steps):
    standing = played(steps)
    for days in range(100):
        on = DAY + timedelta(days=days)
        found = ledger.balance(standing, on)
        # The slow and obvious way to the same number.
        until = [one for one in standing if one.on <= on]
        columns = {
            column: sum(one.minutes for one in until if ledger.COLUMN_OF[one.kind] is column)
            for column in ledger.Column
        }
        granted, used, planned = (columns[ledger.Column(name)] for name in ("granted", "used", "planned"))
        assert (found.granted, found.used, found.planned) == (granted, used, planned)
        assert found.left == granted - used - planned
        assert min(granted, used, planned) >= 0
    past = dict(ledger.series(standing))
    assert all(ledger.balance(standing, on) == found for on, found in past.items())


@given(STEPS)
@settings(max_examples=100)
def test_without_a_yes_the_balance_never_goes_below_zero(steps):
    standing = played([(*step[:4], False) for step in steps])
    assert all(found.left >= 0 for _on, found in ledger.series(standing))


@given(STEPS, st.integers(1, 600))
@settings(max_examples=60)
def test_what_is_added_later_never_changes_a_past_day(steps, minutes):
    standing = played(steps)
    before = dict(ledger.series(standing))
    last = standing[-1].on if standing else DAY
    later = Line(len(standing) + 1, Kind.GRANTED, minutes, last + timedelta(days=1))
    assert not ledger.refuse(standing, [later])
    assert {on: ledger.balance([*standing, later], on) for on in before} == before
