"""Two people, two windows or two clicks in the very same moment, with real threads and a real database."""

import pytest
from at_once import at_once
from filling import AT, Filled, opened

from helsevev.commons.audit.queries import report
from helsevev.commons.initiatives.actions import load_taxonomy
from helsevev.commons.people.actions import load_registers
from helsevev.commons.people.rules import Role
from helsevev.network.portfolio import queries
from helsevev.network.portfolio.actions import change
from helsevev.network.portfolio.models import Draft, Project

KEY = "mila-2026"


def project():
    return Project.objects.get(initiative__key=KEY)


@pytest.fixture
def committed(on_disk):
    """A project that every thread sees."""
    load_registers()
    load_taxonomy()
    return change(None, {"id": KEY, "title": "Oppdiktet", "owners": ["Ullensaker kommune"]}, "system:test").project


def test_two_editors_in_the_same_moment_lose_nothing(committed, person, sign_in):
    for turn in range(4):
        forms = [opened(sign_in(person(Role.SECRETARIAT))) for _ in range(2)]
        names = ("title_en", "title_nn") if turn % 2 else ("title_en", "title_en")
        for number, (form, name) in enumerate(zip(forms, names, strict=True)):
            form[name] = f"turn {turn}, number {number}"
        answers = at_once(*(lambda form=form: form.press("save").status_code for form in forms))
        assert sorted(answers) == ([302, 302] if turn % 2 else [302, 409]), turn
        kept = {value for draft in Draft.objects.all() for value in draft.fields.values()}
        fields = queries.fields(KEY)
        saved = {fields["title_en"], fields["title_nn"]}
        assert {form[name] for form, name in zip(forms, names, strict=True)} <= kept | saved
    row = project()
    numbers = list(row.revisions.order_by("number").values_list("number", flat=True))
    assert numbers == list(range(1, row.version + 1))
    assert row.version == 1 + 1 + 2 + 1 + 2
    assert not report().faults


def test_a_double_click_in_the_same_moment_is_saved_once(committed, person, sign_in):
    user = person(Role.SECRETARIAT)
    form = opened(sign_in(user))
    form["title_en"] = "Clicked twice"
    other = sign_in(user)
    answers = at_once(
        lambda: form.press("save").status_code,
        lambda: other.post(form.address, {**form.fields, "do": "save"}).status_code,
    )
    assert answers == [302, 302]
    assert project().version == 2


def test_a_new_project_clicked_twice_in_the_same_moment_is_made_once(committed, person, sign_in):
    user = person(Role.SECRETARIAT)
    one, other = sign_in(user), sign_in(user)
    form = Filled.on(one, one.get(f"{AT}new/"))
    form["title"] = "Laget en gang"
    answers = at_once(
        lambda: form.press("save").status_code,
        lambda: other.post(form.address, {**form.fields, "do": "save"}).status_code,
    )
    assert answers == [302, 302]
    assert Project.objects.filter(initiative__key="laget-en-gang").count() == 1


def test_two_people_who_want_the_same_id_in_the_same_moment(committed, person, sign_in):
    forms = []
    for _ in range(2):
        browser = sign_in(person(Role.SECRETARIAT))
        form = Filled.on(browser, browser.get(f"{AT}new/"))
        form["title"], form["id"] = "Oppdiktet", "samme-id"
        forms.append(form)
    answers = at_once(*(lambda form=form: form.press("save") for form in forms))
    assert sorted(answer.status_code for answer in answers) == [302, 422]
    assert any("already used" in answer.content.decode() for answer in answers)


def test_two_windows_begin_a_draft_in_the_same_moment(committed, person, sign_in):
    user = person(Role.SECRETARIAT)
    forms = [opened(sign_in(user)) for _ in range(2)]
    for number, form in enumerate(forms):
        form["title_en"] = f"window {number}"
    answers = at_once(*(lambda form=form: form.browser.post(f"{form.address}draft/", form.fields) for form in forms))
    assert [answer.status_code for answer in answers] == [200, 200]
    said = [answer.content.decode() for answer in answers]
    assert sum("Draft saved" in one for one in said) == 1
    assert sum("Another window of yours" in one for one in said) == 1
    assert Draft.objects.count() == 1
