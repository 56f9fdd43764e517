"""Applying in a real browser: begun, two who write at once without losing a word, and pages without faults."""

import pytest
from playwright.sync_api import expect

from walks.applying import begin, invite, join
from walks.walking import Walk, Windows

TITLE = "Oppdiktet: Vandring med to forfattere"
LOOK = "document.dispatchEvent(new Event('visibilitychange'))"


def test_two_write_at_once_and_nothing_is_lost(windows: Windows) -> None:
    """Different fields merge, one field keeps both texts, and neither a lost line nor an ended session loses any."""
    with windows.open("project_leader", own=True) as one, windows.open("project_member", own=True) as other:
        form = f"{begin(one, TITLE)}form/"
        assert one.axe() == []
        address = one.path()
        assert join(other, invite(one, "project-member@example.invalid")) == address
        for walk in (one, other):
            walk.go(form)
        assert one.axe() == []
        summary, focus = "textarea[name='summary']", "input[name='focus_area']"
        _type(one, summary, "Den ene skriver her.")
        _type(other, focus, "Digital hjemmeoppfølging")
        one.page.evaluate(LOOK)
        expect(one.page.locator(focus)).to_have_value("Digital hjemmeoppfølging")
        _meet(one, other, summary)
        _lose_the_line(one, form, focus)
        _end_the_session(one, focus)


def _type(walk: Walk, field: str, text: str) -> None:
    """Type, and wait until it is saved by itself."""
    with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
        walk.page.locator(field).fill(text)
    expect(walk.page.locator("#sheet-state")).to_contain_text("Lagret")


def _meet(one: Walk, other: Walk, field: str) -> None:
    """Both write in the same field, and neither has seen the other's text."""
    # Under the other's cursor nothing is put in her way.
    other.page.locator(field).focus()
    _type(one, field, "Den ene skriver om.")
    other.page.locator(field).fill("Den andre skriver også.")
    meeting = other.page.locator("#clash-summary .sheet-meeting")
    expect(meeting).to_contain_text("Den ene skriver om.")
    expect(meeting).to_contain_text("Den andre skriver også.")
    assert other.axe() == []
    other.follow(meeting.locator("button[value^='both:']"))
    expect(other.page.locator(field)).to_have_value("Den ene skriver om.\n\nDen andre skriver også.")
    expect(meeting).to_have_count(0)


def _lose_the_line(walk: Walk, form: str, field: str) -> None:
    """What is typed without a connection is there when the laptop is opened again, and reaches the server."""
    state = walk.page.locator("#sheet-state")
    walk.page.context.set_offline(True)
    walk.page.locator(field).fill("Skrevet uten nett")
    expect(state).to_have_text(state.get_attribute("data-offline") or "")
    fresh = walk.page.context.new_page()
    walk.page.close()
    walk.page = fresh
    walk.listen()
    walk.page.context.set_offline(False)
    with walk.page.expect_response(lambda answer: answer.request.method == "POST"):
        walk.go(form)
    expect(walk.page.locator(field)).to_have_value("Skrevet uten nett")
    walk.page.reload()
    expect(walk.page.locator(field)).to_have_value("Skrevet uten nett")


def _end_the_session(walk: Walk, field: str) -> None:
    """What is typed after the session has ended is sent when one has signed in again."""
    state, cookies = walk.page.locator("#sheet-state"), walk.page.context.cookies()
    walk.expect_refusal(walk.page.locator("#sheet-form").get_attribute("data-url") or "")
    walk.page.context.clear_cookies()
    walk.page.locator(field).fill("Skrevet uten økt")
    expect(state).to_have_text(state.get_attribute("data-signed-out") or "")
    walk.page.context.add_cookies(cookies)  # type: ignore[arg-type]
    walk.page.evaluate("dispatchEvent(new Event('online'))")
    expect(state).to_contain_text("Lagret")
    walk.page.reload()
    expect(walk.page.locator(field)).to_have_value("Skrevet uten økt")


@pytest.mark.parametrize("size", ["wide", "narrow"])
def test_the_call_and_the_rounds_are_without_faults(windows: Windows, size: str) -> None:
    with windows.open(size=size) as walk:
        for path in ("/nb/calls/", "/nb/calls/2026-2/", "/nb/calls/2026-2/form/", "/nn/calls/2026-1/"):
            walk.go(path)
            assert walk.axe() == [], path
            assert walk.sideways() == [], path
    with windows.open("secretariat", size=size) as walk:
        paths = ["rounds/", "rounds/next/", "rounds/workflow/", "rounds/2026-2/"]
        paths += [f"rounds/2026-2/{part}/" for part in ("dates", "offer", "texts", "criteria", "panel", "letters")]
        for path in paths:
            walk.go(f"/nb/{path}")
            assert walk.axe() == [], path
            assert walk.sideways() == [], path


def test_the_call_without_scripts_says_how_long_there_is(windows: Windows) -> None:
    with windows.open(scripts=False) as walk:
        walk.go("/nb/calls/2026-2/")
        expect(walk.page.locator("[data-countdown]")).not_to_be_empty()
