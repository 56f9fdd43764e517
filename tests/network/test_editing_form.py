"""The form in the browser, without scripts: every field, rows, faults with a way on, and what is saved."""

import pytest
from filling import AT, Filled, faults, opened
from reading import read

from helsevev.commons.audit.models import Line
from helsevev.commons.initiatives.models import PhaseMove
from helsevev.commons.shelf.models import Item
from helsevev.network.portfolio import queries
from helsevev.network.portfolio.models import Draft, Project, Revision

KEY = "mila-2026"


@pytest.fixture
def staff(portfolio, cast):
    return cast["secretariat"]


def project():
    return Project.objects.get(initiative__key=KEY)


def test_every_field_is_saved_as_it_was_typed(staff):
    form = opened(staff)
    for name in ("title", "title_nn", "title_en", "summary_nb", "summary_nn", "summary_en", "contact_role", "source"):
        form[name] = f"New {name}"
    form["regions"], form["patient_groups"] = ["HN", "HV"], []
    form["award_year"], form["award_round"], form["support"] = "2024", "", "group"
    form["focus_area"], form["kind"], form["listing"] = "dho-hjemmesykehus", "spread", "mentioned"
    form["status"], form["status_as_of"], form["phase_note"] = "closed", "2026-02", ""
    form["continues"], form["adapts"] = "MILA: digital hjemmeoppfølging av kronisk syke", "fonna-bu"
    answer = form.press("save")
    assert answer.status_code == 302, faults(answer)
    assert answer["Location"] == f"{AT}{KEY}/"
    fields = queries.fields(KEY)
    for name in ("title", "title_nn", "title_en", "summary_nb", "summary_nn", "summary_en", "contact_role", "source"):
        assert fields[name] == f"New {name}"
    assert (fields["regions"], fields["patient_groups"]) == (["HN", "HV"], [])
    assert (fields["award_year"], fields["award_round"], fields["support"]) == (2024, None, "group")
    assert (fields["focus_area"], fields["kind"], fields["listing"]) == ("dho-hjemmesykehus", "spread", "mentioned")
    assert (fields["status"], fields["phase_note"]) == ("closed-2026-02", None)
    assert (fields["continues"], fields["adapts"]) == ("mila-2025", "fonna-bu")


def test_saving_writes_one_revision_one_line_in_the_trail_and_the_shelf(staff):
    before = Revision.objects.count()
    form = opened(staff)
    form["title"] = "MILA under nytt navn"
    assert form.press("save").status_code == 302
    revision = project().revisions.first()
    assert Revision.objects.count() == before + 1
    assert (revision.via, list(revision.changes)) == ("edit", ["title"])
    assert Line.objects.order_by("-number").filter(kind="project").first().verb == "changed"
    assert Item.objects.get(key=KEY, withdrawn_at=None).title == "MILA under nytt navn"
    assert f"/nb/portfolio/{KEY}/" in staff.get("/nb/portfolio/?q=nytt+navn").content.decode()


def test_a_form_that_nobody_touched_saves_nothing(staff):
    assert opened(staff).press("save").status_code == 302
    assert project().version == 1


def test_the_same_page_sent_twice_is_saved_once(staff):
    form = opened(staff)
    form["title_en"] = "Sent twice"
    assert [form.press("save").status_code for _ in range(2)] == [302, 302]
    assert project().version == 2


# --- Rows ------------------------------------------------------------------------------------------------------------
def test_rows_are_added_and_taken_away_and_nothing_typed_is_lost(staff):
    form = opened(staff)
    form["title_en"] = "Kept while rows come and go"
    form = form.pressed("add:deliverables")
    form["deliverables-0-title"], form["deliverables-0-url"] = "A model", "https://example.invalid/a"
    form = form.pressed("add:deliverables")
    form["deliverables-1-title"], form["deliverables-1-on"] = "Another", "2025-10"
    form = form.pressed("remove:deliverables:0")
    assert form["deliverables-0-title"] == "Another"
    assert form["title_en"] == "Kept while rows come and go"
    assert form.press("save").status_code == 302
    fields = queries.fields(KEY)
    assert fields["deliverables"] == [{"title": "Another", "url": "", "on": "2025-10"}]
    assert fields["title_en"] == "Kept while rows come and go"


