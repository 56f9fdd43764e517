"""How much a stream of a PDF unpacks to, found without ever holding more than a piece of it."""

import zlib

import pikepdf

from helsevev.core.inspection.bounds import (
    LARGEST_PICTURE,
    LARGEST_STREAM,
    LARGEST_WHOLE,
    MOST_FILTERS,
    MOST_PIXELS,
)
from helsevev.core.inspection.verdicts import Reason, Refuse

PIECE = 1 << 20
FLATE = {"/FlateDecode", "/Fl"}
# Packed in ways that unpack to pixels alone; whoever shows them goes by width and height.
PIXELS = {"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode", "/DCT", "/CCF"}


class Meter:
    """Adds up what the streams of one file unpack to."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.total = 0

    def add(self, stream: pikepdf.Stream) -> None:
        """Count one stream; refuse the file where it is too much."""
        filters = _filters(stream)
        packed = sum(name in FLATE for name in filters)
        if len(filters) > MOST_FILTERS or packed > 1:
            raise Refuse(Reason.TOO_COMPLEX)
        picture = str(stream.get("/Subtype", "")) == "/Image"
        if picture:
            _refuse_pixels(stream)
        if PIXELS & set(filters):
            return
        most = min(LARGEST_PICTURE if picture else LARGEST_STREAM, LARGEST_WHOLE - self.total)
        self.total += unpacked(stream, filters, most)


def _filters(stream: pikepdf.Stream) -> list[str]:
    found = stream.get("/Filter")
    if found is None:
        return []
    return [str(name) for name in found] if isinstance(found, pikepdf.Array) else [str(found)]


def _refuse_pixels(stream: pikepdf.Stream) -> None:
    width, height = int(stream.get("/Width", 0)), int(stream.get("/Height", 0))
    if width < 0 or height < 0 or width * height > MOST_PIXELS:
        raise Refuse(Reason.TOO_COMPLEX)


def unpacked(stream: pikepdf.Stream, filters: list[str], most: int) -> int:
    """How many bytes the stream unpacks to; refused as soon as it is more than `most`."""
    raw = stream.read_raw_bytes()
    if filters and filters[0] in FLATE:
        size = _inflated(raw, most)
    elif filters:
        size = len(stream.read_bytes())  # rarer ways of packing; the limit on memory stands guard
    else:
        size = len(raw)
    if size > most:
        raise Refuse(Reason.TOO_COMPLEX)
    return size


def _inflated(raw: bytes, most: int) -> int:
    """Counted piece by piece; what can't be unpacked any further counts as far as it went, as readers take it."""
    opening, size, rest = zlib.decompressobj(), 0, raw
    try:
        while rest and not opening.eof and size <= most:
            size += len(opening.decompress(rest, PIECE))
            rest = opening.unconsumed_tail
    except zlib.error:
        return size
    return size
