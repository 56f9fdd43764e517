"""Rounds as the secretariat keeps them: five actions to the next, two at once, letters, files, and who may what."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from icalendar import Calendar
from rounds import BY, at_noon, made, opened

from helsevev.commons.audit.models import Line
from helsevev.commons.mail.models import Message
from helsevev.commons.people.rules import Role
from helsevev.core.words import Refused
from helsevev.network.applications.actions import rounds as acting
from helsevev.network.applications.actions import rounds_changing as changing
from helsevev.network.applications.actions import rounds_telling as telling
from helsevev.network.applications.models import CallFollower, LetterTemplate, Round, WorkflowVersion
from helsevev.network.applications.queries import calls, rounds_showing
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import rounds as rules
from helsevev.network.applications.rules import workflow
from helsevev.network.applications.rules.following import digest
from helsevev.network.applications.rules.rounds import Part, Standing

AT = "/en/rounds/"
KEEPERS = frozenset({"secretariat", "administrator"})
PAGES = [
    "",
    "dates/",
    "offer/",
    "texts/",
    "criteria/",
    "panel/",
    "letters/",
    "publish/",
    "close/",
    "extend/",
    "cancel/",
]


def fields(page) -> dict[str, str]:
    """What the form in the content would send, as a browser reads it."""
    form = page.context["form"]
    found = {bound.html_name: bound.value() for bound in form}
    if page.context.get("seen"):
        found["seen"] = page.context["seen"]
    return {name: value for name, value in found.items() if value is not None and value is not False}


# --- Who may what ----------------------------------------------------------------------------------------------------
def test_only_those_who_keep_rounds_see_or_change_them(registers, cast):
    round_ = made()
    before = Round.objects.values().get(pk=round_.pk)
    for page in PAGES:
        address = f"{AT}{round_.code}/{page}"
        answers = {who: browser.get(address).status_code for who, browser in cast.items()}
        assert {who for who, status in answers.items() if status == 200} == KEEPERS, page
        assert {status for who, status in answers.items() if who not in KEEPERS} == {404}, page
    for page in PAGES[1:]:
        for who in set(cast) - KEEPERS:
            sent = cast[who].post(f"{AT}{round_.code}/{page}", {"reason": "x", "hours": "1"})
            assert sent.status_code == 404, (who, page)
    assert Round.objects.values().get(pk=round_.pk) == before


def test_a_round_being_prepared_is_nobodys_business(registers, cast):
    round_ = made()
    for path in ("/en/calls/2026-2/", "/en/calls/2026-2/calendar.ics"):
        seen = {who for who, browser in cast.items() if browser.get(path).status_code == 200}
        assert seen == KEEPERS
    acting.publish(round_, BY)
    assert {browser.get("/en/calls/2026-2/").status_code for browser in cast.values()} == {200}
    assert {browser.get(f"/en/calls/{code}/").status_code for code in ("2026-3", "x", "2026-02x") for browser in
            [cast["secretariat"]]} == {404}  # fmt: skip


# --- Making and editing ----------------------------------------------------------------------------------------------
def test_the_next_round_is_open_after_four_actions(registers, person, sign_in):
    last = opened()
    LetterTemplate.objects.filter(round=last, outcome="declined", language="nb").update(subject="Our own words")
    acting.close(last, BY, "Done")
    browser = sign_in(person(Role.SECRETARIAT))
    page = browser.get(f"{AT}next/")  # 1: "Make the next round"
    answer = browser.post(f"{AT}next/", fields(page))  # 2: "Make the round", times as proposed
    assert answer.status_code == 302
    browser.get(f"{answer.url}publish/")  # 3: "Publish the call"
    assert browser.post(f"{answer.url}publish/").status_code == 302  # 4: yes
    new = asking.one("2026-3")
    assert new.standing(timezone.now()) is Standing.ANNOUNCED
    assert new.standing(new.opens_at) is Standing.OPEN
    assert (new.hours, new.form_id, new.focus_areas) == (last.hours, last.form_id, last.focus_areas)
    assert asking.criteria(new) == asking.criteria(last)
    assert asking.letters(new) == asking.letters(last)
    assert new.letters.filter(subject="Our own words").count() == 1


def test_a_double_click_makes_one_round(registers, person, sign_in):
    browser = sign_in(person(Role.SECRETARIAT))
    sent = fields(browser.get(f"{AT}next/"))
    assert browser.post(f"{AT}next/", sent).url == browser.post(f"{AT}next/", sent).url
    assert Round.objects.count() == 1
    assert Line.objects.filter(verb="round made").count() == 1


@pytest.mark.parametrize("part", list(Part))
def test_saving_a_part_unchanged_changes_nothing(registers, person, sign_in, part):
    round_ = made()
    before = {one: asking.part_values(round_, one) for one in Part}
    browser = sign_in(person(Role.SECRETARIAT))
    address = f"{AT}{round_.code}/{part}/"
    assert browser.post(address, fields(browser.get(address))).status_code == 302
    assert {one: asking.part_values(asking.one(round_.code), one) for one in Part} == before
    assert asking.one(round_.code).version == round_.version


def test_each_part_keeps_what_is_written_in_it(registers, person, sign_in):
    round_, assessor = made(), person(Role.ASSESSOR)
    browser = sign_in(person(Role.SECRETARIAT))

    def save(part, **changed):
        address = f"{AT}{round_.code}/{part}/"
        answer = browser.post(address, fields(browser.get(address)) | changed)
        assert answer.status_code == 302, answer.context["form"].errors
        return asking.one(round_.code)

    assert save("dates", grace_minutes="15").grace_minutes == 15
    assert save("offer", supports=["group"], themes="FACT | FACT-team\n\nBarn || Children").themes == [
        {"nb": "FACT", "nn": "FACT-team"}, {"nb": "Barn", "en": "Children"}
    ]  # fmt: skip
    assert save("texts", **{"who-en": "  Two sides  "}).texts["who"]["en"] == "Two sides"
    assert save("panel", assessor=[str(assessor.key)]).panel.get().user == assessor
    save("letters", **{"declined-en-body": "No,\r\n{reasons}"})
    assert round_.letters.get(outcome="declined", language="en").body == "No,\n{reasons}"
    rows = {"rows": "9", "7-names": "Nyhet | Nyhet | Novelty", "7-kind": "assessed", "7-weight": "0", "0-gone": "on"}
    codes = [one.code for one in save("criteria", **rows).criteria.all()]
    assert codes == ["focus-area", "transfer", "need", "cooperation", "spread", "doing", "nyhet"]


@pytest.mark.parametrize(
    ("part", "sent", "said"),
    [
        ("dates", {"closes_at": "2026-10-25T02:30"}, "comes twice"),
        ("dates", {"opens_at": "2026-03-29T02:30"}, "doesn&#x27;t exist"),
        ("dates", {"grace_minutes": "61"}, "60"),
        ("dates", {"form": "99999"}, "valid choice"),
        ("letters", {"declined-nb-body": "Hei {navn}"}, "{navn}"),
        ("criteria", {"3-levels": "best | Godt"}, "Line 1"),
        ("offer", {"hours": "-1"}, "0"),
        ("panel", {"assessor": ["somebody"]}, "valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_stays_in_its_field(registers, person, sign_in, part, sent, said):
    round_ = made()
    browser = sign_in(person(Role.SECRETARIAT))
    address = f"{AT}{round_.code}/{part}/"
    answer = browser.post(address, fields(browser.get(address)) | sent)
    assert answer.status_code == 422
    text = answer.content.decode()
    assert said in text
    for value in sent.values():
        assert isinstance(value, list) or f"{value}" in text
    assert asking.one(round_.code).version == round_.version


def test_two_who_change_the_same_part_see_both(registers, person, sign_in):
    round_ = made()
    one, other = sign_in(person(Role.SECRETARIAT)), sign_in(person(Role.ADMINISTRATOR))
    address = f"{AT}{round_.code}/texts/"
    first, second = fields(one.get(address)), fields(other.get(address))
    assert one.post(address, first | {"who-en": "Mine"}).status_code == 302
    met = other.post(address, second | {"who-en": "Theirs"})
    assert met.status_code == 422
    page = met.content.decode()
    assert "Somebody has changed this" in page
    assert "Mine" in page
    assert "Theirs" in page
    assert asking.one(round_.code).texts["who"]["en"] == "Mine"
    again = fields(met) | {"who-en": "Theirs", "seen": met.context["seen"]}
    assert other.post(address, again).status_code == 302
    assert asking.one(round_.code).texts["who"]["en"] == "Theirs"


def test_what_is_open_is_changed_with_a_reason_or_not_at_all(registers, person, sign_in):
    round_ = opened()
    browser = sign_in(person(Role.SECRETARIAT))
    texts, criteria = f"{AT}{round_.code}/texts/", f"{AT}{round_.code}/criteria/"
    sent = fields(browser.get(texts)) | {"who-en": "Changed"}
    assert browser.post(texts, sent).status_code == 422
    assert browser.post(texts, sent | {"reason": "A slip"}).status_code == 302
    assert "A slip" in Line.objects.get(verb="round's texts changed").detail
    page = browser.get(criteria)
    assert "can&#x27;t be changed once the call is open" in page.content.decode()
    answer = browser.post(criteria, fields(page) | {"3-weight": "99", "reason": "A slip"})
    assert answer.status_code == 422
    assert asking.criteria(asking.one(round_.code)) == asking.criteria(round_)


# --- The call --------------------------------------------------------------------------------------------------------
def test_a_call_that_lacks_something_is_not_published(registers, person, sign_in):
    round_ = made()
    Round.objects.filter(pk=round_.pk).update(hours=0)
    browser = sign_in(person(Role.SECRETARIAT))
    assert "Say how many hours" in browser.get(f"{AT}{round_.code}/").content.decode()
    assert browser.post(f"{AT}{round_.code}/publish/").status_code == 422
    assert asking.one(round_.code).state == rules.State.DRAFT


def test_publishing_twice_is_refused_and_tells_followers_once(registers):
    telling.follow("asker@example.invalid", "en")
    telling.confirm(_token("asker@example.invalid"))
    telling.follow("unconfirmed@example.invalid", "nb")
    round_ = opened()
    with pytest.raises(Refused):
        acting.publish(round_, BY)
    letters = Message.objects.filter(key__startswith="call:")
    assert [letter.to for letter in letters] == ["asker@example.invalid"]
    assert "/en/calls/2026-2/" in letters[0].body


def test_closing_moving_the_deadline_and_cancelling_ask_for_a_reason(registers, person, sign_in):
    round_ = opened()
    browser = sign_in(person(Role.SECRETARIAT))
    at = f"{AT}{round_.code}/"
    assert browser.post(f"{at}close/", {"reason": ""}).status_code == 422
    assert browser.post(f"{at}close/", {"reason": "Too many came"}).status_code == 302
    closed = asking.one(round_.code)
    assert closed.standing(timezone.now()) is Standing.CLOSED
    assert "Too many came" in browser.get("/en/calls/2026-2/").content.decode()
    later = (at_noon() + timedelta(days=40)).astimezone(timezone.get_default_timezone())
    sent = {"closes_at": f"{later:%Y-%m-%dT%H:%M}", "reason": "There was room"}
    assert browser.post(f"{at}extend/", sent).status_code == 302
    assert asking.one(round_.code).standing(timezone.now()) is Standing.OPEN
    assert browser.post(f"{at}extend/", sent | {"closes_at": "2020-01-01T12:00"}).status_code == 422
    assert browser.post(f"{at}cancel/", {"reason": "No money"}).status_code == 302
    assert asking.one(round_.code).standing(timezone.now()) is Standing.CANCELLED
    assert [event.why for event in rounds_showing.history(round_)][:3] == [
        "No money", "There was room", "Too many came"
    ]  # fmt: skip


def test_the_database_itself_refuses_a_round_that_cannot_be(registers):
    round_ = made()
    for wrong in ({"state": "published", "opens_at": None}, {"opens_at": round_.decides_at}, {"grace_minutes": 61}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Round.objects.filter(pk=round_.pk).update(**wrong)


def test_a_round_keeps_the_workflow_that_it_was_published_with(registers):
    round_ = opened()
    before = asking.steps(round_)
    acting.change_workflow(workflow.without(before, ["recommendation"]), BY)
    assert WorkflowVersion.objects.count() == 2
    assert asking.steps(asking.one(round_.code)) == before
    assert acting.change_workflow(workflow.without(before, ["recommendation"]), BY).number == 2
    acting.close(round_, BY, "Done")
    acting.move_on(round_, "decided", BY)
    assert asking.one(round_.code).state == rules.State.DECIDED
    assert not asking.steps(acting.publish(made(2027, 1, 70, 99, 120), BY)).has(workflow.Kind.RECOMMENDING)


def test_leaving_a_step_out_in_the_browser_makes_a_new_version(registers, person, sign_in):
    made()
    browser = sign_in(person(Role.SECRETARIAT))
    sent = fields(browser.get(f"{AT}workflow/")) | {"screening-out": "on", "draft-name-en": "Drafting"}
    assert browser.post(f"{AT}workflow/", sent).status_code == 302
    flow = workflow.read(WorkflowVersion.objects.first().steps)
    assert "screening" not in flow.by_code
    assert "screened_out" not in flow.by_code
    assert flow.step("draft").names["en"] == "Drafting"


# --- For everyone ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_call_says_who_what_and_how_in_each_language(registers, client, language):
    opened()
    page = client.get(f"/{language}/calls/2026-2/").content.decode()
    words = asking.beginning()
    for text in ("who", "weighed", "guidance"):
        assert words["texts"][text][language].split(".")[0] in page.replace("&#x27;", "'")
    for one in words["criteria"]:
        assert one["names"][language] in page
    assert f"/{language}/calls/2026-2/calendar.ics" in page
    assert "data-countdown" in page
    assert "2026-2" in client.get(f"/{language}/calls/").content.decode()
    assert "/calls/2026-2/" in client.get(f"/{language}/").content.decode()


def test_the_calendar_file_holds_the_moments_in_utc(registers, client):
    round_ = opened()
    entries = Calendar.from_ical(client.get("/nb/calls/2026-2/calendar.ics").content).walk("VEVENT")
    assert len(entries) == 3
    assert len({str(entry["uid"]) for entry in entries}) == 3
    closing = next(entry for entry in entries if "closes" in entry["uid"])
    assert closing.decoded("dtend") == round_.closes_at
    assert closing.decoded("dtend").utcoffset() == timedelta(0)


def test_feeds_name_published_calls_alone(registers, client):
    made(2026, 3, 70, 90, 120)
    opened()
    told = client.get("/en/calls/feed.json").json()
    assert [item["id"] for item in told["items"]] == ["call-2026-2"]
    assert b"call-2026-2" in client.get("/en/calls/feed.rss").content
    assert b"call-2026-3" not in client.get("/en/calls/feed.rss").content


def test_how_long_there_is_left_is_said_in_two_units():
    now = datetime(2026, 1, 1, tzinfo=UTC)
    with override("en"):
        assert calls.left(now + timedelta(days=3, hours=2, minutes=5), now) == "3 days, 2 hours"
        assert calls.left(now + timedelta(hours=1, minutes=5), now) == "1 hour, 5 minutes"
        assert calls.left(now, now) == calls.left(None, now) == ""


# --- Following -------------------------------------------------------------------------------------------------------
def _token(address: str) -> str:
    """The token in the last letter to an address."""
    body = Message.objects.filter(to=address, key__startswith="follow:").latest("pk").body
    return re.search(r"/calls/follow/([\w-]+)/", body).group(1)


def test_letters_come_only_to_who_said_yes(registers, client):
    address = "asker@example.invalid"
    assert client.post("/en/calls/follow/", {"email": "Asker@example.invalid"}).status_code == 302
    assert client.post("/en/calls/follow/", {"email": address}).status_code == 302
    assert Message.objects.filter(to=address).count() == 1
    token = _token(address)
    assert client.get(f"/en/calls/follow/{token}/").status_code == 200
    assert CallFollower.objects.get().confirmed_at is None
    client.post(f"/en/calls/follow/{token}/")
    row = CallFollower.objects.get()
    assert row.confirmed_at is not None
    assert row.digest == digest(token)
    assert client.post("/en/calls/follow/nothing/").status_code == 404
    client.get(reverse("applications:unfollow", args=[row.key]))
    assert CallFollower.objects.count() == 1
    client.post(reverse("applications:unfollow", args=[row.key]))
    assert not CallFollower.objects.exists()


def test_a_link_is_too_old_after_a_week_and_the_address_forgotten(registers):
    telling.follow("asker@example.invalid", "nb")
    token = _token("asker@example.invalid")
    assert telling.confirm(token, timezone.now() + timedelta(days=8)) is None
    CallFollower.objects.update(asked_at=timezone.now() - timedelta(days=8))
    assert telling.forget_unconfirmed() == 1


# --- A round that was decided elsewhere ------------------------------------------------------------------------------
def test_what_is_stated_and_what_the_links_show_stand_side_by_side(portfolio, client):
    round_ = opened(2026, 1)
    Round.objects.filter(pk=round_.pk).update(
        state="decided", stage="decided", decided_at=timezone.now(), stated_new=8, stated_renewed=7
    )
    awards = calls.awards(asking.one("2026-1"), "en")
    assert (len(awards.cards), awards.linked, awards.others, awards.disagrees) == (15, 6, 9, True)
    page = client.get("/en/calls/2026-1/").content.decode()
    assert "15 projects got support" in page
    assert "show 6 as renewed; 9 have no such link" in page
    assert "stated 8 new and 7 renewed" in page


def test_a_part_is_written_by_its_mark_alone(registers):
    round_ = made()
    values = asking.part_values(round_, Part.OFFER) | {"hours": 7}
    with pytest.raises(Refused):
        changing.change(round_, changing.Wanted(Part.OFFER, values, "another mark"), BY)
    seen = changing.mark(asking.part_values(round_, Part.OFFER))
    assert changing.change(round_, changing.Wanted(Part.OFFER, values, seen), BY).hours == 7
