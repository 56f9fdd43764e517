"""Registering for meetings: places, the line, letters and calendars, one's own page, and who was there."""

import csv
import io
from datetime import timedelta
from itertools import pairwise

import openpyxl
import pytest
import vobject
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar
from meetings import BY, asked, fields, first, meeting, wish
from reading import read

from helsevev.commons.forms import actions as forms
from helsevev.commons.forms.models import Sheet
from helsevev.commons.mail.models import Message
from helsevev.commons.people.rules import Role
from helsevev.core.sides import Side
from helsevev.core.words import Refused
from helsevev.network.events.actions import afterwards, attending, forgetting, registering, reminding, writing
from helsevev.network.events.actions.afterwards import Remains
from helsevev.network.events.forms import programme
from helsevev.network.events.models import Attendee, Meeting, Registration
from helsevev.network.events.queries import people, yearly
from helsevev.network.events.rules import places
from helsevev.network.events.rules.meetings import may_join, reminder

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def states(row: Meeting) -> list[str]:
    return list(row.registrations.order_by("queued_at", "pk").values_list("state", flat=True))


# --- The line --------------------------------------------------------------------------------------------------------
PARTIES = st.lists(
    st.builds(
        places.Party, st.just(0), st.integers(1, 4), st.sampled_from(["site", "digital"]), st.sampled_from(list(Side))
    ),
    max_size=12,
)
MOST = st.dictionaries(
    st.sampled_from(["mode:site", "mode:digital", *(f"side:{one}" for one in Side)]), st.integers(0, 8)
)


@settings(max_examples=150)
@given(MOST, PARTIES)
def test_no_limit_is_passed_and_nobody_passes_who_waits_for_the_same(most, waiting):
    numbered = [places.Party(n, one.seats, one.mode, one.side) for n, one in enumerate(waiting)]
    found = places.admitted(most, [], numbered)
    for name, limit in most.items():
        assert sum(one.seats for one in found if name in one.limits) <= limit
    inside = {one.key for one in found}
    for before, after in ((a, b) for at, a in enumerate(numbered) for b in numbered[at + 1 :]):
        fits_ever = all(before.seats <= most.get(name, before.seats) for name in before.limits)
        if before.key not in inside and fits_ever and before.limits == after.limits:
            assert after.key not in inside
    # Asking again gives nobody a place: whoever could have one has it.
    assert places.admitted(most, found, [one for one in numbered if one.key not in inside]) == []


def test_a_group_waits_together_and_who_is_first_in_line_is_first_in():
    row = meeting(most_digital=3)
    one, two, group, last = (asked(row, wish(n, group=size)) for n, size in enumerate((1, 1, 3, 1)))
    assert states(row) == ["registered", "registered", "waiting", "waiting"]
    assert [people.place_in_line(each) for each in (one, two, group, last)] == [0, 0, 1, 2]
    registering.leave(first(one))
    assert states(row)[2:] == ["waiting", "waiting"], "a group of three holds its place in line"
    registering.leave(first(two))
    assert states(row)[2:] == ["registered", "waiting"]
    assert Message.objects.filter(to__startswith="2-", key__contains=":registered:").count() == 3


def test_limits_by_kind_of_organisation_hold_back_nobody_else():
    row = meeting(most_by_side={"hospital": 1})
    for number, side in enumerate((Side.HOSPITAL, Side.HOSPITAL, Side.MUNICIPALITY)):
        asked(row, wish(number, side=side))
    assert states(row) == ["registered", "waiting", "registered"]


def test_nobody_gets_a_place_once_it_has_begun_and_nobody_registers():
    row = meeting(most_digital=1)
    one, _two = asked(row, wish(1)), asked(row, wish(2))
    registering.leave(first(one), now=row.begins)
    assert states(row) == ["cancelled", "waiting"]
    with pytest.raises(Refused):
        registering.register(row, wish(3), "nb", now=row.begins)


def test_more_places_are_given_at_once_to_those_who_wait():
    row = meeting(most_digital=1)
    asked(row, wish(1)), asked(row, wish(2))
    writing.change(row, fields(most_digital=2), [], BY, seen=Meeting.objects.get(pk=row.pk).version)
    assert states(row) == ["registered", "registered"]
    assert not Message.objects.filter(key__contains=":changed:").exists(), "a limit is nothing that calendars show"


# --- Letters and calendars -------------------------------------------------------------------------------------------
def test_one_entry_follows_from_invitation_to_cancelling_and_two_parsers_read_it():
    row = meeting()
    made = asked(row, wish(1))
    version = Meeting.objects.get(pk=row.pk).version
    writing.change(row, fields(days=11), [], BY, seen=version)
    writing.cancel(row, "Oppdiktet grunn", BY)
    files = list(Message.objects.exclude(calendar="").order_by("pk").values_list("calendar", flat=True))
    assert len(files) == 3
    entries = [Calendar.from_ical(one).walk("VEVENT")[0] for one in files]
    assert len({str(one["UID"]) for one in entries}) == 1
    assert all(a["SEQUENCE"] < b["SEQUENCE"] for a, b in pairwise(entries))
    assert entries[1]["DTSTART"].dt - entries[0]["DTSTART"].dt == timedelta(days=1)
    seconds = [vobject.readOne(one) for one in files]
    assert [one.method.value for one in seconds] == ["REQUEST", "REQUEST", "CANCEL"]
    assert {one.vevent.uid.value for one in seconds} == {f"{first(made).key}@127.0.0.1"}
    assert "møte.example.invalid" not in "".join(files), "the way in is on one's own page alone"


