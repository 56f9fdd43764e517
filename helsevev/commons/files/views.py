"""What the owning rooms' pages use: how much a page takes, and a file handed out so that no browser runs it."""

import logging
from collections.abc import Callable
from typing import TypeVar

from django.http import FileResponse, Http404, HttpResponseBase

from helsevev.commons.files import queries
from helsevev.commons.files.models import StoredFile
from helsevev.commons.files.rules import LARGEST_FILE, LARGEST_FROM_STRANGERS, MEDIA_TYPES, Kind

log = logging.getLogger(__name__)
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
    if file.state != StoredFile.State.KEPT:
        raise Http404
    try:
        opened = queries.path(file).open("rb")
    except OSError as error:
        log.exception("The stored file %s can't be read. Run: helsevev check files", file.key)
        raise Http404 from error
    media_type = MEDIA_TYPES[Kind(file.kind)]
    return FileResponse(opened, as_attachment=True, filename=file.name, content_type=media_type, headers=HEADERS)
