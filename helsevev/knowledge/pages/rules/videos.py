"""Films that lie elsewhere: which of them can be shown in a frame, and at which address. Pure."""

import re
from urllib.parse import parse_qs, urlsplit

ID = re.compile(r"[\w-]{6,20}")
NUMBER = re.compile(r"\d{5,12}")


def embedded(address: str) -> str:
    """The address for a frame, from a service that follows the reader least; empty where there is none."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    last = parts.path.rstrip("/").rsplit("/", 1)[-1]
    if host in ("youtube.com", "m.youtube.com", "youtube-nocookie.com"):
        wanted = (parse_qs(parts.query).get("v") or [last])[0]
        return f"https://www.youtube-nocookie.com/embed/{wanted}" if ID.fullmatch(wanted) else ""
    if host == "youtu.be":
        return f"https://www.youtube-nocookie.com/embed/{last}" if ID.fullmatch(last) else ""
    if host in ("vimeo.com", "player.vimeo.com"):
        return f"https://player.vimeo.com/video/{last}?dnt=1" if NUMBER.fullmatch(last) else ""
    return ""