def test_the_open_calendar_reads_in_both(client):
    row = meeting()
    for address in ("/nb/meetings/feed.ics", f"/nb/meetings/{row.key}/meeting.ics"):
        content = client.get(address).content
        assert str(Calendar.from_ical(content).walk("VEVENT")[0]["UID"]).startswith(f"meeting-{row.key}@")
        assert vobject.readOne(content.decode()).vevent.summary.value == row.title


def test_reminders_go_once_and_never_after_the_start():
    row = meeting()
    asked(row, wish(1))
    for before in (timedelta(days=8), timedelta(days=6), timedelta(days=6), timedelta(minutes=30), -HOUR):
        reminding.remind(row.begins - before)
    sent = Message.objects.filter(key__regex=":(week|day|hour):")
    assert sorted(one.key.split(":")[2] for one in sent) == ["hour", "week"]
    assert reminder(row.begins, row.begins - HOUR / 2, row.begins - HOUR / 4) == "", "who came after isn't reminded"


# --- One's own page --------------------------------------------------------------------------------------------------
def test_whoever_opens_links_beforehand_changes_nothing(client):
    row = meeting()
    sent = {"name": "Oppdiktet", "email": "ny@example.invalid", "side": "other", "mode": "digital", "others": ""}
    assert client.post(f"/nb/meetings/{row.key}/register/", sent).status_code == 302
    again = client.post(f"/nb/meetings/{row.key}/register/", sent)
    assert (again.status_code, Registration.objects.count(), Message.objects.count()) == (302, 1, 1)
    one = first(Registration.objects.get())
    own = f"/nb/meetings/mine/{one.token}/"
    assert own in Message.objects.get().body
    client.get(own)
    assert states(row) == ["unconfirmed"]
    client.post(own, {"act": "confirm"})
    assert states(row) == ["registered"]
    assert client.get(own + "meeting.ics").status_code == 200
    client.get(own), client.head(own)
    assert states(row) == ["registered"]
    client.post(own, {"act": "cancel"})
    assert states(row) == ["cancelled"]
    assert client.get(own).status_code == 404
    assert client.get(f"/nb/meetings/mine/{one.key.hex}:x/").status_code == 404


def test_the_way_in_is_shown_from_a_quarter_before_to_those_with_a_place(client):
    begins = (timezone.localtime() + timedelta(minutes=10)).replace(second=0, microsecond=0)
    row = meeting(0, day=begins.date(), starts=begins.time(), most_digital=1)
    inside, waits = asked(row, wish(1)), asked(row, wish(2))
    assert row.link in client.get(f"/nb/meetings/mine/{first(inside).token}/").content.decode()
    assert row.link not in client.get(f"/nb/meetings/mine/{first(waits).token}/").content.decode()
    assert row.link not in client.get(f"/nb/meetings/{row.key}/").content.decode()
    assert not may_join(row.begins, row.ends, row.begins - timedelta(minutes=16))


def test_with_an_account_one_is_registered_at_once(person, sign_in):
    row, user = meeting(), person(Role.PROJECT_LEADER)
    browser = sign_in(user)
    sent = {"name": user.name, "side": "other", "mode": "site", "others": "Oppdiktet To, to@example.invalid\nTre"}
    assert browser.post(f"/nb/meetings/{row.key}/register/", sent).status_code == 302
    assert states(row) == ["registered"]
    assert Attendee.objects.count() == 3
    assert browser.post(f"/nb/meetings/{row.key}/register/", sent).status_code == 422
    assert row.title in browser.get("/nb/me/").content.decode()


# --- Who was there, and what remains ---------------------------------------------------------------------------------
TEAMS = "1. Sammendrag\r\nMøtetittel\tOppdiktet\r\n\r\n2. Deltakere\r\nNavn\tE-post\tVarighet\r\n"


def test_registered_attended_and_watched_are_three_numbers(person, sign_in):
    row = meeting()
    for number in range(4):
        asked(row, wish(number))
    soon, end = row.begins, row.ends
    with pytest.raises(Refused):
        attending.check_in(row, row.code, "0-0@example.invalid", soon - HOUR)
    with pytest.raises(Refused):
        attending.check_in(row, "WRONG1", "0-0@example.invalid", soon)
    attending.check_in(row, row.code.lower(), "0-0@EXAMPLE.invalid", soon)
    log = TEAMS + "Noen\t1-0@example.invalid\t10 min\r\nOppdiktet 2-0\t\t1 t\r\nUkjent Gjest\t\t1 t\r\n"
    matched = attending.take_log(row, log.encode("utf-16"), BY, now=end)
    assert (len(matched.found), matched.others) == (2, 1)
    Meeting.objects.filter(pk=row.pk).update(watched=17)
    row.refresh_from_db()
    numbers = people.numbers(row)
    assert (numbers.registered, numbers.attended, numbers.watched) == (4, 4, 17)
    assert forgetting.forget_due(row.data_ends - HOUR) == 0
    assert forgetting.forget_due(row.data_ends + HOUR) == 1
    assert not Attendee.objects.exists()
    row.refresh_from_db()
    assert people.numbers(row) == numbers
    Meeting.objects.filter(pk=row.pk).update(day=timezone.localdate())
    told = {one.key: one.counted for one in yearly.figures(timezone.localdate().year, timezone.localdate())}
    assert told == {"participants.registered": 4, "participants.attended": 4, "participants.watched": 17}


