"""One server on a prepared data folder, and one browser, for all walks.

Who writes a walk may let it use a demonstration that runs already:
HELSEVEV_WALKS_SITE=http://127.0.0.1:8000.
"""

import json
import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from commons.installations import Installation, kill_group, new_database
from playwright.sync_api import Browser, sync_playwright

from walks import hostile
from walks.walking import Windows, browser_path, launch

SERVED_WITHIN = 90
NONE = "NO BROWSER FOUND: THE BROWSER TESTS ARE SKIPPED. Install Chromium, or set HELSEVEV_BROWSER to one."


def pytest_itemcollected(item: pytest.Item) -> None:
    """Every walk needs a browser; `scheduling` keeps them in one process, as they share a server."""
    item.add_marker(pytest.mark.browser)
    if not browser_path() and not os.environ.get("CI"):
        item.add_marker(pytest.mark.skip(reason=NONE))


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


def wait_until_it_answers(address: str, running: "object") -> None:
    """Until the first page comes."""
    until = time.monotonic() + SERVED_WITHIN
    while time.monotonic() < until:
        assert running.poll() is None, "the server stopped"  # type: ignore[attr-defined]
        try:
            with urllib.request.urlopen(f"{address}/nb/", timeout=30):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
    pytest.fail(f"The server did not answer within {SERVED_WITHIN} seconds.")


@contextmanager
def served(installation: Installation) -> Iterator[str]:
    """The address of the real server on a data folder."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    installation.variables |= {"HELSEVEV_SITE_URL": address, "HELSEVEV_EXPORTS_PER_MINUTE": "1000"}
    running = installation.start("serve", "--port", str(port))
    try:
        wait_until_it_answers(address, running)
        yield address
        running.terminate()
        running.wait(20)
    finally:
        kill_group(running)


@contextmanager
def prepared(folder: Path, file: str) -> Iterator[Installation]:
    """A demonstration with the projects of a file."""
    with new_database() as database:
        here = Installation(folder, database, {"HELSEVEV_MODE": "demo"})
        here.prepare()
        done = here.run("load", "portfolio", file)
        assert done.code == 0, done.err
        yield here


@pytest.fixture(scope="package")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    """The demonstration that is walked through, for what no page can make."""
    if os.environ.get("HELSEVEV_WALKS_SITE"):
        pytest.skip("needs an installation of its own")
    with prepared(tmp_path_factory.mktemp("walks"), "data/portfolio.json") as made:
        yield made


@pytest.fixture(scope="package")
def site(request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of the real server with the real portfolio."""
    if not browser_path():
        pytest.fail(NONE)
    if running_already := os.environ.get("HELSEVEV_WALKS_SITE"):
        yield running_already
        return
    with served(request.getfixturevalue("here")) as address:
        yield address


@pytest.fixture(scope="package")
def browser(site: str) -> Iterator[Browser]:
    """The browser. It closes with this folder: the loop it runs would be in the way of other tests' databases."""
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="package")
def windows(browser: Browser, site: str) -> Windows:
    """Windows on the real portfolio."""
    return Windows(browser, site)


@pytest.fixture(scope="package")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server where every text field of every project is hostile."""
    folder = tmp_path_factory.mktemp("hostile")
    file = folder / "hostile.json"
    file.write_text(json.dumps(hostile.portfolio()), encoding="utf-8")
    with prepared(folder, str(file)) as here:
        here.python(hostile.EDITS)
        with served(here) as address:
            yield address


@pytest.fixture(scope="package")
def hostile_windows(browser: Browser, hostile_site: str) -> Windows:
    """Windows on the hostile portfolio."""
    return Windows(browser, hostile_site)
