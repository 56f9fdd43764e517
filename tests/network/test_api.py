"""The API: the same selections as the page, pages that join without gap, cheap repeats, and refusals that name why."""

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsevev.commons.people.models import Organisation
from helsevev.core.paging import Paged, on_page, pages, surroundings
from helsevev.core.rates import Rate
from helsevev.front.api import EXAMPLES, known_parameters
from helsevev.network.portfolio.actions import withdraw
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.listing import select

REAL = Path(__file__).resolve().parents[2] / "data" / "portfolio.json"
pytestmark = pytest.mark.usefixtures("portfolio", "generous")


@pytest.fixture
def generous(settings: Any) -> None:
    """Nobody is asked to wait."""
    settings.RATES = [(re.compile("^/api/"), Rate("api", 10**9))]


def ask(client: Client, path: str, status: int = 200) -> Any:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == status, response.content
    return response.json()


# --- What is asked and answered --------------------------------------------------------------------------------------
@pytest.mark.parametrize("path", EXAMPLES.values())
def test_every_example_is_answered(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.parametrize("name", sorted(EXAMPLES))
def test_every_operation_has_its_example(name: str) -> None:
    assert set(known_parameters()) == set(EXAMPLES)


@pytest.mark.parametrize(
    "query", ["", "region=HV&region=HN", "q=hjem", "listing=mentioned", "year=2025&sort=title", "kind=not-stated"]
)
def test_the_list_is_the_one_that_the_page_selects(client: Client, query: str) -> None:
    params = {name: [v for n, v in pairs if n == name] for pairs in [_pairs(query)] for name, _value in pairs}
    selection = select(params)
    found = ask(client, f"/projects?per_page=200&{query}")
    assert found["total"] == selection.total == len(found["items"]) > 0
    keys = list(selection.projects.values_list("initiative__key", flat=True))
    assert [item["key"] for item in found["items"]] == keys


def _pairs(query: str) -> list[tuple[str, str]]:
    return [(part.split("=")[0], part.split("=")[1]) for part in query.split("&") if part]


@pytest.mark.parametrize("per_page", [1, 7, 73, 200])
@pytest.mark.parametrize("path", ["/projects", "/organisations"])
def test_pages_join_without_gap_or_overlap(client: Client, path: str, per_page: int) -> None:
    if path == "/organisations" and per_page == 1:
        Organisation.objects.filter(parts=None, children=None, kind="municipality").delete()
    met: list[str] = []
    url: str | None = f"http://testserver/api/v1{path}?per_page={per_page}"
    back: list[str | None] = []
    while url:
        page = client.get(url).json()
        met += [item["key"] for item in page["items"]]
        back.append(page["previous"])
        url = page["next"]
    assert len(met) == len(set(met)) == page["total"]
    assert len(back) == page["pages"]
    assert back[0] is None
    if len(back) > 1:
        assert client.get(back[-1]).json()["page"] == page["pages"] - 1


def test_a_page_beyond_the_last_is_empty_and_leads_back(client: Client) -> None:
    page = ask(client, "/projects?page=99&region=HV")
    assert page["items"] == []
    assert page["next"] is None
    assert client.get(page["previous"]).json()["items"]


@given(st.integers(0, 10**6), st.integers(1, 200), st.integers(1, 10**6))
def test_a_page_knows_its_neighbours(total: int, per_page: int, number: int) -> None:
    said = Paged[int](**surroundings("http://x/?a=1&page=3&a=2", total, number, per_page), items=[])
    assert said.pages == pages(total, per_page) >= 1
    assert (said.next is None) is (number >= said.pages)
    assert (said.previous is None) is (number == 1)
    assert on_page("http://x/?a=1&page=3&a=2", 7) == "http://x/?a=1&a=2&page=7"


def test_labels_and_titles_are_in_the_language_asked_for(client: Client) -> None:
    found = {code: ask(client, f"/projects/fonna-bu?lang={code}") for code in ("nb", "nn", "en")}
    assert {code: one["title"] for code, one in found.items()} == found["nb"]["titles"]
    assert found["en"]["regions"] == [{"code": "HV", "label": "Western Norway"}]
    assert client.get("/api/v1/projects/fonna-bu?lang=en")["Content-Language"] == "en"


def test_a_browser_s_language_changes_nothing(client: Client) -> None:
    plain = client.get("/api/v1/projects/fonna-bu").content
    assert client.get("/api/v1/projects/fonna-bu", headers={"Accept-Language": "en"}).content == plain


def test_one_project_says_all_that_is_stated(client: Client) -> None:
    every = json.loads(REAL.read_text(encoding="utf-8"))["projects"]
    row = next(row for row in every if row["id"] == "ehelse-vestland")
    found = ask(client, "/projects/ehelse-vestland")
    assert found["summary"] == row["summary"]
    assert found["awarded"] == row["awarded"]
    assert found["phase"]["code"] == "piloting"
    assert found["phase_since"] == "2023-01"
    assert found["status"]["code"] == "ongoing"
    assert found["status_as_of"] == "2022"
    assert [figure["what"] for figure in found["figures"]] == list(row["figures"])
    assert sorted(entry["text"]["en"] for entry in found["log"]) == sorted(entry["en"] for entry in row["log"])
    assert found["kind"] is None
    assert found["page"] == "http://127.0.0.1:8000/nb/portfolio/ehelse-vestland/"


def test_a_family_names_all_its_members(client: Client) -> None:
    found = ask(client, "/projects/fonna-bu/lineage")
    keys = {member["key"] for member in found["members"]}
    assert {"fonna-bu", "hnt-bu"} <= keys
    assert {edge["child"] for edge in found["descents"]} | {edge["parent"] for edge in found["descents"]} <= keys
    assert ask(client, "/projects/hnt-bu/lineage") == found
    assert {member["key"]: member["generation"] for member in found["members"]}["fonna-bu"] == 0


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(day=st.dates())
def test_phases_on_any_day_add_up(client: Client, day: date) -> None:
    found = ask(client, f"/phases?on={day}")
    assert found["on"] == str(day)
    assert sum(phase["projects"] for phase in found["phases"]) == found["stated"]
    assert found["stated"] + found["not_stated"] == found["total"] == 73
    assert len(found["phases"]) == 6


def test_organisations_are_found_by_any_of_their_names(client: Client) -> None:
    assert ask(client, "/organisations?q=alesund")["items"][0]["key"] == "alesund-kommune"
    keys = [item["key"] for item in ask(client, "/organisations?q=OUS")["items"]]
    assert "oslo-universitetssykehus" in keys
    found = ask(client, "/organisations/helse-fonna")
    assert found["parent"]["key"] == "helse-vest-rhf"
    assert found["source"]["publisher"]
    assert found["organisation_number"] is None
    assert ask(client, "/organisations?kind=hospital_trust")["total"] == 20


def test_terms_explain_the_codes(client: Client) -> None:
    items = ask(client, "/terms?vocabulary=phase")["items"]
    assert items[0]["code"] == "anchoring"
    assert len(items) == 6
    assert len(ask(client, "/terms")["items"]) > 50


# --- Cost ------------------------------------------------------------------------------------------------------------
def test_a_list_costs_the_same_for_few_and_for_many(client: Client) -> None:
    def cost(per_page: int) -> int:
        with CaptureQueriesContext(connection) as asked:
            ask(client, f"/projects?per_page={per_page}&sort=title")
        return len(asked)

    assert cost(20) == cost(73) <= 20


@pytest.mark.parametrize(
    "path", ["/projects", "/projects/fonna-bu", "/terms", "/organisations", "/openapi.json", "/phases"]
)
def test_what_has_not_changed_costs_no_bytes(client: Client, path: str) -> None:
    first = client.get(f"/api/v1{path}")
    again = client.get(f"/api/v1{path}", headers={"If-None-Match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert client.get(f"/api/v1{path}", headers={"If-None-Match": '"other"'}).content == first.content


def test_a_change_gives_a_new_etag_and_a_later_date(client: Client) -> None:
    url = "/api/v1/projects/fonna-bu"
    first = client.get(url)
    assert client.get(url, headers={"If-Modified-Since": first["Last-Modified"]}).status_code == 304
    Project.objects.filter(initiative__key="fonna-bu").update(contact_role="En annen")
    assert client.get(url, headers={"If-None-Match": first["ETag"]}).status_code == 200
    old = "Sun, 01 Jan 2023 00:00:00 GMT"
    assert client.get(url, headers={"If-Modified-Since": old}).status_code == 200


def test_head_says_the_same_without_the_body(client: Client) -> None:
    whole, head = client.get("/api/v1/terms"), client.head("/api/v1/terms")
    assert head.content == b""
    assert head["ETag"] == whole["ETag"]
    assert head["Content-Length"] == str(len(whole.content))


# --- Refusals --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("path", "status", "where"),
    [
        ("/projects?regoin=HV", 422, ["regoin"]),
        ("/projects?page=0", 422, ["page"]),
        ("/projects?page=1000001", 422, ["page"]),
        ("/projects?page=99999999999999999999999999", 422, ["page"]),
        ("/projects?page=two&per_page=201&sort=sideways", 422, ["sort", "page", "per_page"]),
        ("/projects?q=" + "x" * 201, 422, ["q"]),
        ("/projects?region=", 422, ["region"]),
        ("/projects?initiative__parties__organisation__grants__user__email=a", 422, None),
        ("/projects/fonna-bu?lang=de", 422, ["lang"]),
        ("/projects/fonna-bu?page=2", 422, ["page"]),
        ("/projects/-bad", 422, ["key"]),
        ("/projects/not-there", 404, []),
        ("/projects/fonna-bu/lineages", 404, []),
        ("/organisations/not-there", 404, []),
        ("/organisations?county_number=1", 422, ["county_number"]),
        ("/phases?on=2023-02-30", 422, ["on"]),
        ("/nothing", 404, []),
        ("/", 404, []),
        ("", 404, []),
        ("/openapi.json?x=1", 422, ["x"]),
    ],
)
def test_a_refusal_is_a_problem_that_names_the_parameter(
    client: Client, path: str, status: int, where: list[str] | None
) -> None:
    response = client.get(f"/api/v1{path}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert where is None or [fault["where"] for fault in problem["faults"]] == where
    assert response["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_nothing_can_be_changed(client: Client, method: str) -> None:
    response = getattr(client, method)("/api/v1/projects", data="{}", content_type="application/json")
    assert response.status_code == 405
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert response["Content-Type"] == "application/problem+json"


def test_another_site_s_script_may_read(client: Client) -> None:
    response = client.options("/api/v1/projects", headers={"Origin": "https://other.example"})
    assert response.status_code == 204
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "GET" in response["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Credentials" not in response


def test_a_fault_of_ours_is_a_problem_without_its_insides(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    from helsevev.commons.initiatives import api

    def broken() -> None:
        raise RuntimeError("secret insides")

    monkeypatch.setattr(api.queries, "taxonomy", broken)
    response = client.get("/api/v1/terms")
    assert response.status_code == 500
    assert response["Content-Type"] == "application/problem+json"
    assert b"secret" not in response.content
    assert "secret insides" in caplog.text


@pytest.mark.parametrize("path", ["", "/lineage"])
def test_a_draft_is_not_there(client: Client, cast: dict[str, Client], path: str) -> None:
    withdraw(Project.objects.get(initiative__key="hnt-bu"), "system:test")
    absent = client.get(f"/api/v1/projects/not-there{path}").json()
    for browser in (client, cast["administrator"]):
        response = browser.get(f"/api/v1/projects/hnt-bu{path}")
        assert response.status_code == 404
        assert response.json() == {**absent, "detail": absent["detail"].replace("not-there", "hnt-bu")}
        assert "hnt-bu" not in browser.get("/api/v1/projects?per_page=200").content.decode()
        assert "hnt-bu" not in browser.get("/api/v1/projects/fonna-bu/lineage").content.decode()


# --- Limits ----------------------------------------------------------------------------------------------------------
def test_a_caller_is_told_where_it_stands_and_then_asked_to_wait(client: Client, settings: Any) -> None:
    settings.RATES = [(re.compile("^/api/"), Rate("api", 3, 3600))]
    left = [client.get("/api/v1/terms")["RateLimit"].split(";")[1] for _number in range(3)]
    assert left == ["r=2", "r=1", "r=0"]
    refused = client.get("/api/v1/terms", headers={"X-Forwarded-For": "6.6.6.6"})
    assert refused.status_code == 429
    assert refused["Content-Type"] == "application/problem+json"
    assert int(refused["Retry-After"]) <= 3600
    assert client.get("/api/v1/terms", REMOTE_ADDR="10.9.8.7").status_code == 200


def test_behind_a_proxy_only_its_own_word_counts(client: Client, settings: Any) -> None:
    settings.RATES = [(re.compile("^/api/"), Rate("api", 1, 3600))]
    settings.TRUSTED_PROXIES = 1
    assert client.get("/api/v1/terms", headers={"X-Forwarded-For": "1.1.1.1, 2.2.2.2"}).status_code == 200
    assert client.get("/api/v1/terms", headers={"X-Forwarded-For": "9.9.9.9, 2.2.2.2"}).status_code == 429
    assert client.get("/api/v1/terms", headers={"X-Forwarded-For": "1.1.1.1, 3.3.3.3"}).status_code == 200


# --- The document ----------------------------------------------------------------------------------------------------
def test_the_document_promises_every_refusal(client: Client) -> None:
    document = ask(client, "/openapi.json")
    assert document["openapi"] == "3.1.0"
    for path, methods in document["paths"].items():
        assert path.startswith("/api/v1/")
        for operation in methods.values():
            assert operation["summary"]
            assert operation["description"]
            assert {"200", "304", "422", "429", "500"} <= set(operation["responses"])
            assert ("404" in operation["responses"]) is ("{" in path)
            for code, answer in operation["responses"].items():
                assert int(code) < 400 or list(answer["content"]) == ["application/problem+json"]
            assert all(parameter["description"] for parameter in operation["parameters"])


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_for_people_lists_every_operation(client: Client, language: str) -> None:
    text = client.get(f"/{language}/api/").content.decode()
    for name in known_parameters():
        assert f'id="{name}"' in text
    for example in EXAMPLES.values():
        assert example.replace("&", "&amp;") in text
    assert "<script>" not in text
