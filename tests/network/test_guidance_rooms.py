"""Working rooms: who is let in to what, sessions from call to ledger, calendars, groups, and what waits for whom."""

from datetime import date, time, timedelta

import pytest
import vobject
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from guiding import BY, NOW, SignIn, World, book, call, initiative, person, used, world
from icalendar import Calendar

from helsevev.commons.forms import actions as forms
from helsevev.commons.mail.models import Message
from helsevev.commons.people import queries as people
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Person, Role
from helsevev.core import ledger
from helsevev.core.ledger_sharing import Sharing, Week
from helsevev.core.words import Refused
from helsevev.network.guidance.actions import answering, convening, grouping, holding, reminding
from helsevev.network.guidance.models import Engagement, HourLine, HourRequest, Session, SessionPoint
from helsevev.network.guidance.panels import personal_data, waiting
from helsevev.network.guidance.queries import capacity, hours
from helsevev.network.guidance.rules.sessions import State

ROOM = "/nb/guidance/made-up/"


@pytest.fixture
def found(db: None) -> World:
    return world()


def as_person(user: User) -> Person:
    """Somebody who has signed in with both factors."""
    return people.person(user, second_factor=True)


def yesterday(found: World, minutes: int = 90) -> Session:
    """A session that is over, planned a week before."""
    day = timezone.localdate() - timedelta(days=1)
    then = timezone.now() - timedelta(days=8)
    return convening.convene(found.engagement, call(found, day, minutes), BY, now=then)


# --- Who is let in ----------------------------------------------------------------------------------------------------
PAGES = ("", "hours/1/", "hours/ledger.xlsx", "hours/picture.svg", "engagement/", "sessions/")


def test_who_takes_part_is_let_in_and_nobody_else(found: World, sign_in: SignIn):
    inside = [found.leader, found.municipal_leader, found.member, found.signer, found.advisor, found.secretary]
    outside = [found.stranger_advisor, found.outsider, person(None), person(Role.STEERING_GROUP)]
    for users, status in ((inside, 200), (outside, 404)):
        for user in users:
            browser = sign_in(user)
            assert [browser.get(ROOM + page).status_code for page in PAGES] == [status] * len(PAGES), user
    assert [Client().get(ROOM + page).status_code for page in PAGES] == [404] * len(PAGES)
    assert sign_in(found.secretary, second_factor=False).get(ROOM).status_code == 404
    assert sign_in(found.leader).get("/nb/guidance/nobody-guides-this/").status_code == 404


STAFF_PAGES = {
    "open": {"secretary"},
    "load": {"secretary", "advisor", "stranger_advisor"},
    "load_picture": {"secretary", "advisor", "stranger_advisor"},
    "capacity": {"secretary"},
    "groups": {"secretary"},
    "mine": {"secretary", "advisor", "stranger_advisor", "leader", "member", "signer", "outsider"},
}


@pytest.mark.parametrize("name", STAFF_PAGES)
def test_pages_of_those_who_guide(found: World, sign_in: SignIn, name: str):
    address = reverse(f"guidance:{name}", args=["svg"] if name.endswith("picture") else [])
    for who in ("secretary", "advisor", "stranger_advisor", "leader", "member", "signer", "outsider"):
        answer = sign_in(getattr(found, who)).get(address)
        assert answer.status_code == (200 if who in STAFF_PAGES[name] else 404), who
    assert Client().get(address).status_code == 404


# What may be posted, and by whom; everyone else gets 404 and nothing is written.
POSTS = {
    "hours/book/": {"advisor", "secretary"},
    "hours/confirm/": {"leader", "municipal_leader"},
    "sessions/new/": {"advisor", "secretary", "leader", "municipal_leader"},
}


