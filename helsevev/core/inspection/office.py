"""An Office document packed anew, part by part, and refused where it holds anything that runs or reaches out."""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from helsevev.core.inspection.bounds import LARGEST_STREAM, MB
from helsevev.core.inspection.verdicts import Answer, Reason, Refuse, Removed

MOST_PARTS = 3_000
LARGEST_UNPACKED = 300 * MB
PIECE = 1 << 20
CONTENTS = "[Content_Types].xml"
# What the main part of each kind says it is; the kinds with macros say something else.
MAIN = {
    "docx": b"wordprocessingml.document.main+xml",
    "xlsx": b"spreadsheetml.sheet.main+xml",
    "pptx": b"presentationml.presentation.main+xml",
}
ACTIVE = re.compile(r"vbaproject|activex|/embeddings/|\.bin$|customui|/externallinks/", re.IGNORECASE)
PLAIN_BINARIES = re.compile(r"printersettings\d*\.bin$", re.IGNORECASE)
EXTERNAL = re.compile(rb"<Relationship\s[^>]*TargetMode\s*=\s*[\"']External[\"'][^>]*>", re.IGNORECASE)
HYPERLINK = re.compile(rb"Type\s*=\s*[\"'][^\"']*/hyperlink[\"']", re.IGNORECASE)
SAFE_TARGET = re.compile(rb"Target\s*=\s*[\"'](?:https?://|mailto:|#)", re.IGNORECASE)
PERSONS = re.compile(rb"(<(dc:creator|cp:lastModifiedBy)(?:\s[^>]*)?>)[^<]*(</\2>)")
LONG_AGO = (1980, 1, 1, 0, 0, 0)


def clean(source: Path, target: Path, kind: str) -> Answer:
    """The same document without the names of those who made it."""
    try:
        with zipfile.ZipFile(source) as packed, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy:
            removed = _copied(packed, copy, kind)
    except (zipfile.BadZipFile, NotImplementedError, UnicodeDecodeError, EOFError) as error:
        raise Refuse(Reason.UNREADABLE) from error
    return Answer(removed=removed)


def _copied(packed: zipfile.ZipFile, copy: zipfile.ZipFile, kind: str) -> tuple[Removed, ...]:
    parts = packed.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS or len(names) != len(parts):
        raise Refuse(Reason.TOO_COMPLEX)
    if CONTENTS not in names:
        raise Refuse(Reason.WRONG_KIND)
    left, noted = LARGEST_UNPACKED, False
    for part in parts:
        _look_at_name(part)
        content = _unpacked(packed, part, left)
        left -= len(content)
        _look_into(part.filename, content, kind)
        bare = PERSONS.sub(rb"\1\3", content) if part.filename.startswith("docProps/") else content
        noted = noted or bare != content
        copy.writestr(zipfile.ZipInfo(part.filename, LONG_AGO), bare, zipfile.ZIP_DEFLATED)
    return (Removed.METADATA,) if noted else ()


def _look_at_name(part: zipfile.ZipInfo) -> None:
    name = part.filename
    if part.flag_bits & 0x1:
        raise Refuse(Reason.ENCRYPTED)
    if name.startswith("/") or "\\" in name or ".." in name.split("/") or not name.isprintable():
        raise Refuse(Reason.UNREADABLE)
    if ACTIVE.search(name) and not PLAIN_BINARIES.search(name):
        raise Refuse(Reason.ACTIVE)


def _unpacked(packed: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> bytes:
    """A part's bytes, counted while they unpack: what its header says of its size isn't believed."""
    content = bytearray()
    for piece in _pieces(packed, part):
        content += piece
        if len(content) > min(left, LARGEST_STREAM):
            raise Refuse(Reason.TOO_COMPLEX)
    return bytes(content)


def _pieces(packed: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[bytes]:
    with packed.open(part) as opened:
        while piece := opened.read(PIECE):
            yield piece


def _look_into(name: str, content: bytes, kind: str) -> None:
    if name == CONTENTS and MAIN[kind] not in content:
        raise Refuse(Reason.WRONG_KIND)
    if not name.endswith((".xml", ".rels", ".vml")):
        return
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Refuse(Reason.UNREADABLE)
    if name.endswith(".rels"):
        for found in EXTERNAL.findall(content):
            if not (HYPERLINK.search(found) and SAFE_TARGET.search(found)):
                raise Refuse(Reason.ACTIVE)
