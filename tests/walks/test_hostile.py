"""Hostile text is shown as text, on every page and to every role, and never runs."""

from collections.abc import Iterator

import pytest

from walks.hostile import PAYLOADS, key
from walks.walking import Walk, Windows

NUMBERS = range(len(PAYLOADS))


@pytest.fixture
def walk(hostile_windows: Windows) -> Iterator[Walk]:
    """The administrator's window: who may do most meets most."""
    with hostile_windows.open("administrator") as opened:
        yield opened
        assert opened.page.evaluate("window.probe") is None


def visit(walk: Walk, path: str, answers: int = 200) -> None:
    """Go there, touch what lies on it, and see that nothing has run."""
    walk.go(path, answers)
    walk.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    assert walk.page.evaluate("window.probe") is None, path


@pytest.mark.parametrize("number", NUMBERS)
def test_a_project_shows_it_literally(walk: Walk, number: int) -> None:
    for language in ("nb", "en"):
        visit(walk, f"/{language}/portfolio/{key(number)}/")
        assert walk.heading() == PAYLOADS[number]
        assert walk.page.title().startswith(PAYLOADS[number])
    shown = walk.page.locator("main").inner_text()
    # Title, summary, where it stands, figure, log, milestone, deliverable, sources.
    assert shown.count(PAYLOADS[number]) >= 8
    assert walk.page.locator("main [onerror], main [onload], main [onfocus], main script, main iframe").count() == 0
    assert walk.page.locator("a[href^='javascript:' i]").count() == 0


@pytest.mark.parametrize("number", NUMBERS)
def test_history_and_form_show_it_literally(walk: Walk, number: int) -> None:
    visit(walk, f"/en/portfolio/{key(number)}/history/")
    assert PAYLOADS[number] in walk.page.locator("main .ingress").inner_text()
    assert walk.page.locator("main ol.history").inner_text().count(PAYLOADS[number]) >= 3
    visit(walk, f"/en/portfolio/{key(number)}/history/2/undo/")
    visit(walk, f"/en/portfolio/{key(number)}/edit/")
    assert walk.page.locator("[name=title]").input_value() == PAYLOADS[number]
    assert walk.page.locator("[name=summary_nb]").input_value() == f"{PAYLOADS[number]} {PAYLOADS[number]}"


@pytest.mark.parametrize(
    "path",
    [
        "",
        "portfolio/",
        "portfolio/?q=script",
        "portfolio/?q=%22%3E%3Cscript%3Ewindow.probe%3D1%3C/script%3E&theme=%3Cimg%20src=x%20onerror=window.probe=1%3E",
        "portfolio/dashboard/",
        "portfolio/staff/",
        "portfolio/feed.rss",
        "portfolio/fiendtlig-19/family.svg",
        "portfolio/fiendtlig-19/timeline.svg",
        "organisations/ullensaker-kommune/",
        "trail/",
        "shelf/",
        "me/",
    ],
)
def test_lists_feeds_and_pictures_run_nothing(walk: Walk, path: str) -> None:
    visit(walk, f"/nb/{path}")


def test_a_wrong_answer_is_repeated_literally(walk: Walk) -> None:
    visit(walk, "/nb/portfolio/dashboard/?on=%22%3E%3Cscript%3Ewindow.probe=1%3C/script%3E", answers=422)


def test_the_list_shows_it_literally(walk: Walk) -> None:
    visit(walk, "/nb/portfolio/")
    titles = set(walk.page.locator(".list-found h3").all_inner_texts())
    assert titles <= set(PAYLOADS)
    assert titles


def test_a_person_may_have_a_hostile_name(hostile_windows: Windows) -> None:
    with hostile_windows.open("reader") as walk:
        walk.go("/nb/me/")
        walk.page.locator("form[action$='/account/name/'] input[name=name]").fill(PAYLOADS[1])
        walk.follow(walk.page.locator("form[action$='/account/name/'] button"))
        assert PAYLOADS[1] in walk.page.locator(".user-menu summary").inner_text()
        assert walk.page.evaluate("window.probe") is None
    with hostile_windows.open("administrator") as walk:
        visit(walk, "/nb/people/")
        assert PAYLOADS[1] in walk.page.locator("#people").inner_text()
