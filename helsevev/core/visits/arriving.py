"""By which way somebody came (kanal): what the browser says of the page before, and what the address says of itself."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from helsevev.core.words import gettext_noop


class Channel(StrEnum):
    """A way to the site (kanal). INTERNAL: from one of our own pages, so no new visit begins."""

    DIRECT = "direct"
    SEARCH = "search"
    SOCIAL = "social"
    NEWSLETTER = "newsletter"
    LINK = "link"
    INTERNAL = "internal"


CHANNELS: Sequence[Channel] = (Channel.SEARCH, Channel.DIRECT, Channel.SOCIAL, Channel.NEWSLETTER, Channel.LINK)
CHANNEL_NAMES: Mapping[str, str] = {
    Channel.SEARCH: gettext_noop("search engine"),
    Channel.DIRECT: gettext_noop("straight to the address"),
    Channel.SOCIAL: gettext_noop("social media"),
    Channel.NEWSLETTER: gettext_noop("the newsletter"),
    Channel.LINK: gettext_noop("link on another site"),
}
LONGEST_HOST = 100
HOST = re.compile(r"^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?\.[a-z0-9-]{2,}$")
NUMBERS = re.compile(r"^[0-9.]+$")
# A search engine has one name in many countries.
SEARCH = re.compile(
    r"(^|\.)(google|bing|duckduckgo|ecosia|qwant|yahoo|yandex|startpage|kvasir|baidu|search\.brave|kagi|presearch)\.[a-z.]{2,6}$"
)
SOCIAL = re.compile(
    r"(^|\.)(facebook|instagram|linkedin|lnkd|twitter|x|t|youtube|reddit|tiktok|threads|bsky|pinterest|snapchat|workplace)"
    r"\.(com|in|co|app|net)$|^youtu\.be$|^fb\.me$|^com\.(linkedin|facebook|instagram|twitter|reddit)\.|(^|\.)mastodon\."
)
LETTER = frozenset({"newsletter", "nyhetsbrev", "nyheitsbrev", "email", "e-mail"})


@dataclass(frozen=True)
class Arrival:
    """A way, and the name of the other site when there is one."""

    channel: Channel
    host: str = ""


def arrival(referrer: str, own: Collection[str], marks: Mapping[str, str], fetched_from: str = "") -> Arrival:
    """How a page was come to.

    `own` are the site's names, without www; `marks` the address's own words (utm_source, utm_medium); `fetched_from`
    what the browser says in Sec-Fetch-Site, which it says even where the page before is kept secret.
    """
    said = {marks.get("utm_medium", "").lower(), marks.get("utm_source", "").lower()}
    if said & LETTER:
        return Arrival(Channel.NEWSLETTER)
    if _named(referrer) in own:
        return Arrival(Channel.INTERNAL)
    host = host_of(referrer)
    if not host:
        return Arrival(_without_host(said, fetched_from))
    if SEARCH.search(host):
        return Arrival(Channel.SEARCH, host)
    return Arrival(Channel.SOCIAL if SOCIAL.search(host) or "social" in said else Channel.LINK, host)


def _without_host(said: set[str], fetched_from: str) -> Channel:
    if fetched_from == "same-origin":
        return Channel.INTERNAL
    return Channel.SOCIAL if "social" in said else Channel.DIRECT


def _named(referrer: str) -> str:
    try:
        return (urlsplit(referrer).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def host_of(referrer: str) -> str:
    """The site's name in what a browser gives as the page before; never its path, and nothing odd."""
    host = _named(referrer)
    if len(host) > LONGEST_HOST or NUMBERS.match(host):
        return ""
    return host if HOST.match(host) else ""
