"""What the owning rooms' pages use: how much a page takes, and a file handed out so that no browser runs it."""

import logging
import re
from collections.abc import Callable, Iterator
from typing import BinaryIO, TypeVar

from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from helsevev.commons.files import queries
from helsevev.commons.files.models import StoredFile
from helsevev.commons.files.rules import LARGEST_FILE, LARGEST_FROM_STRANGERS, MEDIA_TYPES, Kind, stretch

log = logging.getLogger(__name__)
RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})")
PIECE = 64 * 1024
View = TypeVar("View", bound=Callable[..., HttpResponseBase])
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
}


def takes_files(most: int = LARGEST_FILE, *, from_strangers: int = LARGEST_FROM_STRANGERS) -> Callable[[View], View]:
    """Say that a page takes files of so many bytes; stands outermost, above all other decorators."""

    def mark(view: View) -> View:
        setattr(view, "files_most", most)  # noqa: B010 read before the view is called
        setattr(view, "files_from_strangers", from_strangers)  # noqa: B010 as above
        return view

    return mark


def serve(file: StoredFile) -> HttpResponseBase:
    """The file to save, never to open in place. Whether this person may have it, the owning room has asked before."""
    opened, media_type = _opened(file)
    return FileResponse(opened, as_attachment=True, filename=file.name, content_type=media_type, headers=HEADERS)


def play(request: HttpRequest, file: StoredFile) -> HttpResponseBase:
    """Film, sound or captions for a page of ours to play; a stretch of it where the browser asks for one."""
    opened, media_type = _opened(file)
    headers = {**HEADERS, "Accept-Ranges": "bytes", "Cache-Control": "private, max-age=3600"}
    asked = RANGE.fullmatch(request.headers.get("Range", ""))
    if asked is None:
        return FileResponse(opened, content_type=media_type, headers=headers)
    first, last = stretch(asked["first"], asked["last"], file.size)
    if first > last:
        opened.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{file.size}"})
    opened.seek(first)
    headers |= {"Content-Range": f"bytes {first}-{last}/{file.size}", "Content-Length": str(last - first + 1)}
    pieces = _pieces(opened, last - first + 1)
    return StreamingHttpResponse(pieces, status=206, content_type=media_type, headers=headers)


def _pieces(opened: BinaryIO, left: int) -> Iterator[bytes]:
    with opened:
        while left > 0 and (piece := opened.read(min(left, PIECE))):
            left -= len(piece)
            yield piece


def _opened(file: StoredFile) -> tuple[BinaryIO, str]:
    if file.state != StoredFile.State.KEPT:
        raise Http404
    try:
        return queries.path(file).open("rb"), MEDIA_TYPES[Kind(file.kind)]
    except OSError as error:
        log.exception("The stored file %s can't be read. Run: helsevev check files", file.key)
        raise Http404 from error
