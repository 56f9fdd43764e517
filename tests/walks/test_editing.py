"""Staff edit: drafts save themselves, two editors lose nothing, a change is undone, a project withdrawn and shown."""

import re

import pytest
from playwright.sync_api import expect

from walks.walking import Walk, Windows

PROJECT = "/en/portfolio/mila2/"


def open_form(walk: Walk) -> None:
    """The form, as the project stands."""
    walk.go(f"{PROJECT}edit/")
    assert walk.page.locator("#edit-form").count() == 1


def press(walk: Walk, what: str) -> None:
    """One of the buttons at the foot of the form."""
    walk.follow(walk.page.locator(f".edit-bar button[name=do][value={what}]"))


def test_a_draft_saves_itself_and_nobody_else_sees_it(windows: Windows) -> None:
    with windows.open("advisor") as walk, windows.open("secretariat") as other:
        open_form(walk)
        walk.page.locator("[name=contact_role]").fill("Kladd som lagrer seg selv")
        expect(walk.page.locator("#draft-state")).to_contain_text(re.compile(r"Draft saved \d\d:\d\d"))
        walk.go("/en/portfolio/staff/")
        assert walk.page.locator("section[aria-labelledby=drafts] li").count() == 1
        other.go(f"{PROJECT}edit/")
        assert other.page.locator("[name=contact_role]").input_value() != "Kladd som lagrer seg selv"
        walk.go(f"{PROJECT}edit/")
        assert walk.page.locator("[name=contact_role]").input_value() == "Kladd som lagrer seg selv"
        press(walk, "throw")
        assert walk.page.locator("section[aria-labelledby=drafts] li").count() == 0


@pytest.mark.parametrize("scripts", [True, False])
def test_a_change_is_saved_stands_in_the_history_and_is_undone(windows: Windows, scripts: bool) -> None:
    said = f"Prosjektleder, {'med' if scripts else 'uten'} skript"
    with windows.open("secretariat", scripts=scripts) as walk:
        open_form(walk)
        walk.page.locator("[name=contact_role]").fill(said)
        press(walk, "save")
        assert walk.path() == PROJECT
        assert said in walk.page.locator("main").inner_text()
        walk.go(f"{PROJECT}history/")
        newest = walk.page.locator("ol.history > li").first
        assert said in newest.inner_text()
        assert "Prøve Sekretariat" in newest.inner_text()
        walk.follow(newest.locator("a[href$='/undo/']"))
        walk.follow(walk.page.locator("main form button[type=submit]"))
        walk.go(PROJECT)
        assert said not in walk.page.locator("main").inner_text()


def test_two_editors_at_once_are_asked_and_lose_nothing(windows: Windows) -> None:
    with windows.open("secretariat") as first, windows.open("advisor") as second:
        open_form(first)
        open_form(second)
        second.page.locator("[name=contact_role]").fill("Rådgiverens ord")
        press(second, "save")
        first.page.locator("[name=contact_role]").fill("Sekretariatets ord")
        # The answer to two changes of the same field is a page that asks.
        first._expected.add(first.page.url)
        press(first, "save")
        asked = first.page.locator("main").inner_text()
        assert "Rådgiverens ord" in re.sub(r"\s+", " ", asked)
        assert "Sekretariatets ord" in re.sub(r"\s+", " ", asked)
        first.page.locator("input[value=mine]").check()
        first.follow(first.page.locator("form.meeting button[type=submit]"))
        assert first.path() == PROJECT
        assert "Sekretariatets ord" in first.page.locator("main").inner_text()


def test_a_withdrawn_project_is_there_for_its_own_alone_until_published(windows: Windows) -> None:
    with windows.open("secretariat") as walk, windows.open() as stranger:
        walk.go(f"{PROJECT}withdraw/")
        walk.follow(walk.page.locator("main form button[type=submit]"))
        stranger.go(PROJECT, answers=404)
        walk.go(f"{PROJECT}publish/")
        walk.follow(walk.page.locator("main form button[type=submit]"))
        stranger._expected.clear()
        stranger.go(PROJECT)


def test_a_leader_edits_their_own_and_nobody_elses(windows: Windows) -> None:
    with windows.open("project_leader") as walk:
        walk.go("/en/portfolio/mila-2026/edit/")
        walk.go("/en/portfolio/orkdal-telepsykiatri/edit/", answers=404)


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(windows: Windows) -> None:
    with windows.open("administrator") as walk:
        open_form(walk)
        walk.page.locator("[name=contact_role]").fill("Skal ikke bli borte")
        walk.page.locator("[name=award_year]").evaluate("(one) => { one.type = 'text'; one.value = 'tjue' }")
        walk._expected.add(walk.page.url)
        press(walk, "save")
        expect(walk.page.locator(".ds-error-summary, .error-summary").first).to_be_visible()
        assert walk.page.locator("[name=contact_role]").input_value() == "Skal ikke bli borte"
        press(walk, "throw")
