"""What only scripts do in the form: offers while one types, rows in place, drafts that outlive a lost connection."""

import re
from secrets import token_hex

import pytest
from playwright.sync_api import expect

from walks.walking import Walk, Windows

PROJECT = "/en/portfolio/mila-2025/"
STORED = "Object.keys(sessionStorage).filter((key) => key.startsWith('draft:'))"


def open_form(walk: Walk) -> None:
    walk.go(f"{PROJECT}edit/")
    expect(walk.page.locator("#edit-form")).to_have_count(1)


def press(walk: Walk, button: str) -> None:
    """A button that leads to another page."""
    walk.follow(walk.page.locator(button).first)


def throw_away(walk: Walk) -> None:
    press(walk, ".edit-bar button[value=throw]")


def saved(walk: Walk) -> None:
    expect(walk.page.locator("#draft-state")).to_contain_text(re.compile(r"Draft saved \d\d:\d\d"))


def test_an_organisation_is_found_and_chosen_by_keyboard_alone(windows: Windows) -> None:
    with windows.open("secretariat", own=True) as walk:
        open_form(walk)
        walk.page.locator("button[value='add:partners']").focus()
        walk.page.keyboard.press("Enter")
        walk.settle()
        field = walk.page.locator("input[name^=partners-]").last
        expect(field).to_be_focused()
        field.press_sequentially("alesu", delay=20)
        expect(walk.page.locator("#lookup-state")).to_contain_text("suggestions")
        expect(field).to_have_attribute("aria-expanded", "true")
        walk.page.keyboard.press("ArrowDown")
        marked = field.get_attribute("aria-activedescendant")
        expect(walk.page.locator(f"#{marked}")).to_have_attribute("aria-selected", "true")
        assert walk.axe() == []
        walk.page.keyboard.press("Enter")
        assert field.input_value() == "Ålesund kommune"
        expect(field).to_have_attribute("aria-expanded", "false")
        field.press_sequentially("x")
        field.fill("bodø")
        walk.page.keyboard.press("Escape")
        expect(field).to_have_attribute("aria-expanded", "false")
        saved(walk)
        throw_away(walk)


def test_a_row_that_goes_leaves_the_focus_at_hand_and_the_rest_alone(windows: Windows) -> None:
    with windows.open("secretariat", own=True) as walk:
        open_form(walk)
        walk.page.locator("[name=phase_note]").fill("stays")
        walk.page.locator("button[value='add:deliverables']").click()
        walk.settle()
        walk.page.locator("[name=deliverables-0-title]").fill("Will go")
        walk.page.locator("button[value='remove:deliverables:0']").click()
        walk.settle()
        expect(walk.page.locator("[name=deliverables-0-title]")).to_have_count(0)
        expect(walk.page.locator("button[value='add:deliverables']")).to_be_focused()
        assert walk.page.locator("[name=phase_note]").input_value() == "stays"
        saved(walk)
        throw_away(walk)


def test_a_lost_connection_is_told_and_nothing_typed_is_lost(windows: Windows) -> None:
    with windows.open("secretariat", own=True) as walk:
        open_form(walk)
        walk.page.context.set_offline(True)
        walk.page.locator("[name=phase_note]").fill("typed in a tunnel")
        expect(walk.page.locator("#draft-state")).to_contain_text("No connection")
        assert len(walk.page.evaluate(STORED)) == 1
        walk.page.context.set_offline(False)
        saved(walk)
        assert walk.page.evaluate(STORED) == []
        walk.faults.clear()  # the lost connection itself
        walk.page.reload()
        assert walk.page.locator("[name=phase_note]").input_value() == "typed in a tunnel"
        throw_away(walk)


