"""Pages of another site as drafts (import): what HTML says, in the blocks that our pages have. Pure.

What can't be taken is counted by its name, so that whoever imports knows what to look for by hand.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

from bs4 import BeautifulSoup, Comment, Tag
from bs4.element import NavigableString

from helsevev.knowledge.pages.rules.inline import is_address
from helsevev.knowledge.pages.rules.videos import embedded

Block = dict[str, Any]
# Gone with everything in them; their words were never for readers.
DROPPED = ("script", "style", "noscript", "template", "form", "object", "embed", "svg", "canvas", "link", "meta")
HEADINGS = {"h1": "h2", "h2": "h2", "h3": "h3", "h4": "h3", "h5": "h3", "h6": "h3"}
MARKS = {"b": "b", "strong": "b", "i": "i", "em": "i"}
AROUND = ("div", "section", "article", "main", "body", "center", "span", "font", "figure", "header", "footer", "td")
LEAD_LIMIT = 500
DEEPEST = 60


@dataclass
class Page:
    """A page as another site had it."""

    title: str
    html: str
    slug: str = ""
    language: str = "nb"
    address: str = ""
    lead: str = ""


@dataclass
class Understood:
    """What became of a page's text, and what was left out, by its name."""

    lead: str = ""
    blocks: list[Block] = field(default_factory=list)
    left_out: Counter[str] = field(default_factory=Counter)


def understand(page: Page) -> Understood:
    """The page's HTML as blocks; nothing that runs, and no style, comes through."""
    made = Understood()
    soup = BeautifulSoup(page.html, "html.parser")
    for comment in soup.find_all(string=lambda text: isinstance(text, Comment)):
        comment.extract()
    for tag in soup.find_all(DROPPED):
        made.left_out[tag.name] += 1
        tag.decompose()
    text: list[str] = []
    for piece in _pieces(soup, made.left_out, 0):
        if isinstance(piece, str):
            text.append(piece)
        else:
            _close(text, made.blocks)
            made.blocks.append(piece)
    _close(text, made.blocks)
    made.lead = page.lead or _lead(made.blocks)
    return made


def _close(text: list[str], blocks: list[Block]) -> None:
    if text:
        blocks.append({"type": "text", "value": "".join(text)})
        text.clear()


def _lead(blocks: list[Block]) -> str:
    """The first paragraph, as far as whole sentences go."""
    for block in blocks:
        if block["type"] == "text" and (found := re.search(r"<p>(.*?)</p>", block["value"], re.DOTALL)):
            words = BeautifulSoup(found[1], "html.parser").get_text(" ", strip=True)
            if len(words) <= LEAD_LIMIT:
                return words
            short = words[:LEAD_LIMIT]
            return short[: short.rfind(". ") + 1] or short
    return ""


def _pieces(parent: Tag, left_out: "Counter[str]", depth: int) -> Iterator[str | Block]:
    """Rich text and blocks, in their order; loose words between blocks become paragraphs."""
    loose: list[str] = []
    for child in parent.children:
        block = isinstance(child, Tag) and (child.name not in MARKS and child.name not in ("a", "br", "img"))
        if block and isinstance(child, Tag) and (child.name != "span" or child.find(["p", "div", "table", "ul", "ol"])):
            yield from _paragraph(loose)
            loose = []
            yield from _block(child, left_out, depth)
        else:
            loose.append(_inline(child, left_out, depth))
    yield from _paragraph(loose)


def _paragraph(loose: list[str]) -> Iterator[str]:
    words = " ".join("".join(loose).split())
    if words:
        yield f"<p>{words}</p>"


def _block(tag: Tag, left_out: "Counter[str]", depth: int) -> Iterator[str | Block]:
    name = tag.name
    if depth > DEEPEST:
        left_out["nested too deeply"] += 1
    elif name == "p" or name in HEADINGS or name in ("ul", "ol"):
        yield from _written(tag, left_out, depth)
    elif name == "blockquote":
        yield {"type": "quote", "value": {"text": tag.get_text(" ", strip=True)[:2_000], "by": ""}}
    elif name == "table":
        yield from _table(tag)
    elif name == "iframe":
        yield from _film(tag, left_out)
    else:
        if name not in AROUND:
            left_out[name] += 1
        yield from _pieces(tag, left_out, depth + 1)


def _written(tag: Tag, left_out: "Counter[str]", depth: int) -> Iterator[str]:
    """A paragraph, a heading or a list."""
    name = tag.name
    if name in ("ul", "ol"):
        items = [_words(item, left_out, depth) for item in tag.find_all("li", recursive=False)]
        if any(items):
            yield f"<{name}>{''.join(f'<li>{words}</li>' for words in items if words)}</{name}>"
    elif words := _words(tag, left_out, depth):
        own = HEADINGS.get(name, "p")
        yield f"<{own}>{words}</{own}>"


def _words(tag: Tag, left_out: "Counter[str]", depth: int) -> str:
    return " ".join("".join(_inline(child, left_out, depth + 1) for child in tag.children).split())


def _inline(node: object, left_out: "Counter[str]", depth: int) -> str:
    if isinstance(node, NavigableString):
        return escape(str(node), quote=False)
    if not isinstance(node, Tag) or depth > DEEPEST:
        return ""
    if node.name == "br":
        return " "
    if node.name == "img":
        left_out["picture"] += 1
        return ""
    return _marked(node, "".join(_inline(child, left_out, depth + 1) for child in node.children))


def _marked(node: Tag, inner: str) -> str:
    """Words with the mark that they had, where it is one of ours."""
    if node.name == "a":
        address = str(node.get("href") or "").strip()
        return f'<a href="{escape(address)}">{inner}</a>' if inner.strip() and is_address(address) else inner
    mark = MARKS.get(node.name)
    if mark and inner.strip():
        return f"<{mark}>{inner}</{mark}>"
    return f"{inner} " if node.name in ("p", "div", "li", "td") else inner


def _table(tag: Tag) -> Iterator[Block]:
    rows = [
        [cell.get_text(" ", strip=True) for cell in row.find_all(["th", "td"], recursive=False)]
        for row in tag.find_all("tr")
    ]
    rows = [row for row in rows if any(row)]
    if not rows:
        return
    width = max(map(len, rows))
    head, *body = [row + [""] * (width - len(row)) for row in rows]
    columns = [{"type": "text", "heading": cell} for cell in head]
    yield {"type": "table", "value": {"columns": columns, "rows": [{"values": row} for row in body], "caption": ""}}


def _film(tag: Tag, left_out: "Counter[str]") -> Iterator[Block]:
    address = str(tag.get("src") or "")
    if embedded(address):
        title = str(tag.get("title") or "Video")[:200]
        yield {"type": "video", "value": {"address": address, "title": title, "length": "", "transcript": ""}}
    else:
        left_out["iframe"] += 1
