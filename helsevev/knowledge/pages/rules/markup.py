"""A text file's body as the blocks of a page (fra tekstfil til blokker): a small Markdown with a few boxes. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from helsevev.core.roadmap import PHASES
from helsevev.core.words import gettext_noop
from helsevev.knowledge.pages.rules.faults import Fault
from helsevev.knowledge.pages.rules.inline import inline, is_address

Block = dict[str, Any]
HEADING = re.compile(r"(#{1,6})\s+(.+?)\s*#*$")
BULLET = re.compile(r"[-*]\s+(.+)")
NUMBER = re.compile(r"\d+[.)]\s+(.+)")
ROW = re.compile(r"\|(.+)\|\s*$")
RULE = re.compile(r"\|[\s:|-]+\|\s*$")
BOX = re.compile(r":::\s*(\w+)\s*(.*)$")
OPTION = re.compile(r'(\w+)="([^"]*)"')
BY = re.compile(r"--\s+(.+)")
CALLOUTS = {"callout": "note", "note": "note", "tip": "tip", "warning": "warning"}


class Line(NamedTuple):
    """A line of a file, and which one it is."""

    number: int
    text: str


def blocks(lines: Sequence[Line]) -> list[Block]:
    """The body as a page's blocks; raises Fault at the line that can't be understood."""
    return list(_blocks(lines))


def _blocks(lines: Sequence[Line]) -> Iterator[Block]:
    text: list[Line] = []
    at = 0
    while at < len(lines):
        line = lines[at]
        if found := BOX.match(line.text):
            yield from _text(text)
            text = []
            end = _end(lines, at)
            yield _box(line, found[1], found[2], lines[at + 1 : end])
            at = end + 1
        elif ROW.match(line.text) or line.text.startswith("> ") or line.text.startswith("Table: "):
            yield from _text(text)
            text = []
            end = at + 1
            while end < len(lines) and _goes_on(line.text, lines[end].text):
                end += 1
            yield (_quote if line.text.startswith("> ") else _table)(lines[at:end])
            at = end
        else:
            text.append(line)
            at += 1
    yield from _text(text)


def _goes_on(first: str, following: str) -> bool:
    return following.startswith(">") if first.startswith("> ") else bool(ROW.match(following))


def _end(lines: Sequence[Line], start: int) -> int:
    for at in range(start + 1, len(lines)):
        if lines[at].text.strip() == ":::":
            return at
        if BOX.match(lines[at].text):
            break
    raise Fault(gettext_noop("A box opened with ::: isn't closed."), lines[start].number)


def _text(lines: Sequence[Line]) -> Iterator[Block]:
    if html := rich(lines):
        yield {"type": "text", "value": html}


# --- Running text ----------------------------------------------------------------------------------------------------
def rich(lines: Sequence[Line]) -> str:
    """Paragraphs, headings and lists as rich text."""
    done: list[str] = []
    group: list[str] = []
    kind = ""
    for line in (*lines, Line(0, "")):
        found = _kind(line)
        if group and (found[0] != kind or kind == "heading"):
            done.append(_closed(kind, group))
            group = []
        kind, text = found
        if text:
            group.append(text)
    return "".join(done)


def _kind(line: Line) -> tuple[str, str]:
    """What a line is, and its words."""
    text = line.text.strip()
    if not text:
        return "", ""
    if found := HEADING.match(text):
        level = len(found[1])
        if level not in (2, 3):
            why = gettext_noop("Headings are ## and ###; the page's title is the only one above them.")
            raise Fault(why, line.number)
        return "heading", f"<h{level}>{inline(found[2])}</h{level}>"
    if found := BULLET.match(text):
        return "ul", f"<li>{inline(found[1])}</li>"
    if found := NUMBER.match(text):
        return "ol", f"<li>{inline(found[1])}</li>"
    return "p", inline(text)


def _closed(kind: str, group: Sequence[str]) -> str:
    if kind == "heading":
        return "".join(group)
    return f"<p>{' '.join(group)}</p>" if kind == "p" else f"<{kind}>{''.join(group)}</{kind}>"


def _quote(lines: Sequence[Line]) -> Block:
    texts = [line.text.lstrip(">").strip() for line in lines]
    by = next((found[1] for text in texts if (found := BY.match(text))), "")
    said = " ".join(text for text in texts if text and not BY.match(text))
    return {"type": "quote", "value": {"text": said, "by": by}}


def _table(lines: Sequence[Line]) -> Block:
    caption = ""
    if lines[0].text.startswith("Table: "):
        caption, lines = lines[0].text.removeprefix("Table: ").strip(), lines[1:]
    if len(lines) < 3 or not RULE.match(lines[1].text):
        number = lines[0].number if lines else 0
        raise Fault(gettext_noop("A table needs a head, a line |---|---| and at least one row."), number)
    head, *rows = [_cells(line.text) for line in (lines[0], *lines[2:])]
    for line, row in zip(lines[2:], rows, strict=True):
        if len(row) != len(head):
            raise Fault(gettext_noop("The row has another number of cells than the table's head."), line.number)
    return {
        "type": "table",
        "value": {
            "columns": [{"type": "text", "heading": cell} for cell in head],
            "rows": [{"values": row} for row in rows],
            "caption": caption,
        },
    }


def _cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


# --- Boxes -----------------------------------------------------------------------------------------------------------
def _box(line: Line, name: str, rest: str, inside: Sequence[Line]) -> Block:
    options = dict(OPTION.findall(rest))
    bare = OPTION.sub("", rest).strip()
    if name in CALLOUTS:
        value = {"kind": CALLOUTS[name], "title": options.get("title", ""), "text": rich(inside)}
        return {"type": "callout", "value": value}
    if name not in BOXES:
        raise Fault(gettext_noop("There is no box of that name."), line.number)
    return BOXES[name](line, bare, options, inside)


def _phase(line: Line, bare: str, options: Mapping[str, str], inside: Sequence[Line]) -> Block:
    if bare and bare not in list(PHASES):
        raise Fault(gettext_noop("There is no phase of that name."), line.number)
    if not options.get("title"):
        raise Fault(gettext_noop("The box needs a title."), line.number)
    value = {"phase": bare, "title": options["title"], "takes": options.get("takes", ""), "text": rich(inside)}
    return {"type": "phase", "value": value}


def _figures(line: Line, _bare: str, options: Mapping[str, str], _inside: Sequence[Line]) -> Block:
    if not options.get("initiative"):
        raise Fault(gettext_noop("The box needs to name a project."), line.number)
    return {"type": "figures", "value": {"initiative": options["initiative"], "names": options.get("names", "")}}


def _video(line: Line, _bare: str, options: Mapping[str, str], inside: Sequence[Line]) -> Block:
    address = options.get("address", "")
    if not (address.startswith("https://") and is_address(address)) or not options.get("title"):
        raise Fault(gettext_noop("A video needs an https address and a title."), line.number)
    value = {
        "address": address,
        "title": options["title"],
        "length": options.get("length", ""),
        "transcript": rich(inside),
    }
    return {"type": "video", "value": value}


Box = Callable[[Line, str, Mapping[str, str], Sequence[Line]], Block]
BOXES: Mapping[str, Box] = MappingProxyType({"phase": _phase, "figures": _figures, "video": _video})
