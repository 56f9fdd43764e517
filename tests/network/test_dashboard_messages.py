"""The dashboard of any portfolio: empty, with one project, with many; and its sentences in three languages."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from helsevev.commons.finding.actions import put
from helsevev.commons.finding.rules import Doc
from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.network.portfolio.queries import messages
from helsevev.network.portfolio.queries.dashboard import Overview, Panel
from helsevev.network.portfolio.queries.naming import Naming

ADDRESS = "/en/portfolio/dashboard/"


def invented(number: int, **facets: object) -> Doc:
    """A document such as the portfolio hands in, with nothing but the facets that are counted."""
    given = {name: values if isinstance(values, list) else [values] for name, values in facets.items()}
    single = {name: [""] for name in ("phase", "support", "year", "kind")}
    return Doc("project", f"p{number}", {"nb": (f"P{number}", "")}, {"listing": ["awarded"], **single, **given})


def panel(name: str) -> Panel:
    with translation.override("en"):
        found = Overview(Naming("en"), date(2026, 11, 22)).panel(name)
    assert found
    return found


# --- Any portfolio ---------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_an_empty_portfolio_says_so_kindly(client: Client):
    page = client.get(ADDRESS)
    assert page.status_code == 200
    assert "No projects are loaded yet" in page.content.decode()
    assert client.get(f"{ADDRESS}regions.svg").status_code == 404


@pytest.mark.django_db
def test_one_project_that_states_nothing(client: Client):
    load_taxonomy()
    put([invented(1)])
    page = client.get(ADDRESS)
    assert page.status_code == 200
    text = page.content.decode()
    for said in ("One awarded project", "No project states its phase", "No project states its health region"):
        assert said in text
    assert "No move between two phases is stated yet" in text
    assert client.get(f"{ADDRESS}moves.svg").status_code == 404
    chart = panel("phases").chart
    assert chart
    assert ("Not stated", 1) in chart.table()


@pytest.mark.django_db
def test_time_and_moves_are_counted_and_nonsense_is_left_out():
    load_taxonomy()
    put(
        [
            invented(1, moved=["anchoring>insight", "insight>piloting"], months_in=["insight:4", "piloting:9"]),
            invented(2, moved=["insight>piloting", "insight>dreams", "insight"], months_in=["insight:6", "insight:x"]),
            invented(3, moved=["piloting>insight"], months_in=["dreams:3", "insight:9"]),
        ]
    )
    moves = panel("moves")
    assert moves.chart
    assert moves.message == "The most common move is from insight to piloting: 2 of 4 stated"
    assert moves.chart.table() == (
        ("Anchoring", "Insight", 1),
        ("Insight", "Piloting", 2),
        ("Piloting", "Insight", 1),
    )
    time = panel("time-in-phase")
    assert time.chart
    assert time.message == "Piloting lasts longest: 9 months in the middle case"
    assert ("Insight", 3, 4, 5, 6, 7.5, 9) in time.chart.table()


@pytest.mark.django_db
def test_the_page_asks_as_much_for_many_projects_as_for_few(client: Client):
    load_taxonomy()

    def statements() -> int:
        client.get(ADDRESS)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(ADDRESS)
        return len(captured)

    put([invented(1, region="HV", phase="insight", year="2025")])
    few = statements()
    regions = ("HN", "HM", "HV", "HSO")
    put([invented(n, region=regions[n % 4], phase="piloting", year=str(2015 + n % 9)) for n in range(2, 300)])
    assert statements() == few <= 12


# --- Messages --------------------------------------------------------------------------------------------------------
COUNTED = st.lists(st.integers(0, 40), min_size=1, max_size=8).map(
    lambda counts: [(f"Name {place}", count) for place, count in enumerate(counts)]
)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("subject", messages.SENTENCES)
@given(counted=COUNTED)
def test_a_message_names_those_that_lead_and_no_others(subject: str, language: str, counted: messages.Counted):
    with translation.override(language):
        said = messages.leading(subject, counted, sum(n for _l, n in counted), language, day="a day")
    top, most = messages.leaders(counted)
    assert said
    assert "%(" not in said
    assert said[0] == said[0].upper()
    named = {label for label, _n in counted if label.lower() in said.lower()}
    assert named == (set(top) if len(top) <= messages.NAMED_AT_MOST else set())
    assert not most or str(most) in said


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["children and young people", "adults"], "children and young people, and adults"),
    ],
)
def test_names_are_enumerated_as_people_do(names: list[str], said: str):
    with translation.override("en"):
        assert messages.joined(names) == said


@pytest.mark.parametrize(
    ("new", "spread", "said"),
    [
        (0, 0, "No project states"),
        (1, 6, "More projects spread another's model than are new: 6 against 1"),
        (5, 2, "More projects are new than spread another's model: 5 against 2"),
        (3, 3, "As many projects are new as spread another's model: 3 of each"),
    ],
)
def test_new_or_spread(new: int, spread: int, said: str):
    with translation.override("en"):
        assert messages.new_or_spread(new, spread, "en").startswith(said)


@pytest.mark.parametrize(
    ("middles", "measured", "said"),
    [
        ([], 0, "How long a phase lasted is not stated to the day for any project"),
        ([("Insight", 1)], 1, "Insight lasted 1 month in the one case that is measured"),
        ([("Insight", 4)], 3, "Insight lasted 4 months in the middle case; no other phase is measured"),
        ([("Insight", 4), ("Piloting", 7.5)], 3, "Piloting lasts longest: 7.5 months in the middle case"),
        ([("Insight", 4), ("Piloting", 4)], 3, "Insight and piloting last longest: 4 months in the middle case"),
    ],
)
def test_time_in_phase(middles: list[tuple[str, float]], measured: int, said: str):
    with translation.override("en"):
        assert messages.time_in_phase(middles, measured, "en") == said


def test_abbreviations_keep_their_capitals_within_a_sentence():
    assert messages.inside("ADHD") == "ADHD"
    assert messages.inside("Ny praksis") == "ny praksis"
    assert messages.inside("") == ""