def test_figures_log_and_milestones_are_typed_rows(staff):
    form = opened(staff)
    count = sum(name.endswith("-what") for name in form.fields)
    form = form.pressed("add:figures").pressed("add:figures").pressed("add:log").pressed("add:milestones")
    form[f"figures-{count}-what"], form[f"figures-{count}-value"] = "People who came", "12,5"
    form[f"figures-{count}-unit"], form[f"figures-{count}-as_of"] = "%", "2025-10"
    form[f"figures-{count + 1}-what"], form[f"figures-{count + 1}-value"] = "Interviewed", "2; 4"
    last = sum(name.startswith("log-") and name.endswith("-on") for name in form.fields) - 1
    form[f"log-{last}-on"], form[f"log-{last}-nn"] = "2025-06-13", "Det gjekk bra."
    form["milestones-0-title"], form["milestones-0-planned"] = "Evaluated", "2027"
    answer = form.press("save")
    assert answer.status_code == 302, faults(answer)
    fields = queries.fields(KEY)
    assert fields["figures"]["People_who_came"] == {"value": 12.5, "unit": "%", "as_of": "2025-10", "source": ""}
    assert fields["figures"]["Interviewed"]["value"] == [2, 4]
    assert [entry["nn"] for entry in fields["log"] if entry["on"] == "2025-06-13"] == ["Det gjekk bra."]
    assert fields["milestones"] == [{"title": "Evaluated", "planned": "2027", "reached": ""}]


def test_a_figure_of_the_table_is_known_by_its_label(staff):
    form = opened(staff).pressed("add:figures")
    number = sum(name.endswith("-what") for name in form.fields) - 1
    form[f"figures-{number}-what"], form[f"figures-{number}-value"] = "Benefits being measured", "6"
    assert form.press("save").status_code == 302
    assert queries.fields(KEY)["figures"]["benefits"]["value"] == 6


def test_a_move_is_added_with_a_date_as_precise_as_known_and_a_wrong_one_withdrawn_with_its_reason(staff):
    form = opened(staff).pressed("add:phases")
    form["phases-1-phase"], form["phases-1-on"], form["phases-1-how"] = "new_practice", "2027", "planned"
    form["phases-0-withdraw"], form["phases-0-why"] = "yes", "It began a year later"
    answer = form.press("save")
    assert answer.status_code == 302, faults(answer)
    kept = PhaseMove.objects.filter(initiative__key=KEY).order_by("pk")
    assert [(one.phase, one.planned, one.withdrawn_why) for one in kept] == [
        ("transition_to_operation", False, "It began a year later"),
        ("new_practice", True, ""),
    ]
    page = staff.get(f"{AT}{KEY}/history/").content.decode()
    assert "It began a year later" in page
    assert "planned 2027" in page


def test_a_move_is_not_withdrawn_without_a_reason_nor_by_leaving_it_out(staff):
    form = opened(staff)
    form["phases-0-withdraw"] = "yes"
    answer = form.press("save")
    assert answer.status_code == 422
    assert any("Say why the move is withdrawn" in fault for fault in faults(answer))
    form = opened(staff)
    for name in [name for name in form.fields if name.startswith("phases-")]:
        del form.fields[name]
    form["title_en"] = "Left out"
    form.press("save")
    assert len(queries.fields(KEY)["phases"]) == 1


# --- What is wrong ---------------------------------------------------------------------------------------------------
WRONG = [
    ("title", "", "A project needs a title"),
    ("title", "x" * 301, "301 characters"),
    ("summary_en", "y" * 5001, "5001 characters"),
    ("award_year", "twenty", "is not a year"),
    ("award_year", "1066", "not a year between"),
    ("award_round", "13", "not the number of a round"),
    ("status_as_of", "2026", "Choose a status"),
    ("continues", KEY, "can't stand in this way to itself"),
    ("continues", "no-such-project", "There is no project"),
    ("focus_area", "nonsense", "not a word of the taxonomy"),
    ("regions", ["HX"], "not a word of the taxonomy"),
    ("kind", "other", "not one of"),
    ("listing", "secret", "no list"),
    ("title", "Call 91 23 45 67", "phone number"),
    ("summary_nb", "Write to a@b.no", "e-mail address"),
    ("source", "a\x01b", "can't be kept"),
]


