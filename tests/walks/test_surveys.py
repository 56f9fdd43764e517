"""A survey in a browser, from invitation to published result: secretariat, respondents on a phone, a passer-by."""

import re

import pytest
from playwright.sync_api import Page

from walks.walking import SIZES, Walk, Windows


def look(walk: Walk) -> None:
    """Nothing is wrong with the page as it stands, wide or on a phone, and it fits the narrowest window."""
    for size in ("wide", "phone", "narrow"):
        walk.page.set_viewport_size(SIZES[size])  # type: ignore[arg-type]
        found = walk.sideways() if size == "narrow" else walk.axe()
        assert found == [], (walk.path(), size)
    walk.page.set_viewport_size(SIZES["wide"])  # type: ignore[arg-type]


def press(walk: Walk, selector: str) -> None:
    walk.follow(walk.page.locator(selector).first)


def answer(walk: Walk, address: str, level: int) -> None:
    """As somebody with a phone: read what is promised, begin, choose, write, send."""
    walk.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
    walk.go(address)
    press(walk, "main button[value=begin]")
    choose(walk.page, level)
    walk.page.locator("main textarea").first.fill("Oppdiktet svar om kaffe")
    press(walk, "main button[value=send]")
    assert walk.page.locator("main .ds-alert[data-color=success]").count() == 1


def choose(page: Page, level: int) -> None:
    """The same level in each question that has so many."""
    for group in page.locator("main fieldset").all():
        options = group.locator("input[type=radio]")
        options.nth(min(level, options.count() - 2)).check()


@pytest.mark.parametrize("language", ["nb", "en"])
def test_from_invitation_to_published_result(windows: Windows, language: str) -> None:
    base = f"/{language}/surveys/"
    with windows.open("secretariat", bypass=True) as walk:
        walk.go(f"{base}new/?kind=evaluation&form=evaluation&year=2026&initiative=")
        look(walk)
        walk.page.locator("input[name=groupings]").first.check()
        walk.page.locator("input[name=has_link]").check()
        walk.page.fill("input[name=handed_out]", "10")
        press(walk, "main form button[type=submit]")
        desk = walk.path()
        assert desk.endswith("/desk/"), walk.page.locator("main").inner_text()
        press(walk, "main button[value=open]")
        look(walk)
        link = walk.page.locator("main a.wrap-anywhere").inner_text()
        walk.go(f"{desk}invite/")
        look(walk)
        walk.page.fill("textarea[name=others]", "demo.walk@example.invalid")
        press(walk, "main form button[type=submit]")
    path = "/" + link.split("/", 3)[3]
    with windows.open() as walk:
        walk.go(path)
        look(walk)
        press(walk, "main button[value=begin]")
        look(walk)
        press(walk, "main button[value=send]")
        assert walk.page.locator("main fieldset[aria-invalid], main [aria-invalid=true]").count()
        for person in range(5):
            answer(walk, path, person % 2)
        walk.go(desk.replace("desk/", ""), answers=404)
    with windows.open("secretariat", bypass=True) as walk:
        walk.go(desk)
        for step in ("close", "count"):
            press(walk, f"main button[value={step}]")
        walk.go(f"{desk}words/")
        for field in walk.page.locator("main input[name^='theme/']").all():
            field.fill("Kaffe")
        look(walk)
        press(walk, "main form button[type=submit]")
        walk.go(desk)
        press(walk, "main button[value=publish]")
    with windows.open() as walk:
        walk.go(desk.replace("desk/", ""))
        look(walk)
        text = walk.page.locator("main").inner_text()
        assert re.search(r"\b5\b.*\b10\b", text)
        assert "Kaffe" in text
        assert "Oppdiktet svar" not in text
