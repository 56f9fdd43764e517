"""On paper: the content alone, on whole pages."""

import re

import pytest

from walks.walking import Windows

PAGES = ("", "portfolio/", "portfolio/mila-2026/", "portfolio/dashboard/", "organisations/ullensaker-kommune/")
TOOLS = (
    ".site-menu",
    ".site-footer",
    ".breadcrumbs",
    ".ds-pagination",
    ".facets",
    ".downloads",
    ".demo-banner",
    ".copy button",
)


@pytest.mark.parametrize("path", PAGES)
def test_a_page_prints_without_its_tools(windows: Windows, path: str) -> None:
    with windows.open(own=True) as walk:
        walk.go(f"/nb/{path}")
        walk.page.emulate_media(media="print")
        shown = [tool for tool in TOOLS if any(one.is_visible() for one in walk.page.locator(tool).all())]
        assert not shown
        # The breadth of A4 between its margins.
        walk.page.set_viewport_size({"width": 672, "height": 950})
        assert not walk.sideways()
        paper = walk.page.pdf(format="A4")
        pages = len(re.findall(rb"/Type\s*/Page\b", paper))
        assert paper.startswith(b"%PDF")
        assert 1 <= pages <= 40
