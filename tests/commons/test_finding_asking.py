"""Questions by example: words, languages, long facets, staff's own, likeness, and what each costs."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from helsevev.commons.finding import actions, queries
from helsevev.commons.finding.actions.versions import forget
from helsevev.commons.finding.models import DocumentText, Facet, FacetBits, TextTerms
from helsevev.commons.finding.queries import Wanted
from helsevev.commons.finding.rules import STAFF, Doc, Piece
from helsevev.core.verdict import Found

pytestmark = pytest.mark.django_db
IS_SQLITE = "sqlite" in settings.DATABASES["default"]["ENGINE"]


def project(key: str, title: str = "", body: str = "", audience: str = "everyone", **facets: list[str]) -> Doc:
    return Doc("project", key, {"nb": (title or key, body)}, facets, audience)


@contextmanager
def statements(most: int) -> Iterator[None]:
    with CaptureQueriesContext(connection) as captured:
        yield
    sent = [one["sql"] for one in captured if "SAVEPOINT" not in one["sql"]]
    assert len(sent) <= most, "\n".join(sent)


def held_anew() -> None:
    """As a process that has just started."""
    forget()


def found(text: str, language: str = "nb") -> list[str]:
    keys = {hit.key for hit in queries.search("project", text, language)}
    assert keys == set(queries.keys("project", text))
    assert len(keys) == queries.number("project", text)
    return sorted(keys)


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("bodo", ["bodo"]),
        ("BODØ", ["bodo"]),
        ("bod", ["bodo"]),
        ("ålesund", ["alesund"]),
        ("aalesund", ["alesund"]),
        ("Alesund", ["alesund"]),
        ("felles inntak", ["alesund", "bodo"]),
        ("inntak felles bodø", ["bodo"]),
        ("kommune", ["alesund", "bodo"]),
        ("felles utvalg", ["alesund", "bodo"]),
        ('"felles inntak"', ["alesund", "bodo"]),
        ("felles OR utvalg", ["alesund", "bodo"]),
        ("title:felles", ["alesund", "bodo"]),
        ("NEAR(felles inntak)", ["alesund", "bodo"]),
        ("*", []),
        ("🎉", []),
    ],
)
def test_words_are_found_as_people_write_them(text: str, keys: list[str]) -> None:
    actions.put(
        [
            project("bodo", "Bodø kommune", "Kommunen prøver felles inntak."),
            project("alesund", "Ålesund", "Felles inntak for kommuner"),
            project("other", "Noe annet", "Helt utenfor"),
        ]
    )
    assert found(text) == keys


def test_the_title_weighs_more_than_the_body() -> None:
    actions.put(
        [
            project("body", "Et prosjekt", "Dette handler om hjemmesykehus for alle som vil."),
            project("title", "Hjemmesykehus", "Dette handler om noe for alle som vil det samme."),
        ]
    )
    assert [hit.key for hit in queries.search("project", "hjemmesykehus", "nb")] == ["title", "body"]


def test_a_hit_is_shown_in_the_readers_language_where_it_answers() -> None:
    texts = {"nb": ("Hjemmesykehus", ""), "nn": ("Heimesjukehus", ""), "en": ("Hospital at home (hjemmesykehus)", "")}
    actions.put([Doc("project", "a", texts)])
    shown = {
        (text, language): queries.search("project", text, language)[0].language
        for text, language in [("hjemmesykehus", "en"), ("hjemmesykehus", "nn"), ("heimesjukehus", "en")]
    }
    assert list(shown.values()) == ["en", "nn", "en"]


def test_hostile_markup_stays_text() -> None:
    actions.put([project("a", "<script>alert(1)</script>", "<img onerror=x> felles inntak")])
    (hit,) = queries.search("project", "script felles", "nb")
    assert hit.title == (Piece("<"), Piece("script", marked=True), Piece(">alert(1)</"), *hit.title[3:])
    assert "".join(piece.text for piece in hit.snippet) == "<img onerror=x> felles inntak"


def test_a_very_long_text_goes_in_and_is_found_by_its_beginning() -> None:
    actions.put([project("a", "T" * 1_000, " ".join(f"ord{number}" for number in range(100_000)))])
    assert found("ord17") == ["a"]
    assert len(DocumentText.objects.get().title) == 300


def test_ten_thousand_characters_are_an_answerable_question() -> None:
    actions.put([project("a", "Bodø")])
    assert found("bodø " * 2_000) == ["a"]
    assert found("x" * 10_000) == []
    assert found("ord " + "nye " * 3_000) == []


def test_staffs_own_is_not_found_not_counted_and_not_alike_to_others() -> None:
    actions.put([project("open", "Bodø", theme=["dho"]), project("own", "Bodø", audience=STAFF, theme=["dho", "ny"])])
    assert found("bodø") == ["open"]
    assert queries.counts("project") == {"theme": [("dho", 1)]}
    assert queries.counts("project", staff=True) == {"theme": [("dho", 2), ("ny", 1)]}
    assert queries.counts("project", "", {"theme": ["dho"]}) == {"theme": [("dho", 1)]}
    assert queries.number("project", staff=True) == 2
    assert queries.similar("project", "open") == []
    assert queries.similar("project", "own") == []
    assert [one.key for one in queries.similar("project", "open", staff=True)] == ["own"]
    actions.put([project("own", "Bodø", theme=["dho", "ny"])])
    assert found("bodø") == ["open", "own"]
    assert list(queries.faults()) == []


def test_a_facets_own_choice_does_not_narrow_its_own_counts() -> None:
    actions.put(
        [
            project("a", region=["HN"], theme=["dho"]),
            project("b", region=["HV"], theme=["dho"]),
            project("c", region=["HV"], theme=["fact"]),
            project("d", region=[""], theme=["fact"]),
        ]
    )
    assert queries.counts("project", "", {"region": ["HN"], "phase": []}) == {
        "region": [("HV", 2), ("", 1), ("HN", 1)],
        "theme": [("dho", 1)],
    }
    assert queries.counts("project", "", {"region": ["HN"], "theme": ["fact"]}) == {
        "region": [("", 1), ("HV", 1), ("HN", 0)],
        "theme": [("dho", 1), ("fact", 0)],
    }
    assert sorted(queries.keys("project", "", {"region": ["HN", ""]})) == ["a", "d"]
    assert queries.number("project", "", {"region": ["no such region"]}) == 0
    assert queries.number("project", "", {"no such facet": ["x"]}) == 0


def test_a_long_facet_is_read_in_parts_and_searched() -> None:
    actions.put(project(f"p{number}", organisation=[f"o{number % 70:02}", "tromsø"]) for number in range(100))
    first = queries.facet("project", "organisation")
    assert (len(first.values), first.total) == (50, 71)
    assert first.values[0] == ("tromsø", 100)
    rest = queries.facet("project", "organisation", wanted=Wanted(offset=50))
    assert len(rest.values) == 21
    assert queries.facet("project", "organisation", wanted=Wanted(like="TROMSO")).values == [("tromsø", 100)]
    among = Wanted(among=["o01", "unknown"])
    assert queries.facet("project", "organisation", "", {"organisation": ["o02"]}, wanted=among).values == [("o01", 2)]
    assert queries.facet("project", "no such facet").values == []


def test_the_number_of_statements_depends_on_nothing_that_grows() -> None:
    actions.put(
        project(f"p{n}", f"Prosjekt {n}", theme=[f"t{n % 7}"], region=[f"r{n % 4}"], family=[f"f{n % 9}"])
        for n in range(60)
    )
    chosen = {"theme": ["t1", "t2"], "region": ["r1", "r2", "r3"], "family": ["f1", "f2"], "kind": ["none"]}
    with statements(1):
        queries.counts("project")
    queries.number("project", "read into memory")
    with statements(6):
        queries.counts("project", "prosjekt", chosen)
    with statements(5):
        queries.number("project", "prosjekt", chosen)
    with statements(3):
        list(queries.keys("project", "prosjekt", chosen))
    with statements(5):
        queries.search("project", "prosjekt", "nb", chosen)
    with statements(3):
        queries.similar("project", "p1")


def test_handing_in_many_takes_few_statements_and_the_same_again_fewer_still() -> None:
    docs = [project(f"p{n}", theme=[f"t{n % 7}"], region=["HN"]) for n in range(100)]
    with statements(24):
        actions.put(docs)
    with statements(4):
        actions.put(docs)
    with statements(24):
        actions.put([project(doc.key, theme=["t0"]) for doc in docs])


def test_putting_fails_as_a_whole() -> None:
    def broken() -> Iterator[Doc]:
        yield project("a", theme=["dho"])
        raise RuntimeError

    with pytest.raises(RuntimeError):
        actions.put(broken())
    assert queries.documents() == 0
    assert queries.counts("project") == {}


def test_keys_narrow_another_rooms_question() -> None:
    actions.put([project("a", theme=["dho"]), project("b", theme=["fact"])])
    texts = DocumentText.objects.filter(title__in=queries.keys("project", "", {"theme": ["fact"]}))
    with statements(1):
        assert [text.title for text in texts] == ["b"]


@pytest.fixture
def portfolio() -> dict[str, dict[str, Any]]:
    """The real projects as documents, without the portfolio's room."""
    rows = json.loads((settings.REFERENCE_DIR / "portfolio.json").read_text(encoding="utf-8"))["projects"]
    parents = {row["id"]: row["continues"] or row["spreads"] for row in rows}

    def eldest(key: str) -> str:
        while parents.get(key):
            key = parents[key]
        return key

    actions.put(
        project(
            row["id"],
            row["title"],
            family=[eldest(row["id"])],
            parent=[parents[row["id"]]] if parents[row["id"]] else [],
            theme=row["themes"],
            patient_group=row["patient_groups"],
            region=row["region"],
        )
        for row in rows
    )
    return {row["id"]: row for row in rows}