def test_text_that_never_reached_us_is_offered_back_after_a_crash(windows: Windows) -> None:
    with windows.open("secretariat", own=True) as walk:
        open_form(walk)
        walk.page.route("**/edit/draft/", lambda route: route.abort())
        walk.page.locator("[name=phase_note]").fill("typed before the crash")
        expect(walk.page.locator("#draft-state")).to_contain_text("No connection")
        walk.page.reload()
        assert walk.page.locator("[name=phase_note]").input_value() != "typed before the crash"
        expect(walk.page.locator("#draft-state")).to_contain_text("never reached us")
        walk.page.unroute("**/edit/draft/")
        walk.faults.clear()
        walk.page.get_by_role("button", name="Put it back").click()
        expect(walk.page.locator("[name=phase_note]")).to_have_value("typed before the crash")
        throw_away(walk)


def test_signing_out_leaves_nothing_typed_in_the_browser(windows: Windows) -> None:
    with windows.open("editor", own=True) as walk:
        walk.go("/en/me/")
        walk.page.evaluate("sessionStorage.setItem('draft:somebody something', 'typed')")
        walk.page.locator(".user-menu summary").click()
        press(walk, ".user-panel form button")
        assert walk.page.evaluate(STORED) == []
    windows.forget("editor")


def test_a_closed_lid_sends_what_was_typed_last(windows: Windows) -> None:
    with windows.open("secretariat", own=True) as walk:
        open_form(walk)
        walk.page.locator("[name=phase_note]").fill("typed just before the lid closed")
        with walk.page.expect_event("requestfinished", lambda sent: sent.url.endswith("/edit/draft/")):
            walk.page.evaluate(
                """() => {
                  Object.defineProperty(document, 'visibilityState', {value: 'hidden', configurable: true});
                  document.dispatchEvent(new Event('visibilitychange'));
                }"""
            )
        walk.go(f"{PROJECT}edit/")
        expect(walk.page.locator("[name=phase_note]")).to_have_value("typed just before the lid closed")
        throw_away(walk)


def test_a_session_that_ends_while_one_types_is_told_and_the_draft_waits(windows: Windows) -> None:
    with windows.open("secretariat", own=True) as walk:
        open_form(walk)
        walk.page.locator("[name=phase_note]").fill("before the session ended")
        saved(walk)
        session = [one for one in walk.page.context.cookies() if one["name"] == "session"]
        walk.page.context.clear_cookies(name="session")
        walk.page.locator("[name=phase_note]").fill("after the session ended")
        expect(walk.page.locator("#draft-state")).to_contain_text("You have been signed out")
        link = walk.page.locator("#draft-state a")
        assert "next=%2Fen%2Fportfolio%2Fmila-2025%2Fedit%2F" in (link.get_attribute("href") or "")
        walk.page.context.add_cookies(session)  # type: ignore[arg-type]
        walk.page.reload()
        assert walk.page.locator("[name=phase_note]").input_value() == "after the session ended"
        throw_away(walk)


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_faults_and_meetings_are_readable_by_all(windows: Windows, size: str) -> None:
    with (
        windows.open("secretariat", own=True, size=size, bypass=True) as walk,
        windows.open("advisor", own=True) as other,
    ):
        open_form(walk)
        open_form(other)
        walk.page.locator("[name=partners-0-name]").fill("Akershus universitetssykhus")
        walk.page.locator("[name=award_year]").fill("tjue")
        walk._expected.add(walk.page.url)
        press(walk, ".edit-bar button[value=save]")
        assert walk.axe() == []
        assert walk.sideways() == []
        walk.page.locator(".ds-error-summary a", has_text="Award year").click()
        expect(walk.page.locator("[name=award_year]")).to_be_focused()
        walk.page.locator("[name=award_year]").fill("2025")
        press(walk, "button[value='choose:partners:0:Akershus universitetssykehus']")
        walk.page.locator("[name=source]").fill("mine, after all")
        other.page.locator("[name=source]").fill(f"theirs, {token_hex(4)}")  # never what stood there already
        press(other, ".edit-bar button[value=save]")
        press(walk, ".edit-bar button[value=save]")
        assert walk.heading() == "Someone else saved before you"
        assert walk.axe() == []
        assert walk.sideways() == []
        walk.page.locator("input[value=theirs]").first.check()
        press(walk, "form.meeting button[type=submit]")
        assert walk.path() == PROJECT
