"""The load: matched by id, all or nothing, every fault at its place, and what people entered is kept."""

import json
import signal
import subprocess
import sys

import pytest
from commons.installations import Installation, new_database
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helsevev.commons.audit.models import Line
from helsevev.commons.finding.models import Document
from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.people.models import Organisation
from helsevev.commons.shelf.models import Item
from helsevev.config.command import main
from helsevev.core.faults import Fault, Faulty
from helsevev.core.words import Refusal
from helsevev.network.portfolio import forms, queries, rules
from helsevev.network.portfolio.actions import change, load, preview
from helsevev.network.portfolio.models import Project, Revision


@pytest.fixture
def ground(db):
    """A few invented organisations, and the words."""
    load_taxonomy()
    Organisation.objects.bulk_create(
        [
            Organisation(key="sykehuset-ingensteds", name="Sykehuset Ingensteds", kind="hospital_trust"),
            Organisation(key="lillevik-kommune", name="Lillevik", kind="municipality", county_number="46"),
            Organisation(key="storvik-kommune", name="Storvik", kind="municipality", county_number="11"),
        ]
    )


def row(key="one", **fields):
    return {"id": key, "title": f"Prosjekt {key}", "owner": "Sykehuset Ingensteds", **fields}


def read(*rows, **more):
    return forms.read(json.dumps({"projects": list(rows), **more}).encode())


def taken(*rows, **more):
    return load(read(*rows, **more))


def faults_of(*rows, **more):
    with pytest.raises(Faulty) as faulty:
        taken(*rows, **more)
    assert not Project.objects.exists()
    return [str(fault) for fault in faulty.value.faults]


def fields_of(key="one"):
    return queries.fields(key)


def edit(key="one", **fields):
    return change(Project.objects.get(initiative__key=key), fields, "person-a")


# --- Names -----------------------------------------------------------------------------------------------------------
def test_a_name_that_nobody_knows_refuses_the_row_and_offers_the_nearest(ground):
    owner, partner = faults_of(row(owner="Sykehuset Ingenstds", partners=["Lillevik kommune", "Qxz"]))
    assert owner.startswith(
        "projects[0].owner: Nobody is known as 'Sykehuset Ingenstds'. Nearest: Sykehuset Ingensteds"
    )
    assert partner == "projects[0].partners[1]: Nobody is known as 'Qxz'"


# --- Fields ----------------------------------------------------------------------------------------------------------
def test_every_field_is_kept_as_it_was_stated(ground):
    sent = row(
        title_nn="Prosjekt ein",
        title_en="Project one",
        summary={"nb": "Første linje.\nAndre linje.", "nn": None, "en": "First."},
        partners=["Lillevik kommune", "fastleger"],
        region=["HV"],
        awarded={"year": 2025, "round": 3},
        support="tailored",
        patient_groups=["BU"],
        themes=["digital hjemmeoppfølging"],
        focus_area="dho-hjemmesykehus",
        kind="innovation",
        status="closed-2025",
        phases=[
            {"phase": "insight", "on": "2024", "how": "actual", "as_of": True},
            {"phase": "piloting", "on": "2025-01", "until": "2025-06-13", "how": "actual", "source": "a.txt"},
            {"phase": "new_practice", "on": "2027", "how": "planned"},
        ],
        phase_note="pilot ended",
        continues="two",
        spreads=None,
        adapts=None,
        same_model_as=None,
        figures={
            "videos": 2,
            "zero": 0,
            "share": {"value": 0.25, "unit": "%", "as_of": "2025-06", "source": "a.txt"},
            "period": ["2021-09", "2025-05"],
            "by_date": {"2025-01-09": 7},
        },
        log=[{"on": "2025-01", "nb": "Piloten startet."}],
        milestones=[{"title": "Halvveis", "planned": "2025-03", "reached": "2025-04-01"}],
        deliverables=[{"title": "Rapport", "url": "https://example.invalid/rapport", "on": "2025"}],
        contact_role="Prosjektleder",
        source="a.txt",
    )
    taken(sent, row("two"))
    assert queries.document("one") == sent


