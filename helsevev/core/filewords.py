"""What a file says (filens ord): the words of PDF, Word, Excel and PowerPoint, for finding it. Pure.

Files come here after they have been looked into. Of an office file only the words between the marks are taken, so that
nothing in it is ever run, resolved or fetched. A file that can't be read says nothing.
"""

import html
import re
import zipfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]

MOST = 200_000
MOST_PAGES = 400
LARGEST_PART = 20_000_000
# The parts of an office file that hold what people wrote.
PARTS = re.compile(
    r"word/(?:document|header\d*|footer\d*|footnotes|endnotes)\.xml"
    r"|xl/(?:sharedStrings|worksheets/sheet\d+)\.xml"
    r"|ppt/(?:slides/slide|notesSlides/notesSlide)\d+\.xml"
)
WORDS = re.compile(r"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)</(?:\w+:)?t>|(</(?:w:p|a:p|si|is|row)>)")
OFFICE = frozenset({"docx", "xlsx", "pptx"})


def words(path: Path, kind: str) -> str:
    """Everything that the file says, a paragraph a line; nothing where it can't be read."""
    try:
        parts = _office(path) if kind in OFFICE else _pdf(path) if kind == "pdf" else iter(())
        return _lines(parts)
    except (OSError, ValueError, zipfile.BadZipFile, pypdfium2.PdfiumError, NotImplementedError):
        return ""


def _lines(parts: Iterator[str]) -> str:
    found: list[str] = []
    size = 0
    for part in parts:
        for line in part.splitlines():
            if kept := " ".join(line.split()):
                found.append(kept)
                size += len(kept) + 1
        if size > MOST:
            break
    return "\n".join(found)[:MOST]


def _office(path: Path) -> Iterator[str]:
    with zipfile.ZipFile(path) as packed:
        for entry in packed.infolist():
            if PARTS.fullmatch(entry.filename) and entry.file_size <= LARGEST_PART:
                marked = packed.read(entry).decode("utf-8", "replace")
                yield "".join("\n" if end else html.unescape(said) for said, end in WORDS.findall(marked))


def _pdf(path: Path) -> Iterator[str]:
    paper = pypdfium2.PdfDocument(path)
    try:
        for page in islice(paper, MOST_PAGES):
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            page.close()
    finally:
        paper.close()
