"""Every question asked of the trail, and of the head that is kept outside the database."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection

from helsevev.commons.audit.models import Head, Line
from helsevev.core import chain

HEAD_ROW = 1
PAGE = 50
FIELDS = ("number", "at", "actor", "verb", "kind", "key", "detail", "previous", "digest")


@dataclass(frozen=True)
class Outside:
    """The head as it is written outside the database, and which key sealed it."""

    head: chain.Head
    key: str


class HeadUnreadable(Exception):
    """The file with the head is there, but doesn't hold one."""


def secret() -> bytes:
    """The key that seals the trail."""
    return str(settings.TRAIL_KEY).encode()


def outside(path: Path | None = None) -> Outside | None:
    """The head outside the database; None when there is no file."""
    try:
        text = (path or Path(settings.TRAIL_HEAD_FILE)).read_text(encoding="utf-8")
    except FileNotFoundError:
        return None
    try:
        words = json.loads(text)
        head = chain.Head(int(words["number"]), str(words["digest"]))
        return Outside(head, str(words["key"]))
    except (ValueError, KeyError, TypeError) as error:
        raise HeadUnreadable(str(path or settings.TRAIL_HEAD_FILE)) from error


def inside() -> chain.Head:
    """The head as the database has it."""
    row = Head.objects.filter(pk=HEAD_ROW).first()
    return chain.Head(row.number, row.digest) if row else chain.Head()


@contextmanager
def _any_text() -> Iterator[None]:
    """Let SQLite hand out text that isn't text; a tamperer may have put it there, and it must be named, not crash."""
    if connection.vendor != "sqlite":
        yield
        return
    connection.ensure_connection()
    raw = connection.connection
    before: Callable[[bytes], object] = raw.text_factory
    raw.text_factory = lambda data: data.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        raw.text_factory = before


def _text(value: object) -> str:
    """A column's value; one that isn't text can't be what was sealed."""
    return value if isinstance(value, str) else f"not text: {value!r}"


def lines() -> Iterator[chain.Sealed]:
    """All lines as they are stored, in the order of their numbers, without holding them all."""
    with _any_text():
        for number, *words in Line.objects.order_by("number").values_list(*FIELDS).iterator(chunk_size=2000):
            *content, digest = map(_text, words)
            yield chain.Sealed(chain.Content(number, *content), digest)


def report(key: bytes | None = None) -> chain.Report:
    """Whether the trail is sound. Heads are read first, so lines that come meanwhile are no fault."""
    anchors = [inside()]
    try:
        kept = outside()
    except HeadUnreadable:
        kept = None
    if kept:
        anchors.append(kept.head)
    found = chain.verify(lines(), key or secret(), anchors)
    if kept is None and found.lines:
        # Without the head outside, removed last lines can't be seen, so its absence is a fault of the last line.
        lost = chain.Fault(max(anchor.number for anchor in anchors), "head missing")
        return chain.Report(found.lines, found.head, (*found.faults, lost))
    return found


def sealed_with_another_key() -> bool:
    """Whether the key that is set now isn't the one that sealed the trail."""
    try:
        kept = outside()
    except HeadUnreadable:
        return False
    return bool(kept and kept.head.number and kept.key != chain.fingerprint(secret()))


@dataclass(frozen=True)
class Row:
    """One line as a person reads it; a tampered one is shown as far as it can be."""

    number: int
    when: datetime | None
    actor: str
    verb: str
    kind: str
    key: str
    details: list[tuple[str, object]]


@dataclass(frozen=True)
class Page:
    """Some lines, newest first, and where to go on."""

    lines: list[Row]
    older: int | None = None
    newer: bool = False


def page(*, kind: str = "", key: str = "", actor: str = "", before: int | None = None) -> Page:
    """Lines about an object or by an actor, newest first."""
    found = Line.objects.order_by("-number")
    for name, value in (("kind", kind), ("key", key), ("actor", actor)):
        if value:
            found = found.filter(**{name: value})
    if before is not None:
        found = found.filter(number__lt=before)
    with _any_text():
        lines = list(found[: PAGE + 1])
    return Page(
        [_row(line) for line in lines[:PAGE]], lines[PAGE - 1].number if len(lines) > PAGE else None, bool(before)
    )


def _row(line: Line) -> Row:
    try:
        when = datetime.fromisoformat(line.at)
    except ValueError:
        when = None
    try:
        details = json.loads(line.detail)
    except ValueError:
        details = {"?": line.detail}
    pairs = list(details.items()) if isinstance(details, dict) else [("?", details)]
    return Row(line.number, when, line.actor, line.verb, line.kind, line.key, pairs)