@pytest.mark.parametrize("page", POSTS)
def test_who_may_do_what(found: World, sign_in: SignIn, page: str):
    for who in (
        "advisor",
        "secretary",
        "leader",
        "municipal_leader",
        "member",
        "signer",
        "stranger_advisor",
        "outsider",
    ):
        status = sign_in(getattr(found, who)).post(ROOM + page, {}).status_code
        assert (status != 404) == (who in POSTS[page]), (who, status)
    for do in ("extend", "return", "transfer", "counting", "advisor", "close", "item"):
        for who in ("leader", "member", "advisor", "signer"):
            status = sign_in(getattr(found, who)).post(f"{ROOM}engagement/", {"do": do}).status_code
            assert (status == 422) == (do == "item" and who in ("leader", "advisor")), (do, who)
    assert HourLine.objects.count() == 1


# --- Hours on the page ------------------------------------------------------------------------------------------------
def booking_of(time_: str, **more: str) -> dict[str, str]:
    return {"kind": "used", "minutes": time_, "purpose": "meeting", "worked_on": "2026-03-02", "what": "Møte", **more}


def test_an_advisor_books_and_asks_and_the_secretariat_answers(found: World, sign_in: SignIn):
    advisor, secretary = sign_in(found.advisor), sign_in(found.secretary)
    assert advisor.post(f"{ROOM}hours/book/", booking_of("2:30")).status_code == 302
    assert hours.balance(found.engagement).used == 150
    for wrong in ("", "2:75", "2,33", "-1", "0"):
        answer = advisor.post(f"{ROOM}hours/book/", booking_of(wrong))
        assert (answer.status_code, "Møte" in answer.content.decode()) == (422, True), wrong
    over = advisor.post(f"{ROOM}hours/book/", booking_of("20"))
    assert over.status_code == 422
    assert 'value="ask"' in over.content.decode()
    assert 'value="yes"' not in over.content.decode()
    assert advisor.post(f"{ROOM}hours/book/", booking_of("20", past="yes", why="Meg")).status_code == 422
    assert advisor.post(f"{ROOM}hours/book/", booking_of("20", past="ask", why="Trengs")).status_code == 302
    request = HourRequest.objects.get()
    address = f"{ROOM}hours/requests/{request.pk}/"
    assert advisor.post(address, {"do": "allow", "why": "Ja"}).status_code == 404
    secretary.post(address, {"do": "allow", "why": "Ja"})
    assert hours.balance(found.engagement).left == 600 - 150 - 1200


def test_a_leader_disputes_and_an_advisor_puts_it_right(found: World, sign_in: SignIn):
    book(found, used(90, advisor=found.advisor))
    leader, advisor = sign_in(found.leader), sign_in(found.advisor)
    address = f"{ROOM}hours/2/"
    assert leader.post(address, {"do": "disputed", "comment": ""}).status_code == 422
    assert leader.post(address, {"do": "disputed", "comment": "En time"}).status_code == 302
    assert "En time" in advisor.get(address).content.decode()
    assert advisor.post(address, {"do": "confirmed"}).status_code == 404
    assert leader.post(address, {"do": "correct", "minutes": "1", "why": "Feil"}).status_code == 404
    assert advisor.post(address, {"do": "correct", "minutes": "1:00", "why": "Etter innsigelse"}).status_code == 302
    assert hours.balance(found.engagement).used == 60
    assert leader.post(f"{ROOM}hours/confirm/", {"seen": "3"}).status_code == 302
    assert not [one for one in waiting(as_person(found.leader)) if "confirm" in one.url]


def test_a_past_day_is_asked_for(found: World, sign_in: SignIn):
    book(found, used(90))
    page = sign_in(found.member).get(ROOM, {"on": (NOW - timedelta(days=1)).date().isoformat()})
    assert page.context["on_day"]["granted"] == "0:00"
    assert sign_in(found.member).get(ROOM, {"on": "tull"}).status_code == 200