def test_an_absent_key_leaves_the_field_and_null_says_not_stated(ground):
    taken(row(summary={"nb": "a", "en": "b"}, awarded={"year": 2025, "round": 1}, phase_note="n", themes=["KOLS"]))
    report = taken(row(summary={"en": None}, awarded={"round": None}, themes=None))
    assert report.changed == {"one": ["summary_en", "award_round", "themes"]}
    assert fields_of()["summary_nb"] == "a"
    assert fields_of()["award_year"] == 2025
    assert fields_of()["award_round"] is None
    assert fields_of()["phase_note"] == "n"
    assert fields_of()["themes"] == []


def test_an_example_says_where_it_stands_in_its_status(ground):
    example = {**row("e", region="HV", status="in operation")}
    taken(home_follow_up_examples=[example])
    assert fields_of("e")["phase_note"] == "in operation"
    assert fields_of("e")["status"] is None
    assert fields_of("e")["listing"] == "example"
    assert fields_of("e")["regions"] == ["HV"]


def test_a_row_that_moves_to_another_list_moves_here_too(ground):
    taken(mentioned_projects=[row()])
    report = taken(row())
    assert report.changed == {"one": ["listing"]}
    assert Project.objects.get().listing == "awarded"


def test_a_figure_without_a_value_is_not_stated(ground):
    taken(row(figures={"a": None, "b": "", "c": {"value": None, "unit": "kr"}, "d": 0, "e": False}))
    assert set(fields_of()["figures"]) == {"d", "e"}


def test_hostile_text_is_kept_as_text(ground):
    hostile = "<script>alert(1)</script>{{ settings }}' OR 1=1 --\N{RIGHT-TO-LEFT OVERRIDE}"
    taken(row(title=hostile, summary={"nb": hostile}))
    assert fields_of()["title"] == hostile
    assert fields_of()["summary_nb"] == hostile


# --- What people entered ---------------------------------------------------------------------------------------------
def test_a_field_edited_since_the_load_is_kept_and_reported_until_the_file_agrees(ground):
    taken(row(phase_note="from file", source="s"))
    edit(phase_note="from a person")
    for _again in range(2):
        report = taken(row(phase_note="newer file", source="s2"))
        assert report.kept == {"one": ["phase_note"]}
        assert "one: kept phase_note, edited here since the last load" in report.notices
    assert fields_of()["phase_note"] == "from a person"
    assert fields_of()["source"] == "s2"
    agreeing = taken(row(phase_note="from a person", source="s2"))
    assert (agreeing.kept, agreeing.left) == ({}, 1)
    taken(row(phase_note="newest file"))
    assert fields_of()["phase_note"] == "newest file"


def test_null_never_erases_what_a_person_has_entered(ground):
    taken(row(kind=None))
    edit(kind="spread", summary_nb="Skrevet av et menneske.", partners=["Lillevik"])
    report = taken(row(kind=None, summary=None, partners=None))
    assert report.kept == {"one": ["summary_nb", "partners", "kind"]}
    assert fields_of()["kind"] == "spread"
    assert fields_of()["summary_nb"] == "Skrevet av et menneske."
    assert fields_of()["partners"] == [{"name": "Lillevik", "parties": ["lillevik-kommune"]}]


def test_what_a_person_has_withdrawn_stays_withdrawn(ground):
    taken(row())
    edit(published=False)
    taken(row(source="newer"))
    assert Project.objects.get().published is False
    assert Document.objects.get(kind="project").audience == "staff"
    assert not Item.objects.filter(withdrawn_at=None).exists()


