"""What a file is, by its content and never by its name."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """A kind of file that can be kept (filtype)."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    MP4 = "mp4"
    WEBM = "webm"
    MP3 = "mp3"
    M4A = "m4a"
    VTT = "vtt"


OFFICE = "application/vnd.openxmlformats-officedocument"
MEDIA_TYPES: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PDF: "application/pdf",
        Kind.PNG: "image/png",
        Kind.JPEG: "image/jpeg",
        Kind.DOCX: f"{OFFICE}.wordprocessingml.document",
        Kind.XLSX: f"{OFFICE}.spreadsheetml.sheet",
        Kind.PPTX: f"{OFFICE}.presentationml.presentation",
        Kind.MP4: "video/mp4",
        Kind.WEBM: "video/webm",
        Kind.MP3: "audio/mpeg",
        Kind.M4A: "audio/mp4",
        Kind.VTT: "text/vtt",
    }
)
ENDINGS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.PDF: ".pdf",
        Kind.PNG: ".png",
        Kind.JPEG: ".jpg",
        Kind.DOCX: ".docx",
        Kind.XLSX: ".xlsx",
        Kind.PPTX: ".pptx",
        Kind.MP4: ".mp4",
        Kind.WEBM: ".webm",
        Kind.MP3: ".mp3",
        Kind.M4A: ".m4a",
        Kind.VTT: ".vtt",
    }
)
# The very first bytes: what lies before them could be read as something else by another program.
SIGNS: Mapping[bytes, Kind] = MappingProxyType(
    {b"%PDF-": Kind.PDF, b"\x89PNG\r\n\x1a\n": Kind.PNG, b"\xff\xd8\xff": Kind.JPEG}
    | {b"\x1aE\xdf\xa3": Kind.WEBM, b"ID3": Kind.MP3, b"\xff\xfb": Kind.MP3, b"\xff\xf3": Kind.MP3}
    | {b"WEBVTT": Kind.VTT, b"\xef\xbb\xbfWEBVTT": Kind.VTT}
)
# Office's documents all begin alike; the name says which one is meant, and looking into it whether that is true.
PACKED = b"PK\x03\x04"
LONGEST_SIGN = max(map(len, SIGNS))


def sniff(head: bytes, name: str = "") -> Kind | None:
    """The kind whose sign stands first; None for everything else."""
    if head.startswith(PACKED):
        ending = name.rpartition(".")[2].lower()
        return Kind(ending) if ending in (Kind.DOCX, Kind.XLSX, Kind.PPTX) else None
    if head[4:8] == b"ftyp":
        return Kind.M4A if head[8:12] == b"M4A " else Kind.MP4
    return next((kind for sign, kind in SIGNS.items() if head.startswith(sign)), None)
