"""By keyboard alone: an order that makes sense, focus that is seen, and nowhere to be stuck."""

import pytest
from playwright.sync_api import expect

from walks.walking import Walk, Windows

# What has focus: its name, whether it lies in the window and is marked, and a number that says which element it is.
FOCUSED = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  window.order ??= [...document.querySelectorAll('*')];
  const box = one.getBoundingClientRect();
  const style = getComputedStyle(one);
  const around = one.closest('.ds-field, summary, .card, .tile') ?? one;
  const marked = (of) => {
    const s = getComputedStyle(of);
    return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 1.5) || s.boxShadow !== 'none';
  };
  return {
    at: window.order.indexOf(one),
    is: `${one.tagName} ${one.id || one.getAttribute('href') || one.innerText || one.name || ''}`.trim().slice(0, 80),
    seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight && style.visibility === 'visible',
    // The skip link comes into sight by having focus; a date's own button is marked by the browser inside the field.
    marked: marked(one) || marked(around) || one.matches('.ds-skip-link, input[type=date]'),
  };
}"""


def walk_through(walk: Walk, most: int = 400) -> list[dict[str, object]]:
    """Press Tab until the page is left; what had focus on the way."""
    stops: list[dict[str, object]] = []
    for _ in range(most):
        walk.page.keyboard.press("Tab")
        stop = walk.page.evaluate(FOCUSED)
        if stop is None or (stops and stop["at"] == stops[0]["at"]):
            return stops
        stops.append(stop)
    raise AssertionError(f"a trap: {[stop['is'] for stop in stops[-6:]]}")


@pytest.mark.parametrize(
    ("who", "path", "size"),
    [
        ("stranger", "", "wide"),
        ("stranger", "portfolio/?page=2", "wide"),
        ("stranger", "portfolio/mila-2026/", "phone"),
        ("stranger", "portfolio/dashboard/", "wide"),
        ("stranger", "account/sign-in/", "wide"),
        ("administrator", "me/", "wide"),
        ("secretariat", "portfolio/mila-2026/edit/", "wide"),
    ],
)
def test_tab_goes_through_the_page_in_its_order(windows: Windows, who: str, path: str, size: str) -> None:
    with windows.open(who, size=size) as walk:
        walk.go(f"/nb/{path}")
        stops = walk_through(walk)
        assert stops[0]["is"] == "A #main"
        assert len(stops) > 8
        unseen = [stop["is"] for stop in stops if not stop["seen"]]
        assert not unseen, f"focus out of sight: {unseen}"
        unmarked = [stop["is"] for stop in stops if not stop["marked"]]
        assert not unmarked, f"focus not marked: {unmarked}"
        places = [int(str(stop["at"])) for stop in stops]
        # The end of the form alone may be held fast at the foot of the window; nothing goes back.
        assert places == sorted(places)


def test_the_skip_link_leads_past_the_head(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/")
        walk.page.keyboard.press("Tab")
        expect(walk.page.locator(".ds-skip-link")).to_be_in_viewport()
        walk.page.keyboard.press("Enter")
        expect(walk.page.locator("main")).to_be_focused()
        walk.page.keyboard.press("Tab")
        assert walk.page.evaluate("!!document.activeElement.closest('main')")


def test_the_menu_of_a_phone_opens_and_closes_by_keyboard(windows: Windows) -> None:
    with windows.open(size="phone") as walk:
        walk.go("/nb/")
        menu = walk.page.locator("#site-menu")
        expect(menu).to_be_hidden()
        walk.page.locator(".menu-button").focus()
        walk.page.keyboard.press("Enter")
        expect(menu).to_be_visible()
        walk.page.keyboard.press("Escape")
        expect(menu).to_be_hidden()
        expect(walk.page.locator(".menu-button")).to_be_focused()


def test_the_menu_of_a_person_opens_and_closes_by_keyboard(windows: Windows) -> None:
    with windows.open("secretariat") as walk:
        walk.go("/nb/")
        summary = walk.page.locator(".user-menu summary")
        summary.focus()
        walk.page.keyboard.press("Enter")
        expect(walk.page.locator(".user-panel")).to_be_visible()
        walk.page.keyboard.press("Tab")
        assert walk.page.evaluate("!!document.activeElement.closest('.user-panel')")
        walk.page.keyboard.press("Escape")
        expect(walk.page.locator(".user-panel")).to_be_hidden()
        expect(summary).to_be_focused()


def test_a_facet_is_chosen_by_keyboard_and_keeps_its_place(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/")
        box = walk.page.locator("input[name=phase][value=piloting]")
        fold = walk.page.locator("details.facet", has=box)
        if fold.get_attribute("open") is None:
            fold.locator("summary").focus()
            walk.page.keyboard.press("Enter")
        box.focus()
        walk.page.keyboard.press("Space")
        walk.page.wait_for_url("**phase=piloting*")
        walk.settle()
        expect(box).to_be_focused()
        expect(box).to_be_checked()


def test_the_next_page_is_reached_by_keyboard(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/")
        walk.page.locator(".ds-pagination a[rel=next]").focus()
        walk.page.keyboard.press("Enter")
        walk.page.wait_for_url("**page=2*")
        assert walk.page.locator(".list-found h3").count() > 0


def test_the_map_is_walked_by_keyboard(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/")
        walk.page.locator(".tile a").first.focus()
        walk.page.keyboard.press("Tab")
        assert walk.page.evaluate("!!document.activeElement.closest('.tile')")
        walk.page.keyboard.press("Enter")
        walk.page.wait_for_url("**county=*")
