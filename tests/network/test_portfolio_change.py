"""One project is changed in one way: history, trail, index and shelf follow, and undo takes back."""

import json
from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsevev.commons.audit.models import Line
from helsevev.commons.finding.models import Document
from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.commons.initiatives.models import Initiative, PhaseMove
from helsevev.commons.people.models import Organisation
from helsevev.commons.people.rules import STRANGER, Grant, Person, Role, may
from helsevev.commons.shelf.models import Item
from helsevev.core.faults import Faulty
from helsevev.core.words import Refused
from helsevev.network.portfolio import forms, queries, rules
from helsevev.network.portfolio.actions import change, load, publish, reindex, undo, withdraw
from helsevev.network.portfolio.actions.writing import follow_calendar
from helsevev.network.portfolio.models import LogEntry, Project, Revision
from helsevev.network.portfolio.queries.showing import keys_that_move

ACTOR = "person-a"


@pytest.fixture
def ground(db):
    """Two invented organisations, the words, and three loaded projects, one of which continues another."""
    load_taxonomy()
    Organisation.objects.bulk_create(
        [
            Organisation(key="sykehuset-ingensteds", name="Sykehuset Ingensteds", kind="hospital_trust"),
            Organisation(key="lillevik-kommune", name="Lillevik", kind="municipality", county_number="46"),
        ]
    )
    rows = [
        {"id": key, "title": f"Prosjekt {key}", "owner": "Sykehuset Ingensteds", "source": "a.txt"}
        for key in ("one", "two", "three")
    ]
    rows[1]["continues"] = "one"
    load(forms.read(json.dumps({"projects": rows}).encode()))


def project(key="one"):
    return Project.objects.get(initiative__key=key)


def edit(key="one", **fields):
    return change(project(key), fields, ACTOR)


def fields_of(key="one"):
    return queries.fields(key)


def refused(**fields):
    before = fields_of()
    with pytest.raises(Faulty) as faulty:
        edit(**fields)
    assert fields_of() == before
    return [str(fault) for fault in faulty.value.faults]


def facets(key="one"):
    rows = Document.objects.get(kind="project", key=key).facets.values_list("facet__name", "facet__value")
    return {(name, value) for name, value in rows if name and value}


# --- Changing --------------------------------------------------------------------------------------------------------
def test_a_change_is_kept_with_who_when_before_and_after(ground):
    revision = edit(phase_note="Piloten er i gang", kind="innovation")
    assert (revision.number, revision.actor, revision.via) == (2, ACTOR, "edit")
    assert revision.changes == {
        "kind": {"before": None, "after": "innovation"},
        "phase_note": {"before": None, "after": "Piloten er i gang"},
    }
    assert project().version == 2
    assert project().edited_fields == ["kind", "phase_note"]
    line = Line.objects.get(actor=ACTOR, kind="project")
    assert (line.verb, line.key) == ("changed", "one")
    assert json.loads(line.detail) == {"revision": 2, "via": "edit", "fields": ["kind", "phase_note"]}


def test_a_change_that_changes_nothing_leaves_no_trace(ground):
    assert edit(title="  Prosjekt   one ", owners=["Sykehuset Ingensteds"]) is None
    assert Revision.objects.filter(project__initiative__key="one").count() == 1


def test_what_is_found_and_what_lies_on_the_shelf_follow(ground):
    edit(
        title="Hjemmesykehus",
        partners=["Lillevik kommune"],
        themes=["DHO"],
        award_year=2025,
        award_round=3,
        status="ongoing-2025",
        phases=[{"phase": "insight", "on": "2020"}, {"phase": "piloting", "on": "2021"}],
    )
    assert facets() == {
        ("listing", "awarded"),
        ("organisation", "sykehuset-ingensteds"),
        ("organisation", "lillevik-kommune"),
        ("county", "46"),
        ("theme", "digital-hjemmeoppfolging"),
        ("year", "2025"),
        ("round", "2025-3"),
        ("status", "ongoing"),
        ("phase", "piloting"),
        ("moved", "insight>piloting"),
        ("family", "one"),
    }
    item = Item.objects.get(type="project-published", key="one", withdrawn_at=None)
    assert (item.version, item.title, item.body["year"]) == (2, "Hjemmesykehus", 2025)


def test_kinship_that_changes_is_found_anew_at_everyone_in_the_family(ground):
    assert ("family", "one") in facets("two")
    edit("one", adapts="three")
    for key in ("one", "two", "three"):
        assert ("family", "three") in facets(key)
    edit("one", adapts=None)
    assert ("family", "one") in facets("two")
    assert not {name for name, _value in facets("three")} & {"family", "parent", "model"}


