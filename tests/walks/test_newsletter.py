"""A newsletter in a browser, from draft to click rate: a stranger who subscribes, the secretariat, the subscriber."""

import re

from playwright.sync_api import expect

from walks.walking import SIZES, Walk, Windows

LETTERS, ADDRESS = "/nb/newsletter/", "gjest.leser@example.invalid"
SUBJECT, WORDS = "Oppdiktet: vandringens brev", "Oppdiktet: våre egne ord."
# What the browser of a test calls itself is a scanner's name.
READER = {"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"}


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, wide, and it fits the narrowest window."""
    assert walk.axe() == [], walk.path()
    walk.page.set_viewport_size(SIZES["narrow"])  # type: ignore[arg-type]
    assert walk.sideways() == [], walk.path()
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def subscribed(walk: Walk) -> None:
    """Somebody asks, opens the letter's link, and presses the button."""
    page = walk.page
    walk.go(LETTERS)
    look(walk)
    walk.go(f"{LETTERS}subscribe/")
    look(walk)
    page.fill("#id_email", ADDRESS)
    page.check("#id_agrees")
    walk.follow(page.locator("main form.form button"))
    look(walk)
    walk.go("/nb/demo/mail/")
    walk.go(re.findall(r"/nb/newsletter/mine/[^/\s\"<]+/", page.content())[0])
    walk.follow(page.locator("button[value=confirm]"))
    assert page.locator("button[value=confirm]").count() == 0
    look(walk)


def dragged_up(walk: Walk) -> None:
    """The second block is dragged to above the first, as a hand does it."""
    mouse, handle = walk.page.mouse, walk.page.locator(".letter-handle").nth(1)
    handle.scroll_into_view_if_needed()
    held, above = handle.bounding_box(), walk.page.locator("[data-moves]").first.bounding_box()
    assert held
    assert above
    x, y = held["x"] + held["width"] / 2, held["y"] + held["height"] / 2
    mouse.move(x, y)
    mouse.down()
    for up in (10, 40, held["y"] - max(above["y"], 80) - 10):
        mouse.move(x + 20, y - up, steps=3)
    mouse.up()


def written(walk: Walk) -> str:
    """The secretariat begins a letter, which keeps itself as it is typed, and puts it in order; its key."""
    page = walk.page
    walk.go(f"{LETTERS}desk/")
    look(walk)
    walk.follow(page.locator("form[action$='/desk/new/'] button"))
    key = walk.path().rstrip("/").rpartition("/")[2]
    page.locator("input[name=source]").first.check()
    walk.follow(page.locator("button[value=choose]"))
    walk.follow(page.locator("button[value=own]"))
    assert page.locator("[data-moves]").count() == 2
    page.fill("#id_subject_nb", SUBJECT)
    page.locator("[data-moves]").nth(1).locator("textarea").first.fill(WORDS)
    expect(page.locator("#draft-state")).to_contain_text("lagret")
    walk.go(walk.path())
    assert page.input_value("#id_subject_nb") == SUBJECT
    dragged_up(walk)
    assert page.locator("[data-place]").all_inner_texts() == ["1", "2"]
    expect(page.locator("[data-moves] textarea").first).to_have_value(WORDS)
    expect(page.locator("#draft-state")).to_contain_text("lagret")
    walk.go(walk.path())
    assert page.locator("[data-moves] textarea").first.input_value() == WORDS
    walk.follow(page.locator("button[value^='down:']").first)
    walk.follow(page.locator("button[value^='up:']").first)
    assert page.locator("[data-moves] textarea").first.input_value() == WORDS
    look(walk)
    return key


def sent(walk: Walk, key: str) -> None:
    """Looked at as mail programs show it, tried out, and sent to all."""
    page = walk.page
    walk.go(f"{LETTERS}desk/{key}/preview/")
    assert page.frame_locator("iframe").locator("h1").inner_text() == SUBJECT
    for shape in ("phone", "text"):
        walk.go(f"{LETTERS}desk/{key}/preview/?shape={shape}&language=nb")
        look(walk)
    assert WORDS in page.locator("pre").inner_text()
    walk.follow(page.locator("form[action$='/test/'] button"))
    walk.go(f"{LETTERS}desk/{key}/send/")
    look(walk)
    walk.follow(page.locator("main form.form button"))
    look(walk)
    expect(page.locator("#progress .ds-tag")).to_have_text("Sendt", timeout=60_000)


def clicked(walk: Walk) -> None:
    """The subscriber opens the letter's link, and leaves by the letter's foot."""
    page = walk.page
    mine = page.locator("article", has_text=ADDRESS).filter(has_text=SUBJECT)
    for number in range(1, 6):
        walk.go(f"/nb/demo/mail/?page={number}")
        if mine.count():
            break
    text = mine.first.inner_text()
    link, stop = (re.findall(rf"/[a-z]+/newsletter/{part}/\S+?/(?=[\s)]|$)", text)[0] for part in ("c", "stop"))
    page.set_extra_http_headers(READER)
    walk.go(link)
    assert "/newsletter/" not in walk.path()
    walk.go(stop)
    look(walk)
    walk.follow(page.locator("main form button"))
    assert page.locator("h1").inner_text() == "Du er meldt av"


def test_from_draft_to_click_rate(windows: Windows) -> None:
    with windows.open(bypass=True) as walk:
        subscribed(walk)
    with windows.open("secretariat", bypass=True) as walk:
        key = written(walk)
        sent(walk, key)
    with windows.open(bypass=True, own=True) as walk:
        clicked(walk)
        walk.go(f"/en/newsletter/{key}/")
        assert WORDS in walk.page.locator("main").inner_text()
        look(walk)
        walk.go(f"{LETTERS}desk/{key}/", answers=404)
        walk.go("/en/newsletter/subscribe/")
        look(walk)
    with windows.open("secretariat", bypass=True) as walk:
        walk.go(f"{LETTERS}desk/{key}/")
        assert walk.page.locator("#links tbody td").all_inner_texts() == ["1", "1"]
        look(walk)
        walk.go(f"{LETTERS}figures/")
        row = walk.page.locator("#letters tbody tr").first.locator("td").all_inner_texts()
        assert (row[6], row[7], row[-1]) == ("1", "1", "1")
        look(walk)
