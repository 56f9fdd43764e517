"""Pages of forms: every button without a script, what the script is told, and what the owning room decides."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import hostile_pdf
import pytest
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client
from django.urls import path

from helsevev.commons.files.models import StoredFile
from helsevev.commons.forms import actions, queries
from helsevev.commons.forms.actions import Change
from helsevev.commons.forms.models import Clash, Sheet
from helsevev.commons.forms.views import filling, reading
from helsevev.commons.people.models import User
from helsevev.config.urls import urlpatterns as all_urls
from helsevev.core.words import Refusal

FORM = json.loads((Path(settings.REFERENCE_DIR) / "forms" / "application.json").read_text(encoding="utf-8"))


@filling.fill_view
def trial(request: HttpRequest, key: str) -> HttpResponse:
    """A room that lets everybody in who has signed in, and readers only read."""
    sheet = queries.sheet(key, room="trial")
    if sheet is None or not request.person.is_known:
        raise Http404
    return filling.page(
        request,
        sheet,
        filling.Desk(
            person=request.person.key,
            may_write="reader" not in request.person.name,
            why_not=Refusal("You may read this alone."),
            title="Trial",
            after="/next/",
            attachments=("trial", sheet.subject),
            file_url=lambda file: f"/files/{file}/",
        ),
    )


def bound(request: HttpRequest, key: str) -> HttpResponse:
    return reading.bound(request, queries.bound(queries.sheet(key, room="trial")), title="Bound")


def empty(request: HttpRequest) -> HttpResponse:
    return reading.empty(request, queries.newest("trial"))


urlpatterns = (
    i18n_patterns(path("trial/<uuid:key>/", trial), path("bound/<uuid:key>/", bound), path("empty/", empty)) + all_urls
)
pytestmark = pytest.mark.urls(__name__)
JSON = {"accept": "application/json"}


@pytest.fixture
def me(person: Callable[..., User]) -> User:
    return person(None)


@pytest.fixture
def you(person: Callable[..., User]) -> User:
    return person(None)


@pytest.fixture
def sheet(me: User) -> Sheet:
    version = actions.publish(actions.make("trial", "application", "system:test"), FORM, "system:test")
    return actions.open_sheet(version, room="trial", subject="x", language="nb", by=str(me.key))


def address(sheet: Sheet, language: str = "en") -> str:
    return f"/{language}/trial/{sheet.key}/"


def on_page(browser: Client, sheet: Sheet, step: object = 1) -> dict[str, str]:
    """The hidden fields that a page of the sheet carries."""
    text = browser.get(f"{address(sheet)}?step={step}").content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))


def post(browser: Client, sheet: Sheet, step: int = 1, do: str = "save", **typed: object):
    return browser.post(address(sheet), {**on_page(browser, sheet, step), "!do": do, **typed})


def test_each_page_is_saved_without_a_script(sheet, me, sign_in):
    browser = sign_in(me)
    answer = post(browser, sheet, do="go:2", title="Safe home", patient_groups=["SE", "BU"], phase="piloting")
    assert (answer.status_code, answer["Location"]) == (302, "?step=2")
    assert queries.answers(sheet) == {"title": "Safe home", "patient_groups": ["BU", "SE"], "phase": "piloting"}
    post(browser, sheet, step=2, measures="yes", figures="12 of 80")
    assert queries.answers(sheet)["measures"] is True
    page = browser.get(f"{address(sheet)}?step=1").content.decode()
    assert 'value="Safe home"' in page
    assert page.count("checked") == 3


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("step", [1, 2, 3, 4, 5, 6, "overview", "99", "x"])
def test_every_page_opens_in_every_language(sheet, me, sign_in, language, step):
    assert sign_in(me).get(f"{address(sheet, language)}?step={step}&check=yes").status_code == 200


def test_a_stale_page_only_sends_what_was_changed_on_it(sheet, me, you, sign_in):
    mine, yours = sign_in(me), sign_in(you)
    stale = on_page(mine, sheet)
    post(yours, sheet, title="Theirs")
    mine.post(address(sheet), {**stale, "title": "", "summary": "Mine"})
    assert queries.answers(sheet) == {"title": "Theirs", "summary": "Mine"}
    assert not Clash.objects.exists()


@pytest.mark.parametrize(("verb", "stands"), [("theirs", "Theirs"), ("mine", "Mine"), ("both", "Theirs\n\nMine")])
def test_two_texts_in_one_place_are_shown_and_chosen_between(sheet, me, you, sign_in, verb, stands):
    mine, yours = sign_in(me), sign_in(you)
    stale = on_page(mine, sheet)
    post(yours, sheet, summary="Theirs")
    mine.post(address(sheet), {**stale, "summary": "Mine"})
    page = mine.get(f"{address(sheet)}?step=1").content.decode()
    assert "Theirs" in page
    assert "Mine" in page
    button = re.search(rf'value="({verb}:[^"]+)"', page)
    assert button
    post(mine, sheet, do=button.group(1), summary="Theirs")
    assert queries.answers(sheet)["summary"] == stands
    assert not Clash.objects.exists()


def test_rows_come_and_go_without_a_script(sheet, me, sign_in):
    browser = sign_in(me)
    answer = post(browser, sheet, step=3, do="add:parties", **{"parties:1/party_name": "Demo Hospital"})
    assert answer["Location"].startswith("?step=3#at-parties:")
    row = answer["Location"].partition("#at-")[2]
    post(browser, sheet, step=3, **{f"{row}/party_name": "Demo Municipality", "parties:1/party_name": "Demo Hospital"})
    answers = queries.answers(sheet)
    assert answers["parties:1/party_name"] == "Demo Hospital"
    assert answers[f"{row}/party_name"] == "Demo Municipality"
    keep = {"parties:1/party_name": "Demo Hospital", f"{row}/party_name": "Demo Municipality"}
    post(browser, sheet, step=3, do="remove:parties:1", **keep)
    assert "parties:1/party_name" not in queries.answers(sheet)
    assert 'value="bring:parties:1"' in browser.get(f"{address(sheet)}?step=3").content.decode()
    post(browser, sheet, step=3, do="bring:parties:1", **{f"{row}/party_name": "Demo Municipality"})
    assert queries.answers(sheet)["parties:1/party_name"] == "Demo Hospital"
    post(browser, sheet, step=3, do="remove:parties:1", **keep)
    assert queries.answers(sheet)[f"{row}/party_name"] == "Demo Municipality"


def test_the_script_saves_one_field_and_hears_what_others_wrote(sheet, me, you, sign_in):
    mine, yours = sign_in(me), sign_in(you)
    seen = on_page(mine, sheet, 2)
    post(yours, sheet, step=2, benefit="Fewer journeys")
    sent = {name: seen[name] for name in ("!seal", "!base/measures")}
    answer = mine.post(
        address(sheet) + "?step=2", {**sent, "!window": "w", "!step": "2", "measures": "yes"}, headers=JSON
    )
    told = answer.json()
    assert told["took"] == ["measures"]
    assert told["values"]["benefit"] == {"benefit": "Fewer journeys"}
    assert told["who"]["benefit"] == you.name
    assert told["asked"]["figures"] is True
    assert told["asked"]["no_figures"] is False
    assert told["marks"]["measures"] != seen["!base/measures"]
    nothing_new = mine.get(f"{address(sheet)}?step=2&since={told['revision']}", headers=JSON)
    assert nothing_new.status_code == 204
    assert mine.get(f"{address(sheet)}?step=2&since=0", headers=JSON).json()["values"]["benefit"]


def test_the_script_hears_what_is_wrong_and_where_two_met(sheet, me, you, sign_in):
    mine, yours = sign_in(me), sign_in(you)
    seen = on_page(mine, sheet)
    post(yours, sheet, title="Theirs")
    sent = {name: seen[name] for name in ("!seal", "!base/title", "!base/people_reached")}
    typed = {"title": "Mine", "people_reached": "many"}
    told = mine.post(address(sheet) + "?step=1", {**sent, **typed, "!step": "1"}, headers=JSON).json()
    assert told["met"] == ["title"]
    assert "Theirs" in told["clashes"]["title"]
    assert told["problems"]["people_reached"].startswith("Write a whole number")
    assert told["steps"]["1"] == "wrong"


def test_what_cannot_be_kept_is_said_and_stays_on_the_page(sheet, me, sign_in):
    browser = sign_in(me)
    seen = on_page(browser, sheet)
    for typed, status in [("\x07 bell", 409), ("x" * 70_000, 409)]:
        answer = browser.post(address(sheet), {**seen, "title": typed})
        assert answer.status_code == status
        assert typed[:50].strip("\x07 ") in answer.content.decode()
        assert browser.post(address(sheet), {**seen, "title": typed}, headers=JSON).json()["refused"]
    assert not queries.answers(sheet)


def test_what_no_database_keeps_gets_a_mark_and_the_rest_is_saved(sheet, me, sign_in):
    browser = sign_in(me)
    seen = on_page(browser, sheet)
    typed = {"title": "a\x00b", "!other/phase": "\x00", "phase": "piloting", "!window": "w\x00", "!step": "1\x00"}
    assert browser.post(address(sheet), {**seen, **typed}).status_code == 302
    assert queries.answers(sheet) == {"title": "a\ufffdb", "phase": "piloting"}


def test_a_sheet_bound_meanwhile_refuses_and_shows_what_was_typed(sheet, me, sign_in):
    browser = sign_in(me)
    seen = on_page(browser, sheet)
    Sheet.objects.update(state="bound")
    answer = browser.post(address(sheet), {**seen, "title": "Too late, and not lost"})
    assert answer.status_code == 409
    assert "Too late, and not lost" in answer.content.decode()


def test_an_ended_session_keeps_what_was_typed_and_takes_it_after_signing_in(sheet, me, sign_in):
    browser = sign_in(me)
    seen = on_page(browser, sheet)
    browser.logout()
    answer = browser.post(address(sheet), {**seen, "title": "Typed before lunch"})
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "Typed before lunch" in page
    assert browser.post(address(sheet), {**seen, "title": "x"}, headers=JSON).status_code == 401
    assert not queries.answers(sheet)
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    assert sign_in(me).post(address(sheet), hidden).status_code == 302
    assert queries.answers(sheet) == {"title": "Typed before lunch"}


def test_a_page_without_its_own_seal_saves_nothing(sheet, me, you, sign_in):
    seen = on_page(sign_in(me), sheet)
    other = actions.open_sheet(sheet.version, room="trial", subject="y", language="nb", by=str(me.key))
    for browser, target, fields in [
        (sign_in(you), sheet, seen),
        (sign_in(me), other, seen),
        (sign_in(me), sheet, {**seen, "!seal": "forged"}),
        (sign_in(me), sheet, {name: value for name, value in seen.items() if name != "!seal"}),
    ]:
        assert browser.post(address(target), {**fields, "title": "x"}).status_code == 409
    assert not queries.answers(sheet)
    assert Client(enforce_csrf_checks=True).post(address(sheet), {**seen, "title": "x"}).status_code == 401


def test_who_may_only_read_sees_answers_and_writes_nothing(sheet, me, sign_in):
    writer = sign_in(me)
    seen = on_page(writer, sheet)
    post(writer, sheet, title="To be read")
    me.name = "Test reader"
    me.save()
    page = writer.get(address(sheet)).content.decode()
    assert "To be read" in page
    assert "<textarea" not in page
    assert writer.post(address(sheet), {**seen, "title": "x"}).status_code == 409
    assert queries.answers(sheet)["title"] == "To be read"


def test_strangers_find_nothing(sheet):
    assert Client().get(address(sheet)).status_code == 404
    assert Client().post(address(sheet), {"title": "x"}).status_code == 404


def test_the_overview_leads_to_each_place_and_on_when_nothing_is_missing(me, sign_in):
    small = {
        "resourceType": "Questionnaire",
        "item": [
            {"linkId": "g", "type": "group", "text": "G", "item": [
                {"linkId": "a", "type": "boolean", "text": "A", "required": True},
                {"linkId": "b", "type": "string", "text": "B", "required": True,
                 "enableWhen": [{"question": "a", "operator": "=", "answerBoolean": True}]},
            ]}
        ],
    }  # fmt: skip
    version = actions.publish(actions.make("small", "other", "system:test"), small, "system:test")
    sheet = actions.open_sheet(version, room="trial", subject="s", language="nb", by=str(me.key))
    browser = sign_in(me)
    overview = f"{address(sheet)}?step=overview"
    assert "#at-a" in browser.get(overview).content.decode()
    actions.save(sheet, [Change("a", True), Change("b", "kept text")], str(me.key))
    assert "/next/" in browser.get(overview).content.decode()
    post(browser, sheet, a="no", b="kept text")
    page = browser.get(overview).content.decode()
    assert "/next/" in page
    assert "kept text" in page
    bound = actions.bind(sheet, str(me.key))
    assert "kept text" not in bound.response
    read = browser.get(f"/en/bound/{sheet.key}/").content.decode()
    assert bound.digest in read
    assert "<dd>No</dd>" in read


WITH_FILE = {
    "resourceType": "Questionnaire",
    "item": [
        {"linkId": "g", "type": "group", "text": "G", "item": [
            {"linkId": "f", "type": "attachment", "text": "Plan", "required": True},
            {"linkId": "t", "type": "string", "text": "T"},
        ]}
    ],
}  # fmt: skip


def test_a_file_is_an_answer_that_comes_through_the_products_one_way_in(me, sign_in, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    version = actions.publish(actions.make("filed", "other", "system:test"), WITH_FILE, "system:test")
    sheet = actions.open_sheet(version, room="trial", subject="s", language="nb", by=str(me.key))
    browser = sign_in(me)
    hostile = SimpleUploadedFile("plan.pdf", b"<html>no PDF</html>")
    answer = post(browser, sheet, f=hostile, t="typed beside the file")
    assert answer.status_code == 409
    assert queries.answers(sheet) == {"t": "typed beside the file"}
    post(browser, sheet, f=SimpleUploadedFile("plan.pdf", hostile_pdf.plain()), t="typed beside the file")
    given = queries.answers(sheet)["f"]
    file = StoredFile.objects.get(owner_kind="trial", owner_key="s")
    assert (given["file"], given["name"], given["digest"]) == (str(file.key), "plan.pdf", file.sent_digest)
    assert f"/files/{file.key}/" in browser.get(address(sheet)).content.decode()
    post(browser, sheet, do="detach:f", t="typed beside the file")
    assert "f" not in queries.answers(sheet)
    assert StoredFile.objects.get().state == "withdrawn"
    assert not queries.evaluation(sheet).is_complete


def test_the_empty_form_is_read_beforehand_in_each_language(sheet):
    for language, word in [("nb", "Skrøpelige eldre"), ("nn", "Skrøpelege eldre"), ("en", "Frail older people")]:
        page = Client().get(f"/{language}/empty/").content.decode()
        assert word in page
        assert "<input" not in page.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("name", ["application", "screening", "assessment", "gate"])
def test_the_forms_that_come_with_the_product_are_whole_in_three_languages(db, name):
    folder = Path(settings.REFERENCE_DIR) / "forms"
    assert name in actions.load_forms(folder)
    assert actions.load_forms(folder) == []
    form = queries.compiled(queries.newest(name))
    assert form.languages == ("nb", "nn", "en")
    for item in form.by_link_id.values():
        assert set(item.text.by_language) == {"nb", "nn", "en"}, item.link_id
        for option in item.options:
            assert set(option.text.by_language) == {"nb", "nn", "en"}, option.key