def test_a_list_of_participants_runs_nothing(person, sign_in):
    row = meeting()
    asked(row, registering.Wish([("=HYPERLINK(1)", "a@example.invalid")], "digital", Side.OTHER, "@SUM(1)"))
    browser = sign_in(person(Role.SECRETARIAT))
    content = browser.get(f"/nb/meetings/desk/{row.key}/participants.csv").getvalue().decode("utf-8-sig")
    line = list(csv.reader(io.StringIO(content)))[1]
    assert not any(cell.startswith(("=", "@")) for cell in line)
    book = openpyxl.load_workbook(io.BytesIO(browser.get(f"/nb/meetings/desk/{row.key}/participants.xlsx").content))
    assert book.worksheets[0]["A2"].data_type == "s"
    assert sign_in(person(Role.EDITOR)).get(f"/nb/meetings/desk/{row.key}/participants.csv").status_code == 404


def test_a_recording_needs_captions_and_its_text(client):
    row = meeting()
    Meeting.objects.filter(pk=row.pk).update(day=timezone.localdate() - timedelta(days=2))
    bare = Remains("https://film.example.invalid/1", False, "", 5, 0, True)
    with pytest.raises(Refused):
        afterwards.keep(row, bare, BY)
    afterwards.keep(row, Remains(bare.recording, True, "Alt som ble sagt", 5, 0, True), BY)
    page = client.get(f"/nb/meetings/{row.key}/").content.decode()
    assert bare.recording in page
    assert "Alt som ble sagt" in page


def test_the_programme_as_it_is_typed():
    found = programme.read("9.30 | Velkommen | Oppdiktet Vert\n | Pause\nUten tid")
    assert [(one.starts and f"{one.starts:%H:%M}", one.title) for one in found] == [
        ("09:30", "Velkommen"), (None, "Pause"), (None, "Uten tid"),
    ]  # fmt: skip
    with pytest.raises(ValidationError, match="2"):
        programme.read("10:00 | A\n25:99 | B")


def test_the_desk_writes_copies_publishes_and_two_who_write_at_once_see_each_other(person, sign_in):
    browser = sign_in(person(Role.EDITOR))
    made = {name: str(value) for name, value in fields().items()} | {"closes_days": "0", "data_days": "90"}
    made |= {"programme": "10:00 | Start", "series": "Oppdiktet rekke"}
    assert browser.post("/nb/meetings/desk/new/", made).status_code == 302
    row = Meeting.objects.get()
    assert row.series.title == "Oppdiktet rekke"
    assert browser.post(f"/nb/meetings/desk/{row.key}/publish/").status_code == 302
    assert "Oppdiktet webinar" in browser.get("/nb/meetings/").content.decode()
    assert 'value="Oppdiktet webinar"' in browser.get(f"/nb/meetings/desk/new/?copy={row.key}").content.decode()
    late = browser.post(f"/nb/meetings/desk/{row.key}/change/", made | {"seen": "1"})
    assert late.status_code == 422


def test_what_is_asked_is_answered_until_it_begins_and_stands_in_the_list(client, person, sign_in):
    form = forms.make("oppdiktet-sporsmal", "survey", BY)
    item = {"linkId": "mat", "type": "string", "text": "Oppdiktet: noe vi bør vite?"}
    asks = {"resourceType": "Questionnaire", "status": "active", "language": "nb", "title": "Oppdiktet", "item": [item]}
    row = meeting(form=forms.publish(form, asks, BY))
    one = first(asked(row, wish(1)))
    own = f"/nb/meetings/mine/{one.token}/"
    assert own + "answers/" in client.get(own).content.decode()
    page = client.get(own + "answers/")
    fields_ = {
        each.attributes["name"]: each.attributes.get("value", "")
        for each in read(page.content).one("form", id="sheet-form").all("input")
        if "name" in each.attributes
    }
    assert client.post(own + "answers/", fields_ | {"mat": "Uten nøtter"}).status_code == 302
    assert "Uten nøtter" in client.get(own + "answers/").content.decode()
    secretariat = sign_in(person(Role.SECRETARIAT))
    assert "Uten nøtter" in secretariat.get(f"/nb/meetings/desk/{row.key}/participants/").content.decode()
    assert forgetting.forget_due(row.data_ends + HOUR) == 1
    assert not Sheet.objects.exists()
