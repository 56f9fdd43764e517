"""Remembered pages: the same for everyone without a session, forgotten when something changes, never a person's own."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.knowledge.comments.models import Comment
from helsevev.knowledge.comments.rules import State
from helsevev.knowledge.pages.actions.remembering import forget_pages
from helsevev.knowledge.pages.middleware import remembering
from helsevev.knowledge.pages.models import ToolPage
from helsevev.knowledge.pages.queries import figure_values

PAGES = ("/nb/knowledge/", "/nb/knowledge/list/?kind=tool", "/nb/knowledge/intervjuguide/")
pytestmark = pytest.mark.usefixtures("bank")


def asked(client: Client, path: str) -> tuple[int, bytes, dict[str, str]]:
    with CaptureQueriesContext(
        connection,
    ) as statements:
        answer = client.get(path)
    return len(statements), answer.content, dict(answer.headers)


@pytest.mark.parametrize("path", PAGES)
def test_the_second_reader_gets_the_same_page_for_one_statement(path: str) -> None:
    first, second = asked(Client(), path), asked(Client(), path)
    assert first[0] > 3
    assert second[0] == 1
    assert second[1:] == first[1:]
    assert not Client().get(path).cookies


def test_a_page_is_drawn_anew_when_it_or_what_stands_under_it_changes() -> None:
    path = PAGES[2]
    asked(Client(), path)
    page = ToolPage.objects.get(slug="intervjuguide", locale__language_code="nb")
    page.title = "Guide for intervju"
    page.save_revision().publish()
    assert b"Guide for intervju" in asked(Client(), path)[1]
    Comment.objects.create(
        on="page", subject=str(page.translation_key), thread="00000000-0000-4000-8000-000000000001", digest="d",
        language="nb", name="Prøve", text="Sagt i dag", state=State.SHOWN,
    )  # fmt: skip
    forget_pages()
    assert "Sagt i dag" in asked(Client(), path)[1].decode()


def test_many_readers_at_once_ask_once_and_none_waits_long_for_a_change(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [1000.0]
    monkeypatch.setattr(remembering, "LOOK_AGAIN_SECONDS", 0.2)
    monkeypatch.setattr(remembering.time, "monotonic", lambda: clock[0])
    path, reader = PAGES[2], Client()
    assert [asked(reader, path)[0] > 0 for _time in range(3)] == [True, False, False]
    page = ToolPage.objects.get(slug="intervjuguide", locale__language_code="nb")
    page.title = "Guide for intervju"
    page.save_revision().publish()
    assert b"Guide for intervju" not in reader.get(path).content
    clock[0] += 0.2
    assert b"Guide for intervju" in reader.get(path).content
    assert asked(reader, path)[0] == 0


def test_who_has_signed_in_gets_their_own_page_and_leaves_none_behind(
    person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    path, editor = PAGES[2], sign_in(person(Role.EDITOR))
    own = editor.get(path).content
    assert b"/knowledge/desk/" in own
    assert b"/knowledge/desk/" not in Client().get(path).content
    assert b"/knowledge/desk/" in editor.get(path).content


def test_a_reader_with_a_form_s_token_leaves_no_page_behind() -> None:
    path, reader = PAGES[2], Client()
    reader.cookies["csrftoken"] = "a" * 32
    reader.get(path)
    assert asked(Client(), path)[0] > 1
    assert asked(reader, path)[0] == 1


def test_a_remembered_page_is_no_other_host_s() -> None:
    asked(Client(), PAGES[2])
    assert Client(headers={"host": "elsewhere.example"}).get(PAGES[2]).status_code == 400


def test_what_is_searched_for_and_what_isn_t_there_is_not_remembered() -> None:
    for path, status in (("/nb/knowledge/list/?q=intervju", 200), ("/nb/knowledge/no-such-page/", 404)):
        assert Client().get(path).status_code == status
        assert asked(Client(), path)[0] > 3


@pytest.mark.parametrize(
    ("value", "kind", "language", "said"),
    [
        ("2024-10-28", "date", "nb", "28. oktober 2024"),
        ("2024-10-28", "date", "en", "28 October 2024"),
        ("2021-02", "date", "nn", "februar 2021"),
        (2025, "date", "nb", "2025"),
        (["2023-10", "2023-12"], "period", "nb", "oktober 2023 – desember 2023"),
        ([10, 15], "range", "nb", "10–15"),
        ([["2023-10", "2023-12"], ["2024-04", "2025-03"]], "period", "en",
         "October 2023 – December 2023, April 2024 – March 2025"),
        ({"2025-01-09": 7, "2025-06-13": 28}, "series", "nb", "7 (9. januar 2025), 28 (13. juni 2025)"),
        (0.125, "share", "nb", "12,5"),
        (12345, "number", "nb", "12\N{NO-BREAK SPACE}345"),
        (2.5, "number", "en", "2.5"),
        ("several thousand", "text", "en", "several thousand"),
    ],
)  # fmt: skip
def test_figures_are_written_for_their_reader(value: object, kind: str, language: str, said: str) -> None:
    assert figure_values.said(value, kind, language) == said
