"""A text as search reads it, in the form in which it is kept: lines of terms for title, tags and passages."""

from collections.abc import Iterable

from helsevev.core.search.analysis import analyser
from helsevev.core.search.documents import Document, Read, read

# A text longer than this says nothing more at its end; a page of so many characters has some thirty thousand words.
LONGEST = 2_000_000


def packed_tags(tags: Iterable[str]) -> str:
    """Tags as they are kept beside the terms."""
    return "\n".join(sorted({" ".join(tag.split()) for tag in tags} - {""}))


def terms(title: str, body: str, tags: str, language: str) -> str:
    """What a text is read as, packed."""
    found = read(Document("", title, body[:LONGEST], tuple(tags.splitlines()), language), analyser())
    return "\n".join(" ".join(line) for line in (found.title, found.tags, *found.passages))


def unpacked(packed: str) -> Read:
    """The reverse."""
    title, tags, *passages = packed.split("\n")
    return Read(title.split(), tags.split(), [passage.split() for passage in passages])
