"""History: who changed what when, word by word, old versions, two compared, and one change taken back."""

import pytest
from django.urls import reverse
from django.utils import timezone
from filling import AT, Filled, opened
from hypothesis import given
from hypothesis import strategies as st
from reading import read

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core import differences
from helsevev.core.differences import Sort
from helsevev.network.portfolio import queries, rules
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.queries import history
from helsevev.network.portfolio.queries.naming import Naming

KEY = "mila-2026"
HISTORY = f"{AT}{KEY}/history/"


@pytest.fixture
def staff(portfolio, cast):
    return cast["secretariat"]


def project():
    return Project.objects.get(initiative__key=KEY)


def saved(browser, **typed):
    form = opened(browser)
    for name, value in typed.items():
        form[name] = value
    assert form.press("save").status_code == 302


def main(answer):
    return read(answer.content).one("main")


# --- Words -----------------------------------------------------------------------------------------------------------
TEXT = st.lists(st.sampled_from(["a", "bee", "c.", " ", "\n", "Ø,", "9"]), max_size=30).map("".join)


@given(TEXT, TEXT)
def test_the_pieces_of_a_comparison_are_the_two_texts(before, after):
    pieces = differences.words(before, after)
    assert "".join(piece.text for piece in pieces if piece.sort is not Sort.NEW) == before
    assert "".join(piece.text for piece in pieces if piece.sort is not Sort.GONE) == after
    assert all(piece.text for piece in pieces)
    if before == after:
        assert all(piece.sort is Sort.SAME for piece in pieces)


LINES = st.lists(TEXT.filter(bool), max_size=8)


@given(LINES, LINES)
def test_the_lines_of_a_comparison_are_the_two_lists(before, after):
    lines = differences.lines(before, after)
    old = [
        "".join(p.text for p in line.pieces if p.sort is not Sort.NEW) for line in lines if line.sort is not Sort.NEW
    ]
    new = [
        "".join(p.text for p in line.pieces if p.sort is not Sort.GONE) for line in lines if line.sort is not Sort.GONE
    ]
    assert (old, new) == (before, after)


def test_text_that_repeats_itself_without_end_is_replaced_as_a_whole():
    before, after = "a b " * 5_000, "b a " * 5_000
    assert [piece.sort for piece in differences.words(before, after)] == [Sort.GONE, Sort.NEW]
    many = ["x"] * 2_000
    assert len(differences.lines(many, many[:-1])) == 3_999


# --- Pages -----------------------------------------------------------------------------------------------------------
def test_a_change_shows_who_when_how_and_each_field_word_by_word(staff):
    saved(staff, summary_en="The pilot starts in May.", phase_note="")
    saved(staff, summary_en="The pilot began in May.")
    page = main(staff.get(HISTORY))
    first = page.one("ol", class_="history").children[0]
    assert "Version 3" in first.words
    assert "Test secretariat" in first.words
    assert "Edited" in first.words
    assert [one.words for one in first.all("dt")] == ["Summary in English"]
    assert {one.attributes["lang"] for one in first.one("div", class_="difference").all("p")} == {"en"}
    (gone,), (new,) = first.all("del"), first.all("ins")
    assert "starts" in gone.words
    assert "began" in new.words
    # Those who listen are told too, not only those who see colours.
    assert gone.all("span", class_="ds-sr-only", lang="en")[0].words == "taken away:"
    assert new.all("span", class_="ds-sr-only")[0].words == "added:"


def test_a_person_whose_account_is_deleted_stands_there_by_a_pseudonym(staff):
    saved(staff, title_en="By someone who left")
    user = User.objects.get(pk=staff.session["_auth_user_id"])
    User.objects.filter(pk=user.pk).update(
        name="", email="gone@example.invalid", deleted_at=timezone.now(), is_active=False
    )
    told = history.told(list(project().revisions.all()), Naming("en"))
    assert told[0].who == "Deleted account"


def test_every_old_version_can_be_seen_as_it_was(staff):
    states = [queries.fields(KEY)]
    for number in range(3):
        saved(staff, title_en=f"Title {number}", award_year=str(2020 + number))
        states.append(queries.fields(KEY))
    for number, state in enumerate(states, start=1):
        assert history.fields_at(project(), number) == state
        page = main(staff.get(f"{HISTORY}{number}/"))
        assert state["title_en"] in page.words
        assert len(page.all("dt")) == len(rules.FIELDS)
    assert "as it stands now" in main(staff.get(f"{HISTORY}4/")).words
    assert "has changed since" in main(staff.get(f"{HISTORY}2/")).words


def test_two_versions_are_compared_whichever_comes_first(staff):
    saved(staff, title_en="One", source="a")
    saved(staff, title_en="Two")
    saved(staff, source="b")
    for query in ("from=2&to=4", "from=4&to=2"):
        page = main(staff.get(f"{HISTORY}compare/?{query}"))
        assert {one.words for one in page.all("dt")} == {"Title in English", "Source"}
        assert "Version 2 and version 4" in page.one("h1").words
    assert "say the same" in main(staff.get(f"{HISTORY}compare/?from=2&to=2")).words
    for query in ("", "from=x&to=2", "from=1&to=99", "from=1&to=" + "9" * 40):
        assert staff.get(f"{HISTORY}compare/?{query}").status_code == 302


