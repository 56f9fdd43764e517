"""The real portfolio stands as its file says, once and for all."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from helsevev.commons.audit.models import Line
from helsevev.commons.finding.models import Document
from helsevev.commons.initiatives.models import Initiative, Party
from helsevev.commons.shelf.models import Item
from helsevev.network.portfolio import forms, queries, rules
from helsevev.network.portfolio.actions import load
from helsevev.network.portfolio.models import Project, Revision

REAL = Path(__file__).resolve().parents[2] / "data" / "portfolio.json"


def test_the_real_portfolio_stands_whole_on_its_three_lists(portfolio):
    file = json.loads(REAL.read_text("utf-8"))
    for name, listing in rules.LISTS.items():
        assert Project.objects.filter(listing=listing, published=True).count() == len(file[name])
    assert Project.objects.count() == 85


def test_the_second_load_of_the_real_portfolio_changes_nothing(portfolio):
    report = load(forms.read_file(REAL))
    assert report.lines == ["0 made, 0 changed, 143 left"]
    assert Revision.objects.count() == 85


def test_what_the_repository_carries_is_given_back_as_its_file_has_it(portfolio):
    file = json.loads(REAL.read_text("utf-8"))
    sent = {row["id"]: row for name in rules.LISTS for row in file[name]}
    for document in queries.documents(sent):
        original = sent[document["id"]]
        for key in ("title", "title_nn", "title_en", "summary", "owner", "figures", "continues", "spreads", "support"):
            assert document[key] == original.get(key), (document["id"], key)


def test_documents_given_back_are_a_file_that_changes_nothing(portfolio):
    given_back = {
        name: queries.documents(Project.objects.filter(listing=listing).values_list("initiative__key", flat=True))
        for name, listing in rules.LISTS.items()
    }
    report = load(forms.read(json.dumps(given_back).encode()))
    assert report.lines == ["0 made, 0 changed, 85 left"]


def test_everything_that_is_loaded_can_be_found_lies_on_the_shelf_and_is_in_the_trail(portfolio):
    keys = set(Initiative.objects.values_list("key", flat=True))
    assert set(Document.objects.filter(kind="project", audience="everyone").values_list("key", flat=True)) == keys
    assert set(Item.objects.filter(type="project-published", withdrawn_at=None).values_list("key", flat=True)) == keys
    assert set(Line.objects.filter(kind="project", verb="made").values_list("key", flat=True)) == keys


# --- The schema ------------------------------------------------------------------------------------------------------
def test_the_repositorys_own_file_fits_the_schema_that_is_written_for_others():
    schema = Draft202012Validator(forms.json_schema())
    Draft202012Validator.check_schema(forms.json_schema())
    assert list(schema.iter_errors(json.loads(REAL.read_text("utf-8")))) == []


@pytest.mark.parametrize(
    "row",
    [
        {"id": "a", "awarded": {"year": "twenty"}},
        {"title": "no id"},
        {"id": "a", "tittle": "x"},
        {"id": "Å"},
        {"id": "a", "phases": [{"phase": "pilot", "on": "2024"}]},
        {"id": "a", "figures": {"x": {"value": 1, "wrong": 2}}},
        {"id": "a", "kind": "new"},
    ],
)
def test_the_schema_refuses_what_the_load_refuses(row):
    schema = Draft202012Validator(forms.json_schema())
    assert list(schema.iter_errors({"projects": [row]}))
    assert forms.read(json.dumps({"projects": [row]}).encode()).faults


# --- Names -----------------------------------------------------------------------------------------------------------
def test_a_split_gives_two_owners_and_an_owner_among_the_partners_is_one_party(portfolio):
    parties = Party.objects.filter(initiative__key="unn-narvik-samhandling")
    found = set(parties.values_list("role", "organisation__key"))
    assert found == {("owner", "universitetssykehuset-nord-norge"), ("owner", "narvik-kommune")}


def test_a_generic_party_is_a_party_by_kind_without_an_organisation(portfolio):
    found = Party.objects.filter(initiative__key="mila2", generic="gp").get()
    assert (found.stated_name, found.organisation) == ("fastleger", None)
