"""The dashboard of the real portfolio: each chart's message, table and files agree with what the projects state."""

import csv
import io
import re
from collections import Counter
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone, translation

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.initiatives.models import Initiative
from helsevev.core.roadmap import phase_on
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.dashboard import PANELS, Overview
from helsevev.network.portfolio.queries.naming import Naming

TODAY = timezone.localdate()
ADDRESS = "/en/portfolio/dashboard/"

pytestmark = pytest.mark.usefixtures("portfolio")


def table(name: str, on: date | None = None) -> dict[str, float]:
    with translation.override("en"):
        panel = Overview(Naming("en"), TODAY, on).panel(name)
    assert panel
    assert panel.chart
    return {str(row[0]): float(row[1]) for row in panel.chart.table()}


def test_every_chart_counts_what_the_projects_state():
    projects = Project.objects.filter(listing="awarded", published=True)
    total = projects.count()
    years = Counter(str(year) for year in projects.values_list("award_year", flat=True))
    assert table("years") == {**{str(year): 0 for year in range(2020, 2027)}, **years}
    support = Counter(projects.values_list("support", flat=True))
    named = {word.code: word.en for word in initiatives.taxonomy().terms("support")}
    assert table("support") == {named[code]: count for code, count in support.items()}
    for name, vocabulary in (("regions", "health_region"), ("patient-groups", "patient_group")):
        for word in initiatives.taxonomy().terms(vocabulary):
            counted = projects.filter(initiative__terms__vocabulary=vocabulary, initiative__terms__code=word.code)
            assert table(name)[word.en] == counted.count()
    kinds = Counter(projects.values_list("initiative__kind", flat=True))
    assert table("new-or-spread") == {
        "New innovation": kinds["innovation"],
        "Spread": kinds["spread"],
        "Not stated": total - kinds["innovation"] - kinds["spread"],
    }


@pytest.mark.parametrize("day", [date(2019, 1, 1), date(2022, 12, 31), date(2024, 11, 1), date(2025, 6, 14), TODAY])
def test_phases_on_a_day_are_those_that_the_moves_tell(day: date):
    awarded = Project.objects.filter(listing="awarded", published=True)
    moves = initiatives.moves_of(list(awarded.values_list("pk", flat=True)))
    told = Counter(str(phase_on((stated.move for stated in own), day) or "") for own in moves.values())
    told[""] += awarded.count() - len(moves)
    words = {word.code: word.en for word in initiatives.taxonomy().terms("phase")}
    expected = {label: float(told[code]) for code, label in words.items()} | {"Not stated": float(told[""])}
    assert table("phases", on=day) == expected
    if day == TODAY:
        assert table("phases") == expected, "the index counts today as the moves do"


def test_the_page_says_what_is_counted_and_what_is_not(client: Client):
    page = client.get(ADDRESS).content.decode()
    assert "73 awarded projects" in page
    assert "5 projects that are only mentioned" in page
    assert "7 examples without an award" in page
    assert "says 30 projects, but its list has 29" in page
    assert sum(table("years")[year] for year in ("2020", "2021", "2022")) == 29


def test_each_chart_has_a_message_a_table_and_three_files(client: Client):
    page = client.get(ADDRESS).content.decode()
    for name in PANELS:
        assert f'id="{name}-title"' in page
        assert f'id="{name}-table"' in page
        for file in (f"{name}.svg?alone=1", f"{name}.png", f"{name}.csv"):
            assert f'href="/en/portfolio/dashboard/{file}"' in page
    assert len(set(re.findall(r'id="([^"]+)"', page))) == len(re.findall(r'\sid="([^"]+)"', page))


def test_table_rows_lead_to_the_projects_they_count(client: Client):
    page = client.get(ADDRESS).content.decode()
    links = re.findall(r'<th scope="row"><a href="([^"]+)">[^<]*</a></th><td data-numeric>(\d+)</td>', page)
    assert len(links) > 20
    for url, count in links:
        listed = client.get(url.replace("&gt;", ">")).content.decode()
        assert f">{count} project" in listed, url