# --- Faults ----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("fields", "line"),
    [
        ({"awarded": {"year": "twenty", "round": None}}, ".awarded.year: 'twenty' is not a year"),
        ({"awarded": {"year": True}}, ".awarded.year: true is not a year"),
        ({"awarded": {"year": 2025.5}}, ".awarded.year: 2025.5 is not a year"),
        ({"awarded": {"year": 20}}, ".awarded.year: 20 is not a year between 1990 and 2100"),
        ({"awarded": {"year": 2025, "round": 0}}, ".awarded.round: 0 is not the number of a round, 1 to 12"),
        ({"awarded": 2025}, ".awarded: 2025 is not an object"),
        ({"awarded": {"yaer": 2025}}, ".awarded.yaer: There is no field 'yaer'. Did you mean 'year'?"),
        ({"tittle": "x"}, ".tittle: There is no field 'tittle'. Did you mean 'title'?"),
        ({"qqqqqq": "x"}, ".qqqqqq: There is no field 'qqqqqq'"),
        ({"title": 5}, ".title: 5 is not text"),
        ({"title": None}, ".title: A project needs a title"),
        ({"title": "x" * 301}, ".title: The text has 301 characters; at most 300 can be kept"),
        ({"partners": "Lillevik"}, ".partners: 'Lillevik' is not a list"),
        ({"partners": ["Lillevik", None]}, ".partners[1]: null is not text"),
        ({"partners": [" "]}, ".partners[0]: There must be something here"),
        ({"region": ["HX"]}, ".region[0]: 'HX' is not a word of the taxonomy. Nearest: "),
        ({"patient_groups": ["XYZXYZ"]}, ".patient_groups[0]: 'XYZXYZ' is not a word of the taxonomy"),
        ({"themes": ["KOLSS"]}, ".themes[0]: 'KOLSS' is not a word of the taxonomy. Nearest: kols"),
        ({"support": "guidence"}, ".support: 'guidence' is not a word of the taxonomy. Nearest: guidance"),
        ({"kind": "new"}, ".kind: 'new' is not one of: innovation, spread"),
        ({"status": "stopped"}, ".status: 'stopped' is not a status. Write ongoing or closed"),
        ({"status": "closed-soon"}, ".status: 'soon' is not a date"),
        ({"continues": "nothing-like-it"}, ".continues: There is no project 'nothing-like-it'"),
        ({"continues": "oen"}, ".continues: There is no project 'oen'. Nearest: one"),
        ({"continues": "one"}, ".continues: A project can't stand in this way to itself"),
        ({"same_model_as": "one"}, ".same_model_as: A project can't stand in this way to itself"),
        ({"continues": "Å B"}, ".continues: 'Å B' is not an id"),
        ({"figures": []}, ".figures: [] is not an object"),
        ({"figures": {"a b": 1}}, ".figures['a b']: 'a b' is not the name of a figure"),
        ({"figures": {"deep": [[[[[1]]]]]}}, ".figures.deep: [1] can't be kept as a figure"),
        ({"figures": {"a": {"value": 1, "as_of": "x"}}}, ".figures.a.as_of: 'x' is not a date"),
        ({"phases": [{"phase": "pilot", "on": "2024"}]}, ".phases[0].phase: 'pilot' is not one of: anchoring, insight"),
        ({"phases": [{"phase": "insight"}]}, ".phases[0].on: 'on' is missing"),
        ({"phases": [{"phase": "insight", "on": 2024}]}, ".phases[0].on: 2024 is not a date. Write it as text"),
        (
            {"phases": [{"phase": "insight", "on": "2024", "until": "2023"}]},
            ".phases[0]: The phase ends (2023) before it begins (2024)",
        ),
        ({"phases": [{"phase": "insight", "on": "2024", "as_of": "yes"}]}, ".as_of: 'yes' is neither true nor false"),
        ({"log": [{"on": "2024"}]}, ".log[0]: A log entry needs a text in at least one language"),
        ({"log": {"on": "2024"}}, '.log: {"on": "2024"} is not a list'),
        ({"deliverables": [{"title": "x", "url": "javascript:alert(1)"}]}, "url: 'javascript:alert(1)' is not a link"),
        ({"summary": {"nb": "Ring 912 34 567."}}, ": summary.nb: looks like a phone number"),
        ({"summary": {"nb": "x\u0001"}}, ".summary.nb: The text holds a character that can't be kept: U+0001"),
    ],
)
def test_each_fault_has_its_place_and_its_sentence(ground, fields, line):
    (found,) = faults_of(row(**fields))
    assert found.startswith("projects[0]")
    assert line in found


