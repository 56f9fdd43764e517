"""The portfolio file's part `events`: every fault with its place, and each row as a meeting. Pure."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from helsevev.core.faults import Fault, place, quoted
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.events.rules.meetings import Kind, Mode

NOT_LIST = gettext_noop("should be a list of meetings")
NOT_OBJECT = gettext_noop("should be an object, not %(value)s")
NOT_KIND = gettext_noop("%(value)s is no kind of meeting; the kinds are %(kinds)s")
NOT_DAY = gettext_noop("%(value)s is no date such as 2022-03-24")
NOT_TITLE = gettext_noop("should be a title of at most 300 characters, not %(value)s")
NOT_COUNT = gettext_noop("should be a number of people, not %(value)s")
NOT_NAMES = gettext_noop("should be a list of names, not %(value)s")
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Point:
    """A point of the programme as a source states it (programpunkt); `project`: the key of whose it is."""

    title: str
    project: str = ""


@dataclass(frozen=True)
class Incoming:
    """A meeting as a source states it (oppgitt møte)."""

    key: str
    fields: Mapping[str, Any]
    points: tuple[Point, ...]


def check(value: object, at: str) -> list[Fault]:
    """Every fault."""
    if value is None:
        return []
    if not isinstance(value, list):
        return [Fault(place((at,)), Refusal(NOT_LIST))]
    return [fault for number, row in enumerate(value) for fault in _faults(row, (at, number))]


def _faults(row: object, at: tuple[str | int, ...]) -> Iterator[Fault]:
    if not isinstance(row, Mapping):
        yield _fault(at, NOT_OBJECT, row)
        return
    if row.get("kind") not in list(Kind):
        yield Fault(
            place((*at, "kind")), Refusal(NOT_KIND, {"value": quoted(row.get("kind")), "kinds": ", ".join(Kind)})
        )
    if _day(row.get("date")) is None:
        yield _fault((*at, "date"), NOT_DAY, row.get("date"))
    title = row.get("title")
    if not isinstance(title, str) or not 0 < len(title.strip()) <= 300:
        yield _fault((*at, "title"), NOT_TITLE, title)
    if not _is_count(row.get("participants")):
        yield _fault((*at, "participants"), NOT_COUNT, row.get("participants"))
    names = row.get("presenters")
    if names is not None and not (isinstance(names, list) and all(isinstance(one, str) for one in names)):
        yield _fault((*at, "presenters"), NOT_NAMES, names)


def _fault(at: tuple[str | int, ...], why: str, value: object) -> Fault:
    return Fault(place(at), Refusal(why, {"value": quoted(value)}))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(value) if isinstance(value, str) and len(value) == 10 else None
    except ValueError:
        return None


def _is_count(value: object) -> bool:
    if isinstance(value, Mapping):
        return all(_is_count(one) for one in value.values())
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1_000_000)


def read(value: list[Row]) -> Iterator[Incoming]:
    """Each row as a meeting. Its key is its kind and day, so that a title may be put right; a second is numbered."""
    seen: Counter[str] = Counter()
    for row in value:
        base = f"{row['kind']}-{row['date']}"
        seen[base] += 1
        yield Incoming(base if seen[base] == 1 else f"{base}-{seen[base]}", _fields(row), _points(row))


def _fields(row: Row) -> dict[str, Any]:
    told = row.get("participants")
    by_mode = told if isinstance(told, Mapping) else {}
    hosts = row.get("with")
    return {
        "kind": row["kind"],
        "day": row["date"],
        "title": row["title"].strip(),
        "mode": _mode(row),
        "presenters": [str(one) for one in (*(row.get("presenters") or ()), *([hosts] if hosts else ()))],
        "is_announced_only": row.get("status") == "announced",
        "stated_site": by_mode.get("in_person"),
        "stated_digital": by_mode.get("digital"),
        "stated_total": told if isinstance(told, int) else sum(by_mode.values()) or None,
    }


def _mode(row: Row) -> str:
    """How one took part, where the row says so or its kind does; empty: not stated."""
    told = row.get("participants")
    if row.get("hybrid") or (isinstance(told, Mapping) and {"in_person", "digital"} <= told.keys()):
        return Mode.HYBRID.value
    return Mode.DIGITAL.value if row["kind"] == Kind.WEBINAR else ""


def _points(row: Row) -> tuple[Point, ...]:
    told = row.get("presentations")
    rows = [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
    return tuple(Point(str(one.get("title") or "")[:300], str(one.get("project") or "")) for one in rows)
