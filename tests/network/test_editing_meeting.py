"""Two people edit at once: nothing is lost, what doesn't collide is merged, and the second one chooses."""

import pytest
from filling import Filled, opened
from reading import read

from helsevev.network.portfolio import queries
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Draft, Project

KEY = "mila-2026"
CHOICE = {"method": "post", "class_": "meeting"}


@pytest.fixture
def two(portfolio, cast):
    """Two people with the same page open."""
    return opened(cast["secretariat"]), opened(cast["advisor"])


def project():
    return Project.objects.get(initiative__key=KEY)


def chosen(form, answer, **choices):
    """The page that asks, with these choices made."""
    asked = Filled.on(form.browser, answer, form.address, **CHOICE)
    for name, choice in choices.items():
        asked[f"choice-{name}"] = choice
    return asked.browser.post(form.address, asked.fields)


def test_what_does_not_collide_is_saved_together(two):
    one, other = two
    one["title_en"], other["summary_en"] = "By the first", "By the second"
    assert one.press("save").status_code == 302
    assert other.press("save").status_code == 302
    fields = queries.fields(KEY)
    assert (fields["title_en"], fields["summary_en"]) == ("By the first", "By the second")


def test_the_same_change_twice_is_no_collision(two):
    one, other = two
    one["title_en"] = other["title_en"] = "Both the same"
    other["phase_note"] = "and this"
    assert one.press("save").status_code == 302
    assert other.press("save").status_code == 302
    assert queries.fields(KEY)["phase_note"] == "and this"


def test_only_what_collides_is_asked_with_what_it_was_theirs_and_mine(two):
    one, other = two
    was = queries.fields(KEY)["title_en"]
    one["title_en"], one["source"] = "Theirs", "a page"
    other["title_en"], other["phase_note"] = "Mine", "also mine"
    one.press("save")
    answer = other.press("save")
    assert answer.status_code == 409
    page = read(answer.content).one("main")
    assert [legend.words for legend in page.all("legend")] == ["Title in English"]
    assert was in page.one("div", class_="meeting-was").words
    mine, theirs = page.all("div", class_="meeting-choice")
    assert "Mine" in " ".join(one.words for one in mine.all("ins"))
    assert "Theirs" in " ".join(one.words for one in theirs.all("ins"))
    assert "Test secretariat" in page.words
    assert "Where it stands" in page.words
    assert queries.fields(KEY)["title_en"] == "Theirs"


@pytest.mark.parametrize(("choice", "title"), [("mine", "Mine"), ("theirs", "Theirs")])
def test_what_one_chooses_is_saved_with_what_did_not_collide(two, choice, title):
    one, other = two
    one["title_en"], other["title_en"], other["phase_note"] = "Theirs", "Mine", "also mine"
    one.press("save")
    answer = chosen(other, other.press("save"), title_en=choice)
    assert answer.status_code == 302
    fields = queries.fields(KEY)
    assert (fields["title_en"], fields["phase_note"]) == (title, "also mine")
    assert not Draft.objects.exists()


def test_both_may_stand_where_lists_meet(two):
    one, other = (form.pressed("add:log").pressed("add:partners") for form in two)
    for form, who, partner in ((one, "first", "Oslo kommune"), (other, "second", "Bergen kommune")):
        last = sum(name.startswith("log-") and name.endswith("-on") for name in form.fields) - 1
        form[f"log-{last}-on"], form[f"log-{last}-nb"] = "2026-05", f"By the {who}"
        form["partners-1-name"] = partner
    one.press("save")
    answer = other.press("save")
    assert answer.status_code == 409
    asked = Filled.on(other.browser, answer, other.address, **CHOICE)
    assert (asked["choice-log"], asked["choice-partners"]) == ("both", "both")
    assert chosen(other, answer).status_code == 302
    fields = queries.fields(KEY)
    said = {entry["nb"] for entry in fields["log"]}
    assert {"By the first", "By the second"} <= said
    assert {"Oslo kommune", "Bergen kommune"} <= {one["name"] for one in fields["partners"]}


def test_a_move_withdrawn_by_one_and_another_added_by_the_other_meet(two):
    one, other = two
    other = other.pressed("add:phases")
    one["phases-0-withdraw"], one["phases-0-why"] = "yes", "Never happened"
    other["phases-1-phase"], other["phases-1-on"] = "new_practice", "2026-06"
    assert one.press("save").status_code == 302
    answer = other.press("save")
    assert answer.status_code == 409
    assert chosen(other, answer, phases="both").status_code == 302
    assert [(entry["phase"], entry["on"]) for entry in queries.fields(KEY)["phases"]] == [("new_practice", "2026-06")]


def test_a_third_change_in_between_is_asked_about_again(two):
    one, other = two
    one["title_en"], other["title_en"] = "Theirs", "Mine"
    one.press("save")
    answer = other.press("save")
    change(project(), {"title_en": "A third one's"}, "system:test")
    again = chosen(other, answer, title_en="mine")
    assert again.status_code == 409
    assert "A third one&#x27;s" in again.content.decode() or "A third one's" in read(again.content).words
    assert chosen(other, again, title_en="mine").status_code == 302
    assert queries.fields(KEY)["title_en"] == "Mine"


def test_choosing_twice_is_saved_once(two):
    one, other = two
    one["title_en"], other["title_en"] = "Theirs", "Mine"
    one.press("save")
    asked = Filled.on(other.browser, other.press("save"), other.address, **CHOICE)
    assert [other.browser.post(other.address, asked.fields).status_code for _ in range(2)] == [302, 302]
    assert project().version == 3


def test_one_can_go_back_to_the_form_with_ones_text(two):
    one, other = two
    one["title_en"], other["title_en"] = "Theirs", "Mine"
    one.press("save")
    other.press("save")
    again = opened(other.browser)
    assert again["title_en"] == "Mine"
    assert again.press("save").status_code == 409


def test_what_is_wrong_is_told_before_one_is_asked(two):
    one, other = two
    one["title_en"], other["title_en"], other["award_year"] = "Theirs", "Mine", "twenty"
    one.press("save")
    assert other.press("save").status_code == 422


def test_a_load_meanwhile_is_met_like_a_person(two):
    form, _other = two
    form["title_en"] = "Mine"
    change(project(), {"title_en": "From the file"}, "system:load", "load")
    answer = form.press("save")
    assert answer.status_code == 409
    assert "The system" in answer.content.decode()
