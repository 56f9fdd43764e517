"""Building a form in the browser: every change is kept at once, can be taken back, and meets another's without loss."""

from collections.abc import Callable
from html.parser import HTMLParser
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from helsevev.commons.audit.models import Line
from helsevev.commons.forms.actions import building as acting
from helsevev.commons.forms.models import Form, FormDraft, FormVersion
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core.questionnaire import reading
from helsevev.core.questionnaire_building import conditions, settings, sums, texts, tree, wording

pytestmark = pytest.mark.django_db


class Fields(HTMLParser):
    """What a browser would send of a page's fields, its buttons left out."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: dict[str, str] = {}
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "input" and name and (given.get("type") not in ("checkbox", "radio") or "checked" in given):
            self.found[name] = given.get("value", "on" if given.get("type") in ("checkbox", "radio") else "")
        elif tag in ("textarea", "select") and name:
            self.inside = name
            self.found.setdefault(name, "")
        elif tag == "option" and "selected" in given and self.inside:
            self.found[self.inside] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        if self.inside and self.get_starttag_text().startswith("<textarea"):  # type: ignore[union-attr]
            self.found[self.inside] += data.removeprefix("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("textarea", "select"):
            self.inside = ""


def fields(answer: Any) -> dict[str, str]:
    return Fields(answer.content.decode()).found


class Builder:
    """A secretary's browser, and the pages as a browser without a script would send them."""

    def __init__(self, browser: Client, key: str) -> None:
        self.browser, self.key = browser, key

    def address(self, link_id: str = "") -> str:
        return f"/en/forms/{self.key}/build/" + (f"question/{link_id}/" if link_id else "")

    def open(self, link_id: str = "") -> dict[str, str]:
        """The fields of a page as it was made."""
        return fields(self.browser.get(self.address(link_id)))

    def send(self, link_id: str = "", was: dict[str, str] | None = None, **typed: str) -> HttpResponse:
        """Send a page: its hidden fields, with what was typed."""
        typed = {name.replace("__", "."): text for name, text in typed.items()}
        return self.browser.post(self.address(link_id), {**(was or self.open(link_id)), **typed})  # type: ignore[return-value]

    def add(self, kind: str, text: str, **where: str) -> str:
        answer = self.send("", do="add", add__kind=kind, add__text=text, **where)
        assert answer.status_code == 302, answer.content
        return str(answer["Location"]).split("/question/")[1].strip("/")

    @property
    def held(self) -> dict[str, Any]:
        found: dict[str, Any] = FormDraft.objects.get(form__key=self.key).questionnaire
        return found

    def item(self, link_id: str) -> dict[str, Any]:
        return tree.require(self.held, link_id).item


@pytest.fixture
def secretaries(person: Callable[..., User], sign_in: Callable[..., Client]) -> list[Builder]:
    """Two secretaries at one new form."""
    two = [person(Role.SECRETARIAT) for _number in range(2)]
    form = acting.start("Prøveskjema", Form.Kind.APPLICATION, str(two[0].key))
    return [Builder(sign_in(user), form.key) for user in two]


@pytest.fixture
def builder(secretaries: list[Builder]) -> Builder:
    return secretaries[0]


def test_a_form_is_made_blank_from_another_and_listed(builder: Builder) -> None:
    builder.add("string", "Navn")
    answer = builder.browser.post(
        "/en/forms/new/", {"title": "Ny søknad", "kind": "application", "source": builder.key}
    )
    assert answer["Location"] == "/en/forms/ny-soknad/build/"
    copy = Builder(builder.browser, "ny-soknad")
    assert [one.item["text"] for one in tree.walk(copy.held)] == ["Navn"]
    assert copy.held["title"] == "Ny søknad"
    page = builder.browser.get("/en/forms/").content.decode()
    assert "Ny søknad" in page
    assert "Prøveskjema" in page
    assert builder.browser.post("/en/forms/new/", {"title": "", "kind": "x"}).status_code == 422


