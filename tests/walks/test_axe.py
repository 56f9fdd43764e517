"""axe finds nothing on any page, for any role that may see it, in light and dark, on a phone and a wide window."""

import pytest

from walks.places import PLACES, Place
from walks.walking import SIZES, Windows

COLOURS = ("color-contrast", "link-in-text-block")


def faults(windows: Windows, place: Place, who: str, *, every_look: bool) -> list[str]:
    """What axe says of the page as one role sees it: wide and light, and in the other three looks."""
    found: list[str] = []
    with windows.open(who, bypass=True) as walk:
        place.visit(walk)
        found += [f"{who}, wide, light: {line}" for line in walk.axe()]
        if every_look:
            walk.page.emulate_media(color_scheme="dark")
            found += [f"{who}, wide, dark: {line}" for line in walk.axe(*COLOURS)]
            walk.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
            found += [f"{who}, phone, dark: {line}" for line in walk.axe(*COLOURS)]
            walk.page.emulate_media(color_scheme="light")
            found += [f"{who}, phone, light: {line}" for line in walk.axe()]
    return found


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_axe_is_clean(windows: Windows, place: Place) -> None:
    """The first and the last of those who may see it get every look: the least and the most stand on their pages."""
    found = []
    for who in place.who:
        found += faults(windows, place, who, every_look=who in (place.who[0], place.who[-1]))
    assert not found, "\n".join(found)


def test_axe_is_clean_with_everything_unfolded(windows: Windows) -> None:
    """Menus, facets and tables that are folded away at first are looked at too."""
    found = []
    for path in ("/nb/portfolio/", "/nb/portfolio/mila-2026/", "/nb/portfolio/dashboard/"):
        for who, size in (("stranger", "wide"), ("administrator", "phone")):
            with windows.open(who, size=size, bypass=True) as walk:
                walk.go(path)
                walk.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
                if size == "phone":
                    walk.page.locator(".menu-button").click()
                    walk.page.locator(".user-menu summary").click()
                found += [f"{path} {who}, {size}: {line}" for line in walk.axe()]
    assert not found, "\n".join(found)
