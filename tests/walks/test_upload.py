"""A person sends a file: how far it has come is seen, what is typed stays, with scripts and without."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

import hostile_pdf
import pytest
from commons.installations import Installation, new_database
from playwright.sync_api import Browser, expect

from walks.conftest import served
from walks.walking import Walk, Windows

PAGE = "/nb/files/"


@pytest.fixture(scope="module")
def upload_windows(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Windows]:
    """Windows on a site with one page that takes files."""
    site = {
        "HELSEVEV_MODE": "embedded",
        "DJANGO_SETTINGS_MODULE": "commons.upload_site",
        "PYTHONPATH": str(Path(__file__).parents[1]),
    }
    with new_database() as database:
        here = Installation(tmp_path_factory.mktemp("upload"), database, site)
        here.prepare()
        with served(here) as address:
            yield Windows(browser, address)


def a_file(folder: Path, content: bytes, name: str = "plan.pdf") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def choose(walk: Walk, path: Path) -> None:
    walk.page.get_by_label("Title").fill("Typed words")
    walk.page.get_by_label("Plan").set_input_files(path)


def sends(walk: Walk) -> None:
    walk.page.get_by_role("button", name="Send").click()


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_file_is_sent_and_said_to_be_kept(upload_windows: Windows, tmp_path: Path, scripts: bool) -> None:
    with upload_windows.open(scripts=scripts) as walk:
        walk.go(PAGE)
        choose(walk, a_file(tmp_path, hostile_pdf.plain(f"scripts {scripts}"), f"plan-{scripts}.pdf"))
        sends(walk)
        expect(walk.page.get_by_text("The file is kept.")).to_be_visible()
        expect(walk.page.locator("#kept")).to_contain_text(f"plan-{scripts}.pdf")


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_file_that_is_refused_loses_no_words(upload_windows: Windows, tmp_path: Path, scripts: bool) -> None:
    with upload_windows.open(scripts=scripts) as walk:
        walk.go(PAGE)
        walk._expected.add(walk.address + PAGE)
        choose(walk, a_file(tmp_path, b"MZ not a plan"))
        sends(walk)
        expect(walk.page.get_by_text(re.compile("PDF")).first).to_be_visible()
        expect(walk.page.get_by_role("link", name="Plan")).to_be_visible()
        expect(walk.page.get_by_label("Title")).to_have_value("Typed words")
        walk.page.get_by_label("Plan").set_input_files(a_file(tmp_path, hostile_pdf.plain(f"then {scripts}")))
        sends(walk)
        expect(walk.page.get_by_text("The file is kept.")).to_be_visible()


def test_a_file_that_is_too_large_is_said_before_it_is_sent(upload_windows: Windows, tmp_path: Path) -> None:
    with upload_windows.open() as walk:
        walk.go(PAGE)
        walk.page.evaluate("document.querySelector('input[data-upload]').dataset.upload = 100")
        choose(walk, a_file(tmp_path, bytes(200)))
        expect(walk.page.locator(".upload-fault")).to_contain_text("50 MB")
        asked: list[str] = []
        walk.page.on("request", lambda request: asked.append(request.method))
        sends(walk)
        expect(walk.page.get_by_label("Plan")).to_be_focused()
        assert asked == []
        assert walk.axe() == []


def test_how_far_the_file_has_come_is_seen(upload_windows: Windows, tmp_path: Path) -> None:
    with upload_windows.open(own=True) as walk:
        walk.go(PAGE)
        line = walk.page.context.new_cdp_session(walk.page)
        line.send("Network.enable")
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 400_000}
        line.send("Network.emulateNetworkConditions", slow)
        image = hostile_pdf.streamed(os.urandom(1_200_000), None, Subtype=hostile_pdf.Name.Image, Width=1, Height=1)
        choose(walk, a_file(tmp_path, image))
        sends(walk)
        bar = walk.page.get_by_role("progressbar")
        expect(bar).to_be_visible()
        expect(walk.page.locator(".upload-state")).to_contain_text(re.compile(r"\d+ %"))
        expect(walk.page.get_by_text("The file is kept.")).to_be_visible()


def test_a_lost_line_loses_nothing_that_was_typed(upload_windows: Windows, tmp_path: Path) -> None:
    with upload_windows.open(own=True) as walk:
        walk.go(PAGE)
        choose(walk, a_file(tmp_path, hostile_pdf.plain("lost")))
        walk.page.context.set_offline(True)
        sends(walk)
        expect(walk.page.locator(".upload-fault")).to_be_visible()
        expect(walk.page.get_by_label("Title")).to_have_value("Typed words")
        walk.page.context.set_offline(False)
        sends(walk)
        expect(walk.page.get_by_text("The file is kept.")).to_be_visible()