# --- Sessions ---------------------------------------------------------------------------------------------------------
def test_one_entry_is_made_moved_and_cancelled_in_everyones_calendar(found: World):
    session = convening.convene(found.engagement, call(found), BY)
    assert hours.balance(found.engagement).planned == 90
    moved = call(found, timezone.localdate() + timedelta(days=9), 120)
    convening.change(session, moved, BY)
    assert hours.balance(found.engagement).planned == 120
    convening.cancel(session, "Sykdom", BY)
    assert hours.balance(found.engagement).planned == 0
    letters = Message.objects.filter(kind="guidance_session", to=found.leader.email).order_by("pk")
    files = [Calendar.from_ical(one.calendar) for one in letters]
    events = [one.walk("VEVENT")[0] for one in files]
    assert [str(one["method"]) for one in files] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [int(one["sequence"]) for one in events] == [0, 1, 2]
    assert len({str(one["uid"]) for one in events}) == 1
    again = [vobject.readOne(one.calendar).vevent for one in letters]
    assert [one.dtstart.value.strftime("%H:%M") for one in again] == ["10:00"] * 3
    with pytest.raises(Refused):
        convening.change(session, moved, BY)


def test_who_is_no_longer_invited_loses_the_entry(found: World):
    session = convening.convene(found.engagement, call(found), BY)
    fewer = convening.Call(**{**call(found).__dict__, "people": [found.advisor]})
    convening.change(session, fewer, BY)
    methods = [
        str(Calendar.from_ical(one.calendar)["method"])
        for one in Message.objects.filter(to=found.leader.email, kind="guidance_session").order_by("pk")
    ]
    assert methods == ["REQUEST", "CANCEL"]


@pytest.mark.parametrize("day", [date(2026, 10, 25), date(2027, 3, 28)])
def test_clocks_that_change_move_no_session(found: World, day: date):
    session = convening.convene(found.engagement, call(found, day), BY)
    again = Session.objects.get(pk=session.pk)
    assert (again.starts, again.agreed.starts.strftime("%H:%M %z")) == (
        time(10),
        "10:00 +0100" if day.month == 10 else "10:00 +0200",
    )
    letter = Message.objects.filter(kind="guidance_session", to=found.leader.email).get()
    assert "10:00–11:30" in letter.body


def test_a_sessions_time_goes_to_the_ledger_in_one_click_and_once(found: World, sign_in: SignIn):
    session = yesterday(found)
    advisor = sign_in(found.advisor)
    assert [one.due for one in waiting(as_person(found.advisor))] == [session.day]
    address = f"{ROOM}sessions/{session.key}/book/"
    assert sign_in(found.leader).post(address).status_code == 404
    assert advisor.post(address).status_code == 302
    assert hours.balance(found.engagement) == ledger.Balance(600, 90, 0)
    assert advisor.post(address).status_code == 422
    assert hours.balance(found.engagement).used == 90
    assert Session.objects.get().state == State.HELD


def test_a_session_that_isnt_over_isnt_booked(found: World):
    session = convening.convene(found.engagement, call(found), BY)
    with pytest.raises(Refused):
        holding.book(session, BY)


def test_a_plan_past_the_balance_keeps_the_session_from_being_called(found: World, sign_in: SignIn):
    day = (timezone.localdate() + timedelta(days=3)).isoformat()
    fields = {"kind": "workshop", "title": "Verksted", "day": day, "at": "10:00", "minutes": "11:00", "plan": "on",
              "zone": "Europe/Oslo", "people": [str(found.advisor.key)]}  # fmt: skip
    advisor = sign_in(found.advisor)
    answer = advisor.post(f"{ROOM}sessions/new/", fields)
    assert answer.status_code == 422
    assert (Session.objects.count(), Message.objects.filter(kind="guidance_session").count()) == (0, 0)
    filled = advisor.post(f"{ROOM}sessions/new/", {**fields, "template": "yes"})
    assert filled.status_code == 200
    assert filled.context["form"]["agenda"].value().count("min:") == 5
    assert advisor.post(f"{ROOM}sessions/new/", {**fields, "minutes": "1:30"}).status_code == 302
    assert advisor.get(f"{ROOM}sessions/").status_code == 200
    session = Session.objects.get()
    file = advisor.get(f"{ROOM}sessions/{session.key}/session.ics")
    assert Calendar.from_ical(file.content).walk("VEVENT")[0]["summary"] == "Verksted"
    assert sign_in(found.outsider).get(f"{ROOM}sessions/{session.key}/").status_code == 404
    other = world(60, "another")
    assert sign_in(other.leader).get(f"/nb/guidance/another/sessions/{session.key}/").status_code == 404


