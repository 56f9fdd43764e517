"""Sound, film and captions: what they say they are, to the last byte. They are copied as they are, not made anew.

No program here decodes them, as a browser does that in a room of its own. What is looked at is the frame: that it is
whole, and that nothing else lies in it or behind it.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from helsevev.core.inspection.verdicts import Answer, Reason, Refuse

KINDS = frozenset({"mp4", "m4a", "webm", "mp3", "vtt"})
LARGEST_CAPTIONS = 2_000_000
CUE = re.compile(r"^(\d+:)?\d{2}:\d{2}\.\d{3} --> (\d+:)?\d{2}:\d{2}\.\d{3}", re.MULTILINE)
# What a caption file may carry beside captions, and that no caption needs.
ASIDE = re.compile(r"^(STYLE|REGION)\b")


def clean(source: Path, target: Path, kind: str) -> Answer:
    """A copy of a whole file."""
    if kind == "vtt":
        target.write_text(_captions(source), encoding="utf-8")
        return Answer()
    with source.open("rb") as file:
        if not LOOK[kind](file):
            raise Refuse(Reason.UNREADABLE)
    shutil.copyfile(source, target)
    return Answer()


def _boxes(file: BinaryIO) -> Iterator[bytes]:
    """The names of an MP4 file's outermost boxes; one that doesn't fit in the file makes it unreadable."""
    size, at = file.seek(0, 2), 0
    while at < size:
        file.seek(at)
        head = file.read(16)
        long = int.from_bytes(head[:4], "big")
        length = {0: size - at, 1: int.from_bytes(head[8:16], "big")}.get(long, long)
        if length < 8 or at + length > size:
            raise Refuse(Reason.UNREADABLE)
        yield head[4:8]
        at += length


def _is_mp4(file: BinaryIO) -> bool:
    return {b"ftyp", b"moov"} <= set(_boxes(file))


def _is_webm(file: BinaryIO) -> bool:
    return b"webm" in file.read(64)


def _is_mp3(file: BinaryIO) -> bool:
    """Frames of sound, behind the notes that most begin with."""
    head = file.read(10)
    if head.startswith(b"ID3"):
        length = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
        file.seek(10 + length)
        head = file.read(2)
    return len(head) > 1 and head[0] == 0xFF and head[1] & 0xE0 == 0xE0


LOOK = {"mp4": _is_mp4, "m4a": _is_mp4, "webm": _is_webm, "mp3": _is_mp3}


def _captions(source: Path) -> str:
    """The captions alone, as UTF-8."""
    if source.stat().st_size > LARGEST_CAPTIONS:
        raise Refuse(Reason.TOO_COMPLEX)
    try:
        text = source.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise Refuse(Reason.UNREADABLE) from error
    blocks = re.split(r"\n{2,}", text.strip())
    kept = [block for block in blocks if not ASIDE.match(block)]
    if not text.startswith("WEBVTT") or not any(CUE.search(block) for block in kept):
        raise Refuse(Reason.UNREADABLE)
    return "\n\n".join(kept) + "\n"
