"""The ledger in the database: it can only grow, two can't have the same hour, and everyone sees one number."""

from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
from at_once import at_once
from django.db import DatabaseError, connection, transaction
from guiding import BY, NOW, SignIn, World, book, initiative, planned, used, world
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from openpyxl import load_workbook

from helsevev.commons.initiatives.models import Lineage
from helsevev.commons.mail.models import Message
from helsevev.core import ledger
from helsevev.core.words import Refused
from helsevev.network.guidance.actions import answering, booking, engaging
from helsevev.network.guidance.actions.booking import Yes
from helsevev.network.guidance.models import HourAnswer, HourLine, HourRequest
from helsevev.network.guidance.queries import hours, yearly
from helsevev.network.guidance.queries import ledger_showing as showing
from helsevev.network.guidance.rules.engagements import Answer, RequestState
from helsevev.network.guidance.rules.engagements import Why as EngagementWhy


@pytest.fixture
def found(db: None) -> World:
    return world()


def whys(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [one.why for one in refused.value.refusals]


@pytest.mark.parametrize("table", ["guidance_hourline", "guidance_houranswer"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET by = 'me'", "DELETE FROM {}"])
def test_the_database_refuses_to_change_or_delete_a_line(found: World, table: str, statement: str):
    book(found, used(60))
    answering.answer(HourLine.objects.get(kind="used"), Answer.CONFIRMED, "", str(found.leader.key))
    before = list(HourLine.objects.values()), list(HourAnswer.objects.values())
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))
    for change in (lambda: HourLine.objects.update(minutes=1), lambda: HourLine.objects.first().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert (list(HourLine.objects.values()), list(HourAnswer.objects.values())) == before


def test_past_the_balance_needs_the_secretariats_yes(found: World):
    with pytest.raises(Refused) as refused:
        book(found, used(601))
    assert whys(refused) == [ledger.Why.OVER]
    request = answering.ask(found.engagement, [used(660)], "Pilot", str(found.advisor.key))
    assert request.over == 60
    assert {one.to for one in Message.objects.filter(key__startswith="guidance:overrun")} == {
        one.email for one in (found.leader, found.municipal_leader, found.advisor, found.secretary)
    }
    with pytest.raises(Refused) as refused:
        answering.answer_request(request, allow=True, why=" ", by=str(found.secretary.key))
    assert whys(refused) == [EngagementWhy.NEEDS_REASON]
    answering.answer_request(request, allow=True, why="Viktig", by=str(found.secretary.key), now=NOW)
    line = HourLine.objects.get(kind="used")
    assert (line.minutes, line.allowed_by, line.by) == (660, str(found.secretary.key), str(found.advisor.key))
    assert hours.balance(found.engagement).left == -60
    with pytest.raises(Refused):
        answering.answer_request(request, allow=False, why="Nei", by=str(found.secretary.key))


def test_a_no_writes_nothing(found: World):
    request = answering.ask(found.engagement, [used(660)], "Pilot", str(found.advisor.key))
    answering.answer_request(request, allow=False, why="Ikke nå", by=str(found.secretary.key))
    assert HourRequest.objects.get().state == RequestState.DECLINED
    assert not HourLine.objects.filter(kind="used").exists()


def test_both_sides_are_told_once_at_each_point_and_anew_after_an_extension(found: World):
    def told() -> list[str]:
        return sorted(one.key.split(":")[3] for one in Message.objects.filter(to=found.leader.email))

    book(found, used(470))
    assert told() == []
    book(found, used(10))
    assert told() == ["eighty"]
    book(found, used(120))
    assert told() == ["eighty", "hundred"]
    booking.write(found.engagement, [planned(30)], BY, yes=Yes(BY, "Ja"), now=NOW)
    assert told() == ["eighty", "hundred", "overrun"]
    engaging.extend(found.engagement, 600, found.engagement.ends, "Mer", BY, NOW)
    book(found, used(360))
    assert told() == ["eighty", "eighty", "hundred", "overrun"]
    everyone = {found.leader.email, found.municipal_leader.email, found.advisor.email, found.secretary.email}
    assert {one.to for one in Message.objects.filter(key__contains=":hundred:")} == everyone


def test_a_correction_is_a_new_line_and_both_stay(found: World):
    book(found, used(90))
    line = HourLine.objects.get(kind="used")
    booking.correct(line, 60, "Skrev feil", str(found.advisor.key), NOW)
    assert list(HourLine.objects.filter(kind="used").values_list("minutes", "corrects__number")) == [
        (90, None),
        (-30, 2),
    ]
    assert hours.balance(found.engagement).used == 60
    with pytest.raises(Refused):
        booking.correct(line, 60, "", str(found.advisor.key), NOW)
    with pytest.raises(Refused):
        booking.correct(line, 60, "Likt", str(found.advisor.key), NOW)


def test_the_other_side_confirms_or_disputes(found: World):
    book(found, used(90, advisor=found.advisor))
    line = HourLine.objects.get(kind="used")
    with pytest.raises(Refused) as refused:
        answering.answer(line, Answer.DISPUTED, " ", str(found.leader.key))
    assert whys(refused) == [EngagementWhy.NEEDS_COMMENT]
    with pytest.raises(Refused) as refused:
        answering.answer(line, Answer.CONFIRMED, "", str(found.advisor.key))
    assert whys(refused) == [EngagementWhy.OWN_LINE]
    answering.answer(line, Answer.DISPUTED, "Vi var der i en time", str(found.leader.key))
    assert Message.objects.filter(to=found.advisor.email, kind="guidance_hours").exists()
    assert answering.confirm_all(found.engagement, line.number, str(found.leader.key)) == 0
    assert showing.shown(showing.rows(found.engagement))[-1].disputed
    grant = HourLine.objects.get(kind="granted")
    with pytest.raises(Refused) as refused:
        answering.answer(grant, Answer.CONFIRMED, "", str(found.leader.key))
    assert whys(refused) == [EngagementWhy.NOT_TO_ANSWER]


def test_the_years_report_adds_up_what_was_granted_and_used(found: World):
    book(found, used(150), planned(60))
    (day,) = {line.on for line in hours.lines(found.engagement)}
    told = {one.key: one for one in yearly.figures(day.year, day)}
    assert {key: one.counted for key, one in told.items()} == {"hours.granted": 10, "hours.used": 2.5}
    assert told["hours.used"].rows[0].address == "/nb/portfolio/made-up/"
    assert list(yearly.figures(day.year, day - timedelta(days=1))) == []


def test_a_transfer_is_a_line_in_each_ledger(found: World):
    other = world(60, "another")
    booking.transfer(found.engagement, other.engagement, 120, "Flyttes", BY, NOW)
    assert [hours.balance(one.engagement).left for one in (found, other)] == [480, 180]
    with pytest.raises(Refused):
        booking.transfer(found.engagement, other.engagement, 481, "For mye", BY, NOW)
    with pytest.raises(Refused):
        booking.transfer(found.engagement, found.engagement, 10, "Samme", BY, NOW)
    assert [hours.balance(one.engagement).left for one in (found, other)] == [480, 180]


def test_closing_gives_back_what_is_left_and_takes_plans_back(found: World):
    book(found, used(100), planned(200))
    row = engaging.close(found.engagement, "Ferdig", BY, NOW)
    assert hours.balance(row) == ledger.Balance(100, 100, 0)
    with pytest.raises(Refused) as refused:
        book(found, used(10))
    assert EngagementWhy.CLOSED in whys(refused)
    engaging.reopen(row, "Likevel ikke", BY, NOW)
    engaging.extend(row, 60, row.ends, "Mer", BY, NOW)
    assert hours.balance(row).left == 60


def test_a_renewed_award_goes_on_as_the_same_story(found: World):
    child = initiative("renewal")
    Lineage.objects.create(child=child, parent=found.initiative, kind=Lineage.Kind.CONTINUES)
    made = engaging.from_award(child, support="tailored", minutes=300, by=BY, why="Tildelt", now=NOW)
    assert made.pk == found.engagement.pk
    assert hours.balance(made).granted == 900
    assert engaging.from_award(child, support="tailored", minutes=300, by=BY, why="Tildelt", now=NOW).pk == made.pk
    assert hours.balance(made).granted == 900
    fresh = engaging.from_award(initiative("fresh"), support="group", minutes=120, by=BY, why="Tildelt", now=NOW)
    assert (fresh.pk != made.pk, fresh.support, hours.balance(fresh).granted) == (True, "group", 120)


def test_the_workbook_comes_to_the_balance_to_the_minute(found: World, sign_in: SignIn):
    book(found, used(37), planned(61), used(5))
    booking.correct(HourLine.objects.get(minutes=37), 30, "=1+1", str(found.advisor.key), NOW)
    answer = sign_in(found.leader).get("/nb/guidance/made-up/hours/ledger.xlsx")
    book_ = load_workbook(BytesIO(answer.content))
    lines, sums = book_.worksheets
    rows = list(lines.iter_rows(min_row=2, values_only=True))
    now = hours.balance(found.engagement)
    columns = [sum(row[place] for row in rows) for place in (5, 6, 7)]
    assert columns == [now.granted, now.planned, now.used] == [600, 61, 35]
    assert rows[-1][8] == now.left == 600 - 61 - 35
    assert all(isinstance(row[3], int) for row in rows)
    assert [row[1] for row in sums.iter_rows(min_row=2, max_row=5, values_only=True)] == [600, 35, 61, 504]


def test_every_viewer_sees_one_number_and_every_line(found: World, sign_in: SignIn):
    book(found, used(37), planned(61))
    pages = set()
    for user in (found.leader, found.municipal_leader, found.member, found.signer, found.advisor, found.secretary):
        answer = sign_in(user).get("/nb/guidance/made-up/")
        assert answer.status_code == 200
        pages.add((str(answer.context["balance"]), len(answer.context["lines"])))
    assert pages == {(str({"granted": "10:00", "used": "0:37", "planned": "1:01", "left": "8:22"}), 3)}


# --- Whatever is done -------------------------------------------------------------------------------------------------
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["plan", "use", "extend", "return", "transfer", "correct", "request"]),
        st.integers(1, 400),
        st.integers(0, 2),
    ),
    min_size=1,
    max_size=9,
)