def test_what_files_from_elsewhere_say_can_be_said_in_the_browser_too(builder: Builder) -> None:
    link_id = builder.add("string", "Organisasjonsnummer")
    typed = {"prefix": "1.2", "placeholder__nb": "974 706 490", "placeholder__en": "nine digits"}
    typed |= {"wrong__nb": "Ni sifre", "initial": "9", "pattern": "[0-9 ]{9,11}", "readOnly": "on", "hidden": "on"}
    assert builder.send(link_id, **typed).status_code == 302
    read = reading.read(builder.held).questionnaire
    assert read
    item = read.by_link_id[link_id]
    assert (item.prefix, item.read_only, item.hidden, item.initial) == ("1.2", True, True, ("9",))
    assert item.placeholder.in_language("en") == "nine digits"
    assert item.limits.pattern
    assert item.limits.pattern.pattern == "[0-9 ]{9,11}"
    shown = builder.open(link_id)
    assert {name.replace("__", "."): text for name, text in typed.items()}.items() <= shown.items()
    # Each can be taken away again, and then nothing of it is left.
    builder.send(link_id, **dict.fromkeys(typed, ""), was={**shown, "readOnly": "", "hidden": ""})
    assert set(builder.item(link_id)) == {"linkId", "type", "text"}


def test_a_pattern_that_could_stop_the_server_is_refused_beside_its_field(builder: Builder) -> None:
    link_id = builder.add("string", "Navn")
    for pattern in ("(a+)+b", "(", "a" * 600):
        answer = builder.send(link_id, pattern=pattern)
        assert answer.status_code == 422
        assert "could make an answer slow" in answer.content.decode()
    assert "extension" not in builder.item(link_id)


def test_choices_are_drawn_in_another_way_and_one_is_chosen_alone(builder: Builder) -> None:
    link_id = builder.add("choice", "Hvilke?")
    builder.send(link_id, drawn="drop-down", option__1__nb="A", repeats="on")
    builder.send(link_id, option__2__nb="Ingen av disse", option__2__alone="on")
    read = reading.read(builder.held).questionnaire
    assert read
    item = read.by_link_id[link_id]
    assert item.control == "drop-down"
    assert [option.is_exclusive for option in item.options] == [False, True]
    file = builder.add("attachment", "Plan")
    assert builder.send(file, megabytes="0").status_code == 422
    builder.send(file, megabytes="2,5")
    limits = reading.read(builder.held).questionnaire
    assert limits
    assert limits.by_link_id[file].limits.bytes == 2_500_000
    builder.send(link_id, drawn="", option__2__alone="", was={**builder.open(link_id)} | {"option.2.alone": ""})
    assert settings.options(builder.item(link_id), "nb")[1].alone is False


def test_a_question_is_given_texts_in_three_languages_help_and_options(builder: Builder) -> None:
    link_id = builder.add("choice", "Hvor?")
    answer = builder.send(
        link_id,
        text__nn="Kvar?",
        text__en="Where?",
        help__nb="Velg én",
        option__1__nb="Nord",
        option__1__score="2,5",
        required="on",
    )
    assert answer.status_code == 302
    builder.send(link_id, option__2__nb="Sør", option__2__en="South")
    item = builder.item(link_id)
    assert texts.read(item, "text", "nb") == {"nb": "Hvor?", "nn": "Kvar?", "en": "Where?"}
    assert wording.help_of(item, "nb") == {"nb": "Velg én"}
    assert [(one.texts["nb"], one.score and float(one.score)) for one in settings.options(item, "nb")] == [
        ("Nord", 2.5),
        ("Sør", None),
    ]
    assert item["required"] is True
    builder.send(link_id, do="option-up:2", text__en="Whereto?")
    assert [one.code for one in settings.options(builder.item(link_id), "nb")] == ["2", "1"]
    assert texts.read(builder.item(link_id), "text", "nb")["en"] == "Whereto?", (
        "what was typed beside the button is kept"
    )
    builder.send(link_id, do="option-drop:2")
    assert [one.code for one in settings.options(builder.item(link_id), "nb")] == ["1"]
    builder.send(link_id, option__3__nb="Vest")
    assert [one.code for one in settings.options(builder.item(link_id), "nb")] == ["1", "3"], "a code returned"