def test_files_say_the_same_as_the_page(client: Client):
    rows = list(csv.reader(io.StringIO(client.get(f"{ADDRESS}years.csv").content.decode("utf-8-sig"))))
    assert rows[0] == ["Award year", "Projects"]
    assert {label: float(count) for label, count in rows[1:]} == table("years")
    svg = client.get(f"{ADDRESS}years.svg?alone=1")
    assert svg["Content-Disposition"] == 'attachment; filename="helsevev-years.svg"'
    assert svg["Content-Type"] == "image/svg+xml"
    assert "2025: 23 of 73" in svg.content.decode()
    assert client.get(f"{ADDRESS}years.png").content.startswith(b"\x89PNG")


def test_a_picture_is_drawn_once_and_whoever_has_it_is_told(client: Client):
    page = client.get(ADDRESS).content.decode()
    url = next(re.finditer(r'srcset="([^"]+regions\.svg[^"]+)"', page)).group(1).replace("&amp;", "&")
    first = client.get(url)
    assert "immutable" in first["Cache-Control"]
    assert cache.get(f"picture:{re.search(r'v=([0-9a-f]+)', url).group(1)}:light-narrow-placed:svg") == first.content
    again = client.get(url, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    old = client.get(f"{ADDRESS}regions.svg?v=0000")
    assert "immutable" not in old["Cache-Control"]


@pytest.mark.parametrize(
    "path",
    [
        "nothing.svg", "regions.pdf", "regions.svg?palette=neon", "regions.svg?width=9", "phases.svg?on=yesterday",
        "phases.svg?on=0001-01-01", "phases.svg?on=", "regions", "../regions.svg",
    ],
)  # fmt: skip
def test_what_is_no_picture_is_not_found(client: Client, path: str):
    status = client.get(f"{ADDRESS}{path}").status_code
    assert status == (200 if path.endswith("on=") else 404)


def test_a_day_can_be_chosen_without_a_script(client: Client):
    then = client.get(f"{ADDRESS}?on=2022-12-31")
    assert then.status_code == 200
    page = then.content.decode()
    assert "on 31 December 2022" in page
    assert "phases.svg?on=2022-12-31" in page
    assert "regions.svg?on=" not in page
    assert 'value="2022-12-31"' in page
    assert client.get(f"{ADDRESS}?on=31.12.2022").content.decode().count("on 31 December 2022") > 1


@pytest.mark.parametrize("day", ["yesterday", "2022-13-01", "0001-01-01", "9999-12-31", "<script>", "2022-12-31\x00"])
def test_what_is_no_day_is_said_and_today_is_shown(client: Client, day: str):
    answer = client.get(ADDRESS, {"on": day})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'class="ds-error-summary"' in page
    assert "<script>" not in page
    assert "is the most common phase:" in page


def test_a_day_ahead_is_answered_with_what_is_stated_so_far(client: Client):
    page = client.get(f"{ADDRESS}?on=2080-01-01").content.decode()
    assert "plans are not counted" in page


def test_drafts_are_counted_nowhere(client: Client):
    before = table("years")["2025"]
    project = Project.objects.filter(listing="awarded", award_year=2025).first()
    assert project
    change(project, {"published": False}, "system:test")
    assert table("years")["2025"] == before - 1
    assert sum(table("phases", on=date(2026, 1, 1)).values()) == 72
    assert "72 awarded projects" in client.get(ADDRESS).content.decode()


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_every_chart_can_be_drawn_in_every_language(client: Client, language: str):
    assert Initiative.objects.exists()
    for name in PANELS:
        answer = client.get(f"/{language}/portfolio/dashboard/{name}.svg?alone=1")
        assert answer.status_code == 200
        assert "<text" in answer.content.decode()