class WhateverIsDone(TestCase):
    """Random sequences of what people do keep the one equation, for every day and both ledgers."""

    @given(steps=STEPS)
    @settings(max_examples=15)
    def test_granted_less_used_less_planned_is_left(self, steps: list[tuple[str, int, int]]) -> None:
        one, other = world(), world(300, "another")
        now, seen = NOW, {}
        for what, minutes, days in steps:
            now += timedelta(days=days)
            try:
                with transaction.atomic():
                    _do(one, other, what, minutes, now)
            except Refused:
                pass
            day = now.date()
            seen[day] = [hours.balance(each.engagement) for each in (one, other)]
        for day, balances in seen.items():
            for each, then in zip((one, other), balances, strict=True):
                rows = HourLine.objects.filter(engagement=each.engagement, on__lte=day)
                granted = sum(row.minutes for row in rows if row.kind not in ("used", "planned"))
                use = sum(row.minutes for row in rows if row.kind == "used")
                plan = sum(row.minutes for row in rows if row.kind == "planned")
                assert then == hours.balance(each.engagement, day) == ledger.Balance(granted, use, plan)
                assert then.left == granted - use - plan
                assert then.left >= 0 or HourRequest.objects.filter(engagement=each.engagement).exists()
        last = [hours.balances([each.engagement.pk])[each.engagement.pk] for each in (one, other)]
        assert last == [hours.balance(each.engagement) for each in (one, other)]