@pytest.mark.parametrize(("name", "typed", "why"), WRONG)
def test_what_is_wrong_is_told_beside_its_field_and_everything_typed_stays(staff, name, typed, why):
    form = opened(staff)
    form[name] = typed
    form["phase_note"] = "this stays"
    answer = form.press("save")
    assert answer.status_code == 422
    assert any(why in fault for fault in faults(answer)), faults(answer)
    again = Filled.on(staff, answer)
    assert again["phase_note"] == "this stays"
    if isinstance(typed, str) and name not in ("focus_area", "kind", "listing"):
        assert again[name] == typed
    assert project().version == 1
    assert Draft.objects.get().fields["phase_note"] == "this stays"
    links = [one.attributes["href"] for one in again.page.all("a") if one.attributes.get("href", "").startswith("#")]
    ids = {
        one.attributes["id"]
        for tag in ("input", "select", "textarea", "div", "section")
        for one in again.page.all(tag)
        if "id" in one.attributes
    }
    assert {link[1:] for link in links} <= ids | {"main"}


def test_everything_that_is_wrong_is_told_at_once(staff):
    form = opened(staff).pressed("add:deliverables")
    form["title"], form["award_year"], form["themes-0-name"], form["continues"] = "x" * 400, "tjue", "hart", "nobody"
    form["owners-0-name"], form["deliverables-0-title"], form["deliverables-0-url"] = "Nobody at all", "A", "ftp://x"
    told = faults(form.press("save"))
    assert len(told) == 6, told


def test_a_circle_is_refused_with_the_reason(staff):
    form = opened(staff, "mila-2025")
    form["continues"] = KEY
    answer = form.press("save")
    assert any("its own ancestor" in fault for fault in faults(answer))


def test_rows_are_told_apart_when_something_is_wrong_in_them(staff):
    form = opened(staff).pressed("add:deliverables").pressed("add:log").pressed("add:figures")
    form["deliverables-0-title"], form["deliverables-0-url"] = "A", "javascript:alert(1)"
    last = sum(name.startswith("log-") and name.endswith("-on") for name in form.fields) - 1
    form[f"log-{last}-on"] = "last week"
    count = sum(name.endswith("-what") for name in form.fields) - 1
    form[f"figures-{count}-what"], form[f"figures-{count}-value"] = "Beds", "1,234"
    answer = form.press("save")
    page = read(answer.content)
    for target, why in (
        ("deliverables-0-url", "It must begin with https://"),
        (f"log-{last}-on", "is not a date"),
        (f"figures-{count}-value", "two ways"),
    ):
        link = [one for one in page.all("a") if one.attributes.get("href") == f"#{target}"]
        assert len(link) == 1, target
        assert why in link[0].words
        (field,) = page.all("input", id=target)
        assert field.attributes["aria-invalid"] == "true"


def test_a_name_that_nobody_knows_is_offered_the_nearest_as_one_click(staff):
    form = opened(staff)
    form["partners-0-name"] = "Akershus universitetssykhus"
    form = Filled.on(staff, form.press("save"))
    assert form["partners-0-name"] == "Akershus universitetssykhus"
    (button,) = [one for one in form.buttons("Akershus universitetssykehus") if one.startswith("choose:")]
    form = form.pressed(button)
    assert form["partners-0-name"] == "Akershus universitetssykehus"
    form["title_en"] = "Chosen"
    assert form.press("save").status_code == 302
    assert [one["name"] for one in queries.fields(KEY)["partners"]] == ["Akershus universitetssykehus"]


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [("themes-0-name", "hart failure", "heart failure"), ("continues", "mila-2052", "mila-2025")],
)
def test_themes_and_projects_are_offered_too(staff, name, typed, meant):
    form = opened(staff)
    form[name] = typed
    form = Filled.on(staff, form.press("save"))
    button = next(one for one in form.buttons("") if one.startswith("choose:") and one.endswith(f":{meant}"))
    assert form.pressed(button)[name] == meant


def test_a_page_that_came_incomplete_changes_nothing(staff):
    form = opened(staff)
    form["title"] = "Half a page"
    del form.fields["end"]
    answer = form.press("save")
    assert answer.status_code == 400
    assert any("incomplete" in fault for fault in faults(answer))
    assert project().version == 1