def test_a_long_history_has_pages_and_few_statements(staff, django_assert_max_num_queries):
    for number in range(45):
        change(project(), {"title_en": f"Title {number}"}, "system:test")
    with django_assert_max_num_queries(40):
        page = main(staff.get(HISTORY))
    assert len(page.one("ol", class_="history").children) == history.PER_PAGE
    with django_assert_max_num_queries(40):
        last = main(staff.get(f"{HISTORY}?page=3"))
    assert "Version 1" in last.words
    for odd in ("page=0", "page=x", "page=" + "9" * 30, "page=-1"):
        assert staff.get(f"{HISTORY}?{odd}").status_code == 200


# --- Undo ------------------------------------------------------------------------------------------------------------
def undo(browser, number):
    """The question, and what pressing its button answers."""
    address = f"{HISTORY}{number}/undo/"
    asked = browser.get(address)
    assert asked.status_code == 200
    form = Filled.on(browser, asked, address, method="post", class_="actions")
    return browser.post(address, form.fields), form


def test_one_change_is_taken_back_after_asking_and_others_stay(staff):
    before = queries.fields(KEY)
    saved(staff, title_en="Wrong", phase_note="wrong too")
    saved(staff, source="Right")
    answer, form = undo(staff, 2)
    assert answer.status_code == 302
    fields = queries.fields(KEY)
    assert (fields["title_en"], fields["phase_note"]) == (before["title_en"], before["phase_note"])
    assert fields["source"] == "Right"
    assert project().revisions.first().via == "undo"
    assert "A change undone" in main(staff.get(HISTORY)).words
    assert staff.post(f"{HISTORY}2/undo/", form.fields).status_code == 302
    assert project().version == 4


def test_an_undo_can_be_undone(staff):
    saved(staff, title_en="Second thoughts")
    assert undo(staff, 2)[0].status_code == 302
    assert undo(staff, 3)[0].status_code == 302
    assert queries.fields(KEY)["title_en"] == "Second thoughts"


def test_a_change_that_something_newer_stands_upon_is_refused_with_the_fields(staff):
    saved(staff, title_en="Older", source="also older")
    saved(staff, title_en="Newer")
    answer, _form = undo(staff, 2)
    assert answer.status_code == 409
    said = main(answer).words
    assert "can't be undone alone: Title in English" in said
    assert "Source" not in said.split("can't be undone alone:")[1].split("Undo the newer")[0]
    assert queries.fields(KEY)["title_en"] == "Newer"


def test_looking_at_the_question_or_a_forged_answer_undoes_nothing(staff, cast):
    saved(staff, title_en="Stays")
    address = f"{HISTORY}2/undo/"
    assert staff.get(address).status_code == 200
    for seal in ("", "forged"):
        assert staff.post(address, {"seal": seal}).status_code == 200
    assert queries.fields(KEY)["title_en"] == "Stays"
    assert staff.get(f"{HISTORY}1/undo/").status_code == 404
    for who in ("stranger", "reader", "editor", "project_member"):
        assert cast[who].get(address).status_code == 404, who
        assert cast[who].post(address).status_code == 404, who


def test_who_may_undo_is_who_may_make_the_change(portfolio, cast):
    change(project(), {"log": [{"on": "2026", "nb": "Logget"}]}, "system:test")
    change(project(), {"title_en": "Edited"}, "system:test")
    change(project(), {"published": False}, "system:test")
    may = {
        2: {"secretariat", "administrator", "advisor", "project_leader", "project_member"},
        3: {"secretariat", "administrator", "advisor", "project_leader"},
        4: {"secretariat", "administrator"},
    }
    for number, roles in may.items():
        found = {who for who, browser in cast.items() if browser.get(f"{HISTORY}{number}/undo/").status_code == 200}
        assert found == roles, number


def test_projects_are_named_in_the_language_of_the_page(staff):
    saved(staff, title_en="At home, in English", title_nn="")
    for path in (HISTORY, f"/en/portfolio/{KEY}/edit/", "/en/portfolio/staff/"):
        assert "At home, in English" in main(staff.get(path)).words, path
    (link,) = main(staff.get("/nn/portfolio/staff/")).one("section", aria_labelledby="changes").all("a", lang="nb")
    assert link.words == project().initiative.title


def test_the_staff_page_leads_to_the_newest_changes(staff, cast, person, sign_in):
    saved(staff, title_en="Newest of all")
    page = main(staff.get(reverse("portfolio:staff")))
    hrefs = [one.attributes["href"] for one in page.all("a") if "/history/" in one.attributes.get("href", "")]
    assert hrefs[0].endswith(f"/portfolio/{KEY}/history/")
    other = sign_in(person(Role.PROJECT_LEADER, "oslo-kommune"))
    assert KEY not in other.get(f"{AT}staff/").content.decode()
