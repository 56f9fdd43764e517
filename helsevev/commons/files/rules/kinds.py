"""What a file is, by its content and never by its name."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class Kind(StrEnum):
    """A kind of file that can be kept (filtype)."""

    PDF = "pdf"
    PNG = "png"
    JPEG = "jpeg"


MEDIA_TYPES: Mapping[Kind, str] = MappingProxyType(
    {Kind.PDF: "application/pdf", Kind.PNG: "image/png", Kind.JPEG: "image/jpeg"}
)
ENDINGS: Mapping[Kind, str] = MappingProxyType({Kind.PDF: ".pdf", Kind.PNG: ".png", Kind.JPEG: ".jpg"})
# The very first bytes: what lies before them could be read as something else by another program.
SIGNS: Mapping[bytes, Kind] = MappingProxyType(
    {b"%PDF-": Kind.PDF, b"\x89PNG\r\n\x1a\n": Kind.PNG, b"\xff\xd8\xff": Kind.JPEG}
)
LONGEST_SIGN = max(map(len, SIGNS))


def sniff(head: bytes) -> Kind | None:
    """The kind whose sign stands first; None for everything else."""
    return next((kind for sign, kind in SIGNS.items() if head.startswith(sign)), None)