def test_what_is_typed_wrong_is_told_and_stays_on_the_page(builder: Builder) -> None:
    link_id = builder.add("integer", "Antall")
    answer = builder.send(link_id, least="tre", most="9", text__en="How many")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Write a whole number" in page
    assert 'value="tre"' in page
    assert "How many" in page
    answer = builder.send(link_id, least="9", most="3")
    assert answer.status_code == 422
    builder.send(link_id, least="3", most="9")
    assert settings.value_of(builder.item(link_id), settings.MIN_VALUE) == 3


def test_conditions_are_made_in_words_and_refused_in_circles(builder: Builder) -> None:
    first = builder.add("boolean", "Har dere partnere?")
    then = builder.add("string", "Hvilke?")
    answer = builder.send(then, do="condition", ask=first)
    assert f"question={first}" in answer["Location"]
    page = builder.browser.get(answer["Location"].partition("#")[0]).content.decode()
    assert "New condition on “Har dere partnere?”" in page
    builder.send(then, do="condition", question=first, operator="=", answer="true")
    assert conditions.read(builder.item(then)) == [conditions.Condition(first, "=", True)]
    assert "“Har dere partnere?” is “Yes”" in builder.browser.get(builder.address(then)).content.decode()
    answer = builder.send(first, do="condition", question=then, operator="answered")
    assert answer.status_code == 422
    assert "circle" in answer.content.decode()
    assert builder.send(first, do="remove").status_code == 422
    builder.send(then, do=f"condition-drop:0:{first}")
    assert conditions.read(builder.item(then)) == []


def test_an_answer_is_made_the_sum_of_others(builder: Builder) -> None:
    number = builder.add("integer", "Antall")
    total = builder.add("integer", "Sum")
    builder.browser.post(builder.address(total), {**builder.open(total), "do": "sum", "sum": [number]})
    assert sums.summed(builder.item(total)) == (number,)
    assert "The answer is the sum" in builder.browser.get(builder.address(total)).content.decode()
    assert builder.send(number, do="remove").status_code == 422
    builder.send(number, do="remove:all")
    assert sums.summed(builder.item(total)) == ()


def test_the_type_can_change_and_what_fits_is_kept(builder: Builder) -> None:
    link_id = builder.add("string", "Hva?")
    builder.send(link_id, longest="100", required="on")
    builder.send(link_id, kind="text", required="on")
    assert builder.item(link_id)["type"] == "text"
    assert builder.item(link_id)["maxLength"] == 100


# --- Undo and redo ----------------------------------------------------------------------------------------------------
def test_everything_can_be_undone_and_done_again(builder: Builder) -> None:
    start = builder.held
    group = builder.add("group", "Om dere")
    inside = builder.add("string", "Navn", add__where="into", add__beside=group)
    builder.send(inside, text__en="Name")
    builder.send("", do=f"copy:{group}")
    builder.send("", do=f"down:{group}")
    last = builder.held
    for _step in range(5):
        assert builder.send("", do="undo").status_code == 302
    assert builder.held == start
    assert builder.send("", do="undo").status_code == 409
    for _step in range(5):
        builder.send("", do="redo")
    assert builder.held == last
    assert "Undo: Moved “Om dere”" in builder.browser.get(builder.address()).content.decode()


def test_undoing_on_a_questions_own_page_keeps_what_is_typed_and_leads_on(builder: Builder) -> None:
    link_id = builder.add("string", "Navn")
    answer = builder.send(link_id, text__en="Name", do="undo")
    assert answer["Location"] == builder.address(link_id)
    assert texts.read(builder.item(link_id), "text", "nb") == {"nb": "Navn"}
    builder.send(link_id, do="redo")
    assert texts.read(builder.item(link_id), "text", "nb")["en"] == "Name"
    builder.send(link_id, do="undo")
    assert builder.send(link_id, do="undo")["Location"] == builder.address()
    assert tree.link_ids(builder.held) == []


