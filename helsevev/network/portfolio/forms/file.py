"""The door for files: bytes in, rows with their places or faults out. Nothing is asked of the database here."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from helsevev.core import strictjson
from helsevev.core.faults import Fault, Faulty, nearest, place, quoted
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.portfolio import rules
from helsevev.network.portfolio.rules.reading import DID_YOU_MEAN, NOT_LIST, UNKNOWN_KEY
from helsevev.network.portfolio.rules.settling import Why
from helsevev.network.portfolio.rules.shapes import FileShape

NO_FILE = gettext_noop("There is no file %(path)s")
IS_FOLDER = gettext_noop("%(path)s is a folder. Name the file in it")
CANT_READ = gettext_noop("%(path)s can't be read: %(reason)s")
NOT_OBJECT = gettext_noop("The file holds %(value)s. It must hold an object with the list 'projects'")
SCHEMA_TITLE = "A file for `helsevev load portfolio`"
OUTSIDE_ROWS = ("about", *rules.LISTS, *rules.KNOWN)


def read_file(path: Path) -> rules.Incoming:
    """A file on disk; one that can't be read is refused with a sentence."""
    try:
        with path.open("rb") as file:
            raw = file.read(strictjson.LARGEST_BYTES + 1)
    except FileNotFoundError:
        raise _refuse(NO_FILE, path=path) from None
    except IsADirectoryError:
        raise _refuse(IS_FOLDER, path=path) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise _refuse(CANT_READ, path=path, reason=reason) from None
    return read(raw)


def _refuse(why: str, **values: object) -> Faulty:
    return Faulty([Fault("", Refusal(why, values))])


def read(raw: bytes) -> rules.Incoming:
    """The rows of a file in the shape of `docs/portfolio.schema.json`, other rooms' parts, and every fault."""
    value, faults = strictjson.read(raw)
    if not isinstance(value, dict):
        raise _refuse(NOT_OBJECT, value=quoted(value))
    incoming = rules.Incoming(faults=faults)
    told = {fault.place for fault in faults}
    seen: dict[str, str] = {}
    for name in value:
        if name not in OUTSIDE_ROWS:
            incoming.faults.append(Fault(name, _unknown(name)))
    for name, listing in rules.LISTS.items():
        for fault in _read_list(value, name, listing, incoming, seen):
            if fault.place not in told:
                incoming.faults.append(fault)
    incoming.parts = {name: value[name] for name in rules.KNOWN if name in value}
    return incoming


def _unknown(name: str) -> Refusal:
    """A key of the file itself that means nothing, with the nearest that does."""
    close = nearest(name, OUTSIDE_ROWS, 1)
    return Refusal(DID_YOU_MEAN, {"key": name, "nearest": close[0]}) if close else Refusal(UNKNOWN_KEY, {"key": name})


def _read_list(
    value: Mapping[str, object], name: str, listing: str, incoming: rules.Incoming, seen: dict[str, str]
) -> list[Fault]:
    """Read one list of projects into `incoming`; returns its faults. A list that is null or absent has no rows."""
    rows = value.get(name)
    if rows is None:
        return []
    if not isinstance(rows, list):
        return [Fault(name, Refusal(NOT_LIST, {"value": quoted(rows)}))]
    faults = []
    for number, sent in enumerate(rows):
        where = (name, number)
        key, fields, wrong = rules.read_row(sent, listing, where)
        faults += wrong
        if key in seen:
            faults.append(
                Fault(place((*where, "id")), Refusal(Why.ID_TWICE, {"value": quoted(key), "first": seen[key]}))
            )
        elif key:
            seen[key] = place(where)
            incoming.rows.append(rules.IncomingRow(key, fields, where, readable=not wrong))
    return faults


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the file, as `docs/portfolio.schema.json` carries it."""
    schema: dict[str, Any] = _plain(FileShape.model_json_schema())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": SCHEMA_TITLE}


def _plain(schema: Any) -> Any:  # noqa: ANN401 - any JSON
    """The schema without what pydantic adds: titles that repeat the key, and a default where absent isn't null."""
    if isinstance(schema, list):
        return [_plain(below) for below in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: below for name, below in schema.items() if name != "default" or isinstance(below, dict)}
    titled = isinstance(kept.get("title"), str)
    return {name: _plain(below) for name, below in kept.items() if name != "title" or not titled}
