"""Feeds (strøm) for readers and programs: RSS 2.0 and JSON Feed 1.1 say the same, and cost nothing when unchanged."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Rss201rev2Feed
from django.utils.http import quote_etag

# Signs that XML can't hold.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
SECONDS = 300


@dataclass(frozen=True)
class Entry:
    """One piece of news: its name that no other has, its page, what it says, and when it came and changed."""

    name: str
    url: str
    title: str
    text: str
    published: datetime
    changed: datetime | None = None
    language: str = ""


@dataclass(frozen=True)
class Feed:
    """News of one kind: what it is called and says it holds, in which language, its page, and its own address."""

    title: str
    about: str
    language: str
    home: str
    own: str
    entries: Sequence[Entry]


def rss(feed: Feed) -> bytes:
    """As RSS 2.0."""
    written = Rss201rev2Feed(
        title=_clean(feed.title),
        link=feed.home,
        description=_clean(feed.about),
        language=feed.language,
        feed_url=feed.own,
    )
    for one in feed.entries:
        written.add_item(
            title=_clean(one.title),
            link=one.url,
            description=_clean(one.text),
            unique_id=one.name,
            unique_id_is_permalink=False,
            pubdate=one.published,
        )
    return written.writeString("utf-8").encode()


def json_feed(feed: Feed) -> dict[str, Any]:
    """As JSON Feed 1.1."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.own,
        "language": feed.language,
        "items": [_item(one, feed.language) for one in feed.entries],
    }


def answer(request: HttpRequest, feed: Feed, form: str) -> HttpResponse:
    """The feed as `rss` or `json`; whoever has it already is told so."""
    response: HttpResponse
    if form == "rss":
        response = HttpResponse(rss(feed), content_type="application/rss+xml; charset=utf-8")
    else:
        response = JsonResponse(json_feed(feed), content_type="application/feed+json")
    response["Cache-Control"] = f"public, max-age={SECONDS}"
    etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


def _item(one: Entry, language: str) -> dict[str, str]:
    return {
        "id": one.name,
        "url": one.url,
        "title": one.title,
        "content_text": one.text,
        "date_published": one.published.isoformat(),
        "date_modified": (one.changed or one.published).isoformat(),
        "language": one.language or language,
    }


def _clean(text: str) -> str:
    return CONTROL.sub("", text)