def test_link_ids_are_never_given_again(builder: Builder) -> None:
    first = builder.add("string", "Én")
    builder.send(first, do="remove")
    second = builder.add("string", "To")
    assert first != second
    builder.send("", do="undo")
    assert builder.add("string", "Tre") not in (first,)


def test_one_undoes_ones_own_and_never_anothers(secretaries: list[Builder]) -> None:
    mine, theirs = secretaries
    link_id = mine.add("string", "Mitt")
    other = theirs.add("string", "Deres")
    mine.send("", do="undo")
    assert tree.link_ids(mine.held) == [other]
    mine.send("", do="redo")
    theirs.send(link_id, text__en="Theirs now")
    answer = mine.send("", do="undo")
    assert answer.status_code == 409
    assert "Someone else has changed the same place" in answer.content.decode()
    assert texts.read(mine.item(link_id), "text", "nb")["en"] == "Theirs now"


# --- Two at once ------------------------------------------------------------------------------------------------------
def test_two_change_different_fields_of_one_question_and_both_are_kept(secretaries: list[Builder]) -> None:
    mine, theirs = secretaries
    link_id = mine.add("string", "Navn")
    my_page, their_page = mine.open(link_id), theirs.open(link_id)
    mine.send(link_id, my_page, text__en="Name")
    theirs.send(link_id, their_page, text__nn="Namn")
    assert texts.read(mine.item(link_id), "text", "nb") == {"nb": "Navn", "en": "Name", "nn": "Namn"}


def test_two_change_the_same_field_and_the_second_sees_both(secretaries: list[Builder]) -> None:
    mine, theirs = secretaries
    link_id = mine.add("string", "Navn")
    my_page, their_page = mine.open(link_id), theirs.open(link_id)
    mine.send(link_id, my_page, text__nb="Fornavn")
    answer = theirs.send(link_id, their_page, text__nb="Etternavn")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Etternavn" in page
    assert "“Fornavn”" in page
    assert theirs.send(link_id, fields(answer)).status_code == 302
    assert mine.item(link_id)["text"] == "Etternavn"


def test_a_question_that_another_took_out_gives_back_what_was_typed(secretaries: list[Builder]) -> None:
    mine, theirs = secretaries
    link_id = mine.add("string", "Navn")
    page = mine.open(link_id)
    theirs.send(link_id, do="remove")
    answer = mine.send(link_id, page, help__nb="Lang forklaring")
    assert answer.status_code == 409
    assert "Lang forklaring" in answer.content.decode()


def test_nothing_is_moved_in_an_outline_that_has_changed(secretaries: list[Builder]) -> None:
    mine, theirs = secretaries
    first, second = mine.add("string", "Én"), mine.add("string", "To")
    stale = mine.open()
    theirs.send("", do=f"up:{second}")
    answer = mine.send("", stale, do=f"down:{first}")
    assert answer.status_code == 409
    assert "nothing was moved" in answer.content.decode()
    assert tree.link_ids(mine.held) == [second, first]


def test_a_page_is_told_that_another_has_changed_the_form(secretaries: list[Builder]) -> None:
    mine, theirs = secretaries
    mine.add("string", "Én")
    revision = FormDraft.objects.get(form__key=mine.key).revision
    news = f"{mine.address()}news/?since={revision}"
    assert "has changed the form" not in mine.browser.get(news).content.decode()
    theirs.add("string", "To")
    assert "has changed the form" in mine.browser.get(news).content.decode()


# --- Publishing -------------------------------------------------------------------------------------------------------
def ready(builder: Builder) -> str:
    link_id = builder.add("string", "Navn")
    builder.send(link_id, required="on", text__nn="Namn", text__en="Name")
    return link_id


