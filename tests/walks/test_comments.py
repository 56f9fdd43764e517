"""Comments in a browser: a stranger with a file that lies and one that would run, a moderator, and a reader."""

import re
from pathlib import Path
from uuid import uuid4

import hostile_pdf
from playwright.sync_api import expect

from walks.walking import Walk, Windows

TOOL = "/nb/knowledge/gevinstplan/"
# Longer than the form takes for quicker than one can write.
WRITING_MS = 3_200


def fill(walk: Walk, words: str, file: Path | None) -> None:
    walk.page.locator("input[name=name]").fill("Prøve Gjest")
    walk.page.locator("textarea[name=text]").fill(words)
    walk.page.locator("input[name=consent]").check()
    if file:
        walk.page.locator("input[name=file]").set_input_files(file)


def sends(walk: Walk) -> None:
    walk.page.locator("main form[enctype] button[type=submit]").click()


def fine(walk: Walk) -> None:
    assert [*walk.axe(), *walk.sideways()] == []


def test_a_comment_with_hostile_files_is_cleaned_read_and_shown(windows: Windows, tmp_path: Path) -> None:
    words = f"Skrevet i en prøve {uuid4().hex[:8]} <img src=x onerror=alert(1)>"
    lies, runs = tmp_path / "plan.pdf", tmp_path / "runs.pdf"
    lies.write_bytes(b"MZ not a plan")
    runs.write_bytes(hostile_pdf.rooted(OpenAction=hostile_pdf.script()))
    with windows.open(size="phone", bypass=True, own=True) as stranger:
        stranger.go(TOOL)
        fine(stranger)
        assert not stranger.page.context.cookies()
        stranger.follow(stranger.page.locator("a.ds-button[href*='/comments/page/'][href$='#write']"))
        here = stranger.path()
        fill(stranger, words, lies)
        stranger.page.wait_for_timeout(WRITING_MS)
        stranger.expect_refusal(here)
        sends(stranger)
        expect(stranger.page.locator(".ds-error-summary")).to_be_visible()
        expect(stranger.page.locator("textarea[name=text]")).to_have_value(words)
        fine(stranger)
        stranger.page.locator("input[name=file]").set_input_files(runs)
        sends(stranger)
        stranger.page.wait_for_url(re.compile("/comments/own/"))
        own = stranger.path()
        expect(stranger.page.locator(".quoted").first).to_contain_text(words)
        fine(stranger)
        stranger.go(TOOL)
        expect(stranger.page.get_by_text(words)).to_have_count(0)
        stranger.go("/nb/comments/queue/", 404)
    with windows.open("editor", bypass=True) as moderator:
        moderator.go("/nb/comments/queue/")
        fine(moderator)
        moderator.follow(moderator.page.locator("article", has_text=words).locator("button[value=show]"))
    with windows.open(size="phone", bypass=True, own=True) as reader:
        reader.go(TOOL)
        expect(reader.page.locator("article.comment", has_text=words)).to_have_count(1)
        with reader.page.expect_download() as waiting:
            reader.page.locator("article.comment", has_text=words).locator("a[href*='/comments/file/']").click()
        assert hostile_pdf.SECRET.encode() not in Path(waiting.value.path()).read_bytes()
        reader.go(own + "delete/")
        fine(reader)
        reader.follow(reader.page.locator("main form button[type=submit]"))
        reader.go(TOOL)
        expect(reader.page.get_by_text(words)).to_have_count(0)
