"""An upload on its way in: streamed to disk beside where it will lie, counted and digested as it comes.

Every upload of the product comes this way, also workbooks. One that is too large, or for which there is no room, goes
on being read but is not kept, so that the rest of the form reaches the page and nothing typed is lost.
"""

import errno
import hashlib
import logging
import os
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any
from uuid import uuid4

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from helsevev.commons.files import queries
from helsevev.commons.files.rules import LARGEST_SMALL, Why, in_words
from helsevev.core.words import Refusal

log = logging.getLogger(__name__)
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def is_no_room(error: OSError) -> bool:
    """Whether an error means that the disk is full; logged, since somebody must make room."""
    full = error.errno in NO_ROOM
    if full:
        log.error("There is no room for an uploaded file on the disk that holds %s.", queries.incoming())
    return full


def too_big(most: int) -> Refusal:
    """The refusal of a file that is larger than a page takes."""
    return Refusal(Why.TOO_BIG, {"limit": in_words(most)})


class Part:
    """A file that is being written, with its size and digest so far; it goes when it isn't wanted any more."""

    def __init__(self, most: int) -> None:
        """Nothing is written before the first piece."""
        self.most, self.size, self.refusal = most, 0, None if most > 0 else too_big(most)
        self.path = queries.incoming() / f"{uuid4().hex}.part"
        self.digest = hashlib.sha256()
        self._file: IO[bytes] | None = None

    def write(self, piece: bytes) -> None:
        """Take one more piece, or note why the file isn't kept."""
        self.size += len(piece)
        if self.refusal:
            return
        if self.size > self.most:
            self.refuse(too_big(self.most))
            return
        try:
            file, left = self._open(), memoryview(piece)
            while left:
                # A disk that fills takes a part first, and refuses only what comes after.
                left = left[file.write(left) :]
        except OSError as error:
            self.discard()
            if not is_no_room(error):
                raise
            self.refusal = Refusal(Why.NO_ROOM)
        self.digest.update(piece)

    def _open(self) -> IO[bytes]:
        if self._file is None:
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
            self._file = os.fdopen(handle, "w+b", buffering=0)
        return self._file

    def whole(self) -> IO[bytes]:
        """The file from its beginning, empty where nothing came or nothing is kept."""
        if self.refusal:
            return Path(os.devnull).open("rb")
        file = self._open()
        file.seek(0)
        return file

    def refuse(self, refusal: Refusal) -> None:
        """Keep why, and nothing else."""
        self.refusal = refusal
        self.discard()

    def discard(self) -> None:
        """Leave nothing behind."""
        if self._file:
            self._file.close()
            self._file = None
        self.path.unlink(missing_ok=True)


class IncomingFile(UploadedFile):  # type: ignore[type-arg]  # no parameter at run time
    """An upload that lies on disk until the request ends; `refusal` says why its bytes weren't kept."""

    def __init__(self, part: Part, name: str, content_type: str, charset: str | None, extra: dict[str, bytes]) -> None:
        """Read from the beginning."""
        self.part, self.refusal = part, part.refusal
        super().__init__(part.whole(), name, content_type, part.size, charset, extra)

    def close(self) -> None:
        """The request has ended."""
        super().close()
        self.part.discard()


class Incoming(FileUploadHandler):
    """Django's way of handing us an upload piece by piece."""

    part: Part

    def new_file(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django decides
        """One more file begins; the page has said how much it takes."""
        super().new_file(*args, **kwargs)
        self.part = Part(getattr(self.request, "files_most", LARGEST_SMALL))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002 Django's words
        """One more piece; no other handler gets it."""
        self.part.write(raw_data)

    def file_complete(self, file_size: int) -> IncomingFile:  # noqa: ARG002 Django's words
        """The file is here."""
        extra = dict(self.content_type_extra or {})
        return IncomingFile(self.part, self.file_name or "", self.content_type or "", self.charset, extra)

    def upload_interrupted(self) -> None:
        """The line broke."""
        if hasattr(self, "part"):
            self.part.discard()


def copied(pieces: Iterable[bytes], most: int) -> Part:
    """A file that came another way than by a browser, written as an upload is."""
    part = Part(most)
    try:
        for piece in pieces:
            part.write(piece)
    except BaseException:
        part.discard()
        raise
    return part
