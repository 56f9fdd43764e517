"""Takes in the part `events` of the portfolio's file; what has been changed here since stays."""

from datetime import date
from typing import Any

from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core.faults import Fault
from helsevev.network.events.actions.programme import Line, write
from helsevev.network.events.actions.showing import show
from helsevev.network.events.models import Meeting
from helsevev.network.events.rules import reading
from helsevev.network.events.rules.meetings import State
from helsevev.network.portfolio import rules as portfolio

PROGRAMME = "programme"


class EventsPart:
    """The part `events`."""

    def check(self, value: object, place: str) -> list[Fault]:
        """Every fault with its place."""
        return reading.check(value, place)

    def load(self, value: object, actor: str) -> portfolio.Report:
        """Make what is new, change what the source has put right, and leave what people have changed here."""
        report = portfolio.Report()
        if not isinstance(value, list):
            return report
        standing = {one.key: one for one in Meeting.objects.select_for_update().order_by("pk")}
        for one in reading.read(value):
            row = standing.get(one.key)
            if row is None:
                report.made[one.key] = _make(one, actor)
                continue
            changed, kept = _change(row, one, actor)
            if kept:
                report.kept[one.key] = kept
            if changed:
                report.changed[one.key] = changed
            else:
                report.left += 1
        return report


PART = EventsPart()


def _told(one: reading.Incoming) -> dict[str, Any]:
    """What a source says, as it is compared with what it said before."""
    return {**one.fields, PROGRAMME: [[point.title, point.project] for point in one.points]}


def _make(one: reading.Incoming, actor: str) -> list[str]:
    told = _told(one)
    row = Meeting(key=one.key, state=State.PUBLISHED, made_by=actor, loaded=told)
    for name, value in one.fields.items():
        setattr(row, name, _value(name, value))
    row.save()
    write(row, _lines(one.points))
    record(actor, "made", "meeting", row.key, {"via": "load"})
    show(row, actor)
    return [name for name, value in told.items() if value not in (None, "", [], False)]


def _change(row: Meeting, one: reading.Incoming, actor: str) -> tuple[list[str], list[str]]:
    """Which fields changed, and which stay as people have written them here."""
    told, before = _told(one), row.loaded
    differs = [name for name in told if name not in before or before[name] != told[name]]
    kept = [name for name in differs if _now(row, name) not in (before.get(name), told[name])]
    changed = [name for name in differs if name not in kept]
    if not differs:
        return [], []
    for name in changed:
        if name != PROGRAMME:
            setattr(row, name, _value(name, told[name]))
    row.loaded, row.changed_at = told, timezone.now()
    row.version += 1
    row.save()
    if PROGRAMME in changed:
        write(row, _lines(one.points))
    record(actor, "changed", "meeting", row.key, {"via": "load", "fields": list(changed)})
    show(row, actor)
    return changed, kept


def _value(name: str, value: object) -> object:
    return date.fromisoformat(str(value)) if name == "day" else value


def _now(row: Meeting, name: str) -> object:
    if name == PROGRAMME:
        return [[one.title, one.initiative.key if one.initiative else ""] for one in row.points.all()]
    value = getattr(row, name)
    return value.isoformat() if isinstance(value, date) else value


def _lines(points: tuple[reading.Point, ...]) -> list[Line]:
    return [Line(None, one.title, project=one.project) for one in points if one.title]
