"""The shelf with a database: versions, takings, the pages, and what a check finds."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as PropertyCase

from helsevev.commons.audit.models import Line
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.commons.shelf import actions, queries, rules
from helsevev.commons.shelf.models import Item, Taking
from helsevev.commons.shelf.rules import JSON, Field, ItemType, Kind
from helsevev.core.verdict import Found
from helsevev.core.words import Refused

pytestmark = pytest.mark.django_db
NOTE = ItemType(
    "test-note",
    "tests",
    "Note",
    {"text": Field(Kind.TEXT, "Text"), "page": Field(Kind.ADDRESS, "Page", required=False)},
)
BY = "system:test"


@pytest.fixture(autouse=True)
def _note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "_registry", {NOTE.type: NOTE})


@pytest.fixture
def initiative() -> Initiative:
    return Initiative.objects.create(key="invented", title="Oppdiktet tiltak")


def put(initiative: Initiative, text: str = "first", key: str = "a", title: str = "A note") -> Item:
    return actions.put(NOTE.type, key, initiative, title, {"text": text}, BY)


def test_the_same_again_is_no_new_version(initiative: Initiative) -> None:
    first = put(initiative)
    assert put(initiative) == first
    assert first.version == 1
    assert Line.objects.filter(kind="shelf item").count() == 1


def test_a_changed_body_is_a_new_version_and_the_old_one_stays(initiative: Initiative) -> None:
    put(initiative)
    second = put(initiative, "second")
    first = Item.objects.get(version=1)
    assert second.version == 2
    assert (first.withdrawn_by, first.body) == (BY, {"text": "first"})
    assert [item.version for item in queries.current(NOTE.type, "invented")] == [2]
    assert list(queries.faults()) == []


def test_what_is_withdrawn_lies_there_no_longer_and_can_be_put_again(initiative: Initiative) -> None:
    put(initiative)
    actions.withdraw(NOTE.type, "a", BY)
    actions.withdraw(NOTE.type, "a", BY)
    actions.withdraw(NOTE.type, "never there", BY)
    assert not queries.current().exists()
    assert put(initiative).version == 2
    assert list(queries.faults()) == []


def test_what_is_refused_leaves_nothing(initiative: Initiative) -> None:
    put(initiative)
    with pytest.raises(Refused, match="looks like an e-mail address"):
        put(initiative, "skriv til kari@example.invalid")
    with pytest.raises(ValueError, match="no room has registered"):
        actions.put("unknown", "a", initiative, "A", {}, BY)
    assert Item.objects.count() == 1


def test_the_database_keeps_one_current_version(initiative: Initiative) -> None:
    item = put(initiative)
    item.pk, item.version = None, 2
    with pytest.raises(IntegrityError), transaction.atomic():
        item.save(force_insert=True)


def test_taking_is_noted_once(initiative: Initiative) -> None:
    item = put(initiative)
    first = actions.take(item, "knowledge.pages", "/nb/pages/a/")
    assert actions.take(item, "knowledge.pages", "/nb/pages/a/") == first
    assert actions.take(item, "knowledge.pages", "https://example.invalid/a") != first
    assert Taking.objects.count() == 2


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//example.invalid", "", "http://example.invalid"])
def test_an_address_that_hides_something_is_refused(initiative: Initiative, url: str) -> None:
    with pytest.raises(Refused, match="An address must be"):
        actions.take(put(initiative), "knowledge.pages", url)


def test_what_no_longer_lies_there_cannot_be_taken(initiative: Initiative) -> None:
    put(initiative)
    put(initiative, "second")
    with pytest.raises(Refused, match="no longer lies on the shelf"):
        actions.take(Item.objects.get(version=1), "knowledge.pages", "/nb/")


class Histories(PropertyCase):
    @settings(max_examples=40)
    @given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from(["x", "y", None])), max_size=12))
    def test_after_any_history_the_last_word_lies_there(self, steps: list[tuple[str, str | None]]) -> None:
        rules.register(NOTE)
        initiative = Initiative.objects.create(key="invented", title="Oppdiktet tiltak")
        last: dict[str, str] = {}
        versions = 0
        for key, text in steps:
            if text is None:
                actions.withdraw(NOTE.type, key, BY)
                last.pop(key, None)
            else:
                versions += last.get(key) != text
                put(initiative, text, key)
                last[key] = text
        assert {item.key: item.body["text"] for item in queries.current()} == last
        assert Item.objects.count() == versions
        assert list(queries.faults()) == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ({"body": {"text": "tampered"}}, "the content isn't what was put there"),
        ({"title": "Tampered"}, "the content isn't what was put there"),
        ({"version": 3}, "a version before it is missing"),
        ({"body": {"wrong": 1}, "digest": rules.digest("A note", {"wrong": 1})}, "has no such field"),
    ],
)
def test_damage_is_named(
    initiative: Initiative, damage: dict[str, Any], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    put(initiative)
    call_command("check_shelf")
    assert capsys.readouterr().out == "shelf: 1 items, 0 faults\n"
    Item.objects.update(**damage)
    with pytest.raises(Found):
        call_command("check_shelf")
    assert said in capsys.readouterr().out


# --- The pages ------------------------------------------------------------------------------------------------------
@pytest.fixture
def editor(person: Callable[..., User], sign_in: Callable[..., Client]) -> Client:
    return sign_in(person(Role.EDITOR))


def page(browser: Client, path: str = "", status: int = 200, **asked: str) -> str:
    answer = browser.get(f"/en/shelf/{path}", asked)
    assert answer.status_code == status
    return answer.content.decode()


MAY = {Role.SECRETARIAT, Role.EDITOR, Role.ADVISOR, Role.ADMINISTRATOR}


def test_only_those_who_may_see_the_shelf(cast: Mapping[str, Client], initiative: Initiative) -> None:
    put(initiative)
    for who, browser in cast.items():
        for path in ("", "test-note/a/", "test-note/none/"):
            expected = 200 if who in MAY and "none" not in path else 404
            assert browser.get(f"/en/shelf/{path}").status_code == expected, (who, path)


def test_without_a_second_factor_the_shelf_is_not_there(
    person: Callable[..., User], sign_in: Callable[..., Client], initiative: Initiative
) -> None:
    put(initiative)
    for role in MAY:
        browser = sign_in(person(role), second_factor=False)
        assert browser.get("/en/shelf/").status_code in (302, 404)
        assert browser.get("/en/shelf/test-note/a/").status_code in (302, 404)


def test_an_empty_shelf_says_so(editor: Client) -> None:
    assert "The shelf is empty" in page(editor)


def test_the_list_is_narrowed_by_type_initiative_and_state(editor: Client, initiative: Initiative) -> None:
    other = Initiative.objects.create(key="other", title="Et annet")
    put(initiative, title="Note A")
    put(other, key="b", title="Note B")
    put(other, key="c", title="Note C")
    actions.withdraw(NOTE.type, "c", BY)

    def titles(**asked: str) -> list[str]:
        shown = page(editor, **asked)
        return [title for title in ("Note A", "Note B", "Note C") if title in shown]

    assert titles() == ["Note A", "Note B"]
    assert titles(type=NOTE.type) == ["Note A", "Note B"]
    assert titles(initiative="other") == ["Note B"]
    assert titles(initiative="ppdiktet") == ["Note A"]
    assert titles(state="withdrawn") == ["Note C"]
    assert "Nothing fits" in page(editor, initiative="nobody")
    assert "Select a valid choice" in page(editor, type="no-such-type")


def test_a_long_list_comes_in_pages_of_few_statements(editor: Client, initiative: Initiative) -> None:
    for number in range(60):
        put(initiative, str(number), f"k{number:02}", f"Note {number:02}")
    with CaptureQueriesContext(connection) as first:
        assert "Note 59" in page(editor)
    assert len([one for one in first if "shelf_item" in one["sql"]]) == 2
    assert "Note 09" in page(editor, page="2")
    assert "Note 09" in page(editor, page="99")
    assert "Note 59" in page(editor, page="x")


def test_an_items_page_shows_content_versions_and_takings(
    editor: Client, initiative: Initiative, person: Callable[..., User]
) -> None:
    put(initiative)
    author = person(Role.ADVISOR)
    body: dict[str, JSON] = {"text": "<b>second</b>", "page": "/nb/portfolio/"}
    item = actions.put(NOTE.type, "a", initiative, "A note", body, str(author.key))
    actions.take(item, "knowledge.pages", "/nb/pages/shown/")
    shown = page(editor, "test-note/a/")
    for part in ("&lt;b&gt;second&lt;/b&gt;", "/nb/pages/shown/", "Test advisor", "Oppdiktet tiltak", "system:test"):
        assert part in shown, part
    old = page(editor, "test-note/a/", version="1")
    assert "This version no longer lies on the shelf" in old
    assert "first" in old


@pytest.mark.parametrize(
    ("path", "asked"),
    [
        ("test-note/a/", {"version": "7"}),
        ("test-note/a/", {"version": "0"}),
        ("test-note/a/", {"version": "x"}),
        ("test-note/a/", {"version": "9" * 30}),
        ("test-note/a%00/", {}),
        ("test-note/" + "x" * 2_000 + "/", {}),
        ("unknown/a/", {}),
    ],
)
def test_an_address_that_names_nothing_is_not_found(
    editor: Client, initiative: Initiative, path: str, asked: dict[str, str]
) -> None:
    put(initiative)
    page(editor, path, 404, **asked)


def test_a_type_whose_room_is_not_installed_is_shown_as_it_was_put(
    editor: Client, initiative: Initiative, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(initiative, "still there")
    monkeypatch.setattr(rules, "_registry", {})
    assert "still there" in page(editor, "test-note/a/")
    assert "test-note" in page(editor)
    assert list(queries.faults()) == []
