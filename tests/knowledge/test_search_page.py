"""The search page, its word lists, and what is counted of searches: by request, as a visitor and as an editor."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client

from helsevev.commons.audit.models import Line
from helsevev.commons.finding import actions, queries
from helsevev.commons.finding.models import WordGroup
from helsevev.commons.finding.rules import STAFF, Doc
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.knowledge.search import rules
from helsevev.knowledge.search.models import Asked

pytestmark = pytest.mark.django_db
SEARCH = "/en/search/"
WORDS = "/en/search/words/"


@pytest.fixture
def texts(db: None) -> None:
    def doc(kind: str, key: str, title: str, body: str, **more: object) -> Doc:
        address = f"/portfolio/{key}/"
        return Doc(kind, key, {"nb": (title, body)}, **{"address": address, **more})  # type: ignore[arg-type]

    actions.put(
        [
            doc("project", "sar", "Telemedisinsk sårbehandling", "Video mellom sykepleier og sårpoliklinikk <b>"),
            doc("project", "dho", "Digital hjemmeoppfølging", "Måling hjemme", facets={"patient_group": ["KR"]}),
            doc("page", "guide", "Slik kommer dere i gang", "En mal for digital hjemmeoppfølging"),
            doc("page", "own", "Digital hjemmeoppfølging, utkast", "Hemmelig", audience=STAFF),
            doc("page", "nowhere", "Digital hjemmeoppfølging uten side", "Her", address=""),
        ]
    )


def said(client: Client, query: str) -> str:
    answer = client.get(SEARCH, {"q": query})
    assert answer.status_code == 200
    return answer.content.decode()


def test_every_kind_is_searched_and_only_what_may_be_seen(texts: None, client: Client) -> None:
    page = said(client, "heimeoppfølging")
    assert page.count("<article") == 2
    assert "kind=project&amp;key=dho" in page
    assert "kind=page&amp;key=guide" in page
    assert "utkast" not in page
    assert "uten side" not in page
    assert "<mark>" in page


def test_a_misspelt_word_is_told_and_markup_stays_text(texts: None, client: Client) -> None:
    page = said(client, "saarbehandlng")
    assert "Did you mean" in page
    assert "&lt;b&gt;" in page
    assert "<b>" not in page


def test_facets_narrow_and_count(texts: None, client: Client) -> None:
    found = queries.everywhere("hjemmeoppfølging", "nb", {}, ["patient_group"])
    assert dict(found.facets[rules.KIND]) == {"project": 1, "page": 1}
    assert found.facets["patient_group"] == [("KR", 1)]
    page = client.get(SEARCH, {"q": "hjemmeoppfølging", "kind_of_document": "page"}).content.decode()
    assert page.count("<article") == 1
    live = client.get(SEARCH, {"q": "hjemmeoppfølging"}, headers={"HX-Request-Type": "partial"})
    assert live["HX-Push-Url"].startswith(SEARCH)
    assert b"<html" not in live.content


@pytest.mark.parametrize("query", ["xyzzyq", "*", "\x00", "🎉", "x" * 5_000, "' OR 1=1 --"])
def test_no_query_fails_and_no_hits_help(texts: None, client: Client, query: str) -> None:
    assert "Nothing answers that" in said(client, query) or "<article" in said(client, query)


def test_an_opened_hit_leads_on_and_is_counted(texts: None, client: Client) -> None:
    said(client, "Sår")
    there = client.get("/en/search/open/", {"q": "Sår", "kind": "project", "key": "sar"})
    assert there["Location"] == "/en/portfolio/sar/"
    assert client.get("/en/search/open/", {"q": "x", "kind": "page", "key": "own"}).status_code == 404
    assert client.get("/en/search/open/", {"kind": "page", "key": "\x00"}).status_code in (400, 404)
    row = Asked.objects.get()
    assert (row.text, row.times, row.empty, row.opened) == ("sår", 1, 0, 1)


@pytest.mark.parametrize("personal", ["kari@example.invalid", "01017012345", "ring 22 33 44 55", "x" * 80, "www.a.no"])
def test_what_may_tell_of_a_person_is_not_written_down(texts: None, client: Client, personal: str) -> None:
    said(client, personal)
    assert not Asked.objects.exists()


def test_an_editors_words_are_found_at_once_and_leave_a_trail(texts: None) -> None:
    assert not [one.hit.key for one in queries.everywhere("mojibake", "nb", {}, ()).found if one.hit.key == "sar"]
    actions.keep_words("same", ["mojibake", "sårbehandling"], "system:test")
    found = queries.everywhere("mojibake", "nb", {}, ())
    assert found.found[0].hit.key == "sar"
    assert found.also == ["sårbehandling"]
    actions.take_words_away(WordGroup.objects.get().pk, "system:test")
    assert not queries.everywhere("mojibake", "nb", {}, ()).also
    assert Line.objects.filter(kind="word-group").count() == 2


def test_strangers_find_no_word_lists(client: Client) -> None:
    assert client.get(WORDS).status_code == 404
    assert client.post(WORDS, {"members": "a\nb"}).status_code == 404
    assert client.post("/en/search/words/1/take-away/").status_code == 404


def test_an_editor_adds_words_on_the_page_and_sees_what_was_in_vain(
    texts: None, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    stranger = Client()
    for _again in range(2):
        said(stranger, "mojibake")
    editor = sign_in(person(Role.EDITOR))
    assert "mojibake</a> (2)" in editor.get(WORDS).content.decode()
    refused = editor.post(WORDS, {"members": "one"})
    assert refused.status_code == 422
    assert "at least two words" in refused.content.decode()
    assert editor.post(WORDS, {"members": "mojibake\nsårbehandling", "bond": "nonsense"}).status_code == 302
    assert "1 hit" in editor.get(WORDS, {"q": "mojibake"}).content.decode()
    assert editor.post(f"{WORDS}{WordGroup.objects.get().pk}/take-away/").status_code == 302
    assert not WordGroup.objects.exists()


def test_the_number_of_statements_is_small(texts: None, django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    queries.everywhere("sår", "nb", {}, ["theme"])
    with django_assert_max_num_queries(5, connection=connection):
        queries.everywhere("hjemmeoppfølging", "nb", {"patient_group": ["KR"]}, ["patient_group", "theme"])
