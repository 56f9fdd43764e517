"""Organisation pages: the list, and what each takes part in, from registers and portfolio together."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reading import Element, read

from helsevev.commons.people import queries as people
from helsevev.commons.people.models import Organisation
from helsevev.core.alphabet import sort_key
from helsevev.network.portfolio.actions import withdraw
from helsevev.network.portfolio.models import Project

LIST = "/en/organisations/"
HOSTILE = "<script>alert(1)</script>\"'&"
pytestmark = pytest.mark.usefixtures("portfolio")


def page(client: Client, path: str = "", address: str = LIST) -> Element:
    response = client.get(address + path)
    assert response.status_code == 200, path
    return read(response.content)


def rows(found: Element) -> dict[str, int]:
    """Names of the list and how many projects each takes part in."""
    if not found.all("table", id="organisations"):
        return {}
    lines = found.one("table", id="organisations").one("tbody").all("tr")
    return {line.one("th").one("a").words: int(line.all("td")[0].words) for line in lines}


def total(found: Element) -> int:
    return int(found.one("h2", id="hits").words.split()[0])


# --- The list --------------------------------------------------------------------------------------------------------
def test_those_that_take_part_first_and_all_of_the_registers_beside(client):
    found = page(client)
    assert total(found) == len(people.names(project_parties()))
    assert all(rows(found).values())
    assert total(page(client, "?all=yes")) == Organisation.objects.count() > 440
    assert list(rows(found)) == sorted(rows(found), key=sort_key)


def project_parties() -> set[str]:
    published = Organisation.objects.filter(parts__initiative__project__published=True)
    return set(published.values_list("key", flat=True))


def test_each_number_is_of_the_projects_on_its_page(client):
    counts = rows(page(client))
    for name in ("Akershus universitetssykehus", "Bergen kommune", "Diakonhjemmet sykehus"):
        own = Project.objects.filter(published=True, initiative__parties__organisation__name=name).distinct()
        assert counts[name] == own.count()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?q=alesund&all=yes", {"Ålesund kommune", "Ålesund sykehus"}),
        ("?q=AHUS", {"Akershus universitetssykehus", "Helsefellesskapet Ahus og kommunene"}),
        ("?q=unn+narvik&all=yes", {"UNN Narvik"}),
        ("?kind=regional_health_authority&all=yes&region=HV", {"Helse Vest RHF"}),
        ("?kind=municipality&county=03&all=yes", {"Oslo kommune"}),
    ],
)
def test_found_by_name_kind_region_and_county(client, query, names):
    assert names <= set(rows(page(client, query)))
    assert total(page(client, query)) <= len(names) + 1


def test_pages_hold_everyone_once(client):
    every = [
        a.attributes["href"] for n in range(1, 9) for a in page(client, f"?all=yes&page={n}").one("tbody").all("a")
    ]
    assert len(every) == len(set(every)) == Organisation.objects.count()
    assert rows(page(client, "?all=yes&page=999")) == rows(page(client, "?all=yes&page=8"))
    assert rows(page(client, "?all=yes&page=x")) == rows(page(client, "?all=yes"))


def test_a_choice_that_doesn_t_exist_is_left_out_and_said(client):
    found = page(client, "?kind=palace&county=99")
    assert "“palace” is not among the choices and was left out." in found.words
    assert "“99” is not among the choices and was left out." in found.words
    assert total(found) == total(page(client))


def test_nothing_found_says_what_to_do(client):
    found = page(client, "?q=no-such-place")
    assert "No organisation fits" in found.words
    assert found.one("div", class_="empty").one("a").attributes["href"] == f"{LIST}?all=yes"


def test_a_live_part_is_the_part_alone(client):
    response = client.get(f"{LIST}?q=oslo&kind=", headers={"HX-Request-Type": "partial"})
    assert response.headers["HX-Push-Url"] == f"{LIST}?q=oslo"
    assert [child.tag for child in read(response.content).children] == ["form"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.dictionaries(st.sampled_from(["q", "kind", "region", "county", "all", "page"]), st.text(max_size=20), max_size=4)
)
def test_no_address_fails(asked):
    data = {name: value.encode("utf-8", "replace").decode() for name, value in asked.items()}
    assert Client().get(LIST, data).status_code == 200


def test_the_list_costs_the_same_however_many_there_are(client):
    def cost() -> int:
        with CaptureQueriesContext(connection) as statements:
            page(client, "?all=yes&q=a")
        return len(statements)

    before = cost()
    Organisation.objects.bulk_create(
        Organisation(key=f"invented-{number}", name=f"Oppdiktet {number}", kind="other") for number in range(500)
    )
    assert cost() == before <= 6


# --- One organisation ------------------------------------------------------------------------------------------------
def facts(found: Element) -> dict[str, str]:
    return {row.one("dt").words: row.one("dd").words for row in found.one("aside").one("dl").all("div")}


def test_what_the_registers_say_with_source_and_date(client):
    found = page(client, "ullensaker-kommune/")
    assert facts(found)["Kind"] == "Municipality"
    assert facts(found)["Health region"] == "South-Eastern Norway"
    assert facts(found)["County"] == "Akershus"
    assert facts(found)["Municipality number"] == "3209"
    population = Organisation.objects.get(key="ullensaker-kommune").population
    stat = found.one("div", class_="stat").words
    assert f"{population:,}" in stat
    assert "Statistics Norway, 1 January 2026" in stat
    foot = found.one("footer", class_="project-foot")
    assert "Statistics Norway" in foot.words
    assert "CC BY 4.0" in foot.words


def test_a_number_stands_only_where_there_is_one(client):
    assert "Organisation number" not in page(client, "helse-fonna/").words
    Organisation.objects.filter(key="helse-fonna").update(organisation_number="974633574")
    assert facts(page(client, "helse-fonna/"))["Organisation number"] == "974633574"
    assert "inhabitants" not in page(client, "helse-fonna/").words


def test_parent_children_and_other_names(client):
    found = page(client, "helse-fonna/")
    parent = found.one("aside").one("dl").one("a")
    assert parent.words == "Helse Vest RHF"
    assert parent.attributes["href"] == f"{LIST}helse-vest-rhf/"
    assert "Helsefellesskapet Fonna" in found.one("section", aria_labelledby="units").words
    assert "OUS" in facts(page(client, "oslo-universitetssykehus/"))["Also called"]


def test_projects_by_the_part_it_takes_and_through_its_units(client):
    found = page(client, "oslo-kommune/").one("section", aria_labelledby="taking-part")
    headings = [heading.words for heading in found.all("h3")]
    assert headings[:2] == ["Owner", "Partner"]
    assert "Through Bydel Frogner" in headings
    own = [
        a.attributes["href"] for grid in found.all("div", class_="grid")[:2] for h in grid.all("h4") for a in h.all("a")
    ]
    assert len(own) == len(set(own))
    hrefs = {a.attributes["href"] for h in found.all("h4") for a in h.all("a")}
    assert all(client.get(href).status_code == 200 for href in hrefs)
    in_list = next(a.attributes["href"] for a in found.all("a") if "list of projects" in a.words)
    assert in_list == "/en/portfolio/?organisation=oslo-kommune"


def test_drafts_are_not_told_of(client):
    before = page(client, "ullensaker-kommune/").words
    assert "MILA" in before
    for key in ("mila2", "mila-2025", "mila-2026"):
        withdraw(Project.objects.select_related("initiative").get(initiative__key=key), "system:test")
    assert "MILA" not in page(client, "ullensaker-kommune/").words


def test_one_that_takes_part_in_nothing_says_so(client):
    idle = Organisation.objects.exclude(key__in=project_parties()).filter(kind="municipality").first()
    assert "No project in the portfolio names it as a party." in page(client, f"{idle.key}/").words


def test_the_map_shows_where_and_leads_to_the_neighbours(client):
    tiles = page(client, "ullensaker-kommune/").one("ul", class_="tilemap")
    (here,) = tiles.all("a", aria_current="true")
    assert here.attributes["href"] == f"{LIST}?county=32&all=yes"
    assert "Ullensaker kommune" in rows(page(client, "?county=32&all=yes"))
    region = page(client, "helse-vest-rhf/").one("ul", class_="tilemap")
    assert len(region.all("li")) == 4


@pytest.mark.parametrize(("language", "kind"), [("nb", "Kommune"), ("nn", "Kommune"), ("en", "Municipality")])
def test_in_the_reader_s_language(client, language, kind):
    assert kind in page(client, "ullensaker-kommune/", f"/{language}/organisations/").one("aside").words


def test_markup_in_names_is_shown_as_it_was_written(client):
    Organisation.objects.filter(key="ullensaker-kommune").update(name=HOSTILE, note=HOSTILE)
    for path in ("ullensaker-kommune/", "?q=script", "?q=" + "%3Cscript%3E"):
        html = client.get(LIST + path).content.decode()
        assert "<script>alert" not in html
    assert HOSTILE in page(client, "ullensaker-kommune/").one("h1").words
    assert HOSTILE in read(client.get("/en/portfolio/mila-2026/").content).words


@pytest.mark.parametrize("path", ["no-such/", "x%00/", "..%2f/", "a" * 300 + "/"])
def test_an_unknown_organisation_is_not_found(client, path):
    assert client.get(LIST + path).status_code == 404