def test_a_wrong_move_is_withdrawn_and_stays_in_the_history(ground):
    edit(phases=[{"phase": "insight", "on": "2024"}])
    edit(phases=[{"phase": "piloting", "on": "2024"}])
    assert [(row.phase, row.withdrawn_by) for row in PhaseMove.objects.order_by("id")] == [
        ("insight", ACTOR),
        ("piloting", ""),
    ]


def test_a_log_entry_that_stays_keeps_its_id(ground):
    edit(log=[{"on": "2024", "nb": "Startet"}])
    (first,) = LogEntry.objects.all()
    edit(log=[{"on": "2025", "nb": "Sluttet"}, {"on": "2024", "nb": "Startet"}])
    assert LogEntry.objects.get(text_nb="Startet").pk == first.pk


def test_a_figure_that_was_true_and_becomes_one_is_written(ground):
    edit(figures={"x": True})
    edit(figures={"x": 1})
    assert fields_of()["figures"]["x"]["value"] is not True


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"title": " "}, ["title: A project needs a title"]),
        ({"award_year": "twenty"}, ["awarded.year: 'twenty' is not a year"]),
        ({"owners": ["Qxz"]}, ["owner: Nobody is known as 'Qxz'"]),
        ({"continues": "two"}, ["continues: This would make a project its own ancestor: one → two → one"]),
        ({"listing": "secret"}, ["listing: There is no list 'secret'"]),
        ({"nonsense": 1}, ["nonsense: There is no field 'nonsense'"]),
        ({"summary_nb": "Skriv til ola@example.invalid."}, ["summary.nb: looks like an e-mail address"]),
        (
            {"award_round": 99, "kind": "x"},
            ["kind: 'x' is not one of: innovation, spread", "awarded.round: 99 is not the number of a round, 1 to 12"],
        ),
    ],
)
def test_what_cannot_stand_is_refused_with_every_fault_at_its_field(ground, fields, lines):
    found = refused(**fields)
    assert len(found) == len(lines)
    for line in lines:
        assert any(one.startswith(line) for one in found), found


def test_a_place_in_the_file_names_its_field_on_the_form():
    assert rules.field_at(("awarded", "year")) == "award_year"
    assert rules.field_at(("summary", "nn")) == "summary_nn"
    assert rules.field_at(("phases", 0, "on")) == "phases"
    assert rules.field_at(("owner", 1)) == "owners"
    assert rules.field_at(("nonsense",)) == ""


# --- Making, publishing, withdrawing ---------------------------------------------------------------------------------
def test_a_new_project_is_a_draft_until_it_is_published(ground):
    revision = change(None, {"id": "new", "title": "Nytt", "owners": ["Lillevik"]}, ACTOR)
    made = revision.project
    assert (revision.number, made.published, made.edited_fields) == (1, False, ["title", "owners"])
    assert Document.objects.get(kind="project", key="new").audience == "staff"
    assert not Item.objects.filter(key="new").exists()
    publish(made, ACTOR)
    assert Document.objects.get(kind="project", key="new").audience == "everyone"
    assert Item.objects.get(key="new").withdrawn_at is None
    withdraw(project("new"), ACTOR)
    assert Document.objects.get(kind="project", key="new").audience == "staff"
    assert Item.objects.get(key="new").withdrawn_by == ACTOR
    assert list(Line.objects.filter(kind="project", key="new").values_list("verb", flat=True)) == [
        "made",
        "published",
        "withdrew",
    ]


@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"id": "one", "title": "x"}, "id: The id 'one' is already used by another project"),
        ({"id": "Å", "title": "x"}, "id: 'Å' is not an id"),
        ({"title": "x"}, "id: '' is not an id"),
        ({"id": "new"}, "title: A project needs a title"),
    ],
)
def test_a_new_project_needs_an_id_of_its_own_and_a_title(ground, fields, line):
    with pytest.raises(Faulty) as faulty:
        change(None, fields, ACTOR)
    assert str(faulty.value.faults[0]).startswith(line)
    assert Project.objects.count() == 3


def test_an_initiative_that_another_room_has_opened_gets_its_face(ground):
    Initiative.objects.create(key="opened", title="Åpnet", kind="spread")
    change(None, {"id": "opened", "phase_note": "ny"}, ACTOR)
    found = fields_of("opened")
    assert (found["title"], found["kind"], found["phase_note"]) == ("Åpnet", "spread", "ny")


