"""The front door: its pages, its menu by role, and what it tells machines."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as Tree

import pytest
from django.test import Client
from django.utils.translation import override

from helsevev.commons.people.rules import STRANGER, Grant, Person, Role
from helsevev.core.frame import Page, Section
from helsevev.front import panels
from helsevev.front.panels import FOOTER_MENU, MENU, PERSON_MENU, shown
from helsevev.front.views import machines
from helsevev.knowledge.pages.actions.planting import plant_roots

PAGES = ["", "about/", "accessibility/", "privacy/", "cookies/", "api/"]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_bokmaal() -> Iterator[None]:
    """What isn't asked through an address is asked in Bokmål, whatever language the last test read."""
    with override("nb"):
        yield


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
@pytest.mark.parametrize("page", PAGES)
def test_every_page_stands_in_every_language(client: Client, language: str, page: str) -> None:
    response = client.get(f"/{language}/{page}")
    assert response.status_code == 200
    text = response.content.decode()
    assert f'<html lang="{language}"' in text
    assert len(re.findall(r"<h1[ >]", text)) == 1
    for other in ("nb", "nn", "en"):
        assert f'hreflang="{other}" href="http://127.0.0.1:8000/{other}/{page}"' in text


@pytest.mark.parametrize("page", PAGES)
def test_pages_only_answer_reading(client: Client, page: str) -> None:
    assert client.post(f"/nb/{page}").status_code == 405


def test_the_front_page_gives_every_kind_of_visitor_a_way_that_leads_somewhere(client: Client) -> None:
    text = client.get("/en/").content.decode()
    start = text[text.index('id="start"') :]
    ways = set(re.findall(r'<a href="(/en/[^"#?]*)', start[: start.index("</section>")]))
    assert len(re.findall(r"<article", start[: start.index("</section>")])) == 5
    assert ways
    for way in ways:
        assert client.get(way, follow=True).status_code == 200, way


def test_only_those_who_may_see_a_place_are_shown_it() -> None:
    def names(person: Person) -> set[str]:
        return {item["url"] for item in shown(PERSON_MENU, person, "/")}

    administrator = Person("k", "A", frozenset({Grant(Role.ADMINISTRATOR)}), second_factor=True)
    reader = Person("k", "R", frozenset({Grant(Role.READER)}))
    no_factor = Person("k", "A", frozenset({Grant(Role.ADMINISTRATOR)}), second_factor=False)
    assert "/nb/trail/" in names(administrator)
    assert names(reader) < names(administrator)
    assert names(no_factor) == names(reader)
    assert names(STRANGER) <= names(reader)


def test_every_menu_entry_that_a_role_is_shown_answers_it(cast: dict[str, Client]) -> None:
    plant_roots()
    for role, browser in cast.items():
        text = browser.get("/nb/").content.decode()
        frame = text[: text.index("<main")] + text[text.index("</main>") :]
        for url in set(re.findall(r'href="(/nb/[^"#?]*)"', frame)):
            assert browser.get(url, follow=True).status_code == 200, (role, url)


def test_the_menu_marks_where_one_is() -> None:
    items = shown(MENU + FOOTER_MENU, STRANGER, "/nb/about/")
    assert {item["url"] for item in items if item["current"]} == {"/nb/about/"}
    assert not [item for item in shown(MENU, STRANGER, "/nb/") if item["current"]]


def test_robots_keep_out_of_a_demonstration_and_of_endless_selections(client: Client, settings) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    settings.DEMO = False
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /\n" not in text
    assert "Sitemap: http://127.0.0.1:8000/sitemap.xml" in text


def test_security_says_whom_to_tell_and_has_not_expired(client: Client) -> None:
    text = client.get("/.well-known/security.txt").content.decode()
    lines = dict(line.split(": ", 1) for line in text.splitlines())
    assert lines["Contact"] == "mailto:helsevev@localhost"
    expires = datetime.fromisoformat(lines["Expires"])
    assert timedelta(days=120) < expires - datetime.now(UTC) < timedelta(days=365)


def test_the_manifest_names_icons_that_exist(client: Client) -> None:
    manifest = json.loads(client.get("/manifest.webmanifest").content)
    assert manifest["name"] == "Helsevev"
    for icon in manifest["icons"]:
        assert client.get(icon["src"]).status_code == 200
    assert client.get("/favicon.ico").status_code == 302


def test_the_search_description_is_sound(client: Client) -> None:
    tree = Tree.fromstring(client.get("/en/opensearch.xml").content)
    url = tree.find("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert url is not None
    assert url.get("template") == "http://127.0.0.1:8000/en/portfolio/?q={searchTerms}"


# --- The map of the site ---------------------------------------------------------------------------------------------
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"


def tree(response) -> Tree.Element:
    return Tree.fromstring(b"".join(response.streaming_content))


def addresses(response) -> list[str]:
    return [str(found.text) for found in tree(response).iter(f"{SITEMAP}loc")]


def test_the_map_has_every_page_in_every_language_and_each_answers(client: Client, registers: None) -> None:
    found = tree(client.get("/sitemap.xml"))
    urls = [str(one.text) for one in found.iter(f"{SITEMAP}loc")]
    assert len(urls) == len(set(urls))
    assert {"http://127.0.0.1:8000/nb/", "http://127.0.0.1:8000/en/about/"} <= set(urls)
    for entry in found:
        others = {link.get("hreflang"): link.get("href") for link in entry.iter(f"{XHTML}link")}
        assert set(others) == {"nb", "nn", "en"}
        assert set(others.values()) <= set(urls)
    for url in urls:
        assert client.get(url.removeprefix("http://127.0.0.1:8000")).status_code == 200, url


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A house with far more pages than one map may have."""
    section = Section("many", 12_345, lambda first, most: (Page(f"/nb/{n}/") for n in range(first, first + most)))
    monkeypatch.setattr(panels, "sections", lambda: [section])


def test_many_pages_make_a_list_of_maps(client: Client, many: None) -> None:
    parts = addresses(client.get("/sitemap.xml"))
    assert parts == [
        "http://127.0.0.1:8000/sitemap-pages-1.xml",
        "http://127.0.0.1:8000/sitemap-many-1.xml",
        "http://127.0.0.1:8000/sitemap-many-2.xml",
        "http://127.0.0.1:8000/sitemap-many-3.xml",
    ]
    assert len(addresses(client.get("/sitemap-many-1.xml"))) == machines.ON_ONE_MAP * 3
    assert "http://127.0.0.1:8000/en/5000/" in addresses(client.get("/sitemap-many-2.xml"))


@pytest.mark.parametrize("path", ["/sitemap-many-0.xml", "/sitemap-many-4.xml", "/sitemap-none-1.xml"])
def test_a_map_that_is_not_there_is_404(client: Client, many: None, path: str) -> None:
    assert client.get(path).status_code == 404


def test_a_person_s_own_menu_is_for_those_who_signed_in(person: Callable, sign_in: Callable, client: Client) -> None:
    assert "user-panel" not in client.get("/nb/").content.decode()
    assert "user-panel" in sign_in(person(None)).get("/nb/").content.decode()
