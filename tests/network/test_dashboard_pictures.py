"""A project's timeline and family tree: everything stated, nothing guessed, and drafts hidden."""

import re
from datetime import date

import pytest
from django.test import Client

from helsevev.commons.initiatives.actions import set_lineage
from helsevev.commons.people.rules import Role
from helsevev.core import charts
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries.naming import Naming
from helsevev.network.portfolio.queries.pictures import MOST_MOMENTS, Subject, family, picture, timeline

pytestmark = pytest.mark.usefixtures("portfolio")


def subject(key: str, language: str = "nb") -> Subject:
    project = Project.objects.select_related("initiative").get(initiative__key=key)
    return Subject(project, Naming(language), date(2026, 11, 22))


def tree(key: str) -> charts.Family:
    found = family(subject(key))
    assert found
    return found


def way(key: str) -> charts.Timeline:
    found = timeline(subject(key))
    assert found
    return found


def test_the_fonna_tree_shows_the_origin_and_everyone_who_took_it_up():
    adopters = {"bergen-bu", "hmr-bu", "hnt-bu"}
    for key in ("fonna-bu", *adopters):
        found = tree(key)
        assert {(bond.parent, bond.child, bond.kind) for bond in found.bonds} >= {
            ("fonna-bu", adopter, "spreads") for adopter in adopters
        }
        assert [member.key for member in found.members if member.here] == [key]
        assert found.members[0].key == "fonna-bu", "the oldest first"


def test_mila_stands_in_a_line_from_2021_to_2026():
    found = tree("mila-2025")
    assert [member.key for member in found.members] == ["mila2", "mila-2025", "mila-2026"]
    assert [(bond.parent, bond.child) for bond in sorted(found.bonds, key=lambda bond: bond.parent == "mila-2025")] == [
        ("mila2", "mila-2025"),
        ("mila-2025", "mila-2026"),
    ]
    assert "2021" in found.members[0].detail
    assert "2026" in found.members[-1].detail
    drawing = charts.lay(found)
    boxes = [mark for mark in drawing.marks if getattr(mark, "tone", "") == "tint"]
    assert [box.x for box in boxes] == sorted(box.x for box in boxes)
    assert len({round(box.y + box.height / 2) for box in boxes}) == 1


def test_a_shared_model_without_adoption_has_no_arrow():
    found = tree("hmr-psht")
    assert {(bond.kind, bond.mutual) for bond in found.bonds} == {("same_model_as", True)}


def test_sharing_a_model_never_leads_in_a_circle():
    set_lineage({subject("mila2").project.pk: {"same_model_as": "mila-2026"}})
    found = tree("mila2")
    assert len(found.bonds) == 3
    assert charts.draw(found)


def test_who_has_no_kin_has_no_tree():
    assert family(subject("sus-barsel")) is None
    assert picture("nothing", subject("sus-barsel")) is None


def test_a_timeline_holds_every_dated_thing_in_order():
    found = way("sus-barsel")
    project = subject("sus-barsel").project
    assert len(found.moments) == project.log.count() + 1
    assert [period.label for period in found.periods] == ["Pilotering"]
    assert (found.periods[0].first, found.periods[0].last) == (date(2024, 10, 28), date(2025, 6, 13))
    whens = [entry.first for entry in found.entries()]
    assert whens == sorted(whens)
    assert [cells[0] for cells in found.table()] == [entry.when for entry in found.entries()]


def test_a_phase_that_was_only_seen_is_not_given_a_beginning():
    found = way("frogner-dho-lunge")
    assert [(period.as_of, period.first, period.last) for period in found.periods] == [
        (True, date(2022, 12, 1), date(2022, 12, 31))
    ]


def test_a_phase_without_a_stated_end_stays_open():
    found = way("mila-2026")
    assert [(period.first, period.last) for period in found.periods] == [(date(2025, 1, 1), None)]


def test_plans_are_drawn_as_plans():
    project = subject("mila-2026").project
    phases = [{"phase": "new_practice", "on": "2027", "how": "planned"}]
    change(
        project,
        {
            "phases": phases,
            "milestones": [
                {"title": "Nådd", "planned": "2026-05", "reached": "2026-06-01"},
                {"title": "Ikke nådd", "planned": "2027-01"},
            ],
        },
        "system:test",
    )
    found = way("mila-2026")
    assert [period.planned for period in found.periods] == [True]
    planned = {moment.label: moment.planned for moment in found.moments if moment.kind == "milestone"}
    assert planned == {"Nådd": False, "Ikke nådd": True}


def test_a_timeline_with_little_to_tell_is_not_drawn():
    bare = Project.objects.filter(listing="awarded", log=None, initiative__moves=None, milestones=None).first()
    assert bare
    assert timeline(Subject(bare, Naming("nb"), date(2026, 11, 22))) is None


def test_a_very_long_log_is_cut_and_says_so():
    project = subject("mila-2026").project
    log = [
        {"on": f"20{year:02}-{month:02}", "nb": f"Hendelse {year} {month}"}
        for year in range(10, 16)
        for month in (1, 5, 9, 11, 12, 2)
    ]
    change(project, {"log": log}, "system:test")
    found = way("mila-2026")
    assert len(found.moments) == MOST_MOMENTS
    assert "7" in found.note


@pytest.mark.parametrize("name", ["timeline", "family"])
@pytest.mark.parametrize("form", ["svg", "png", "csv"])
def test_pictures_are_served_as_files(client: Client, name: str, form: str):
    answer = client.get(f"/nb/portfolio/mila-2026/{name}.{form}")
    assert answer.status_code == 200
    assert "public" in answer["Cache-Control"]


def test_hostile_words_come_out_as_words(client: Client):
    hostile = "<script>alert(1)</script>"
    change(subject("mila-2026").project, {"title": f"MILA {hostile}"}, "system:test")
    for name in ("timeline", "family"):
        svg = client.get(f"/nb/portfolio/mila-2026/{name}.svg?alone=1").content.decode()
        assert "<script" not in svg
        assert "&lt;script&gt;" in svg
    assert hostile not in client.get("/nb/portfolio/mila-2026/").content.decode()


def test_the_page_shows_its_pictures_with_tables(client: Client):
    page = client.get("/nb/portfolio/mila-2026/").content.decode()
    for name in ("timeline", "family"):
        assert f'id="{name}-table"' in page
        assert re.search(rf'src="/nb/portfolio/mila-2026/{name}\.svg\?palette=dark', page)
    assert 'href="/nb/portfolio/mila2/"' in page


def test_a_draft_has_no_pictures_for_strangers_and_private_ones_for_staff(client: Client, person, sign_in):
    change(subject("mila-2026").project, {"published": False}, "system:test")
    assert client.get("/nb/portfolio/mila-2026/timeline.svg").status_code == 404
    staff = sign_in(person(Role.SECRETARIAT))
    answer = staff.get("/nb/portfolio/mila-2026/timeline.svg")
    assert answer.status_code == 200
    assert "private" in answer["Cache-Control"]
    assert "mila-2026" not in {member.key for member in tree("mila-2025").members}, "nor is a draft kin to anyone"


@pytest.mark.parametrize(
    "path", ["nobody/timeline.svg", "mila-2026/photo.svg", "sus-barsel/family.svg", "mila-2026/timeline.pdf"]
)
def test_what_is_no_picture_is_not_found(client: Client, path: str):
    assert client.get(f"/nb/portfolio/{path}").status_code == 404