# --- Two people at once ----------------------------------------------------------------------------------------------
def test_two_who_edit_different_fields_both_keep_their_words(ground):
    base = project().version
    edit(kind="spread")
    change(project(), {"phase_note": "mine"}, "person-b", base_version=base)
    assert (fields_of()["kind"], fields_of()["phase_note"]) == ("spread", "mine")


def test_two_who_edit_the_same_field_are_told_and_nothing_is_lost(ground):
    base = project().version
    edit(kind="spread", phase_note="theirs")
    with pytest.raises(Refused) as told:
        change(project(), {"phase_note": "mine", "source": "b"}, "person-b", base_version=base)
    assert str(told.value) == "Someone else has changed this meanwhile: Where it stands"
    assert told.value.refusals[0].values["names"] == ("phase_note",)
    assert fields_of()["source"] == "a.txt"
    # Who means the same as the other has nothing to lose.
    assert change(project(), {"phase_note": "theirs"}, "person-b", base_version=base) is None


# --- Undo ------------------------------------------------------------------------------------------------------------
def test_undo_takes_one_change_back_and_is_itself_a_change(ground):
    first = edit(phase_note="a", partners=["Lillevik"])
    edit(kind="spread")
    undone = undo(first, "person-b")
    assert (undone.via, undone.number, undone.actor) == ("undo", 4, "person-b")
    assert fields_of()["phase_note"] is None
    assert fields_of()["partners"] == []
    assert fields_of()["kind"] == "spread"
    undo(undone, ACTOR)
    assert fields_of()["phase_note"] == "a"
    assert fields_of()["partners"] == [{"name": "Lillevik", "parties": ["lillevik-kommune"]}]


def test_undo_is_refused_where_something_newer_stands_and_names_the_fields(ground):
    first = edit(phase_note="a", kind="spread", source="b.txt")
    edit(phase_note="c", source="c.txt")
    with pytest.raises(Refused, match="Changed since, so it can't be undone alone: Where it stands, Source"):
        undo(first, ACTOR)
    assert fields_of()["kind"] == "spread"


def test_the_first_version_cannot_be_undone(ground):
    with pytest.raises(Refused, match="Withdraw the project instead"):
        undo(Revision.objects.get(project=project(), number=1), ACTOR)


def test_undo_never_brings_back_what_is_gone_or_a_circle(ground):
    Organisation.objects.create(key="short-lived", name="Kortlevd", kind="other")
    edit(partners=["Kortlevd"])
    second = edit(partners=[])
    Organisation.objects.get(key="short-lived").delete()
    with pytest.raises(Faulty, match="there is no such organisation"):
        undo(second, ACTOR)
    edit("three", continues="one")
    third = edit("three", continues=None)
    edit("one", continues="three")
    with pytest.raises(Faulty, match="its own ancestor"):
        undo(third, ACTOR)


WORDS = st.none() | st.sampled_from(["a", "b", "c"])
EDITS = st.fixed_dictionaries(
    {},
    optional={
        "phase_note": WORDS,
        "kind": st.sampled_from([None, "innovation", "spread"]),
        "partners": st.lists(st.sampled_from(["Lillevik", "politi", "fastleger"]), max_size=3),
        "themes": st.lists(st.sampled_from(["DHO", "KOLS"]), max_size=2),
        "figures": st.dictionaries(st.sampled_from(["x", "y"]), st.integers(0, 3) | st.booleans(), max_size=2),
        "phases": st.lists(
            st.fixed_dictionaries({"phase": st.sampled_from(["insight", "piloting"]), "on": st.just("2024")}),
            max_size=2,
        ),
        "log": st.lists(st.fixed_dictionaries({"on": st.just("2024"), "nb": st.sampled_from("ab")}), max_size=2),
        "adapts": st.sampled_from([None, "three"]),
    },
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(EDITS, min_size=1, max_size=4))
def test_undoing_every_change_backwards_gives_what_was_before(ground, edits):
    before = fields_of()
    made = [revision for fields in edits if (revision := edit(**fields))]
    for revision in reversed(made):
        undo(revision, ACTOR)
    assert fields_of() == before
    history = [revision.changes for revision in reversed(queries.revisions("one"))]
    replayed = dict(rules.EMPTY)
    for changes in history:
        replayed = rules.apply(replayed, changes)
    assert replayed == before