def test_whoever_took_up_a_model_finds_where_it_came_from(portfolio: dict[str, dict[str, Any]]) -> None:
    adopters = [key for key, row in portfolio.items() if row["spreads"] == "fonna-bu"]
    assert len(adopters) == 3
    for key in adopters:
        alike = queries.similar("project", key)
        assert alike[0].key == "fonna-bu"
        assert alike[0].reasons[0] == ("origin", "fonna-bu")
        assert {one.key for one in alike} > set(adopters) - {key}
    assert {one.key for one in queries.similar("project", "fonna-bu", 3)} == set(adopters)


def test_nobody_is_like_itself_and_scores_fall(portfolio: dict[str, dict[str, Any]]) -> None:
    for key in portfolio:
        alike = queries.similar("project", key, 10)
        assert key not in {one.key for one in alike}
        assert [one.score for one in alike] == sorted((one.score for one in alike), reverse=True)
        assert all(one.reasons for one in alike)
    assert queries.similar("project", "no such project") == []


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda: Facet.objects.filter(name="theme").update(total=7), "the total says 7"),
        (lambda: FacetBits.objects.filter(facet__name="theme").update(bits=b"\x01"), "the bits differ"),
        (lambda: FacetBits.objects.filter(facet__name="theme").delete(), "the bits differ"),
        (lambda: Facet.objects.filter(name="").update(name="x"), "isn't counted among its kind"),
        (lambda: Facet.objects.filter(name="theme").update(audience=STAFF), "of another kind or audience"),
        (lambda: DocumentText.objects.update(folded_title="x"), "the folded words differ"),
        (lambda: TextTerms.objects.update(terms="x"), "the terms that search reads differ"),
        (lambda: TextTerms.objects.all().delete(), "the terms that search reads differ"),
    ],
)
def test_damage_is_named(damage: Callable[[], object], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    actions.put([project("a", theme=["dho"])])
    call_command("check_finding")
    assert capsys.readouterr().out == "finding: 1 documents, 0 faults\n"
    damage()
    with pytest.raises(Found):
        call_command("check_finding")
    shown = capsys.readouterr().out
    assert said in shown
    assert shown.endswith("faults\n")


def test_what_is_derived_can_be_derived_again(capsys: pytest.CaptureFixture[str]) -> None:
    actions.put([project("a", "Bodø", theme=["dho"]), project("b", "Å", theme=["dho"])])
    Facet.objects.filter(name="theme").update(total=7)
    FacetBits.objects.filter(facet__name="theme").delete()
    TextTerms.objects.filter(text__title="Bodø").update(terms="x\n\n")
    held_anew()
    assert found("bodo") == []
    call_command("rebuild_index")
    assert capsys.readouterr().out == "2 documents: 1 texts, 1 totals and 1 blocks of bits put right.\n"
    assert found("bodo") == ["a"]
    assert list(queries.faults()) == []


@pytest.mark.skipif(not IS_SQLITE, reason="PostgreSQL keeps its index without triggers")
def test_a_forgotten_trigger_is_named() -> None:
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER finding_text_changed")
    actions.put([project("a", "Bodø")])
    actions.put([project("a", "Tromsø")])
    said = list(queries.faults())
    assert said[0].startswith("the trigger finding_text_changed that keeps the text index is missing")
    assert said[1].startswith("the text index differs from the texts")


@pytest.mark.skipif(IS_SQLITE, reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_many_writers_at_once_leave_the_totals_right() -> None:
    def write(number: int) -> None:
        with transaction.atomic():
            order = [f"t{n}" for n in range(5)][:: 1 if number % 2 else -1]
            actions.put([project(f"p{number % 6}", theme=order, region=[f"r{number}"])])
        connection.close()

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(write, range(48)))
    assert queries.documents() == 6
    assert list(queries.faults()) == []