def test_all_faults_of_a_file_are_told_at_once_and_nothing_changes(ground):
    found = faults_of(
        row("good"),
        row("bad", awarded={"year": "twenty"}, support="nothing-of-the-kind"),
        row("unknown", owner="Qxz", continues="missing"),
        "not a row",
        mentioned_projects=[row("good"), {"title": "no id"}],
        projcts=[],
        home_follow_up_examples={},
    )
    assert found == [
        "projcts: There is no field 'projcts'. Did you mean 'projects'?",
        "projects[1].awarded.year: 'twenty' is not a year",
        "projects[3]: 'not a row' is not an object",
        "mentioned_projects[0].id: The id 'good' is already used by projects[0]",
        "mentioned_projects[1].id: 'id' is missing",
        "home_follow_up_examples: {} is not a list",
        "projects[2].owner: Nobody is known as 'Qxz'",
        "projects[2].continues: There is no project 'missing'",
    ]


def test_a_reference_to_a_row_with_faults_is_not_called_wrong_too(ground):
    assert faults_of(row("one", continues="two"), row("two", title=5)) == ["projects[1].title: 5 is not text"]


def test_a_circle_is_told_at_every_row_that_could_break_it(ground):
    assert faults_of(row("a", continues="b"), row("b", spreads="c"), row("c", adapts="a"), row("d", continues="a")) == [
        "projects[0].continues: This would make a project its own ancestor: a → b → c → a",
        "projects[1].spreads: This would make a project its own ancestor: a → b → c → a",
        "projects[2].adapts: This would make a project its own ancestor: a → b → c → a",
    ]


def test_a_circle_with_what_stands_is_refused_and_turning_an_edge_round_is_not(ground):
    taken(row("a", continues="b"), row("b"))
    with pytest.raises(Faulty, match="a → b → a"):
        taken(row("b", continues="a"))
    taken(row("a", continues=None), row("b", continues="a"))
    assert fields_of("b")["continues"] == "a"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (b"[]", "The file holds []. It must hold an object with the list 'projects'"),
        (b'{"projects": [{"id": "a", "id": "b", "title": "t"}]}', "projects[0]: The key 'id' stands twice"),
        (
            b'{"projects": [{"id": "a", "title": "t", "figures": {"x": NaN}}]}',
            "projects[0].figures.x: NaN is not a number",
        ),
    ],
)
def test_faults_of_the_file_itself_are_told_once(ground, raw, line):
    with pytest.raises(Faulty) as faulty:
        load(forms.read(raw))
    assert str(faulty.value.faults[0]).startswith(line)
    assert len(faulty.value.faults) == 1


# --- Other rooms' parts ----------------------------------------------------------------------------------------------
class Events:
    """A room that takes the events, as a later one will."""

    def check(self, value, place):
        return [Fault(f"{place}[0]", Refusal("That is no event"))] if value == ["bad"] else []

    def load(self, value, actor):
        assert actor == "system:load"
        return rules.Report(made={f"event {one}": ["title"] for one in value})


PART = Events()


@pytest.fixture
def no_room(monkeypatch):
    """No room says that it takes a part."""
    for room in apps.get_app_configs():
        if hasattr(room, "portfolio_parts"):
            monkeypatch.setattr(room, "portfolio_parts", {})


@pytest.fixture
def events_room(monkeypatch):
    """Lets some room say, as its AppConfig would, that it takes the events."""
    taken_by = apps.get_app_config("shelf")
    return lambda: monkeypatch.setattr(taken_by, "portfolio_parts", {"events": f"{__name__}.PART"}, raising=False)


