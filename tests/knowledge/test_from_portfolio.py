"""What the portfolio's file says for the knowledge bank becomes drafts, once; what somebody has written on stays."""

import json

import pytest
from django.conf import settings
from django.test import Client

from helsevev.core.parts import Report
from helsevev.knowledge.pages.actions.from_portfolio import EXPERIENCES, GUIDES, PODCAST, RESOURCES
from helsevev.knowledge.pages.models import LoadedFile, ReportPage, ToolPage
from helsevev.knowledge.pages.rules import told

REAL = json.loads((settings.REFERENCE_DIR / "portfolio.json").read_text(encoding="utf-8"))
pytestmark = pytest.mark.usefixtures("bank")


def load(value: object, part: object = RESOURCES) -> Report:
    return part.load(value, "system:load")  # type: ignore[attr-defined]


def counts(report: Report) -> tuple[int, int, int]:
    return len(report.made), len(report.changed), report.left


def test_every_part_of_the_real_file_is_taken_once_and_the_page_that_stands_is_the_row_s() -> None:
    assert not [fault for part in told.PARTS for fault in told.faults(part, REAL[part], part)]
    value = REAL["resources_2022"]
    made, changed, left = counts(load(value))
    assert (made, changed, left) == (len(value) - 1, 0, 1)  # the interview guide is in this bank already
    standing = LoadedFile.objects.get(name="resources_2022/eksempel-pa-intervjuguide")
    assert standing.page.slug == "intervjuguide"
    assert counts(load(value)) == (0, 0, len(value))
    assert counts(load(REAL["podcast"], PODCAST)) == (1, 0, 0)
    assert counts(load(REAL["guides_and_models"], GUIDES))[0] == 8
    assert counts(load(REAL["project_experiences"], EXPERIENCES))[0] == 3


def test_a_draft_says_what_is_stated_and_no_reader_sees_it() -> None:
    load([{"title": "En rapport", "kind": "report or research", "publisher": "FHI", "period": [2018, 2021]}])
    page = ReportPage.objects.get(slug="en-rapport")
    assert (page.live, page.publisher, page.year) == (False, "FHI", 2021)
    assert page.lead.startswith("Rapport eller forskning fra FHI.")
    assert Client().get("/nb/knowledge/en-rapport/").status_code == 404
    assert "En rapport" not in Client().get("/nb/knowledge/list/").content.decode()


def test_a_changed_row_changes_its_draft_until_somebody_has_written_on_it() -> None:
    row = {"title": "En mal", "kind": "resource or template"}
    load([row])
    changed = load([{**row, "publisher": "Helse Bergen"}])
    assert counts(changed) == (0, 1, 0)
    page = ToolPage.objects.get(slug="en-mal")
    assert "Helse Bergen" in page.lead
    page.lead = "Skrevet av en redaktør."
    page.save_revision()
    kept = load([{**row, "publisher": "Andre"}])
    assert counts(kept) == (0, 0, 1)
    assert kept.kept == {"resources_2022/en-mal": ["title", "kind", "publisher"]}
    assert counts(load([{**row, "publisher": "Andre"}])) == (0, 0, 1)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("text", "part: This should be rows"),
        ([4], "part[0]: This should be rows"),
        ([{"kind": "guide"}], "part[0].title: A title is missing"),
        ([{"title": 3, "kind": "guide"}], "part[0].title: A title is missing"),
        ([{"title": "A", "kind": "song"}], "part[0].kind: 'song' is no kind of resource"),
    ],
)
def test_what_can_t_be_taken_in_is_said_with_its_place(value: object, said: str) -> None:
    assert [str(fault)[: len(said)] for fault in told.faults("resources_2022", value, "part")] == [said]
