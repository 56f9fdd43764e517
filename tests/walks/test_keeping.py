"""Those who keep the portfolio: a new project, two versions compared and a change undone, and a workbook taken in."""

from pathlib import Path
from secrets import token_hex

from walks.keeping import change_the_contact, compare_with_the_first_version, look_at_a_workbook
from walks.walking import Walk, Windows


def press(walk: Walk, button: str) -> None:
    """A button that leads to another page."""
    walk.follow(walk.page.locator(f"main {button}").first)


def test_a_new_project_is_seen_by_its_own_until_it_is_published(windows: Windows) -> None:
    key = f"lillevik-{token_hex(4)}"
    with windows.open("secretariat", language="en") as walk, windows.open(own=True) as stranger:
        walk.go("/en/portfolio/staff/")
        walk.click("New project")
        walk.page.locator("[name=id]").fill(key)
        walk.page.locator("[name=title]").fill("Prøveprosjekt fra Lillevik")
        walk.page.locator("[name=title_en]").fill("A trial from Lillevik")
        walk.page.locator("[name='owners-0-name']").fill("Ålesund kommune")
        walk.page.locator("[name=kind]").first.check()
        press(walk, ".edit-bar button[value=save]")
        assert walk.path() == f"/en/portfolio/{key}/"
        assert walk.heading() == "A trial from Lillevik"
        assert "Draft: only those who work with it" in walk.page.locator("main").inner_text()
        stranger.go(f"/en/portfolio/{key}/", answers=404)
        walk.go(f"/en/portfolio/{key}/edit/")
        walk.click("Publish it")
        walk.click("Publish", "button")
        stranger._expected.clear()
        stranger.go(f"/en/portfolio/{key}/")
        stranger.click("Ålesund kommune")
        assert stranger.page.locator(f"main a[href='/en/portfolio/{key}/']").count() == 1
        walk.go(f"/en/portfolio/{key}/withdraw/")
        walk.click("Withdraw", "button")


def test_two_versions_are_compared_and_a_change_is_taken_back(windows: Windows) -> None:
    said = f"A project leader {token_hex(4)}"
    project = "/en/portfolio/fonna-bu/"
    with windows.open("secretariat", language="en") as walk:
        walk.go(f"{project}edit/")
        before = walk.page.locator("[name=contact_role]").input_value()
        change_the_contact(walk, project, said)
        compare_with_the_first_version(walk, project)
        assert walk.path().startswith(f"{project}history/compare/?from=1&to=")
        assert said in walk.page.locator("ins").last.inner_text()
        walk.go(f"{project}history/")
        press(walk, "a[href$='/undo/']")
        assert said in walk.page.locator("main ins").first.inner_text()
        walk.click("Undo the change", "button")
        walk.go(f"{project}edit/")
        assert walk.page.locator("[name=contact_role]").input_value() == before


def test_a_workbook_shows_what_it_would_do_and_does_it_once(windows: Windows, tmp_path: Path) -> None:
    said = f"From a workbook {token_hex(4)}"
    with windows.open("secretariat", language="en") as walk:
        look_at_a_workbook(walk, tmp_path, "siv-nyfodt", said)
        assert walk.page.locator(".stat-value").all_inner_texts()[:2] == ["0", "1"]
        assert said in walk.page.locator(".import-row").inner_text()
        assert walk.sideways() == []
        walk.click("Take it in", "button")
        assert walk.heading() == "Imported"
        walk.click("siv-nyfodt")
        newest = walk.page.locator("ol.history > li").first
        assert said in newest.inner_text()
        assert "Taken in from Excel" in newest.inner_text()