def test_a_part_whose_room_is_not_built_waits_and_one_that_is_built_is_taken(ground, no_room, events_room):
    assert taken(row(), events=["a"], podcast={}).waiting == ["events", "podcast"]
    events_room()
    report = taken(row(), events=["a"], podcast={})
    assert report.waiting == ["podcast"]
    assert report.lines == ["event a: made with title", "1 made, 0 changed, 1 left"]


def test_a_fault_in_another_rooms_part_stops_the_whole_file(ground, events_room):
    events_room()
    assert faults_of(row(), events=["bad"]) == ["events[0]: That is no event"]


# --- The command -----------------------------------------------------------------------------------------------------
@pytest.fixture
def file(tmp_path):
    path = tmp_path / "portfolio.json"
    path.write_text(json.dumps({"projects": [row(), row("two")], "podcast": {}}), encoding="utf-8")
    return path


def test_the_command_says_each_row_that_changes_and_the_sum_last(ground, no_room, file, capsys):
    assert main(["load", "portfolio", str(file)]) == 0
    said = capsys.readouterr()
    assert said.out.splitlines() == [
        "one: made with title, owners",
        "two: made with title, owners",
        "2 made, 0 changed, 0 left",
    ]
    assert said.err.splitlines()[-1] == "podcast: waiting; no room takes it in yet (it is for the knowledge bank)"
    assert main(["load", "portfolio", str(file)]) == 0
    assert capsys.readouterr().out == "0 made, 0 changed, 2 left\n"
    file.write_text(json.dumps({"projects": [row(source="s")]}), encoding="utf-8")
    assert main(["load", "portfolio", str(file)]) == 0
    assert capsys.readouterr().out.splitlines() == ["one: changed source", "0 made, 1 changed, 0 left"]


def test_a_dry_run_says_the_same_and_changes_nothing(ground, file, capsys):
    assert main(["load", "portfolio", str(file), "--dry-run"]) == 0
    dry = capsys.readouterr().out
    for table in (Project, Initiative, Item, Revision):
        assert not table.objects.exists(), table
    assert not Document.objects.filter(kind="project").exists()
    assert not Line.objects.filter(kind__in=["project", "shelf item"]).exists()
    assert main(["load", "portfolio", str(file)]) == 0
    assert capsys.readouterr().out == dry


def test_faults_go_to_stderr_one_line_each_and_the_exit_code_is_one(ground, file, capsys):
    file.write_text(json.dumps({"projects": [row(awarded={"year": "twenty"}), row("two", owner=5)]}), encoding="utf-8")
    assert main(["load", "portfolio", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.splitlines()[-2:] == [
        "projects[0].awarded.year: 'twenty' is not a year",
        "projects[1].owner: 5 is not a list",
    ]
    assert not Project.objects.exists()


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("missing.json", "There is no file "), (".", "is a folder. Name the file in it"), ("a\0b", "can't be read")],
)
def test_a_file_that_is_not_one_is_a_sentence(ground, tmp_path, capsys, name, sentence):
    assert main(["load", "portfolio", f"{tmp_path}/{name}"]) == 1
    assert sentence in capsys.readouterr().err


def test_a_bad_option_is_wrong_usage(ground, capsys):
    assert main(["load", "portfolio"]) == 2
    assert main(["load", "portfolio", "x", "--dryrun"]) == 2