def test_actions_are_followed_up(found: World, sign_in: SignIn):
    session = yesterday(found)
    leader = sign_in(found.leader)
    address = f"{ROOM}sessions/{session.key}/points/"
    today = timezone.localdate()
    fields = {"kind": "action", "text": "Skrive begrepene", "owner": str(found.leader.key), "due": today.isoformat()}
    assert leader.post(address, {**fields, "owner": ""}).status_code == 422
    assert leader.post(address, {**fields, "due": ""}).status_code == 422
    assert leader.post(address, fields).status_code == 302
    assert leader.post(address, {"kind": "decision", "text": "Vi avklarer begrepet"}).status_code == 302
    assert sign_in(found.signer).post(address, fields).status_code == 404
    point = SessionPoint.objects.get(kind="action")
    assert [one.due for one in waiting(as_person(found.leader)) if point.text in one.title] == [today]
    assert reminding.remind(today) == 1
    assert reminding.remind(today) == 1
    assert Message.objects.filter(kind="guidance_actions").count() == 1
    assert leader.post(f"{address}{point.pk}/", {"how": "done"}).status_code == 302
    assert reminding.remind(today + timedelta(days=7)) == 0
    assert waiting(as_person(found.leader)) == []


def test_notes_are_written_together(found: World, sign_in: SignIn):
    call_command("prepare_forms")
    session = yesterday(found)
    address = f"{ROOM}sessions/{session.key}/notes/"
    for user in (found.leader, found.advisor, found.member):
        assert sign_in(user).get(address).status_code == 200
    for user in (found.signer, found.outsider):
        assert sign_in(user).get(address).status_code == 404
    sheet = Session.objects.get().sheet
    assert sheet is not None
    for user, path in ((found.leader, "said"), (found.advisor, "learned")):
        saved = forms.save(sheet, [forms.Change(path, f"fra {path}", 0)], str(user.key))
        assert not saved.clashes
    page = sign_in(found.signer).get(f"{ROOM}sessions/{session.key}/").content.decode()
    assert "fra said" in page
    assert "fra learned" in page


# --- Groups and load --------------------------------------------------------------------------------------------------
def test_a_shared_session_falls_by_the_groups_rule(found: World):
    other, third = world(600, "another"), world(600, "third")
    for sharing, present, came in (
        (Sharing.EQUAL, (found, other), [34, 33, 33]),
        (Sharing.PRESENT, (found, other), [50, 50, 0]),
        (Sharing.FULL, (found, third), [100, 0, 100]),
    ):
        group = grouping.make(f"Gruppe {sharing}", sharing, BY)
        every = [found, other, third]
        day = timezone.localdate() - timedelta(days=1)
        for one in every:
            grouping.join(group, one.engagement, day, BY)
        before = [hours.balance(one.engagement).used for one in every]
        session = convening.convene(group, call(found, day, 100, plan=False), BY, now=timezone.now())
        holding.say_present(session, [one.engagement.pk for one in present], BY)
        holding.book(session, BY)
        after = [hours.balance(one.engagement).used for one in every]
        assert [later - earlier for earlier, later in zip(before, after, strict=True)] == came
        assert HourLine.objects.filter(session=session).values_list("sharing", flat=True)[0] == sharing


