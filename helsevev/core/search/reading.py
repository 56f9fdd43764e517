"""Reads a corpus and queries from files with a JSON object on each line; every bad line is a fault with its number."""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.search.documents import Document
from helsevev.core.strictjson import keepable, unkept_sign
from helsevev.core.words import Refusal, gettext_noop

MOST_FAULTS = 20
# An id is given back as it came.
T = TypeVar("T")
Id = str | int
Line = dict[str, Any]


@dataclass(frozen=True)
class Query:
    """What is asked: words or a whole text; or a document of the corpus, whose like is looked for."""

    id: Id
    text: str = ""
    document: Id | None = None


class Unreadable(Exception):
    """What is wrong with one line."""

    def __init__(self, why: str, **values: object) -> None:
        """The sentence, and what fills its places."""
        self.refusal = Refusal(why, values)
        super().__init__(str(self.refusal))


def corpus(file: Path) -> dict[Id, Document]:
    """The documents of a file by id, in order."""
    found: dict[Id, Document] = {}
    faults: list[Fault] = []
    for place, raw in _lines(file):
        try:
            line = _object(raw)
            key = _id(line, "id")
            if key in found:
                raise Unreadable(gettext_noop("An earlier line has the id %(id)s too"), id=quoted(key))
            found[key] = _document(line)
        except Unreadable as bad:
            _note(faults, place, bad)
    return _all_or_nothing(found, faults)


def queries(file: Path, known: Collection[Id], *, similar: bool) -> list[Query]:
    """The queries of a file in order; documents that they name must be among the known."""
    found: list[Query] = []
    faults: list[Fault] = []
    for place, raw in _lines(file):
        try:
            found.append(_query(_object(raw), known, similar=similar))
        except Unreadable as bad:
            _note(faults, place, bad)
    return _all_or_nothing(found, faults)


def _note(faults: list[Fault], place: str, bad: Unreadable) -> None:
    faults.append(Fault(place, bad.refusal))
    if len(faults) == MOST_FAULTS:
        raise Faulty(faults)


def _all_or_nothing(found: T, faults: list[Fault]) -> T:
    if faults:
        raise Faulty(faults)
    return found


def _lines(file: Path) -> Iterator[tuple[str, bytes]]:
    """Every line that isn't blank, with its place."""
    with file.open("rb") as opened:
        for number, raw in enumerate(opened, start=1):
            line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
            if line.strip():
                yield f"{file}:{number}", line


def _object(raw: bytes) -> Line:
    """The JSON object on a line."""
    try:
        value = json.loads(raw.decode("utf-8"), parse_constant=_no_number)
    except UnicodeDecodeError as error:
        raise Unreadable(gettext_noop("Byte %(place)s isn't UTF-8"), place=error.start + 1) from error
    except json.JSONDecodeError as error:
        raise Unreadable(
            gettext_noop("This isn't JSON: %(what)s, column %(column)s"), what=error.msg, column=error.colno
        ) from error
    except (RecursionError, ValueError) as error:
        raise Unreadable(gettext_noop("This can't be read as JSON")) from error
    if not isinstance(value, dict):
        raise Unreadable(gettext_noop("A line must be a JSON object, not %(value)s"), value=quoted(value))
    return value


def _no_number(_text: str) -> None:
    raise ValueError


def _document(line: Line) -> Document:
    return Document(
        id=str(line["id"]),
        title=_text(line, "title"),
        body=_text(line, "body"),
        tags=_tags(line),
        language=_optional(line, "language") or _optional(line, "lang"),
    )


def _query(line: Line, known: Collection[Id], *, similar: bool) -> Query:
    key = _id(line, "qid")
    if similar and line.get("doc") is not None:
        document = _id(line, "doc")
        if document not in known:
            raise Unreadable(gettext_noop("The corpus has no document %(id)s"), id=quoted(document))
        return Query(key, document=document)
    if similar and "query" not in line:
        raise Unreadable(gettext_noop("Neither %(one)s nor %(other)s is there"), one="query", other="doc")
    return Query(key, _text(line, "query"))


def _id(line: Line, name: str) -> Id:
    value = _required(line, name)
    if isinstance(value, bool) or not isinstance(value, str | int) or value == "":
        raise Unreadable(gettext_noop("%(name)s must be a text, not %(value)s"), name=name, value=quoted(value))
    if isinstance(value, str) and (code := unkept_sign(value)):
        raise Unreadable(gettext_noop("%(name)s holds a character that can't be kept: %(code)s"), name=name, code=code)
    return value


def _required(line: Line, name: str) -> object:
    if name not in line:
        raise Unreadable(gettext_noop("%(name)s is missing"), name=name)
    return line[name]


def _text(line: Line, name: str) -> str:
    value = _required(line, name)
    if not isinstance(value, str):
        raise Unreadable(gettext_noop("%(name)s must be a text, not %(value)s"), name=name, value=quoted(value))
    return str(keepable(value))


def _optional(line: Line, name: str) -> str:
    return "" if line.get(name) is None else _text(line, name)


def _tags(line: Line) -> tuple[str, ...]:
    value = line.get("tags")
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        raise Unreadable(
            gettext_noop("%(name)s must be a list of texts, not %(value)s"), name="tags", value=quoted(value)
        )
    return tuple(str(keepable(tag)) for tag in value)
