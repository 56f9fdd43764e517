"""Followers in a browser: the secretariat enters and corrects a month, and everyone sees it beside the visits."""

import pytest

from walks.test_surveys import look
from walks.walking import Walk, Windows


def enter(walk: Walk, followers: str) -> None:
    """Write how many, and save."""
    walk.page.fill("input[name=linkedin-followers]", followers)
    walk.follow(walk.page.locator("main form button.ds-button").first)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_a_month_of_followers_is_entered_corrected_and_shown(windows: Windows, language: str) -> None:
    base = f"/{language}/visits/"
    with windows.open("secretariat", bypass=True) as walk:
        walk.go(f"{base}?period=2026-Q3")
        assert walk.page.locator("#hosts-list").count() == 1
        walk.go(f"{base}social/2026-10/")
        look(walk)
        enter(walk, "2600")
        walk.go(f"{base}social/2026-10/")
        enter(walk, "2610")
        walk.go(f"{base}social/2026-10/")
        assert "2600 → 2610" in walk.page.locator("#changes").inner_text()
    with windows.open("stranger", own=True, bypass=True) as walk:
        walk.go(f"{base}?period=2026-Q3")
        look(walk)
        assert walk.page.locator("#hosts-list").count() == 0
        walk.go(f"{base}social/")
        assert "2610" in walk.page.locator("#followers").inner_text().replace("\u202f", "").replace(",", "")
        assert walk.page.context.cookies() == []
