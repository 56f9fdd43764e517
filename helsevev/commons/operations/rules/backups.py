"""What a backup says of itself, and why one can't be taken back. Pure."""

import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from helsevev.core.words import Refusal, Refused, gettext_noop

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_MANIFEST = 200_000_000
NOT_OURS = gettext_noop("%(file)s is not a Helsevev backup: %(why)s. Nothing was changed.")


@dataclass(frozen=True)
class TablePart:
    """One table in a backup: a line of JSON per row."""

    name: str
    model: str
    columns: tuple[str, ...]
    rows: int
    sha256: str

    @property
    def member(self) -> str:
        """Its name in the tar."""
        return f"tables/{self.name}.jsonl"


@dataclass(frozen=True)
class FilePart:
    """One stored file in a backup."""

    path: str
    size: int
    sha256: str

    @property
    def member(self) -> str:
        """Its name in the tar."""
        return f"files/{self.path}"


@dataclass(frozen=True)
class TrailHead:
    """Where the trail stood, and a name for the key that sealed it."""

    number: int
    digest: str
    key: str


@dataclass(frozen=True)
class Manifest:
    """The table of contents of a backup (innholdsfortegnelse)."""

    version: str
    made_at: str
    migrations: Mapping[str, Sequence[str]]
    tables: tuple[TablePart, ...]
    files: tuple[FilePart, ...]
    trail: TrailHead

    @property
    def members(self) -> set[str]:
        """Every name that the tar must hold, and no other."""
        return {MANIFEST, *(part.member for part in self.tables), *(part.member for part in self.files)}

    @property
    def rows(self) -> int:
        """Rows in all tables."""
        return sum(part.rows for part in self.tables)


def written(manifest: Manifest, secret: bytes) -> bytes:
    """The manifest as it stands in the tar, sealed so that a changed one is known."""
    words = {"product": "helsevev", "format": FORMAT, **asdict(manifest)}
    return json.dumps({**words, "seal": _seal(words, secret)}, indent=1, sort_keys=True).encode()


def _seal(words: Mapping[str, Any], secret: bytes) -> str:
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":")).encode()
    return hmac.digest(secret, b"helsevev backup " + canonical, "sha256").hex()


def read(data: bytes, secret: bytes | None) -> Manifest:
    """The manifest of a backup, or ValueError with what is wrong; without the secret its seal isn't looked at."""
    words = json.loads(data)
    if not isinstance(words, dict) or words.get("product") != "helsevev":
        raise ValueError("its manifest is another product's")
    if words.get("format") != FORMAT:
        raise ValueError(f"its format is {words.get('format')!r}, and this version reads format {FORMAT}")
    seal = words.pop("seal", "")
    if secret is not None and not hmac.compare_digest(str(seal).encode(), _seal(words, secret).encode()):
        raise ValueError("its manifest was changed after the backup was made, or was sealed with another key")
    try:
        return Manifest(
            version=str(words["version"]),
            made_at=str(words["made_at"]),
            migrations={str(app): [str(name) for name in names] for app, names in words["migrations"].items()},
            tables=tuple(TablePart(**{**part, "columns": tuple(part["columns"])}) for part in words["tables"]),
            files=tuple(FilePart(**part) for part in words["files"]),
            trail=TrailHead(**words["trail"]),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("its manifest lacks something") from error


def key_of(data: bytes) -> str:
    """The name of the key that sealed the trail, read before the seal can be checked; empty when it isn't there."""
    try:
        return str(json.loads(data)["trail"]["key"])
    except (ValueError, KeyError, TypeError):
        return ""


def unsafe_path(path: str) -> bool:
    """Whether a file's path would lead out of the files folder."""
    parts = PurePosixPath(path).parts
    return (
        not parts
        or path.startswith("/")
        or ".." in parts
        or "\\" in path
        or "\0" in path
        or str(PurePosixPath(path)) != path
    )


def version_of(text: str) -> tuple[int, ...]:
    """A version as numbers to compare; what isn't a number counts as 0."""
    return tuple(int(part) if part.isdigit() else 0 for part in text.split("."))


def refuse_restore(manifest: Manifest, version: str, known: Mapping[str, Sequence[str]]) -> Refusal | None:
    """Why this code can't take the backup back; None when it can. `known` are the migrations the code has."""
    if version_of(manifest.version) > version_of(version):
        newer = gettext_noop(
            "The backup was made by Helsevev %(theirs)s, and this is %(ours)s. "
            "Install %(theirs)s or newer, then restore."
        )
        return Refusal(newer, {"theirs": manifest.version, "ours": version})
    unknown = [
        (app, name) for app, names in manifest.migrations.items() for name in names if name not in known.get(app, ())
    ]
    if unknown:
        lacking = gettext_noop(
            "The backup has tables that this installation doesn't know (%(rooms)s). Install a newer version, "
            "or take in the wing that HELSEVEV_LEAVE_OUT leaves out."
        )
        return Refusal(lacking, {"rooms": ", ".join(sorted({app for app, _ in unknown}))})
    if bad := next((part.path for part in manifest.files if unsafe_path(part.path)), None):
        return Refusal(gettext_noop("The backup names a file outside its folder: %(path)s."), {"path": bad})
    return None


def refused(file: str, why: str) -> Refused:
    """What is raised when a file isn't a backup of ours, or not a whole one."""
    return Refused(Refusal(NOT_OURS, {"file": file, "why": why}))
