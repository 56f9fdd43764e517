"""Marked-up words of a text file as the rich text that pages hold (formatert tekst). Nothing in it is trusted. Pure."""

import re
from html import escape
from urllib.parse import urlsplit

LINK = re.compile(r"\[([^\]\n]+)\]\(([^)\s]+)\)")
BOLD = re.compile(r"\*\*(\S(?:[^*\n]*\S)?)\*\*")
ITALIC = re.compile(r"(?<![*\w])\*(\S(?:[^*\n]*\S)?)\*(?![*\w])")


def is_address(text: str) -> bool:
    """Whether a link may lead there: a path of ours, a place on the page, or a web or mail address."""
    if not text.isprintable() or "\\" in text:
        return False
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    if parts.scheme in ("http", "https"):
        return bool(parts.hostname) and "@" not in parts.netloc
    if parts.scheme == "mailto":
        return "@" in parts.path
    return not parts.scheme and not parts.netloc and text.startswith(("/", "#"))


def inline(text: str) -> str:
    """One line's words: links, bold and italic, everything else as it stands."""
    done, at = [], 0
    for found in LINK.finditer(text):
        done.append(_plain(text[at : found.start()]))
        label, address = _plain(found[1]), found[2]
        done.append(f'<a href="{escape(address)}">{label}</a>' if is_address(address) else label)
        at = found.end()
    done.append(_plain(text[at:]))
    return "".join(done)


def _plain(text: str) -> str:
    marked = BOLD.sub(r"<b>\1</b>", escape(text, quote=False))
    return ITALIC.sub(r"<i>\1</i>", marked)
