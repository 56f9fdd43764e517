"""The knowledge bank in a browser: read on a phone and by keyboard; written, set to an hour, translated, restored."""

import re
from itertools import pairwise
from uuid import uuid4

from playwright.sync_api import expect

from walks.test_keyboard import walk_through
from walks.walking import Walk, Windows

DESK = "/nb/knowledge/desk/"
BANK = "/nb/knowledge/"
# One page of each kind that comes with the product; podcast and report are written below.
KINDS = {
    "about": "om-nettverket",
    "example": "telemedisinsk-sarbehandling",
    "experience": "frogner-frisklivssentral",
    "guide": "helsetjenester-for-barn-og-unge",
    "news": "tildelinger-2025-andre-runde",
    "question": "hvor-mange-i-piloten",
    "tool": "gevinstplan",
    "webinar": "en-helsetjeneste-i-endring",
}
# What a screen reader is told of a tool's page, in its order.
TREE = """
- link "Hopp til innholdet"
- banner
- main:
  - navigation "Du er her"
  - article:
    - paragraph: Verktøy
    - heading "Gevinstplan" [level=1]
    - paragraph
    - paragraph: /1 minutts lesing · Oppdatert .+ 2026 · .+/
    - region "Ta den i bruk":
      - heading "Ta den i bruk" [level=2]
      - list:
        - listitem:
          - link /Excel/
          - text: /XLSX, .+ KB/
    - complementary "Om siden":
      - navigation "På denne siden":
        - heading "På denne siden" [level=2]
        - list
      - region "Fakta"
    - heading "Hva den er til" [level=2]
"""


def fine(walk: Walk) -> list[str]:
    return [f"{walk.path()}: {line}" for line in (*walk.axe(), *walk.sideways())]


def test_every_kind_of_page_is_clean_on_a_phone_and_sets_no_cookie(windows: Windows) -> None:
    found = []
    with windows.open(size="phone", bypass=True, own=True) as walk:
        for path in ("", "list/?kind=example", "list/?q=zzzzqqqq", *(f"{slug}/" for slug in KINDS.values())):
            walk.go(BANK + path)
            found += fine(walk)
        for path in ("/nb/search/?q=heimeoppfølging", "/nb/search/?q=zzzzqqqq"):
            walk.go(path)
            found += fine(walk)
        assert not walk.page.context.cookies()
    assert not found, "\n".join(found)