# --- Pure merging ----------------------------------------------------------------------------------------------------
VALUES = st.none() | st.booleans() | st.integers(0, 2) | st.sampled_from(["", "a"])
FIELDS = st.fixed_dictionaries(dict.fromkeys(rules.FIELDS, VALUES))


@given(FIELDS, FIELDS)
def test_what_differs_applied_to_what_stood_gives_what_stands(before, after):
    changes = rules.diff(before, after)
    assert rules.diff(rules.apply(before, changes), after) == {}
    back, in_the_way = rules.undoing(after, changes)
    assert in_the_way == []
    assert rules.diff(back, before) == {}


@given(FIELDS, FIELDS, st.sets(st.sampled_from(list(rules.FIELDS))))
def test_a_merge_never_changes_what_a_person_edited_and_takes_all_else(before, incoming, edited):
    merge = rules.merge(before, incoming, edited)
    changed = rules.diff(before, merge.after)
    assert not set(changed) & edited
    assert set(merge.kept) | set(merge.agreed) == edited
    again = rules.merge(merge.after, incoming, edited)
    assert rules.diff(merge.after, again.after) == {}


def test_true_is_not_one_but_one_is_one_point_nought():
    empty = dict(rules.EMPTY)
    assert rules.diff(empty | {"figures": {"a": True}}, empty | {"figures": {"a": 1}}) != {}
    assert rules.diff(empty | {"figures": {"a": [1.0]}}, empty | {"figures": {"a": [1]}}) == {}


# --- The index when time passes --------------------------------------------------------------------------------------
def test_projects_whose_phase_changes_with_the_day_are_named_and_indexed_anew(ground):
    edit(
        phases=[
            {"phase": "insight", "on": "2024-01-10", "until": "2024-02-10"},
            {"phase": "piloting", "on": "2024-03"},
        ]
    )
    assert keys_that_move(date(2024, 1, 10), date(2024, 1, 10)) == ["one"]
    assert keys_that_move(date(2024, 2, 11), date(2024, 2, 11)) == ["one"]
    assert keys_that_move(date(2024, 2, 10), date(2024, 2, 10)) == []
    assert keys_that_move(date(2024, 2, 20), date(2024, 3, 5)) == ["one"]
    Document.objects.filter(key="one").delete()
    reindex(["one"])
    assert Document.objects.filter(kind="project", key="one").exists()


def test_a_project_whose_day_has_come_is_found_in_its_new_phase(ground):
    today = timezone.localdate()
    edit(phases=[{"phase": "insight", "on": "2024"}, {"phase": "piloting", "on": (today + timedelta(1)).isoformat()}])
    assert ("phase", "insight") in facets()
    PhaseMove.objects.filter(phase="piloting").update(on=today.isoformat(), first_day=today)
    follow_calendar()
    assert ("phase", "piloting") in facets()


# --- Who may ---------------------------------------------------------------------------------------------------------
OWN = frozenset({"sykehuset-ingensteds"})


def holder(role, organisation=None):
    return Person("p", "P", frozenset({Grant(role, organisation)}), second_factor=True)


@pytest.mark.parametrize(
    ("action", "anywhere", "in_own"),
    [
        ("create", {"secretariat", "administrator"}, set()),
        ("publish", {"secretariat", "administrator"}, set()),
        ("withdraw", {"secretariat", "administrator"}, set()),
        ("import", {"secretariat", "administrator"}, set()),
        ("edit", {"secretariat", "administrator", "advisor"}, {"project_leader"}),
        ("log", {"secretariat", "administrator", "advisor"}, {"project_leader", "project_member"}),
    ],
)
def test_who_may_do_what_is_the_table_and_nothing_else(action, anywhere, in_own):
    for role in Role:
        place = "sykehuset-ingensteds" if role.value in in_own else None
        allowed = role.value in anywhere | in_own
        assert may(holder(role, place), action, rules.PERMISSIONS, OWN) is allowed, role
        assert may(holder(role, "elsewhere"), action, rules.PERMISSIONS, OWN) is (role.value in anywhere), role
    assert not may(STRANGER, action, rules.PERMISSIONS, OWN)


def test_everyone_sees_and_each_change_asks_for_its_own_permission():
    assert may(STRANGER, "see", rules.PERMISSIONS)
    assert rules.needed(frozenset({"log"})) == {"log"}
    assert rules.needed(frozenset({"title", "log"})) == {"log", "edit"}
    assert rules.needed(frozenset({"published"})) == {"publish", "withdraw"}
