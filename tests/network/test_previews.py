"""Social previews: one picture for each project, in the reader's language, and none for what nobody may see."""

import struct
from typing import Any
from xml.etree import ElementTree as Tree

import pytest
from django.template.loader import render_to_string
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from helsevev.core.charts.letters import measure, wrap
from helsevev.network.portfolio.actions import withdraw
from helsevev.network.portfolio.models import Project
from helsevev.network.portfolio.views.previews import ROOM, TITLE

URL = "/nb/portfolio/fonna-bu/preview.png"


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.usefixtures("portfolio")
def test_every_language_has_its_own_picture_of_the_right_size(client: Client) -> None:
    pictures = {code: client.get(f"/{code}/portfolio/fonna-bu/preview.png").content for code in ("nb", "nn", "en")}
    assert {size(picture) for picture in pictures.values()} == {(1200, 630)}
    assert len(set(pictures.values())) == 3


@pytest.mark.usefixtures("portfolio")
def test_the_project_s_page_names_its_picture(client: Client) -> None:
    text = client.get("/nb/portfolio/fonna-bu/").content.decode()
    assert f'<meta property="og:image" content="http://127.0.0.1:8000{URL}">' in text


@pytest.mark.usefixtures("portfolio")
def test_it_is_not_sent_twice(client: Client) -> None:
    first = client.get(URL)
    again = client.get(URL, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.usefixtures("portfolio")
def test_a_draft_has_none_for_strangers(client: Client, cast: dict[str, Client]) -> None:
    withdraw(Project.objects.get(initiative__key="fonna-bu"), "system:test")
    assert client.get(URL).status_code == 404
    assert client.get("/nb/portfolio/not-there/preview.png").status_code == 404
    seen = cast["secretariat"].get(URL)
    assert seen.status_code == 200
    assert "private" in seen["Cache-Control"]


HOSTILE = st.text(min_size=1) | st.sampled_from(["</text><script>alert(1)</script>", "&amp;", "{{7*7}}", "x" * 400])


@given(title=HOSTILE)
def test_any_title_stands_on_the_picture_as_text(title: str) -> None:
    context: dict[str, Any] = {"kind": title[:20], "lines": wrap(title, ROOM, TITLE, strong=True), "note": "n"}
    context["kind"] = wrap(context["kind"], ROOM, 30, most=1)[0]
    tree = Tree.fromstring(render_to_string("ui/social.svg", context))
    assert not list(tree.iter("{http://www.w3.org/2000/svg}script"))
    lines = [span.text or "" for span in tree.iter("{http://www.w3.org/2000/svg}tspan")]
    assert lines == list(context["lines"])
    assert len(lines) <= 3
    assert all(measure(line, TITLE, strong=True) <= ROOM for line in lines)
