"""Reading a backup as a stranger's file: nothing in it is believed before it fits the sealed table of contents."""

import hashlib
import os
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from helsevev.commons.operations.queries import tables
from helsevev.commons.operations.rules import backups

PIECE = 1 << 20


class Archive:
    """An open backup."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        """List what is in it; every member is a plain file with a name of its own."""
        self.path, self.tar = path, tar
        members = tar.getmembers()
        self.members = {member.name: member for member in members}
        if len(self.members) != len(members):
            raise self.refused("it holds a name twice")
        if odd := next((member.name for member in members if not member.isreg()), None):
            raise self.refused(f"{odd!r} is not a plain file")

    def refused(self, why: str) -> Exception:
        """What to raise when it isn't a whole backup of ours."""
        return backups.refused(self.path.name, why)

    def manifest_bytes(self) -> bytes:
        """The table of contents as it stands."""
        info = self.members.get(backups.MANIFEST)
        if info is None or info.size > backups.LARGEST_MANIFEST:
            raise self.refused("it holds no manifest")
        return b"".join(self.pieces(backups.MANIFEST))

    def manifest(self, secret: bytes | None) -> backups.Manifest:
        """The table of contents, its seal checked when there is a secret to check it with."""
        try:
            found = backups.read(self.manifest_bytes(), secret)
        except ValueError as error:
            raise self.refused(str(error)) from error
        if found.members != set(self.members):
            odd = sorted(found.members.symmetric_difference(self.members))[0]
            raise self.refused(f"{odd!r} is missing, or too much")
        return found

    def pieces(self, name: str) -> Iterator[bytes]:
        """A member's bytes; it is an error when the file ends too early."""
        info = self.members[name]
        file = self.tar.extractfile(info)
        assert file is not None
        left = info.size
        while left:
            piece = file.read(min(PIECE, left))
            if not piece:
                raise self.refused("it is cut off")
            left -= len(piece)
            yield piece

    def lines(self, part: backups.TablePart) -> Iterator[bytes]:
        """The rows of a table as they were written."""
        file = self.tar.extractfile(self.members[part.member])
        assert file is not None
        yield from file

    def verify(self, manifest: backups.Manifest) -> None:
        """Every table and file is what the table of contents says."""
        for part in manifest.tables:
            total = tables.Tally()
            for line in self.lines(part):
                total.add(line)
            if (total.rows, total.sha256) != (part.rows, part.sha256):
                raise self.refused(f"the table {part.name} is not what the manifest says")
        for stored in manifest.files:
            self._verify_file(stored)

    def _verify_file(self, part: backups.FilePart) -> None:
        digest = hashlib.sha256()
        for piece in self.pieces(part.member):
            digest.update(piece)
        if (self.members[part.member].size, digest.hexdigest()) != (part.size, part.sha256):
            raise self.refused(f"the file {part.path} is not what the manifest says")

    def copy_files(self, manifest: backups.Manifest, folder: Path) -> None:
        """Write the stored files below `folder`; their paths were found safe before."""
        folder.mkdir(parents=True)
        for part in manifest.files:
            target = folder / part.path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                for piece in self.pieces(part.member):
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())


@contextmanager
def open_archive(path: Path) -> Iterator[Archive]:
    """A backup to read from; what isn't a tar at all is refused with a sentence."""
    try:
        with tarfile.open(path, "r:") as tar:
            yield Archive(path, tar)
    except tarfile.TarError as error:
        raise backups.refused(path.name, "it is no tar file, or is cut off") from error
