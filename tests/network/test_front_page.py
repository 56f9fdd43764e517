"""What the portfolio shows at the front door: true numbers, the newest projects, and all of its open pages."""

import re
from xml.etree import ElementTree as Tree

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from helsevev.commons.initiatives.models import Party
from helsevev.network.portfolio.actions import withdraw
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries import front

pytestmark = pytest.mark.usefixtures("portfolio")
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


def test_the_key_figures_are_what_a_slow_count_finds() -> None:
    awarded = [project for project in Project.objects.select_related("initiative") if project.listing == "awarded"]
    found = front.figures()
    assert found.projects == len(awarded) == 73
    assert found.spreading == sum(project.initiative.kind == "spread" for project in awarded)
    assert found.kind_stated == sum(project.initiative.kind != "" for project in awarded)
    assert found.first_year == min(project.award_year for project in awarded if project.award_year)
    assert found.last_year == max(project.award_year for project in awarded if project.award_year)
    assert found.in_last_year == sum(project.award_year == found.last_year for project in awarded)
    parties = Party.objects.filter(initiative__in=[project.pk for project in awarded])
    assert found.organisations == len({party.organisation_id for party in parties if party.organisation_id})


def test_the_front_page_leads_to_what_it_counts(client: Client) -> None:
    text = client.get("/en/").content.decode()
    for url, label in re.findall(r'<a href="(/en/portfolio/[^"]*)">([^<]*)</a></p>', text):
        response = client.get(url.replace("&amp;", "&"))
        assert response.status_code == 200, label
    assert text.count("<article") == 6 + 5


def test_the_newest_projects_are_the_list_s_first(client: Client) -> None:
    keys = [item["key"] for item in client.get("/api/v1/projects?per_page=6").json()["items"]]
    text = client.get("/nb/").content.decode()
    assert re.findall(r'<h3><a href="/nb/portfolio/([^"/]+)/">', text) == keys


def test_a_draft_is_neither_counted_nor_mapped(client: Client) -> None:
    withdraw(Project.objects.get(initiative__key="mila-2026"), "system:test")
    assert front.figures().projects == 72
    assert "mila-2026" not in client.get("/nb/").content.decode()
    assert b"mila-2026" not in client.get("/sitemap.xml").getvalue()


def test_the_map_has_every_project_and_organisation_that_takes_part(client: Client) -> None:
    urls = [str(found.text) for found in Tree.fromstring(client.get("/sitemap.xml").getvalue()).iter(LOC)]
    for key in Project.objects.values_list("initiative__key", flat=True):
        assert f"http://127.0.0.1:8000/nn/portfolio/{key}/" in urls
    assert "http://127.0.0.1:8000/nb/organisations/helse-fonna/" in urls
    assert "http://127.0.0.1:8000/nb/portfolio/dashboard/" in urls


def test_the_front_page_costs_few_statements(client: Client) -> None:
    client.get("/nb/")
    with CaptureQueriesContext(connection) as asked:
        client.get("/nb/")
    assert len(asked) <= 14
