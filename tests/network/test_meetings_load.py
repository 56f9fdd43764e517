"""The part `events` of the portfolio's file: taken in whole, again without change, and beside what people write."""

import json
from copy import deepcopy

import pytest
from django.conf import settings

from helsevev.commons.finding import queries as finding
from helsevev.commons.shelf.models import Item
from helsevev.knowledge.pages.models import WebinarPage
from helsevev.knowledge.pages.queries.reading import facts
from helsevev.network.annual_report import queries as reports
from helsevev.network.events.actions import PART
from helsevev.network.events.models import Meeting

pytestmark = pytest.mark.usefixtures("portfolio")
REAL = settings.REFERENCE_DIR / "portfolio.json"
PART_OF_FILE = json.loads(REAL.read_text())["events"]
BY = "system:test"


def test_everything_is_there_and_a_second_load_changes_nothing():
    assert Meeting.objects.count() == len(PART_OF_FILE) == 23
    again = PART.load(PART_OF_FILE, BY)
    assert (again.made, again.changed, again.left) == ({}, {}, 23)
    both = Meeting.objects.get(key="national-meeting-place-2022-11-07")
    assert (both.mode, both.stated_site, both.stated_digital, both.stated_total) == ("hybrid", 40, 60, 100)
    assert Meeting.objects.filter(is_announced_only=True).count() == 2


def test_what_the_source_puts_right_is_changed_and_what_people_wrote_stays():
    part = deepcopy(PART_OF_FILE)
    part[0]["title"], part[1]["title"] = "Ny tittel", "Også ny"
    Meeting.objects.filter(key="webinar-2022-03-09").update(title="Skrevet her")
    done = PART.load(part, BY)
    assert done.changed == {"webinar-2022-01-13": ["title"]}
    assert done.kept == {"webinar-2022-03-09": ["title"]}
    assert Meeting.objects.get(key="webinar-2022-03-09").title == "Skrevet her"
    assert PART.load(part, BY).left == 23


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ({"kind": "party"}, "events[0].kind"),
        ({"date": "2022-02-30"}, "events[0].date"),
        ({"title": " "}, "events[0].title"),
        ({"participants": -1}, "events[0].participants"),
        ({"participants": {"in_person": "many"}}, "events[0].participants"),
        ({"presenters": "one"}, "events[0].presenters"),
    ],
)
def test_every_fault_has_its_place(row, place):
    found = PART.check([PART_OF_FILE[0] | row, 7], "events")
    assert [fault.place for fault in found] == [place, "events[1]"]
    assert PART.check({}, "events")
    assert not PART.check(None, "events")


def test_what_has_a_project_lies_on_the_shelf_and_all_can_be_found():
    item = Item.objects.get(type="meeting", withdrawn_at=None)
    assert item.key == "seminar-2025-06-10"
    assert item.body["address"] == "/meetings/seminar-2025-06-10/"
    assert finding.keys("meeting", "dialyse").count() == 1


def test_the_years_report_counts_meetings_from_rows_beside_what_is_stated():
    figures = {one["key"]: one for one in reports.report(2022, "en").document["figures"]}
    counted = {key: (figures[key]["counted"], figures[key]["stated"]) for key in figures if key.startswith("meetings.")}
    assert counted == {"meetings.webinars": (6, 6), "meetings.network": (8, 8), "meetings.national": (3, 3)}
    came = figures["participants.attended"]
    assert (came["counted"], came["stated"]) == (None, 300), "three sources state a hundred each"
    assert (figures["courses.intro"]["counted"], figures["courses.intro"]["stated"]) == (None, 3)


def test_the_rows_behind_are_meetings(client):
    page = client.get("/nb/reports/2022/figures/meetings.webinars/").content.decode()
    assert page.count("/nb/meetings/webinar-2022-") == 6


def test_calendar_and_a_meetings_page(client):
    past = client.get("/nb/meetings/?when=past&kind=webinar").content.decode()
    assert past.count('href="/nb/meetings/webinar-') == 8
    assert "Kunstig intelligens" not in client.get("/nb/meetings/").content.decode()
    page = client.get("/nb/meetings/seminar-2025-06-10/").content.decode()
    assert "/nb/portfolio/agder-bu/" in page
    assert client.get("/nb/meetings/nothing-here/").status_code == 404


def test_a_page_of_the_knowledge_bank_finds_its_meeting_on_the_shelf():
    page = WebinarPage(title="Oppdiktet", meeting="seminar-2025-06-10")
    (fact,) = facts(page)
    assert (fact["value"], fact["url"]) == ("En helsetjeneste i endring", "/nb/meetings/seminar-2025-06-10/")
    (unknown,) = facts(WebinarPage(title="Oppdiktet", meeting="something-else"))
    assert unknown["value"] == "something-else"
    assert "url" not in unknown