def test_the_load_and_what_the_hours_carry(found: World, sign_in: SignIn):
    today = timezone.localdate()
    book(found, used(60, advisor=found.advisor))
    loads = capacity.loads([found.advisor], "nb", Week.of(NOW.date()))
    assert sum(loads.of(found.advisor, week).used for week in loads.weeks) == 60
    assert [(key, used_) for key, _title, _who, used_, _planned in loads.projects] == [("made-up", 60)]
    grouping.give_capacity(found.advisor, (NOW.date(), today + timedelta(days=30)), 1000, "", BY)
    own = {one.user: one.room for one in capacity.advisors()}[found.advisor]
    assert (own.capacity, own.used, own.promised, own.free) == (1000, 60, 540, 400)
    secretary = sign_in(found.secretary)
    assert secretary.get("/nb/guidance/capacity/").context["whole"]["free"] == "6:40"
    shown = secretary.get("/nb/guidance/load/", {"from": str(Week.of(NOW.date()))})
    assert "svg?from=" in shown.content.decode()
    empty = secretary.get("/nb/guidance/load/", {"from": "2001-01"}).content.decode()
    assert "svg?" not in empty
    assert "?from=2001-09" in empty, "half of the weeks further on"
    assert secretary.get("/nb/guidance/load/", {"from": "9999-52"}).status_code == 200


def test_the_secretariat_opens_an_engagement_on_any_project(found: World, sign_in: SignIn):
    initiative("fresh")
    secretary = sign_in(found.secretary)
    fields = {"project": "fresh", "support": "tailored", "starts": "2026-03-02", "ends": "2026-12-31", "minutes": "40",
              "counting": "once", "advisors": [str(found.advisor.key)], "goals": "Ett\nTo",
              "why": "Til det er runder"}  # fmt: skip
    for name, wrong in (
        ("project", "no-such"),
        ("ends", "2026-01-01"),
        ("why", " "),
        ("minutes", "x"),
        ("project", "made-up"),
    ):
        assert secretary.post("/nb/guidance/open/", {**fields, name: wrong}).status_code == 422, name
    assert secretary.post("/nb/guidance/open/", fields).status_code == 302
    made = Engagement.objects.get(places__initiative__key="fresh")
    assert (hours.balance(made).granted, made.agreed.count(), made.advisors.count()) == (2400, 2, 1)
    page = "/nb/guidance/fresh/engagement/"
    for data in (
        {"do": "extend", "minutes": "10", "ends": "2027-03-31", "why": "Mer"},
        {"do": "return", "minutes": "5", "why": "Til overs"},
        {"do": "transfer", "project": "made-up", "minutes": "1:30", "why": "Flyttes"},
        {"do": "item", "kind": "deliverable", "text": "Rapport"},
        {"do": "settle", "item": str(made.agreed.first().pk), "how": "done"},
        {"do": "end_advisor", "advisor": str(found.advisor.key)},
        {"do": "counting", "counting": "each_advisor", "counting_note": "", "why": "Klarere"},
        {"do": "close", "why": "Ferdig"},
        {"do": "reopen", "why": "Likevel ikke"},
    ):
        assert secretary.post(page, data).status_code == 302, data
    assert secretary.get(page).context["steps"][0]["row"].step == "reopened"
    assert hours.balance(made).left == 0


def test_what_is_kept_about_a_person_is_told(found: World):
    book(found, used(30, advisor=found.advisor))
    assert [one["minutes"] for one in personal_data(found.advisor)["hour_lines"]] == [30]


def test_the_demonstration_is_stable(db: None):
    assert User.objects.filter(is_demo=True).count() == 0
    call_command("prepare_guidance")
    assert Engagement.objects.count() == 0


def test_a_request_waits_for_the_secretariat(found: World):
    answering.ask(found.engagement, [used(660)], "Trengs", str(found.advisor.key))
    assert len(waiting(as_person(found.secretary))) == 1
    assert waiting(as_person(found.outsider)) == []
