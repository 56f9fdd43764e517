"""A meeting in a browser, from call to recording: the secretariat, a guest without an account, and everyone else."""

import re
from datetime import timedelta

from django.utils import timezone

from walks.walking import SIZES, Walk, Windows

FILM = b"\0\0\0\x14ftypisom\0\0\2\0isom" + b"\0\0\0\x10moov" + b"\0" * 8
CAPTIONS = b"WEBVTT\n\n00:00.000 --> 00:02.000\nVelkommen\n"
MEETINGS, TITLE = "/nb/meetings/", "Oppdiktet: vandringens webinar"
SAID = "Oppdiktet: alt som ble sagt."


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, wide, and it fits the narrowest window."""
    assert walk.axe() == [], walk.path()
    walk.page.set_viewport_size(SIZES["narrow"])  # type: ignore[arg-type]
    assert walk.sideways() == [], walk.path()
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def called(walk: Walk, days: int) -> str:
    """The secretariat writes a meeting and publishes it; its key."""
    page = walk.page
    walk.go(f"{MEETINGS}desk/new/")
    page.fill("#id_title", TITLE)
    page.select_option("#id_mode", "digital")
    page.fill("#id_day", (timezone.localdate() + timedelta(days=days)).isoformat())
    page.fill("#id_starts", "10:00")
    page.fill("#id_minutes", "60")
    page.fill("#id_link", "https://example.invalid/rom")
    page.fill("#id_programme", "10:00 | Velkommen | Demo Sekretariat")
    page.check("#id_takes_registrations")
    page.fill("#id_most_digital", "1")
    look(walk)
    walk.follow(page.locator("main form.form button"))
    key = walk.path().rstrip("/").rpartition("/")[2]
    walk.follow(page.locator(f"form[action$='{key}/publish/'] button"))
    look(walk)
    return key


def registered(walk: Walk, key: str, number: int, language: str) -> str:
    """A guest registers in their language, opens the letter's link, and confirms; their own page."""
    page = walk.page
    walk.go(f"/{language}/meetings/{key}/")
    look(walk)
    walk.go(f"/{language}/meetings/{key}/register/")
    look(walk)
    page.fill("#id_name", f"Demo Gjest {number}")
    page.fill("#id_email", f"gjest.{number}@example.invalid")
    page.locator("input[name=side]").first.check()
    walk.follow(page.locator("main form.form button"))
    look(walk)
    walk.go("/nb/demo/mail/")
    own = re.findall(rf"/{language}/meetings/mine/[^/\s\"<]+/", page.content())[0]
    walk.go(own)
    walk.follow(page.locator("button[value=confirm]"))
    look(walk)
    return own


def test_from_call_to_recording(windows: Windows) -> None:
    with windows.open("secretariat", bypass=True) as walk:
        key = called(walk, 3)
    with windows.open(bypass=True) as walk:
        first = registered(walk, key, 1, "nb")
        second = registered(walk, key, 2, "en")
        assert walk.page.locator("main .ds-alert[data-color=warning]").count() == 1
        walk.go(first)
        walk.follow(walk.page.locator("button[value=cancel]"))
        walk.go(second)
        assert walk.page.locator("main .ds-alert[data-color=success]").count() == 1
    with windows.open("secretariat", bypass=True) as walk:
        walk.go(f"{MEETINGS}desk/{key}/participants/")
        assert "Demo Gjest 2" in walk.page.locator("#people").inner_text()
        look(walk)
        walk.go(f"{MEETINGS}desk/")
        look(walk)
        # One that has been, known from a source: what remains of it is written down, and published.
        walk.go(f"{MEETINGS}desk/seminar-2025-06-10/afterwards/")
        page = walk.page
        page.fill("#id_recording", "https://example.invalid/opptak")
        page.check("#id_publish")
        walk.expect_refusal(f"{MEETINGS}desk/seminar-2025-06-10/afterwards/")
        walk.follow(page.locator("main form.form button").first)
        assert page.locator(".ds-error-summary").count() == 1
        page.check("#id_has_captions")
        page.fill("#id_transcript", SAID)
        walk.follow(page.locator("main form.form button").first)
        for sort, name, content in (("captions", "opptak.vtt", CAPTIONS), ("recording", "opptak.mp4", FILM)):
            page.set_input_files(f"#file-{sort}", {"name": name, "mimeType": "", "buffer": content})
            walk.follow(page.locator(f"form[action$='/files/{sort}/'] button"))
        look(walk)
        # Nobody registered for it here, so its survey has an open link, which the page shows.
        walk.go("/en/meetings/desk/seminar-2025-06-10/")
        look(walk)
        walk.follow(page.locator("form[action$='/surveys/after/seminar-2025-06-10/'] button"))
        look(walk)
    with windows.open(bypass=True) as walk:
        walk.go(f"{MEETINGS}seminar-2025-06-10/")
        assert walk.page.locator("a[href='https://example.invalid/opptak']").count() == 1
        film = walk.page.locator("video")
        assert film.get_attribute("preload") == "none"
        assert film.get_attribute("autoplay") is None
        assert film.locator("track[kind=captions]").count() == 1
        assert walk.page.locator("a[href*='/surveys/o/']").count() == 1
        look(walk)
        walk.go("/en/knowledge/list/?kind=webinar")
        assert walk.page.locator("a[href='/en/meetings/seminar-2025-06-10/']").count() == 1