def test_a_page_by_keyboard_and_as_a_screen_reader_has_it(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go(f"{BANK}gevinstplan/")
        expect(walk.page.locator("body")).to_match_aria_snapshot(TREE)
        stops = walk_through(walk)
        assert stops[0]["is"] == "A #main"
        assert [stop["is"] for stop in stops if not (stop["seen"] and stop["marked"])] == []
        first = walk.page.locator("nav.contents a").first
        first.focus()
        walk.page.keyboard.press("Enter")
        expect(walk.page.locator(first.get_attribute("href") or "")).to_be_in_viewport()
        levels = [int(one.evaluate("(one) => one.tagName[1]")) for one in walk.page.locator("h1, h2, h3, h4").all()]
        assert levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def write(walk: Walk, model: str, title: str) -> tuple[str, str]:
    """A draft, as somebody types it; where it is edited, and where it will be read."""
    walk.go(f"{DESK}pages/add/pages/{model}/{bank(walk)}/")
    walk.page.locator("#id_title").press_sequentially(title)
    expect(walk.page.locator("#id_slug")).not_to_have_value("")
    slug = walk.page.locator("#id_slug").input_value()
    walk.page.locator("#id_lead").fill("Skrevet i en prøve.")
    walk.follow(walk.page.locator("button.action-save").first)
    assert re.fullmatch(rf"{DESK}pages/\d+/edit/", walk.path())
    return walk.path(), f"{BANK}{slug}/"


def bank(walk: Walk) -> str:
    walk.go(f"{DESK}pages/")
    href = walk.page.locator("a", has_text="Kunnskapsbanken").first.get_attribute("href") or ""
    return str(re.findall(r"\d+", href)[0])


def do(walk: Walk, action: str) -> None:
    """One of the buttons that the page's foot folds away."""
    walk.page.locator("footer .w-dropdown__toggle").click()
    buttons = f"button[name='action-{action}'], button[data-workflow-action-name='{action}']"
    walk.follow(walk.page.locator("footer").locator(buttons).first)


def at_the_hour(walk: Walk, when: str) -> None:
    """Say in the window for it when the page is to be shown; empty: as soon as it is published."""
    status = walk.page.locator("[data-side-panel-toggle=status]")
    if status.get_attribute("aria-expanded") != "true":
        status.click()
    assert not walk.page.locator("[data-a11y-dialog-show='set-privacy']:visible").count()
    walk.page.locator("[data-a11y-dialog-show='schedule-publishing-dialog']:visible").first.click()
    walk.page.locator("#id_go_live_at").fill(when)
    # The calendar stands over the button, so by keyboard.
    with walk.page.expect_event("load"):
        walk.page.get_by_role("button", name="Lagre tidfesting").press("Enter")


def test_an_editor_writes_and_the_secretariat_sets_the_hour_translates_and_restores(windows: Windows) -> None:
    title = f"Demoepisode {uuid4().hex[:6]}"
    with windows.open("editor") as walk:
        edit, page = write(walk, "podcastpage", title)
        walk.page.get_by_role("button", name="Vis eller skjul forhåndsvisning").click()
        seen = walk.page.frame_locator("#w-preview-iframe")
        expect(seen.locator("h1")).to_have_text(title)
        do(walk, "submit")
    with windows.open(bypass=True) as stranger:
        stranger.go(page, 404)
        stranger.go(edit, 404)
    with windows.open("secretariat") as walk:
        walk.go(edit)
        at_the_hour(walk, "2040-01-01 08:00")
        do(walk, "approve")
        walk.go(page, 404)
        take_back_the_hour(walk, edit)
        walk.go(page)
        translate(walk, edit)
        restore(walk, edit, page)
    with windows.open(size="phone", bypass=True, own=True) as reader:
        reader.go(page)
        assert fine(reader) == []
        reader.go(f"/nn{page[3:]}")
        expect(reader.page.locator("h1")).to_have_text("Demoepisode på nynorsk")


def take_back_the_hour(walk: Walk, edit: str) -> None:
    """A page that waits for its hour is locked until somebody takes the hour back; then it is published at once."""
    walk.go(edit)
    walk.follow(walk.page.get_by_role("button", name="Avbryt planlagt publisering"))
    walk.go(edit)
    at_the_hour(walk, "")
    do(walk, "publish")


def translate(walk: Walk, edit: str) -> None:
    """The same page in nynorsk: a text of its own, which the other leads to."""
    walk.go(f"{DESK}translation/submit/page/{re.findall(r'[0-9]+', edit)[0]}/")
    walk.page.get_by_label("Nynorsk").check()
    walk.follow(walk.page.locator("form input[type=submit], form button[type=submit]").last)
    walk.page.locator("#id_title").fill("Demoepisode på nynorsk")
    do(walk, "publish")


def restore(walk: Walk, edit: str, page: str) -> None:
    """A change is published, set beside what was, and taken back."""
    walk.go(edit)
    walk.page.locator("#id_lead").fill("Noe ganske annet.")
    do(walk, "publish")
    walk.go(page)
    expect(walk.page.locator(".ingress")).to_have_text("Noe ganske annet.")
    for then in ("/compare/", "/revert/"):
        walk.go(f"{edit.removesuffix('edit/')}history/")
        walk.page.locator("main .w-dropdown__toggle").last.click()
        walk.follow(walk.page.locator(f"a[href*='{then}']").last)
        expect(walk.page.get_by_text("Skrevet i en prøve.").first).to_be_attached()
    do(walk, "publish")
    walk.go(page)
    expect(walk.page.locator(".ingress")).to_have_text("Skrevet i en prøve.")


def test_an_experience_begins_from_the_shelf_with_figures_that_follow(windows: Windows) -> None:
    with windows.open("editor", bypass=True) as walk:
        walk.go(f"{DESK}take/?q=MILA")
        assert walk.axe() == []
        walk.follow(walk.page.locator("main form[method=post] button").first)
        edit = walk.path().removesuffix("edit/")
        assert "MILA" in walk.page.locator("#id_title").input_value()
        walk.go(f"{edit}view_draft/")
        expect(walk.page.locator(".linked-figures").first).to_be_visible()
        report, _page = write(walk, "reportpage", f"Demorapport {uuid4().hex[:6]}")
        walk.go(f"{report.removesuffix('edit/')}view_draft/")
        assert fine(walk) == []
