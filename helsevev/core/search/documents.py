"""A document as it is handed in, and as it is read: terms of its title, its tags and its passages (dokument)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from helsevev.core.search.analysis import ENGLISH, NORWEGIAN, Analyser

# A text with more words than this is cut into passages of about so many, at the borders of its blocks.
LONG, PASSAGE = 400, 220
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*[•*\-–\d])|(?<=[.!?:])\s+")
FIELDS = TITLE, TAGS, BODY = range(3)


@dataclass(frozen=True)
class Document:
    """What can be found. A language that isn't stated is told from the text."""

    id: str
    title: str
    body: str = ""
    tags: tuple[str, ...] = ()
    language: str = ""


@dataclass(frozen=True)
class Read:
    """A document's terms: of the title, of the tags, and of each passage, in order and as often as they stand."""

    title: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    passages: list[list[str]] = field(default_factory=lambda: [[]])


def passages(text: str) -> Iterator[str]:
    """The text whole when it is short, else in passages."""
    if text.count(" ") < LONG:
        yield text
        return
    held: list[str] = []
    length = 0
    for block in BLOCK.split(text):
        held.append(block)
        length += block.count(" ") + 1
        while length > 2 * PASSAGE and len(held) == 1:
            # A block without any border: a list without dots, a table, a wall of words.
            every = held[0].split(" ")
            yield " ".join(every[:PASSAGE])
            held, length = [" ".join(every[PASSAGE:])], len(every) - PASSAGE
        if length >= PASSAGE:
            yield "\n".join(held)
            held, length = [], 0
    if held:
        yield "\n".join(held)


def read(document: Document, analyser: Analyser) -> Read:
    """The terms of a document, in its own language."""
    stated = {"en": ENGLISH, "nb": NORWEGIAN, "nn": NORWEGIAN, "no": NORWEGIAN}.get(document.language)
    language = stated or analyser.language(f"{document.title} {document.body}")
    return Read(
        analyser.terms(document.title, language),
        [term for tag in document.tags for term in analyser.terms(tag, language)],
        [analyser.terms(passage, language) for passage in passages(document.body)],
    )
