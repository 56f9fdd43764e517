"""Shared time comes to the whole, weeks hold what was done in them, and agreed times stay where they are."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from helsevev.core import ledger_sharing as sharing
from helsevev.core import wallclock
from helsevev.core.invitations import Guest, Invitation, calendar
from helsevev.core.ledger_sharing import Counting, Load, Room, Sharing, Spent, Week
from helsevev.core.words import Refused

AUTUMN, SPRING = date(2026, 10, 25), date(2027, 3, 28)


@given(st.integers(1, 10_000), st.lists(st.integers(1, 50), min_size=1, unique=True), st.data())
def test_shares_come_to_the_whole(minutes, members, data):
    present = data.draw(st.sets(st.sampled_from(members)))
    equal = sharing.shares(Sharing.EQUAL, minutes, members, present)
    assert sum(equal.values()) == minutes
    assert max(equal.values()) - min(equal.values()) <= 1
    some = sharing.shares(Sharing.PRESENT, minutes, members, present)
    assert sum(some.values()) == (minutes if present else 0)
    assert set(some) <= present
    assert sharing.shares(Sharing.FULL, minutes, members, present) == dict.fromkeys(
        [one for one in members if one in present], minutes
    )


def test_what_a_session_comes_to():
    assert sharing.charged(Counting.EACH_ADVISOR, 90, 2) == 180
    assert sharing.charged(Counting.EACH_ADVISOR, 90, 0) == 90
    assert sharing.charged(Counting.ONCE, 90, 3) == 90


def test_a_week_belongs_to_the_year_of_its_thursday():
    assert Week.of(date(2026, 12, 31)) == Week.of(date(2027, 1, 1)) == Week(2026, 53)
    assert Week(2026, 53).after() == Week(2027, 1)
    assert Week.read(str(Week(2026, 5))) == Week(2026, 5)
    assert [Week.read(text) for text in ("", "2026", "2026-54", "2025-53", "x-1", "99999-1")] == [None] * 6
    days = [date(2026, 12, 31), date(2027, 1, 1), date(2027, 1, 4)]
    found = sharing.load(
        [Spent("a", "x", days[0], used=30), Spent("a", "y", days[1], planned=15), Spent("a", "x", days[2], 5)]
    )
    assert found == {("a", Week(2026, 53)): Load(30, 15), ("a", Week(2027, 1)): Load(5, 0)}


def test_whether_the_hours_carry_the_next_round():
    room = Room(capacity=6000, used=1000, promised=2000)
    assert room.free == 3000
    assert room.carries(3000)
    assert not room.carries(3001)


@pytest.mark.parametrize(
    ("day", "utc"),
    [(AUTUMN - timedelta(days=1), 8), (AUTUMN, 9), (SPRING - timedelta(days=1), 9), (SPRING, 8)],
)
def test_ten_oclock_stays_ten_oclock(day: date, utc: int):
    agreed = wallclock.agree(day, time(10), 90)
    assert agreed.starts.strftime("%H:%M") == "10:00"
    assert agreed.moment == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)
    assert agreed.ends.strftime("%H:%M") == "11:30"


def test_a_session_over_the_change_lasts_as_long_as_agreed():
    agreed = wallclock.agree(AUTUMN, time(1, 30), 120)
    assert agreed.ends.strftime("%H:%M") == "02:30"
    assert agreed.ends.astimezone(UTC) - agreed.moment == timedelta(minutes=120)


@pytest.mark.parametrize(
    ("day", "at", "zone", "minutes", "why"),
    [
        (SPRING, time(2, 30), wallclock.NORWAY, 60, wallclock.Why.SKIPPED),
        (AUTUMN, time(2, 30), wallclock.NORWAY, 60, wallclock.Why.TWICE),
        (SPRING, time(10), "Europe/Nowhere", 60, wallclock.Why.NO_ZONE),
        (SPRING, time(10), wallclock.NORWAY, 4, wallclock.Why.LENGTH),
        (SPRING, time(10), wallclock.NORWAY, 721, wallclock.Why.LENGTH),
    ],
)
def test_a_time_that_names_no_moment_is_refused(day: date, at: time, zone: str, minutes: int, why: str):
    with pytest.raises(Refused) as caught:
        wallclock.agree(day, at, minutes, zone)
    assert caught.value.refusals[0].why == why


def invited(sequence: int, day: date, *, cancelled: bool = False, zone: str = wallclock.NORWAY) -> bytes:
    return calendar(
        Invitation(
            uid="one@example.invalid",
            sequence=sequence,
            title='Oppstartsmøte; æøå, "sitat"',
            time=wallclock.agree(day, time(10), 90, zone),
            changed_at=datetime(2026, 10, 1, 8, tzinfo=UTC),
            organiser=Guest("Prøve Rådgiver", "advisor@example.invalid"),
            guests=[Guest("Prøve: Leder", "leader@example.invalid")],
            place="Rom 1, 2. etasje",
            url="https://example.invalid/x",
            text="Første linje\nAndre linje",
            cancelled=cancelled,
        )
    )


@pytest.mark.parametrize("zone", [wallclock.NORWAY, "Europe/London", "America/New_York", "UTC"])
@pytest.mark.parametrize("day", [AUTUMN, SPRING, AUTUMN - timedelta(days=1), SPRING + timedelta(days=1)])
def test_two_readers_find_the_same_moment(day: date, zone: str):
    file = invited(0, day, zone=zone)
    expected = wallclock.agree(day, time(10), 90, zone)
    event = Calendar.from_ical(file).walk("VEVENT")[0]
    assert event.decoded("dtstart").astimezone(UTC) == expected.moment
    assert event.decoded("dtend").astimezone(UTC) - expected.moment == timedelta(minutes=90)
    other = vobject.readOne(file.decode()).vevent
    assert other.dtstart.value.astimezone(UTC) == expected.moment
    assert other.dtstart.value.strftime("%H:%M") == "10:00"
    assert other.summary.value == 'Oppstartsmøte; æøå, "sitat"'
    assert other.description.value == "Første linje\nAndre linje"


def test_a_change_and_a_cancelling_are_of_the_same_entry():
    files = [invited(0, AUTUMN), invited(1, SPRING), invited(2, SPRING, cancelled=True)]
    found = [Calendar.from_ical(one) for one in files]
    events = [one.walk("VEVENT")[0] for one in found]
    assert {str(one["uid"]) for one in events} == {"one@example.invalid"}
    assert [int(one["sequence"]) for one in events] == [0, 1, 2]
    assert [str(one["method"]) for one in found] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [str(one["status"]) for one in events] == ["CONFIRMED", "CONFIRMED", "CANCELLED"]
    assert [vobject.readOne(one.decode()).vevent.uid.value for one in files] == ["one@example.invalid"] * 3
    assert str(events[0]["attendee"]) == "mailto:leader@example.invalid"
