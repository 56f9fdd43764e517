"""Feeds: both forms say the same, and no sign in a title can break the XML."""

import xml.etree.ElementTree as Tree
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.commons.ui.views.feeds import CONTROL, Entry, Feed, json_feed, rss

WHEN = datetime(2026, 11, 22, 12, tzinfo=UTC)


@settings(max_examples=60)
@given(st.lists(st.text(), min_size=1, max_size=3))
def test_every_text_can_be_read_back(texts: list[str]) -> None:
    entries = [Entry(f"one-{n}", f"https://example.invalid/{n}/", text, text, WHEN) for n, text in enumerate(texts)]
    feed = Feed("News\x0b", "About\x00", "nb", "https://example.invalid/", "https://example.invalid/feed", entries)
    told = [node.text or "" for node in Tree.fromstring(rss(feed)).iterfind("channel/item/title")]
    # XML reads a carriage return as a line's end.
    assert told == [CONTROL.sub("", text).replace("\r\n", "\n").replace("\r", "\n") for text in texts]
    assert [item["title"] for item in json_feed(feed)["items"]] == texts
