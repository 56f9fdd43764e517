"""A stranger looks at the portfolio, with and without JavaScript."""

import csv
import io
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from walks.walking import Walk, Windows

LIST = "/nb/portfolio/"


def number(walk: Walk) -> int:
    """How many projects the list says it found."""
    found = re.match(r"\d+", walk.page.locator("#hits").inner_text())
    assert found
    return int(found[0])


def tick(walk: Walk, facet: str, value: str) -> None:
    """Choose one value of a facet, as the reader does."""
    box = walk.page.locator(f"input[name={facet}][value='{value}']")
    fold = walk.page.locator("details.facet", has=box)
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    box.check()


def test_front_page_leads_to_the_projects(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/")
        assert walk.path() == "/nb/"
        assert walk.page.locator("html").get_attribute("lang") == "nb"
        walk.follow(walk.page.locator(".site-nav a").first)
        assert walk.page.locator("h1").count() == 1


def test_search_in_the_head_finds_from_any_page(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/about/")
        walk.page.locator("#site-search").fill("hjemmeoppfølging")
        walk.page.locator("#site-search").press("Enter")
        walk.page.wait_for_url("**/search/?*q=*")
        assert "hjemmeoppfølging" in walk.page.locator("article mark").first.inner_text().lower()


@pytest.mark.parametrize("size", ["wide", "phone"])
def test_choices_narrow_the_list_while_it_stands(windows: Windows, size: str) -> None:
    with windows.open(size=size) as walk:
        walk.go(LIST)
        every = number(walk)
        walk.page.evaluate("window.same = true")
        if not walk.page.locator(".facets").is_visible():
            walk.page.locator(".facets-fold > summary").click()
        tick(walk, "phase", "piloting")
        walk.page.wait_for_url("**phase=piloting*")
        walk.settle()
        fewer = number(walk)
        assert 0 < fewer < every
        assert walk.page.evaluate("window.same"), "the page was loaded anew"
        walk.page.go_back()
        expect(walk.page.locator("#hits")).to_have_text(re.compile(rf"^\s*{every}\b"))


def test_the_same_choices_without_scripts_give_the_same_list(windows: Windows) -> None:
    with windows.open(scripts=False) as plain, windows.open() as live:
        plain.go(LIST)
        tick(plain, "phase", "piloting")
        plain.follow(plain.page.locator(".list-send button"))
        live.go(plain.path())
        assert (
            plain.page.locator(".list-found h3").all_inner_texts()
            == live.page.locator(".list-found h3").all_inner_texts()
        )
        assert number(plain) == number(live) > 0


def test_typing_searches_and_nothing_found_says_so(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go(LIST)
        walk.page.locator("#q").press_sequentially("zzzzqqqq")
        walk.page.wait_for_url("**q=zzzzqqqq*")
        walk.page.locator(".list-found .empty").wait_for()
        walk.follow(walk.page.locator(".list-found .empty a"))
        assert number(walk) > 60


@pytest.mark.parametrize("scripts", [True, False])
def test_a_project_its_kin_and_its_organisation(windows: Windows, scripts: bool) -> None:
    with windows.open(scripts=scripts) as walk:
        walk.go(f"{LIST}?q=MILA")
        walk.follow(walk.page.locator(".list-found h3 a").first)
        first = walk.heading()
        alike = walk.page.locator("section[aria-labelledby=alike] .card")
        assert alike.count() > 0
        assert alike.first.locator("p").last.inner_text().strip(), "a similar project says why"
        walk.follow(alike.first.locator("a"))
        assert walk.heading() != first
        walk.follow(walk.page.locator(".project-facts a[href*='/organisations/']").first)
        assert "/nb/organisations/" in walk.path()
        assert walk.page.locator("main a[href*='/portfolio/']").count() > 0


def test_pictures_of_a_project_are_drawn_and_have_their_numbers(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/mila-2026/")
        for picture in walk.page.locator("figure .in-light img").all():
            picture.scroll_into_view_if_needed()
            walk.page.wait_for_load_state("networkidle")
            assert picture.evaluate("(one) => one.complete && one.naturalWidth > 0")
        details = walk.page.locator("figure details").first
        details.locator("summary").click()
        expect(details.locator("table")).to_be_visible()


def test_the_dashboard_on_a_chosen_day(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/dashboard/")
        today = walk.page.locator("#about-phases").inner_text()
        walk.page.locator("#about-phases input[name=on]").fill("2024-01-01")
        walk.page.locator("#about-phases button[type=submit]").click()
        walk.page.wait_for_url("**on=2024-01-01*")
        assert walk.page.locator("#about-phases").inner_text() != today
        walk.follow(walk.page.locator("#about-phases a[href$='dashboard/#about-phases']"))
        assert walk.page.locator("#about-phases").inner_text() == today


def test_the_selection_as_a_file_holds_what_the_page_shows(windows: Windows, tmp_path: Path) -> None:
    with windows.open() as walk:
        walk.go(f"{LIST}?phase=piloting")
        file = walk.download("CSV")
        file.save_as(tmp_path / "list.csv")
        text = (tmp_path / "list.csv").read_text(encoding="utf-8-sig")
        dialect = csv.Sniffer().sniff(text.splitlines()[0], delimiters=";,")
        rows = list(csv.reader(io.StringIO(text), dialect))
        assert len(rows) - 1 == number(walk)


def test_a_county_on_the_map_narrows_the_list(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go(LIST)
        tile = walk.page.locator(".tile a").first
        count = int(tile.locator(".tile-count").inner_text())
        tile.click()
        walk.page.wait_for_url("**county=*")
        assert number(walk) == count


def test_all_three_languages_lead_to_one_another(windows: Windows) -> None:
    with windows.open(own=True) as walk:
        walk.go("/nb/portfolio/mila-2026/")
        for language in ("nn", "en", "nb"):
            walk.follow(walk.page.locator(f".languages a[hreflang={language}]"))
            assert walk.path() == f"/{language}/portfolio/mila-2026/"
            assert walk.page.locator("html").get_attribute("lang") == language


def test_what_is_not_there_says_so_kindly(windows: Windows) -> None:
    with windows.open() as walk:
        walk.go("/nb/portfolio/finnes-ikke/", answers=404)
        assert walk.page.locator("main a").count() > 0