def _do(one: World, other: World, what: str, minutes: int, now: datetime) -> None:
    match what:
        case "plan":
            booking.write(one.engagement, [planned(minutes)], BY, now=now)
        case "use":
            booking.write(one.engagement, [used(minutes)], BY, now=now)
        case "extend":
            engaging.extend(one.engagement, minutes, date(2027, 1, 1), "Mer", BY, now)
        case "return":
            booking.give_back(one.engagement, minutes, "Til overs", BY, now)
        case "transfer":
            booking.transfer(one.engagement, other.engagement, minutes, "Flytt", BY, now)
        case "correct":
            line = HourLine.objects.filter(engagement=one.engagement, corrects=None).last()
            assert line is not None
            booking.correct(line, minutes // 2, "Feil", BY, now)
        case _:
            request = answering.ask(one.engagement, [used(minutes)], "Trengs", BY)
            answering.answer_request(request, allow=True, why="Ja", by=BY, now=now)


# --- At once ----------------------------------------------------------------------------------------------------------
def test_bookings_at_once_never_exceed_the_balance(on_disk: None):
    found = world(300)

    def book_three_times() -> list[bool]:
        return [_booked(found) for _turn in range(3)]

    came = [one for answers in at_once(*[book_three_times] * 6) for one in answers]
    assert (came.count(True), came.count(False)) == (6, 12)
    assert hours.balance(found.engagement).left == 0
    assert sorted(HourLine.objects.values_list("number", flat=True)) == list(range(1, 8))


def _booked(found: World) -> bool:
    try:
        booking.write(found.engagement, [used(50)], BY, now=NOW)
    except Refused:
        return False
    return True
