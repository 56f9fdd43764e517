"""What the list costs, whatever its size, and what it says when there is nothing on it."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from reading import read

from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.network.portfolio.actions import load
from helsevev.network.portfolio.forms import read as read_rows
from helsevev.network.portfolio.queries import listing

DATA = json.loads((settings.REFERENCE_DIR / "portfolio.json").read_text(encoding="utf-8"))
LIST = "/en/portfolio/"


def rows(number: int) -> list[dict]:
    """Invented projects with everything that a card shows."""
    like = DATA["projects"]
    return [
        {**like[place % len(like)], "id": f"invented-{place}", "title": f"Oppdiktet prosjekt {place}"}
        | dict.fromkeys(("continues", "spreads", "same_model_as"))
        for place in range(number)
    ]


def cost(query: str) -> tuple[int, int]:
    """Statements and bytes of one page."""
    client = Client()
    client.get(LIST + query)
    with CaptureQueriesContext(connection) as statements:
        response = client.get(LIST + query)
    assert response.status_code == 200
    return len(statements), len(response.content)


@pytest.mark.django_db
def test_an_empty_portfolio_says_so(client):
    found = read(client.get(LIST).content)
    assert "No projects are here yet" in found.words
    assert len(found.one("ul", class_="tilemap").all("li")) == 15
    assert "No project fits" in read(client.get(f"{LIST}?q=hjem").content).words


@pytest.mark.django_db
def test_the_first_page_is_read_in_its_order_and_not_sorted():
    if connection.vendor != "sqlite":
        pytest.skip("A small table tells nothing of how PostgreSQL would read a large one.")
    plan = listing.select({}).projects[:60].values("pk").explain()
    assert "newest_published" in plan
    assert "TEMP B-TREE" not in plan


@pytest.mark.django_db
def test_statements_and_bytes_don_t_grow_with_the_portfolio(registers):
    load_taxonomy()
    queries = ["", "?page=2", "?q=prosjekt", "?region=HV&theme=kols", "?q=prosjekt&region=HV&organisation=helse-bergen",
               "?sort=title", "?organisation_has=sykehus"]  # fmt: skip
    found = {}
    for size in (10, 60, 500):
        load(read_rows(json.dumps({"projects": rows(size)}).encode()))
        found[size] = {query: cost(query) for query in queries}
    for query in queries:
        assert found[500][query][0] <= 12, query
        assert found[500][query][1] <= 120_000, query
        assert found[500][query][0] <= max(found[60][query][0], found[10][query][0]) + 1, query
