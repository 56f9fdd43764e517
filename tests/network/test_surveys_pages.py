"""Surveys in the browser's words: answering by a link, the desk, what is shown, and who may see it."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from network import guiding, surveying
from pypdfium2 import PdfDocument

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core.surveys.splitting import Parts
from helsevev.network.surveys.actions import answering, making, moving
from helsevev.network.surveys.models import Invitation, Remark, Response, Survey, Waiting
from helsevev.network.surveys.rules.states import Kind, State, Step

pytestmark = pytest.mark.django_db
Sign = Callable[..., Client]


def begun(browser: Client, address: str) -> str:
    """Press “Begin”; what the page says of when it was."""
    page = browser.post(address, {"!do": "begin"}).content.decode()
    found = re.search(r'name="!begun" value="([^"]+)"', page)
    assert found, page
    return found[1]


def send(browser: Client, address: str, seal: str, **answers: str):
    shown = {f"!base/{key}": "0." for key in ("side", "useful", "more")}
    return browser.post(address, {**shown, "!begun": seal, "!do": "send", **answers})


def address_of(row: Invitation, language: str = "nb") -> str:
    return f"/{language}/surveys/a/{making.token_of(row)}/"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_a_link_of_ones_own_answers_once_and_a_look_at_it_burns_nothing(language: str) -> None:
    found = surveying.survey()
    row = surveying.invited(found, 1)[0]
    browser, address = Client(), address_of(row, language)
    for look in (browser.get, browser.head):
        assert look(address).status_code == 200
    row.refresh_from_db()
    assert not row.started
    seal = begun(browser, address)
    missing = send(browser, address, seal, useful="high")
    assert missing.status_code == 200
    assert "ds-error-summary" in missing.content.decode() or "#id_side" in missing.content.decode()
    sent = send(browser, address, seal, side="hospital", useful="high", more="=1+1")
    assert sent.status_code == 302
    again = browser.get(address + sent["Location"])
    assert again.status_code == 200
    assert send(browser, address, seal, side="hospital").status_code == 200
    row.refresh_from_db()
    assert (row.started, row.answered, Waiting.objects.count()) == (True, True, 1)
    assert not browser.cookies
    assert again["Cache-Control"] == "private, no-store"


def test_an_open_link_takes_many_and_one_page_once() -> None:
    found = surveying.survey(has_link=True, handed_out=50)
    address = f"/nb/surveys/o/{found.link}/"
    for _person in range(3):
        browser = Client()
        seal = begun(browser, address)
        for _press in range(2):
            assert send(browser, address, seal, side="hospital", useful="low").status_code == 302
    found.refresh_from_db()
    assert (found.started, Waiting.objects.count()) == (3, 3)


def test_a_survey_that_closes_while_being_answered_keeps_what_was_written() -> None:
    found = surveying.survey()
    rows = surveying.invited(found, 3)
    pages = [(Client(), address_of(row)) for row in rows]
    seals = [begun(*page) for page in pages]
    moving.move(found, Step.CLOSE, surveying.BY)
    # Nobody begins now; those who had begun still count, and are told.
    assert Client().post(pages[2][1], {"!do": "begin"}).content.decode().count("!begun") == 0
    late = send(*pages[0], seals[0], side="hospital", useful="high")
    assert late["Location"].endswith("late=1")
    assert Waiting.objects.count() == 1
    moving.move(found, Step.COUNT, surveying.BY)
    too_late = send(*pages[1], seals[1], side="municipality", useful="low", more="Dette skrev jeg")
    assert too_late.status_code == 409
    assert "Dette skrev jeg" in too_late.content.decode()
    assert not Invitation.objects.get(pk=rows[1].pk).answered
    assert Response.objects.count() == 1


def test_a_strangers_link_and_a_draft_are_no_pages() -> None:
    made = making.make(making.Made(Kind.SATISFACTION, surveying.version(), 2026, has_link=True), surveying.BY)
    for path in ("/nb/surveys/a/guessed/", f"/nb/surveys/o/{made.link}/", f"/nb/surveys/{made.key}/"):
        assert Client().get(path).status_code == 404


def counted_survey(hospital: int = 12, municipality: int = 4) -> Survey:
    found = surveying.survey()
    for at, row in enumerate(surveying.invited(found, hospital + municipality + 4)[: hospital + municipality]):
        side = "hospital" if at < hospital else "municipality"
        answering.answer(found, row, surveying.parts(side, surveying.LEVELS[at % 3], f"=SUM(A{at})"), 0)
    return surveying.count(found)


def test_results_show_n_and_rate_and_hide_small_groups_everywhere(person: Callable[..., User], sign_in: Sign) -> None:
    found = counted_survey()
    keeper = sign_in(person(Role.SECRETARIAT))
    page, files = f"/en/surveys/{found.key}/", f"/en/surveys/{found.key}/results."
    assert Client().get(page).status_code == 404
    text = keeper.get(page).content.decode()
    assert "Response rate 80.0 %: 16 of 20 invited." in text
    assert "(n = 16)" in text
    # Four of the municipalities: hidden, and the hospitals with them.
    grouped = keeper.get(page + "?by=side").content.decode()
    assert grouped.count("hidden") >= 2
    csv = keeper.get(files + "csv").content.decode("utf-8-sig")
    assert sum("hidden" in line for line in csv.splitlines()) == 4
    assert not re.search(r"Municipality\"?,\"?4\b", csv)
    book = openpyxl.load_workbook(io.BytesIO(keeper.get(files + "xlsx").content))
    assert [sheet.title for sheet in book] == ["Answers", "Response", "Themes"]
    pdf = PdfDocument(keeper.get(files + "pdf").content)
    assert "Response rate" in pdf[0].get_textpage().get_text_range()
    moving.move(found, Step.PUBLISH, surveying.BY)
    assert Client().get(page).status_code == 200
    assert "SUM" not in Client().get(page).content.decode() + csv


def test_words_are_sorted_by_hand_and_small_themes_hidden(person: Callable[..., User], sign_in: Sign) -> None:
    found = counted_survey()
    keeper = sign_in(person(Role.SECRETARIAT))
    address = reverse("surveys:words", args=[found.key])
    assert Client().get(address).status_code == 404
    rows = list(Remark.objects.order_by("pk"))
    themes = ["=cmd()"] * 7 + ["Mer tid"] * 6 + ["Kaffe"] * 3
    keeper.post(address, {f"theme/{row.pk}": name for row, name in zip(rows, themes, strict=True)})
    moving.move(found, Step.PUBLISH, surveying.BY)
    text = Client().get(f"/en/surveys/{found.key}/").content.decode()
    # Three wrote of coffee: hidden, and the next smallest with it, as all who wrote are told.
    assert "Kaffe" not in text
    assert "Mer tid" not in text
    assert "=cmd()" in text
    book = openpyxl.load_workbook(io.BytesIO(Client().get(f"/en/surveys/{found.key}/results.xlsx").content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)
    assert keeper.get(address).status_code == 404


def test_years_stand_together_until_the_wording_changes() -> None:
    for year, wording in ((2024, "Var det nyttig?"), (2025, "Var det nyttig?"), (2026, "Var det til nytte?")):
        found = surveying.survey(surveying.version(wording), year)
        for row in surveying.invited(found, 6):
            answering.answer(found, row, Parts({"side": ["hospital"], "useful": ["high"]}, {}), 0)
        last = moving.move(surveying.count(found), Step.PUBLISH, surveying.BY)
    text = Client().get(f"/en/surveys/{last.key}/years/").content.decode()
    assert text.count("The wording was changed here") == 1
    tables = re.findall(r"<tbody>(.*?)</tbody>", text, re.S)
    years = [re.findall(r'<th scope="row">(\d{4})</th>', table) for table in tables]
    assert years == [["2024", "2025", "2026"], ["2024", "2025"], ["2026"]]


def test_the_secretariat_makes_one_invites_from_the_portfolio_and_publishes(sign_in: Sign) -> None:
    world = guiding.world()
    surveying.version()
    keeper = sign_in(world.secretary)
    asked = {"kind": "satisfaction", "form": "made-up-survey", "year": "2026", "initiative": ""}
    assert "groupings" in keeper.get("/en/surveys/new/", asked).content.decode()
    made = keeper.post("/en/surveys/new/", {**asked, "groupings": "side", "about": "To learn."})
    desk = made["Location"]
    found = Survey.objects.get()
    keeper.post(desk + "step/", {"step": "open"})
    form = keeper.get(desk + "invite/").content.decode()
    assert world.leader.email in form
    sent = keeper.post(desk + "invite/", {"drawn": world.leader.email, "others": "a@example.invalid\nnobody"})
    assert "nobody" in sent.content.decode()
    keeper.post(desk + "invite/", {"drawn": world.leader.email, "others": "a@example.invalid"})
    assert found.invitations.count() == 2
    for step in ("remind", "close", "count", "publish"):
        keeper.post(desk + "step/", {"step": step})
    found.refresh_from_db()
    assert found.state == State.PUBLISHED
    assert "Fewer than five answered" in Client().get(f"/en/surveys/{found.key}/").content.decode()


def test_a_leader_keeps_the_surveys_of_their_own_project_alone(sign_in: Sign) -> None:
    world = guiding.world()
    surveying.version()
    leader, outsider, member = (sign_in(one) for one in (world.leader, world.outsider, world.member))
    asked = {"kind": "project", "form": "made-up-survey", "year": "2026", "initiative": world.initiative.key}
    desk = leader.post("/nb/surveys/new/", {**asked, "has_link": "on"})["Location"]
    assert leader.get(desk).status_code == 200
    for other in (outsider, member, Client()):
        assert other.get(desk).status_code == 404
        assert other.post(desk + "step/", {"step": "open"}).status_code == 404
    assert outsider.post("/nb/surveys/new/", asked).status_code in (200, 404)
    assert leader.post("/nb/surveys/new/", {**asked, "kind": "satisfaction"}).status_code == 200
    assert Survey.objects.count() == 1
    assert leader.post(desk + "step/", {"step": "open"}).status_code == 302
    assert leader.post(desk + "step/", {"step": "nothing"}).status_code == 404