# --- Something new ---------------------------------------------------------------------------------------------------
def test_a_new_project_is_seen_by_its_own_and_staff_until_it_is_published(staff, cast):
    form = Filled.on(staff, staff.get(f"{AT}new/"))
    form["title"], form["owners-0-name"] = "Oppdiktet prosjekt på Ørlandet", "Ullensaker kommune"
    answer = form.press("save")
    assert answer.status_code == 302, faults(answer)
    assert answer["Location"] == f"{AT}oppdiktet-prosjekt-pa-orlandet/"
    key = "oppdiktet-prosjekt-pa-orlandet"
    for who, browser in cast.items():
        seen = browser.get(f"{AT}{key}/").status_code == 200
        known = who in ("project_leader", "project_member", *STAFF)
        assert seen == known, who
    assert not Item.objects.filter(key=key).exists()
    assert "Oppdiktet" not in cast["stranger"].get(f"{AT}?q=Oppdiktet").content.decode().split("</form>")[-1]
    assert form.press("save").status_code == 302
    assert Project.objects.filter(initiative__key__startswith="oppdiktet").count() == 1


STAFF = ("assessor", "resource_group", "steering_group", "advisor", "editor", "secretariat", "administrator")


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("staff", "already used"),
        ("mila-2026", "already used"),
        ("Not An Id", "is not an id"),
        ("x" * 101, "is not an id"),
    ],
)
def test_an_id_must_be_free_and_plain(staff, typed, why):
    form = Filled.on(staff, staff.get(f"{AT}new/"))
    form["id"], form["title"] = typed, "New"
    answer = form.press("save")
    assert any(why in fault for fault in faults(answer)), faults(answer)
    assert Filled.on(staff, answer)["title"] == "New"


def test_every_address_of_the_room_is_a_reserved_id():
    from helsevev.network.portfolio.rules.typed import RESERVED
    from helsevev.network.portfolio.urls import urlpatterns

    firsts = {str(pattern.pattern).lstrip("^").split("/")[0].split("\\.")[0] for pattern in urlpatterns}
    assert {first for first in firsts if first and "<" not in first} == RESERVED


def test_publishing_and_withdrawing_are_asked_and_done_once(staff, cast):
    stranger = cast["stranger"]
    assert staff.get(f"{AT}{KEY}/withdraw/").status_code == 200
    assert project().published
    assert staff.post(f"{AT}{KEY}/withdraw/", {"why": "Asked by its owner"}).status_code == 302
    assert stranger.get(f"{AT}{KEY}/").status_code == 404
    assert not Item.objects.filter(key=KEY, withdrawn_at=None).exists()
    assert f"{AT}{KEY}/" not in stranger.get(f"{AT}?q=MILA").content.decode()
    assert project().revisions.first().note == "Asked by its owner"
    assert staff.get(f"{AT}{KEY}/publish/").status_code == 200
    assert [staff.post(f"{AT}{KEY}/publish/").status_code for _ in range(2)] == [302, 302]
    assert stranger.get(f"{AT}{KEY}/").status_code == 200
    assert Item.objects.filter(key=KEY, withdrawn_at=None).count() == 1
    assert project().version == 3


# --- Looking things up -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("what", "typed", "found"),
    [
        ("organisations", "alesund", "Ålesund kommune"),
        ("organisations", "ullensaker", "Ullensaker kommune"),
        ("themes", "copd", "COPD"),
        ("projects", "mila", "mila-2025"),
        ("figures", "interviewed", "People interviewed"),
    ],
)
def test_what_is_known_is_found_while_one_types(staff, what, typed, found):
    answer = staff.get(f"{AT}lookup/{what}/", {"any-name": typed})
    values = [one.attributes["data-value"] for one in read(answer.content).all("li")]
    assert found in values
    assert len(values) <= 8
    assert not read(staff.get(f"{AT}lookup/{what}/", {"x": "a"}).content).all("li")


def test_a_leader_is_offered_no_project_that_others_keep_hidden(staff, cast):
    staff.post(f"{AT}fonna-bu/withdraw/")
    leader = cast["project_leader"]
    assert not read(leader.get(f"{AT}lookup/projects/", {"q": "fonna-bu"}).content).all("li", data_value="fonna-bu")
    form = opened(leader)
    form["adapts"] = "fonna-bu"
    answer = form.press("save")
    assert any("There is no project" in fault for fault in faults(answer))
    assert queries.fields(KEY)["adapts"] is None
