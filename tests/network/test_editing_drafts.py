"""Drafts: kept while one types, brought back, thrown away with a way back, and gone when saved."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from filling import AT, Filled, opened
from reading import read

from helsevev.commons.people.models import User
from helsevev.commons.people.queries import person as person_value
from helsevev.commons.people.rules import Role
from helsevev.network.portfolio import panels, queries
from helsevev.network.portfolio.actions import change, forget_thrown_away
from helsevev.network.portfolio.models import Draft, Project

KEY = "mila-2026"


@pytest.fixture
def staff(portfolio, cast):
    return cast["secretariat"]


def project():
    return Project.objects.get(initiative__key=KEY)


def keep(form, browser=None, **more):
    """What the page does by itself while one types."""
    address = (
        form.address.removesuffix("new/") + "new/draft/" if form.address.endswith("new/") else f"{form.address}draft/"
    )
    answer = (browser or form.browser).post(address, {**form.fields, **more}, headers={"HX-Request-Type": "partial"})
    return answer.status_code, " ".join(answer.content.decode().split())


def test_what_one_types_is_kept_and_stands_there_when_one_comes_back(staff):
    form = opened(staff)
    form["title_en"], form["award_year"] = "Half a tho", "not yet a year"
    status, said = keep(form)
    assert status == 200
    assert said.startswith("Draft saved ")
    assert "<html" not in said
    again = opened(staff)
    assert (again["title_en"], again["award_year"]) == ("Half a tho", "not yet a year")
    assert Draft.objects.get().fields == {"title_en": "Half a tho", "award_year": "not yet a year"}
    assert project().version == 1


def test_only_what_differs_is_kept_and_nothing_where_nothing_differs(staff):
    form = opened(staff)
    form["title_en"] = "x"
    keep(form)
    form["title_en"] = queries.fields(KEY)["title_en"]
    status, said = keep(form)
    assert (status, "Nothing is typed" in said) == (200, True)
    assert not Draft.objects.exists()


def test_saving_ends_the_draft_and_what_comes_late_makes_no_new_one(staff):
    form = opened(staff)
    form["title_en"] = "Saved"
    keep(form)
    assert form.press("save").status_code == 302
    assert not Draft.objects.exists()
    keep(form)
    assert not Draft.objects.exists()


def test_a_new_project_has_a_draft_of_its_own(staff):
    form = Filled.on(staff, staff.get(f"{AT}new/"))
    form["title"], form["id"] = "Oppdiktet", "Not An Id"
    keep(form)
    again = Filled.on(staff, staff.get(f"{AT}new/"))
    assert (again["title"], again["id"]) == ("Oppdiktet", "Not An Id")
    assert "Oppdiktet" in read(staff.get(f"{AT}staff/").content).one("main").words


def test_a_draft_is_thrown_away_and_can_be_brought_back_for_a_day(staff):
    form = opened(staff)
    form["title_en"] = "Thrown away"
    form.press("keep")
    answer = form.press("throw")
    assert answer.status_code == 302
    page = read(staff.get(answer["Location"]).content)
    assert "thrown away" in page.one("main").words
    assert opened(staff)["title_en"] != "Thrown away"
    undo = next(one for one in page.all("form") if "/bring/" in one.attributes.get("action", ""))
    assert staff.post(undo.attributes["action"]).status_code == 302
    assert opened(staff)["title_en"] == "Thrown away"
    Draft.objects.update(thrown_away_at=timezone.now() - timedelta(hours=25))
    assert staff.post(undo.attributes["action"]).status_code == 404
    assert forget_thrown_away() == 1
    assert not Draft.objects.exists()


def test_typing_anew_after_throwing_away_begins_a_new_draft(staff):
    form = opened(staff)
    form["title_en"] = "First"
    form.press("keep")
    staff.post(f"{AT}drafts/{Draft.objects.get().pk}/throw/")
    form = opened(staff)
    form["title_nn"] = "Second"
    keep(form)
    assert Draft.objects.get().fields == {"title_nn": "Second"}


def test_two_windows_of_one_person_do_not_overwrite_each_other_unseen(staff):
    one, two = opened(staff), opened(staff)
    one["title_en"], two["title_en"] = "First window", "Second window"
    keep(one)
    _status, said = keep(two)
    assert "Another window of yours" in said
    assert Draft.objects.get().fields == {"title_en": "First window"}
    keep(two, do="keep:force")
    assert Draft.objects.get().fields == {"title_en": "Second window"}
    assert "Another window of yours" in keep(one)[1]
    three = opened(staff)
    three["title_nn"] = "Goes on from the second"
    assert "Draft saved" in keep(three)[1]
    assert Draft.objects.get().fields == {"title_en": "Second window", "title_nn": "Goes on from the second"}


def test_others_changes_elsewhere_are_taken_in_when_one_comes_back(staff):
    form = opened(staff)
    form["title_en"] = "Mine"
    keep(form)
    change(project(), {"phase_note": "theirs meanwhile", "source": "elsewhere"}, "system:load")
    page = staff.get(f"{AT}{KEY}/edit/")
    again = Filled.on(staff, page)
    assert (again["title_en"], again["phase_note"]) == ("Mine", "theirs meanwhile")
    assert "The page has taken it in" in page.content.decode()
    assert again.press("save").status_code == 302
    fields = queries.fields(KEY)
    assert (fields["title_en"], fields["phase_note"], fields["source"]) == ("Mine", "theirs meanwhile", "elsewhere")


def test_where_others_changed_the_same_the_page_stays_as_it_was_left(staff):
    form = opened(staff)
    form["title_en"] = "Mine"
    keep(form)
    change(project(), {"title_en": "Theirs", "source": "elsewhere"}, "system:load")
    page = staff.get(f"{AT}{KEY}/edit/")
    assert "You choose between the two when you save" in page.content.decode()
    assert Filled.on(staff, page)["title_en"] == "Mine"
    assert Filled.on(staff, page).press("save").status_code == 409


def test_a_draft_that_is_too_long_is_refused_and_said_so(staff):
    form = opened(staff)
    form["summary_en"] = "long " * 210_000
    status, said = keep(form)
    assert status == 200
    assert "too long to be kept" in said
    assert not Draft.objects.exists()


def test_what_is_too_large_for_any_page_is_refused_without_a_traceback(staff):
    form = opened(staff)
    form["summary_en"] = "x" * 3_000_000
    assert form.press("save").status_code == 400
    assert project().version == 1


def test_hostile_pages_are_kept_as_they_are(staff):
    form = opened(staff)
    form.fields |= {
        "log-9999-on": ["2024"],
        "log-9999-nb": ["far"],
        "log-x-on": ["?"],
        "phases-0-kept": ["-1"],
        "figures-0": ["y"],
    }
    form["title_en"] = "\ud7ff<script>alert(1)</script>{{ 7 }}%(x)s"
    assert keep(form)[0] == 200
    assert opened(staff)["title_en"] == form["title_en"]
    for strange in (
        "add:nothing",
        "remove:log:x",
        "remove:log:999999999",
        "choose:log:0:x",
        "choose",
        "choose:regions:0:x",
        "choose:kind::x",
        "remove:",
        "nonsense",
    ):
        assert form.press(strange).status_code in (200, 302, 422), strange


# --- My page ---------------------------------------------------------------------------------------------------------
def test_a_draft_that_has_lain_for_days_waits_on_my_page(staff):
    form = opened(staff)
    form["title_en"] = "Forgotten"
    keep(form)
    user = User.objects.get(pk=staff.session["_auth_user_id"])
    me = person_value(user, second_factor=True)
    assert panels.waiting(me) == []
    Draft.objects.update(saved_at=timezone.now() - timedelta(days=4))
    (waiting,) = panels.waiting(me)
    assert "MILA" in waiting.title
    assert waiting.url.endswith(f"/portfolio/{KEY}/edit/")
    assert "MILA" in staff.get("/en/me/").content.decode()


def test_planned_milestones_of_ones_own_projects_wait(portfolio, person):
    leader = person_value(person(Role.PROJECT_LEADER), second_factor=False)
    other = person_value(person(Role.PROJECT_LEADER, "oslo-kommune"), second_factor=False)
    today = timezone.localdate()
    rows = [
        {"title": "Overdue", "planned": str(today.year - 1)},
        {"title": "Reached", "planned": str(today.year - 1), "reached": str(today.year - 1)},
        {"title": "Far", "planned": str(today.year + 3)},
        {"title": "Soon", "planned": (today + timedelta(days=10)).isoformat()},
        {"title": "Some day"},
    ]
    change(project(), {"milestones": rows}, "system:test")
    waiting = panels.waiting(leader)
    assert [(one.title.split(": ")[-1], one.due) for one in waiting] == [
        ("Overdue", today.replace(year=today.year - 1, month=12, day=31)),
        ("Soon", today + timedelta(days=10)),
    ]
    assert not [one for one in panels.waiting(other) if "Overdue" in one.title]


def test_my_data_holds_my_drafts_and_my_changes(staff):
    form = opened(staff)
    form["title_en"] = "Changed by me"
    form.press("save")
    form = opened(staff)
    form["title_nn"] = "Typed by me"
    keep(form)
    text = staff.get(reverse("front:my_data")).content.decode()
    assert "Changed by me" in text
    assert "Typed by me" in text
