"""The declaration of cookies says what is set and stored, no less and no more (test_doors looks at every page)."""

import re
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import wagtail.admin
from django.test import Client

from helsevev.commons.demo.actions import prepare
from helsevev.core.browser import Place
from helsevev.front.panels import kept_in_browser

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "frontend" / "src").rglob("*.js"))
DESK = Path(wagtail.admin.__file__).parent / "static" / "wagtailadmin" / "js"


def declared(place: Place) -> set[str]:
    return {one.name for one in kept_in_browser() if one.place is place}


def test_every_declared_cookie_is_set_and_no_other(db):
    """A stranger who signs in and chooses a language meets them all; the desk's own is set by its script."""
    prepare()
    browser, met = Client(), set()
    for answer in (
        browser.get("/nb/account/sign-in/"),
        browser.post("/nb/demo/sign-in/", {"role": "reader"}),
        browser.post("/nb/account/language/", {"language": "nb"}),
        browser.get("/nb/me/"),
    ):
        met |= set(answer.cookies)
    script = (DESK / "sidebar.js").read_text(encoding="utf-8")
    met |= {name for name in declared(Place.COOKIE) if name.startswith("wagtail") and f'"{name}"' in script}
    assert met == declared(Place.COOKIE)


def test_who_only_reads_gets_no_cookie(db):
    browser = Client()
    for path in ("/nb/", "/nb/portfolio/", "/nb/visits/", "/nb/cookies/", "/nb/knowledge/"):
        assert not browser.get(path).cookies, path


@pytest.mark.parametrize("place", [Place.BROWSER, Place.WINDOW])
def test_the_scripts_store_what_is_declared_and_nothing_else(place):
    """Every file that stores names its keys, as a text or by a beginning."""
    stored = set()
    for source in SOURCES:
        text = source.read_text(encoding="utf-8")
        if f"{place}.setItem" not in text:
            continue
        plain = set(re.findall(rf"{place}\.setItem\('([^']+)'", text))
        found = plain or {f"{one}*" for one in re.findall(r"PREFIX = '([^']+)'", text)}
        assert found, source
        stored |= found
    desk = "".join(
        one.read_text(encoding="utf-8") for one in DESK.glob("*.js") if f"{place}.setItem" in one.read_text()
    )
    for key in re.findall(r'"(wagtail:[a-z-]+)"', desk):
        assert any(fnmatchcase(key, name) for name in declared(place)), key
    assert stored == {name for name in declared(place) if not name.startswith("wagtail")}
    assert "document.cookie" not in "".join(one.read_text(encoding="utf-8") for one in SOURCES)


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_the_page_lists_them_and_is_led_to_from_every_page(db, language):
    page = Client().get(f"/{language}/cookies/").content.decode()
    assert all(one.name in page for one in kept_in_browser())
    assert f'href="/{language}/cookies/"' in Client().get(f"/{language}/about/").content.decode()
