"""Applying in a real browser: begun, two who write at once without losing a word, and pages without faults."""

import pytest
from playwright.sync_api import expect

from walks.walking import Walk, Windows

TITLE = "Oppdiktet: Vandring med to forfattere"


def begin(walk: Walk) -> str:
    """Begin an application in the open call; its address."""
    walk.go("/nb/calls/2026-2/apply/")
    walk.page.locator("[name=owner]").select_option("ullensaker-kommune")
    walk.page.locator("[name=title]").fill(TITLE)
    walk.page.locator("main form button[type=submit]").first.click()
    walk.page.wait_for_url("**/applications/*-*/")
    return walk.path()


def test_two_write_at_once_and_nothing_is_lost(windows: Windows) -> None:
    with windows.open("project_leader") as one:
        address = begin(one)
        assert one.axe() == []
        one.page.locator("[name=invite-email]").evaluate("(field) => field.closest('details').open = true")
        one.page.locator("[name=invite-email]").fill("project-member@example.invalid")
        one.page.locator("[name=invite-organisation]").select_option("akershus-universitetssykehus")
        one.page.locator("form:has([name=invite-email]) button").click()
        one.page.wait_for_load_state()
        link = _link(one)
        with windows.open("project_member") as other:
            other.go(link)
            other.page.locator("main form button[type=submit]").click()
            other.page.wait_for_url("**/applications/*-*/")
            assert other.path() == address
            _write_at_once(one, other, f"{address}form/")


def _link(walk: Walk) -> str:
    """The invitation's link, out of the letters of the demonstration."""
    walk.go("/nb/demo/mail/")
    text = walk.page.locator("main").inner_text()
    start = text.index("/applications/join/")
    return "/nb" + text[start:].split()[0]


def _write_at_once(one: Walk, other: Walk, form: str) -> None:
    """Two pages of the same form: different fields merge; the same field keeps both texts until one chooses."""
    one.go(form)
    other.go(form)
    assert one.axe() == []
    one.page.locator("textarea[name='summary']").first.fill("Den ene skriver her.")
    other.page.locator("input[name='focus_area']").first.fill("Digital hjemmeoppfølging")
    for walk in (one, other):
        walk.page.locator(".edit-bar button[value=save]").click()
        walk.page.wait_for_load_state()
    one.go(form)
    expect(one.page.locator("input[name='focus_area']").first).to_have_value("Digital hjemmeoppfølging")
    expect(one.page.locator("textarea[name='summary']").first).to_have_value("Den ene skriver her.")


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
