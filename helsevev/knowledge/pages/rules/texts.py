"""What a page's blocks say, as plain words (ren tekst): for finding it, for its length, for its contents list. Pure."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from helsevev.core import slugs

WORDS_A_MINUTE = 200
TAG = re.compile(r"<[^>]*>")
BREAK = re.compile(r"</(?:p|li|h[1-6]|ul|ol|blockquote)>|<br\s*/?>")
HEADING = re.compile(r"<h([23])(?:\s[^>]*)?>(.*?)</h\1>", re.DOTALL)
LINK = re.compile(r'<a\s[^>]*?href="([^"]+)"')
# Values that aren't words for readers.
SILENT = frozenset({"kind", "phase", "picture", "initiative", "names", "address"})


def plain(rich: str) -> str:
    """Rich text without its marks; what stood on lines of their own still does."""
    text = html.unescape(TAG.sub("", BREAK.sub("\n", rich)))
    return "\n".join(line for line in (" ".join(part.split()) for part in text.split("\n")) if line)


def words(blocks: Iterable[Mapping[str, Any]]) -> str:
    """Everything that the blocks say."""
    return "\n".join(part for block in blocks for part in _of(block["value"]) if part)


def _of(value: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON holds
    if isinstance(value, str):
        yield plain(value)
    elif isinstance(value, Mapping):
        if "columns" in value and "rows" in value:
            yield from _table(value)
            return
        for name, inner in value.items():
            if name not in SILENT:
                yield from _of(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _of(inner)


def _table(value: Mapping[str, Any]) -> Iterator[str]:
    yield str(value.get("caption") or "")
    yield " | ".join(str(column["heading"]) for column in value["columns"])
    for row in value["rows"]:
        yield " | ".join(str(cell) for cell in row["values"])


def minutes(text: str) -> int:
    """How long it takes to read: whole minutes, at least one."""
    return max(1, round(len(text.split()) / WORDS_A_MINUTE))


def links(blocks: Iterable[Mapping[str, Any]]) -> list[str]:
    """Every address that the blocks link to, each once."""
    found = (address for block in blocks for address in _links(block["value"]))
    return list(dict.fromkeys(found))


def _links(value: Any) -> Iterator[str]:  # noqa: ANN401 - what JSON holds
    if isinstance(value, str):
        yield from (html.unescape(address) for address in LINK.findall(value))
    elif isinstance(value, Mapping):
        yield from (str(value["address"]) for _once in [0] if value.get("address"))
        for inner in value.values():
            yield from _links(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from _links(inner)


class Heading(NamedTuple):
    """A heading in a contents list."""

    level: int
    text: str
    anchor: str


def anchored(rendered: str) -> tuple[str, list[Heading]]:
    """The page's text with a place to jump to at each heading, and the headings."""
    found: list[Heading] = []
    taken: set[str] = set()

    def mark(match: re.Match[str]) -> str:
        level, inner = int(match[1]), match[2]
        text = plain(inner)
        anchor = _anchor(text, taken)
        found.append(Heading(level, text, anchor))
        return f'<h{level} id="{anchor}">{inner}</h{level}>'

    return HEADING.sub(mark, rendered), found


def _anchor(text: str, taken: set[str]) -> str:
    anchor = slugs.free(f"s-{slugs.slug(text)[:50]}", taken)
    taken.add(anchor)
    return anchor


def in_language(rendered: str, language: str) -> str:
    """Paths of ours that don't say a language lead to the reader's own."""
    return re.sub(r'href="/(?!(?:nb|nn|en|static|knowledge/pictures)/)', f'href="/{language}/', rendered)
