"""Open statistics and the description of open data, as a reader and a harvester meet them."""

import csv
import io
import json

import openpyxl
import pytest
from django.test import Client

from helsevev.network.annual_report import queries
from helsevev.network.annual_report.models import StatedFigure
from helsevev.network.portfolio.models import Project

PAGE = "/nb/reports/statistics/"


@pytest.mark.usefixtures("portfolio")
def test_page_and_files_tell_the_same_as_the_reports(client: Client):
    page = client.get(PAGE).content.decode()
    assert 'href="/nb/reports/2022/figures/projects.total/">29</a>' in page
    assert 'href="/nb/reports/2022/figures/web.visits.Q1/">(10' in page, "only stated: in brackets"
    told = {
        one["key"]: one["values"] for one in json.loads(client.get("/nb/reports/statistics.json").content)["figures"]
    }
    for year in queries.years():
        for one in queries.report(year, "nb").document["figures"]:
            value = one["stated"] if one["counted"] is None else one["counted"]
            if value is not None and not one["key"].startswith("survey."):
                assert told[one["key"]][str(year)] == {"value": value, "stated": one["counted"] is None}
    rows = list(csv.reader(io.StringIO(client.get("/en/reports/statistics.csv").content.decode("utf-8-sig"))))
    book = openpyxl.load_workbook(io.BytesIO(client.get("/en/reports/statistics.xlsx").content))
    assert [str(cell.value) for cell in book.worksheets[0][1]] == rows[0]
    assert len(rows) - 1 == len(told) == book.worksheets[0].max_row - 1
    assert client.get("/nb/reports/statistics/awarded.svg").status_code == 200


@pytest.mark.django_db
def test_an_empty_site_says_so_and_draws_nothing(client: Client):
    Project.objects.all().delete()
    StatedFigure.objects.all().delete()
    assert "No year to report of yet" in client.get("/en/reports/statistics/").content.decode()
    assert client.get("/nb/reports/statistics/awarded.svg").status_code == 404


@pytest.mark.usefixtures("portfolio")
def test_every_set_of_data_is_described_with_what_dcat_ap_no_requires(client: Client):
    """Obligations from https://data.norge.no/specification/dcat-ap-no: catalogue, dataset and distribution."""
    response = client.get("/open-data.jsonld")
    assert response["Content-Type"] == "application/ld+json"
    nodes = {one["@id"]: one for one in json.loads(response.content)["@graph"]}
    required = {
        "dcat:Catalog": {"dct:title", "dct:description", "dct:publisher", "dcat:dataset"},
        "dcat:Dataset": {"dct:title", "dct:description", "dct:identifier", "dct:publisher", "dcat:contactPoint",
                         "dcat:theme", "dct:accessRights"},
        "dcat:Distribution": {"dcat:accessURL", "dct:license", "dct:format"},
        "foaf:Agent": {"foaf:name"},
    }  # fmt: skip
    assert {one["@type"] for one in nodes.values()} == set(required)
    for one in nodes.values():
        assert required[one["@type"]] <= set(one), one["@id"]
        for text in (*one.get("dct:title", ()), *one.get("dct:description", ())):
            assert text["@value"]
        assert {text["@language"] for text in one.get("dct:title", ())} in (set(), {"nb", "nn", "en"})
    listed = [each["@id"] for one in nodes.values() for each in one.get("dcat:distribution", ())]
    assert sorted(listed) == sorted(one for one, node in nodes.items() if node["@type"] == "dcat:Distribution")
    for one in listed:
        address = nodes[one]["dcat:downloadURL"]["@id"].removeprefix("http://127.0.0.1:8000")
        assert client.get(address).status_code == 200, address
