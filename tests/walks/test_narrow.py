"""No page scrolls sideways at 320 px, which is also a window of 1280 px at 400 %; and text may be set wider."""

import pytest

from walks.places import PLACES, Place
from walks.walking import SIZES, Windows

# WCAG 1.4.12: what a reader may set for themselves, without losing anything.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  const wider = { 'line-height': '1.5', 'letter-spacing': '0.12em', 'word-spacing': '0.16em' };
  const lines = Object.entries(wider).map(([name, value]) => `${name}: ${value} !important`);
  sheet.replaceSync(`* { ${lines.join('; ')} }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_nothing_scrolls_sideways(windows: Windows, place: Place) -> None:
    with windows.open(place.who[-1], size="narrow") as walk:
        place.visit(walk)
        found = walk.sideways()
        walk.page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true")
        found += [f"unfolded: {one}" for one in walk.sideways()]
        walk.page.evaluate(SPACED)
        found += [f"spaced: {one}" for one in walk.sideways()]
        walk.page.set_viewport_size(SIZES["phone"])  # type: ignore[arg-type]
        found += [f"spaced, phone: {one}" for one in walk.sideways()]
        assert not found, "\n".join(found)


@pytest.mark.parametrize("language", ["nn", "en"])
def test_long_words_of_other_languages_fit_too(windows: Windows, language: str) -> None:
    found = []
    with windows.open(size="narrow", language=language) as walk:
        for path in ("", "portfolio/", "portfolio/mila-2026/", "portfolio/dashboard/", "account/sign-in/"):
            walk.go(f"/{language}/{path}")
            found += [f"{path}: {one}" for one in walk.sideways()]
    assert not found, "\n".join(found)
