"""Files and feeds: the selection that the page shows, neutral in a spreadsheet, and the JSON can be loaded again."""

import csv
import io
import json
import time
from datetime import date
from xml.etree import ElementTree as Tree

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helsevev.commons.initiatives.models import Initiative, Lineage
from helsevev.commons.shelf.models import Item
from helsevev.network.portfolio.actions import change, load, withdraw
from helsevev.network.portfolio.forms import read
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries import records

HOSTILE = '=HYPERLINK("https://evil.example";"press")'


def body(client: Client, url: str) -> bytes:
    response = client.get(url)
    assert response.status_code == 200, url
    return response.getvalue()


def table(client: Client, url: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(client, url).decode("utf-8-sig"), newline="")))


def sheet(client: Client, url: str) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(body(client, url)))
    return [[cell.value for cell in row] for row in book.worksheets[0].iter_rows()]


def rewrite(key: str, **changes: object) -> Project:
    project = Project.objects.select_related("initiative").get(initiative__key=key)
    change(project, changes, "system:test")
    return project


# --- Tables ----------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize(
    "query", ["", "?region=HV", "?year=2025&sort=title", "?q=hjem", "?listing=example", "?phase=not-stated"]
)
def test_every_form_holds_the_selection_that_the_page_counts(client: Client, query: str) -> None:
    listing = "example" if "example" in query else "awarded"
    counted = client.get(f"/api/v1/projects?{query[1:]}&per_page=200&lang=en").json()
    keys = [item["key"] for item in counted["items"]]
    assert keys
    assert [row["Key"] for row in table(client, f"/en/portfolio/export.csv{query}")] == keys
    assert [row[0] for row in sheet(client, f"/en/portfolio/export.xlsx{query}")[1:]] == keys
    document = json.loads(body(client, f"/en/portfolio/export.json{query}"))
    name = {"awarded": "projects", "example": "home_follow_up_examples"}[listing]
    assert [row["id"] for row in document[name]] == keys
    assert f"{counted['total']} project" in client.get(f"/en/portfolio/{query}").content.decode()


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize(("language", "heading"), [("nb", "Tittel"), ("nn", "Tittel"), ("en", "Title")])
def test_headings_and_labels_are_in_the_reader_s_language(client: Client, language: str, heading: str) -> None:
    row = table(client, f"/{language}/portfolio/export.csv?region=HV")[0]
    values = set(row.values())
    label = {"nb": "Helse Vest", "nn": "Helse Vest", "en": "Western Norway"}[language]
    assert any(label in value for value in values)
    assert heading in row or language != "en"


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_a_file_is_named_with_its_date_and_never_kept_by_others(client: Client, form: str) -> None:
    response = client.get(f"/nb/portfolio/export.{form}")
    assert response["Content-Disposition"] == f'attachment; filename="helsevev-projects-{date.today()}.{form}"'  # noqa: DTZ011
    assert "private" in response["Cache-Control"]
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.usefixtures("portfolio")
def test_hostile_text_is_neutral_and_numbers_are_numbers(client: Client) -> None:
    rewrite("fonna-bu", title_en=HOSTILE, contact_role="+47 22 33 44 55", phase_note="-5")
    row = next(row for row in table(client, "/en/portfolio/export.csv") if row["Key"] == "fonna-bu")
    assert row["Title in English"].startswith("'=HYPERLINK(")
    assert row["Contact's role"] == "+47 22 33 44 55"
    assert row["Where it stands"] == "-5"
    book = openpyxl.load_workbook(io.BytesIO(body(client, "/en/portfolio/export.xlsx")))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.value == HOSTILE] == [HOSTILE]
    assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink]
    years = [cell.value for cell in cells if cell.column_letter == "I" and cell.row > 1]
    assert all(isinstance(year, int) for year in years if year is not None)


@pytest.mark.usefixtures("portfolio")
def test_the_workbook_says_what_it_is(client: Client) -> None:
    book = openpyxl.load_workbook(io.BytesIO(body(client, "/en/portfolio/export.xlsx?region=HV")))
    said = dict(tuple(cell.value for cell in row) for row in book["About the data"].iter_rows())
    assert said["Selection"] == "Health region: Western Norway"
    assert said["Number of projects"] == len(table(client, "/en/portfolio/export.csv?region=HV"))
    assert said["Fetched from"].endswith("/en/portfolio/export.xlsx?region=HV")


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize(
    "query", ["?region=%00", "?q=%FF%FE", "?sort=sideways", "?page=99999999999999", "?q=" + "æ" * 5000]
)
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_any_address_gives_a_sound_file(client: Client, form: str, query: str) -> None:
    assert body(client, f"/nb/portfolio/export.{form}{query}")


@pytest.mark.django_db
@pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
def test_an_empty_portfolio_has_files_too(client: Client, form: str) -> None:
    assert body(client, f"/nb/portfolio/export.{form}?listing=all")


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["export.pdf", "export.", "feed.atom", "export.CSV"])
def test_other_forms_are_not_there(client: Client, path: str) -> None:
    assert client.get(f"/nb/portfolio/{path}").status_code == 404
    assert client.post("/nb/portfolio/export.csv").status_code == 405


# --- JSON ------------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
def test_what_was_exported_loads_again_without_a_difference(client: Client) -> None:
    report = load(read(body(client, "/nb/portfolio/export.json?listing=all")))
    assert report.lines[-1] == "0 made, 0 changed, 85 left"