def test_the_check_list_stops_what_cannot_work(builder: Builder) -> None:
    builder.add("choice", "Hvor?")
    page = builder.browser.get(f"/en/forms/{builder.key}/publish/").content.decode()
    assert "fewer than two options" in page
    assert "Publish version" not in page
    answer = builder.browser.post(f"/en/forms/{builder.key}/publish/", {"revision": "3"})
    assert answer.status_code == 409
    assert not FormVersion.objects.exists()


def test_publishing_makes_the_next_version_and_ends_the_draft(builder: Builder) -> None:
    ready(builder)
    revision = FormDraft.objects.get(form__key=builder.key).revision
    address = f"/en/forms/{builder.key}/publish/"
    assert builder.browser.post(address, {"revision": revision - 1}).status_code == 409
    assert builder.browser.post(address, {"revision": revision}).status_code == 302
    version = FormVersion.objects.get(form__key=builder.key)
    assert version.number == 1
    assert not FormDraft.objects.filter(form__key=builder.key).exists()
    assert Line.objects.filter(verb="published", kind="form", key=builder.key).exists()
    builder.send(tree.link_ids(version.questionnaire)[0] if builder.open() else "", help__nb="Hjelp")
    assert FormVersion.objects.get(pk=version.pk).questionnaire == version.questionnaire
    page = builder.browser.get(f"/en/forms/{builder.key}/compare/").content.decode()
    assert "<ins>Hjelp</ins>" in page
    assert "Version 1 – The draft" in page


def test_a_draft_is_thrown_away_and_what_is_published_stays(builder: Builder) -> None:
    ready(builder)
    revision = FormDraft.objects.get(form__key=builder.key).revision
    builder.browser.post(f"/en/forms/{builder.key}/publish/", {"revision": revision})
    builder.add("string", "Til overs")
    answer = builder.browser.post(f"/en/forms/{builder.key}/throw/")
    assert answer["Location"] == f"/en/forms/{builder.key}/"
    assert FormVersion.objects.filter(form__key=builder.key).count() == 1
    page = builder.browser.get(f"/en/forms/{builder.key}/").content.decode()
    assert "Take it out of use" in page
    assert "Nobody has answered it yet" in page
    builder.browser.post(f"/en/forms/{builder.key}/retire/", {"do": "retire"})
    assert "Put it back in use" in builder.browser.get(f"/en/forms/{builder.key}/").content.decode()
    assert "Out of use" in builder.browser.get("/en/forms/").content.decode()


# --- Who may ----------------------------------------------------------------------------------------------------------
PAGES = ("", "new/", "from-file/", "{key}/", "{key}/build/", "{key}/build/news/", "{key}/build/question/{item}/",
         "{key}/from-file/", "{key}/report/", "{key}/publish/", "{key}/compare/", "{key}/draft.json", "{key}/preview/",
         "{key}/preview/page/", "{key}/throw/")  # fmt: skip


def test_only_the_secretariat_and_administrators_build(builder: Builder, cast: dict[str, Client]) -> None:
    link_id = builder.add("string", "Navn")
    for page in PAGES:
        address = "/en/forms/" + page.format(key=builder.key, item=link_id)
        for who, browser in cast.items():
            expected = 200 if who in ("secretariat", "administrator") else 404
            assert browser.get(address).status_code == expected, (address, who)


def test_others_change_nothing_by_sending(builder: Builder, cast: dict[str, Client]) -> None:
    link_id = builder.add("string", "Navn")
    before = builder.held
    for who, browser in cast.items():
        if who not in ("secretariat", "administrator"):
            for page in (*PAGES, "{key}/retire/"):
                answer = browser.post("/en/forms/" + page.format(key=builder.key, item=link_id), {"do": "undo"})
                assert answer.status_code in (404, 405), (page, who)
    assert builder.held == before


@pytest.mark.parametrize(
    "page", ["nope/", "nope/build/", "proveskjema/build/question/q99/", "proveskjema/version-9.json"]
)
def test_what_is_not_there_is_not_found(builder: Builder, page: str) -> None:
    assert builder.browser.get(f"/en/forms/{page}").status_code == 404
