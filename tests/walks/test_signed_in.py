"""Whoever signs in: with one click or a letter, what they follow, which roles they give, and how they leave."""

import json
from pathlib import Path

from playwright.sync_api import expect

from walks.walking import Walk, Windows

NEW = "ny.person@example.invalid"


def newest_letter(walk: Walk, to: str) -> str:
    """The first address in the newest letter to somebody, as the demonstration shows it."""
    walk.go("/en/demo/mail/")
    letter = walk.page.locator("article.letter", has_text=to).first
    link = letter.locator("a[href*='/account/']").first.get_attribute("href")
    assert link
    return link


def test_one_click_signs_in_as_the_secretariat_and_one_signs_out(windows: Windows) -> None:
    with windows.open(own=True) as walk:
        walk.go("/en/")
        walk.follow(walk.page.locator(".user-slot a"))
        walk.page.locator("form:has(input[name=role][value=secretariat]) button").click()
        expect(walk.page.locator(".user-menu")).to_be_visible()
        expect(walk.page.locator(".demo-banner")).to_be_visible()
        walk.page.locator(".user-menu summary").click()
        walk.follow(walk.page.locator(".user-panel a[href$='/portfolio/staff/']"))
        assert walk.path() == "/en/portfolio/staff/"
        walk.page.locator(".user-menu summary").click()
        walk.page.locator(".user-panel button").click()
        expect(walk.page.locator(".user-menu")).to_have_count(0)
        walk.go("/en/portfolio/staff/", answers=404)


def test_who_follows_a_project_finds_it_on_their_page(windows: Windows) -> None:
    with windows.open("reader") as walk:
        walk.go("/en/portfolio/mila-2026/")
        walk.page.locator("form[action$='/follow/'] button").click()
        expect(walk.page.locator("form[action$='/follow/'] input[name=stop]")).to_have_count(1)
        walk.go("/en/me/")
        walk.follow(walk.page.locator("#follows a[href$='/portfolio/mila-2026/']"))
        walk.page.locator("form[action$='/follow/'] button").click()
        expect(walk.page.locator("form[action$='/follow/'] input[name=stop]")).to_have_count(0)


def test_who_chooses_fewer_letters_gets_fewer(windows: Windows) -> None:
    with windows.open("resource_group") as walk:
        walk.go("/en/me/")
        box = walk.page.locator("#notices input[type=checkbox]").first
        was = box.is_checked()
        box.set_checked(not was)
        walk.follow(walk.page.locator("#notices button"))
        assert walk.page.locator("#notices input[type=checkbox]").first.is_checked() is not was


def test_my_data_come_as_a_file(windows: Windows, tmp_path: Path) -> None:
    with windows.open("reader") as walk:
        walk.go("/en/me/")
        with walk.page.expect_download() as waiting:
            walk.page.locator("#data a[download]").click()
        waiting.value.save_as(tmp_path / "mine.json")
        assert "reader@example.invalid" in json.dumps(json.loads((tmp_path / "mine.json").read_text()))


def test_a_signer_gives_a_role_and_ends_it(windows: Windows) -> None:
    with windows.open("organisation_signer") as walk:
        walk.go("/en/people/in/ullensaker-kommune/")
        before = walk.page.locator("#roles tbody tr").count()
        walk.click("Give a role")
        form = walk.page.locator("main form.form")
        form.locator("input[type=email]").fill("reader@example.invalid")
        if form.locator("select[name=role]").count():
            form.locator("select[name=role]").select_option("project_member")
        else:
            form.locator("input[name=role][value=project_member]").check()
        form.locator("[name=reason]").fill("Blir med i prosjektet")
        walk.follow(form.locator("button[type=submit]"))
        assert "Prøve Leser" in walk.heading()
        walk.click("Give the role", "button")
        assert walk.path() == "/en/people/in/ullensaker-kommune/"
        assert walk.page.locator("#roles tbody tr").count() == before + 1
        row = walk.page.locator("#roles tbody tr", has_text="Leser").first
        walk.follow(row.get_by_role("link"))
        walk.page.locator("[name=reason]").fill("Prosjektet er over")
        walk.follow(walk.page.locator("main form.form button[type=submit]"))
        assert walk.path() == "/en/people/in/ullensaker-kommune/"
        assert walk.page.locator("#roles tbody tr", has_text="Leser").first.get_by_role("link").count() == 0


def test_an_account_is_made_by_letter_and_deleted_by_its_owner(windows: Windows) -> None:
    with windows.open(own=True) as walk:
        walk.go("/en/account/sign-up/")
        form = walk.page.locator("main form").first
        form.locator("input[type=email]").fill(NEW)
        form.locator("input[type=password]").first.fill("en fin dag i november")
        walk.follow(form.locator("button[type=submit]"))
        walk.go(newest_letter(walk, NEW))
        walk.follow(walk.page.locator("main form button[type=submit]").first)
        walk.page.locator(".user-menu summary").click()
        walk.follow(walk.page.locator(".user-panel button"))
        walk.go("/en/account/sign-in/")
        form = walk.page.locator("form[action$='/account/sign-in/link/']")
        form.locator("input[name=address]").fill(NEW)
        walk.follow(form.locator("button[type=submit]"))
        walk.go(newest_letter(walk, NEW))
        walk.page.locator("main form button[type=submit]").click()
        expect(walk.page.locator(".user-menu")).to_be_visible()
        walk.go("/en/me/")
        assert NEW in walk.page.locator("#account").inner_text()
        walk.follow(walk.page.locator("#data a[href$='/account/delete/']"))
        form = walk.page.locator("main form.form")
        for box in form.locator("input[type=checkbox]").all():
            box.check()
        for field in form.locator("input[type=email], input[type=text]").all():
            field.fill(NEW)
        walk.follow(form.locator("button[type=submit]"))
        expect(walk.page.locator(".user-menu")).to_have_count(0)
        walk.go("/en/account/sign-in/")
        walk.page.locator("input[name=login]").fill(NEW)
        walk.page.locator("input[name=password]").fill("en fin dag i november")
        walk.follow(walk.page.locator("form:has(input[name=password]) button[type=submit]"))
        expect(walk.page.locator(".user-menu")).to_have_count(0)