# --- Properties ------------------------------------------------------------------------------------------------------
NAMES = st.sampled_from(["Sykehuset Ingensteds", "Lillevik kommune", "Storvik", "fastleger", "politi"])
DATES = st.sampled_from(["2023", "2024-02", "2024-02-29", "2025-12-31"])
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30)
ROWS = st.fixed_dictionaries(
    {"title": WORDS.filter(str.strip)},
    optional={
        "summary": st.fixed_dictionaries({}, optional={"nb": st.none() | WORDS, "en": WORDS}),
        "owner": st.none() | NAMES | st.lists(NAMES, max_size=3),
        "partners": st.none() | st.lists(NAMES, max_size=4),
        "region": st.none() | st.lists(st.sampled_from(["HN", "HV", "Helse Vest"]), max_size=3),
        "awarded": st.none() | st.fixed_dictionaries({}, optional={"year": st.none() | st.integers(2019, 2027)}),
        "themes": st.lists(st.sampled_from(["DHO", "KOLS", "video"]), max_size=3),
        "status": st.sampled_from([None, "ongoing", "closed-2025-06"]),
        "phases": st.lists(
            st.fixed_dictionaries(
                {"phase": st.sampled_from(["insight", "piloting"]), "on": DATES},
                optional={"how": st.sampled_from(["actual", "planned"]), "source": WORDS},
            ),
            max_size=3,
        ),
        "figures": st.dictionaries(
            st.sampled_from(["a", "b", "c"]),
            st.none() | st.integers(-5, 5) | st.floats(-9, 9) | WORDS | st.lists(WORDS, max_size=2),
        ),
        "log": st.lists(st.fixed_dictionaries({"on": DATES, "nb": WORDS.filter(str.strip)}), max_size=3),
        "milestones": st.lists(st.fixed_dictionaries({"title": WORDS.filter(str.strip)}), max_size=2),
    },
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS)
def test_whatever_is_loaded_twice_changes_nothing_the_second_time(ground, first, second):
    taken(row(**first))
    for sent in (second, first, second):
        taken(row(**sent))
        assert taken(row(**sent)).lines == ["0 made, 0 changed, 1 left"]
        shown = queries.document("one")
        assert taken(shown).lines == ["0 made, 0 changed, 1 left"]


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=ROWS, second=ROWS)
def test_a_preview_says_exactly_what_the_load_then_does(ground, first, second):
    taken(row(**first))
    told = preview(read(row(**second)), via=Revision.Via.LOAD)
    before = fields_of()
    taken(row(**second))
    expected = rules.apply(before, told.rows[0].changes) if told.rows else before
    assert fields_of() == expected


# --- Many rows, and a machine that stops -----------------------------------------------------------------------------
def test_reading_what_stands_costs_the_same_for_ten_rows_and_for_three_hundred(ground, django_assert_num_queries):
    rows = [row(f"p{number}", figures={"a": number}, themes=["KOLS"]) for number in range(300)]
    taken(*rows)
    counted = []
    for some in (rows[:10], rows):
        with CaptureQueriesContext(connection) as captured:
            assert taken(*some).left == len(some)
        counted.append(len(captured))
    assert counted[0] == counted[1]


COUNT = """
import django
django.setup()
from helsevev.network.portfolio.models import Project
print(Project.objects.count())
"""
SLOW_LOAD = """
import sys
from helsevev.config.command import main
sys.exit(main(["load", "portfolio", sys.argv[1]]))
"""


@pytest.fixture
def elsewhere(tmp_path):
    """A whole installation of its own."""
    with new_database() as database:
        here = Installation(tmp_path / "var", database, {"HELSEVEV_MODE": "embedded"})
        here.prepare()
        yield here


def test_a_machine_that_stops_in_the_middle_leaves_what_was_before(tmp_path, elsewhere):
    """The load is killed when it says that it has written hundreds of rows, and none of them stand."""
    file = tmp_path / "many.json"
    rows = [{"id": f"p{number}", "title": f"Prosjekt {number}", "owner": "Helse Bergen"} for number in range(700)]
    file.write_text(json.dumps({"projects": rows}), encoding="utf-8")
    environment = {**elsewhere.environment, "DJANGO_SETTINGS_MODULE": "helsevev.config.settings"}

    def started(*words):
        return subprocess.Popen(
            [sys.executable, "-c", *words],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    with started(SLOW_LOAD, str(file)) as process:
        for line in process.stderr:
            if line.startswith("500 of 700"):
                process.kill()
                break
    assert process.returncode == -signal.SIGKILL
    assert started(COUNT).communicate()[0].strip() == "0"
    out, err = started(SLOW_LOAD, str(file)).communicate()
    assert out.splitlines()[-1:] == ["700 made, 0 changed, 0 left"], err
    assert started(COUNT).communicate()[0].strip() == "700"
