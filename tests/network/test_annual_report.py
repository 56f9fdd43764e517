"""The annual report as its readers and keepers meet it: the page, the command's formats, forewords and editions."""

import io
import json
from datetime import date

import openpyxl
import pytest
from django.core.management import call_command
from django.test import Client
from paper_text import text

from helsevev.core.words import Refused
from helsevev.network.annual_report import actions, queries
from helsevev.network.annual_report.models import Edition, StatedFigure
from helsevev.network.annual_report.panels.formats import FORMATS, written
from helsevev.network.events.models import Meeting
from helsevev.network.portfolio.models import Project

pytestmark = pytest.mark.usefixtures("portfolio")
YEAR_END = date(2022, 12, 31)
PAGE = "/nb/reports/2022/"


def figures(language: str = "en") -> dict[str, dict]:
    return {one["key"]: one for one in queries.report(2022, language).document["figures"]}


def test_2022_is_rebuilt_from_what_is_loaded():
    """Stated figures from the report of 2022; counts from the 29 rows that it lists."""
    made = figures()
    assert (made["projects.total"]["counted"], made["projects.total"]["stated"]) == (29, 30)
    assert [made[f"meetings.{name}"]["stated"] for name in ("webinars", "network", "national")] == [6, 8, 3]
    assert made["projects.by_phase.insight"]["stated"] == 13
    assert (made["projects.innovation"]["stated"], made["projects.spread"]["stated"]) == (12, 18)
    assert [made[f"web.visits.Q{n}"]["stated"] for n in (1, 2, 3, 4)] == [10234, 9068, 9634, 9709]
    assert len([key for key in made if key.startswith("survey.")]) == 21 * 5 + 1
    assert all("n not stated" in one["note"] for key, one in made.items() if key.count(".") == 2 and "survey" in key
               and "at_least" not in key)  # fmt: skip


def test_wherever_counted_and_stated_differ_a_note_says_why():
    differing = [one for one in figures().values() if one["difference"]]
    assert len(differing) > 10
    assert all(one["note"] for one in differing)


def test_every_year_with_projects_has_a_report():
    assert queries.years() == [2026, 2025, 2024, 2023, 2022, 2021, 2020]
    for year in queries.years():
        report = queries.report(year, "nb")
        assert len(report.document["appendix"]) == report.document["figures"][0]["counted"] > 0


def test_a_second_load_changes_nothing():
    assert StatedFigure.objects.filter(year=2022).count() == 165
    part = {"year": 2022, "webinars": 7, "network_meetings": None}
    assert actions.PART.load(part, "system:test").changed == {"annual_report_2022": ["meetings.webinars"]}
    assert actions.PART.load(part, "system:test").left == 1
    assert figures()["meetings.network"]["stated"] == 8, "null leaves what stands"


def test_the_page_and_the_rows_behind_a_figure(client: Client):
    page = client.get(PAGE).content.decode()
    assert "29" in page
    assert "/nb/reports/2022/figures/projects.total/" in page
    rows = client.get("/nb/reports/2022/figures/projects.by_patient_group.BU/").content.decode()
    assert rows.count('href="/nb/portfolio/') >= 10
    assert client.get("/nb/reports/2022/figures/nothing/").status_code == 404
    assert client.get("/nb/reports/1999/").status_code == 404


@pytest.mark.parametrize("form", ["pdf", "xlsx", "json"])
def test_files(client: Client, form: str):
    answer = client.get(f"/nb/reports/2022/report.{form}")
    assert answer.status_code == 200
    again = client.get(f"/nb/reports/2022/report.{form}")
    assert answer.content == again.content
    if form == "json":
        assert set(json.loads(answer.content)) == {"year", "cutoff", "digest", "figures", "appendix"}
    elif form == "xlsx":
        book = openpyxl.load_workbook(io.BytesIO(answer.content))
        assert book.worksheets[0].max_row == 1 + len(figures())
    else:
        assert "2022" in text(answer.content)


def test_the_command_writes_a_file_and_refuses_what_it_does_not_know(tmp_path):
    path = tmp_path / "2022.json"
    call_command("report_annual", "2022", "--format", "json", "--language", "en", "--output", str(path))
    assert json.loads(path.read_text(encoding="utf-8"))["digest"] == queries.report(2022, "en").document["digest"]
    for words in (["1999"], ["2022", "--cutoff", "2021-01-01"], ["2022", "--cutoff", "soon"]):
        with pytest.raises(Refused):
            call_command("report_annual", *words, "--output", str(tmp_path / "other"))
    assert not (tmp_path / "other").exists()


def test_a_published_report_stays_and_an_unpublished_one_follows(client: Client):
    actions.write_foreword(2022, "nb", "Et godt år.", seen=0, actor="t")
    edition = actions.publish(2022, YEAR_END, "t")
    webinars = client.get("/nb/reports/2022/figures/meetings.webinars/").content
    before = {form: written(queries.report(2022, "nb"), form, "nb") for form in FORMATS}
    Project.objects.filter(award_year=2022).update(published=False)
    Meeting.objects.update(title="Rettet")
    assert {form: written(queries.report(2022, "nb"), form, "nb") for form in before} == before
    assert client.get("/nb/reports/2022/figures/meetings.webinars/").content == webinars, "the rows are frozen too"
    assert queries.document(2022, "nb", YEAR_END)["figures"][0]["counted"] == 17
    assert queries.report(2022, "nb").edition == edition
    assert actions.publish(2022, YEAR_END, "t").number == 2
    with pytest.raises(Refused):
        actions.publish(2022, YEAR_END, "t")
    with pytest.raises(TypeError):
        edition.save()
    assert Edition.objects.count() == 2


def test_who_may_write_and_publish(cast: dict[str, Client]):
    for name, browser in cast.items():
        writes = name in {"secretariat", "administrator", "editor"}
        assert browser.get(PAGE).status_code == 200
        assert browser.get(f"{PAGE}foreword/").status_code == (200 if writes else 404), name
        publishes = name in {"secretariat", "administrator"}
        assert browser.get(f"{PAGE}publish/").status_code == (200 if publishes else 404), name
        assert browser.post(f"{PAGE}publish/", {"cutoff": "2021-01-01"}).status_code == (422 if publishes else 404)
    assert not Edition.objects.exists()


def test_a_foreword_that_somebody_else_changed_is_not_lost(cast: dict[str, Client]):
    browser = cast["secretariat"]
    actions.write_foreword(2022, "nb", "Deres tekst", seen=0, actor="t")
    answer = browser.post(f"{PAGE}foreword/?language=nb", {"text": "Min tekst", "seen": "0"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Min tekst" in page
    assert "Deres tekst" in page
    assert browser.post(f"{PAGE}foreword/?language=nb", {"text": "Min tekst", "seen": "1"}).status_code == 302
    assert queries.foreword(2022, "nb") == "Min tekst"


def test_publishing_in_the_browser(cast: dict[str, Client]):
    assert cast["secretariat"].post(f"{PAGE}publish/", {"cutoff": "2022-12-31"}).status_code == 302
    assert Edition.objects.get().cutoff == YEAR_END