@pytest.mark.usefixtures("portfolio")
def test_what_was_exported_fills_an_empty_portfolio_with_the_same(client: Client) -> None:
    first = json.loads(body(client, "/nb/portfolio/export.json?listing=all&sort=title"))
    Item.objects.all().delete()
    Lineage.objects.all().delete()
    Initiative.objects.all().delete()
    report = load(read(json.dumps(first).encode()))
    assert report.lines[-1] == "85 made, 0 changed, 0 left"
    second = json.loads(body(client, "/nb/portfolio/export.json?listing=all&sort=title"))
    assert second == first


# --- Drafts ----------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("path", ["export.csv", "export.xlsx", "export.json", "feed.rss", "feed.json"])
def test_a_draft_leaks_nowhere(client: Client, cast: dict[str, Client], path: str) -> None:
    rewrite("mila-2026", title="Kanarifugl", summary_nb="Kanarifugl sitter i buret.")
    withdraw(Project.objects.get(initiative__key="mila-2026"), "system:test")

    def seen(browser: Client) -> bool:
        content = body(browser, f"/nb/portfolio/{path}?listing=all")
        if path.endswith("xlsx"):
            return any(
                "Kanarifugl" in str(value)
                for row in sheet(browser, f"/nb/portfolio/{path}?listing=all")
                for value in row
            )
        return b"Kanarifugl" in content

    for role in ("stranger", "nobody", "reader", "project_member"):
        assert not seen(cast[role]), role
    assert seen(cast["secretariat"]) is not path.startswith("feed")


@pytest.mark.usefixtures("portfolio")
def test_a_draft_is_not_named_as_anyone_s_parent(client: Client) -> None:
    child, parent = "mila-2026", "mila-2025"
    rewrite(child, continues=parent)
    withdraw(Project.objects.get(initiative__key=parent), "system:test")
    assert parent.encode() not in body(client, "/nb/portfolio/export.json?listing=all")
    assert parent.encode() not in body(client, "/nb/portfolio/export.csv?listing=all")
    assert client.get(f"/api/v1/projects/{child}").json()["parents"]["continues"] is None
    assert parent not in client.get(f"/api/v1/projects/{child}/lineage").content.decode()


# --- Size ------------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
def test_a_portion_costs_the_same_however_many_are_in_it() -> None:
    every = records.keys(Project.objects.order_by("initiative__key"))

    def cost(keys: list[str]) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert len(list(records.records(keys, date(2026, 11, 22)))) == len(keys)
        return len(asked)

    assert cost(every[:30]) == cost(every[:80]) <= 16


@pytest.mark.usefixtures("portfolio")
def test_rows_are_sent_before_all_are_fetched(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "PORTION", 10)
    with CaptureQueriesContext(connection) as asked:
        response = client.get("/nb/portfolio/export.json?listing=all")
        pieces = iter(response.streaming_content)
        for _number in range(5):
            next(pieces)
        begun = len(asked)
        rest = b"".join(pieces)
        assert len(asked) > begun * 3
    assert rest.endswith(b"]\n}\n")


# --- Feeds -----------------------------------------------------------------------------------------------------------
@pytest.mark.usefixtures("portfolio")
def test_a_change_is_first_in_the_feed_and_gets_a_name_of_its_own(client: Client) -> None:
    before = client.get("/nb/portfolio/feed.json").json()["items"]
    time.sleep(0.01)
    rewrite("fonna-bu", summary_nb="Nå er noe nytt skjedd.")
    first, *others = client.get("/nb/portfolio/feed.json").json()["items"]
    assert first["url"].endswith("/nb/portfolio/fonna-bu/")
    assert first["content_text"] == "Nå er noe nytt skjedd."
    assert first["id"] not in {item["id"] for item in before}
    assert {item["id"] for item in others} < {item["id"] for item in before}


@pytest.mark.usefixtures("portfolio")
@pytest.mark.parametrize("query", ["", "?region=HN", "?listing=mentioned"])
def test_both_feeds_say_the_same(client: Client, query: str) -> None:
    written = client.get(f"/en/portfolio/feed.json{query}").json()
    tree = Tree.fromstring(client.get(f"/en/portfolio/feed.rss{query}").content)
    items = [(item.findtext("guid"), item.findtext("title"), item.findtext("link")) for item in tree.iter("item")]
    assert items == [(item["id"], item["title"], item["url"]) for item in written["items"]]
    assert items
    assert tree.findtext("channel/title") == written["title"]


@pytest.mark.usefixtures("portfolio")
def test_a_feed_that_has_not_changed_costs_no_bytes(client: Client) -> None:
    first = client.get("/nb/portfolio/feed.rss")
    again = client.get("/nb/portfolio/feed.rss", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    rewrite("fonna-bu", title="Noe annet")
    assert client.get("/nb/portfolio/feed.rss", headers={"If-None-Match": first["ETag"]}).status_code == 200


@pytest.mark.usefixtures("portfolio")
def test_signs_that_xml_cannot_hold_are_left_out(client: Client) -> None:
    Initiative.objects.filter(key="fonna-bu").update(title="A\x01B\x0cC<script>&")
    tree = Tree.fromstring(client.get("/nb/portfolio/feed.rss?year=2020").content)
    assert any("ABC<script>&" in (item.findtext("title") or "") for item in tree.iter("item"))


@pytest.mark.usefixtures("portfolio")
def test_too_many_files_make_one_wait(client: Client, settings) -> None:
    answers = [client.get("/nb/portfolio/export.csv?region=HN").status_code for _number in range(22)]
    assert answers[:20] == [200] * 20
    refused = client.get("/nb/portfolio/export.csv", headers={"X-Forwarded-For": "6.6.6.6"})
    assert refused.status_code == 429
    assert 1 <= int(refused["Retry-After"]) <= 60
    assert client.get("/nb/portfolio/").status_code == 200
