"""Rounds as pages show them: rows of the list, the road with where it stands, the trail in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict

from django.utils import dateformat, timezone
from django.utils.formats import get_format
from django.utils.translation import gettext as _

from helsevev.commons.audit import queries as audit
from helsevev.commons.people import queries as people
from helsevev.core.words import gettext_noop
from helsevev.network.applications.models import Round
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules.rounds import PART_NAMES, STANDING_NAMES, Standing
from helsevev.network.applications.rules.workflow import Kind, Step

# What the trail says of rounds, for the page.
VERBS: Mapping[str, str] = {
    "round made": gettext_noop("Made"),
    "call published": gettext_noop("The call was published"),
    "call closed": gettext_noop("The call was closed"),
    "call cancelled": gettext_noop("The call was cancelled"),
    "deadline moved": gettext_noop("The deadline was moved"),
    "round moved on": gettext_noop("Moved on"),
    "form replaced": gettext_noop("The call was given a newer form"),
    "kept long enough": gettext_noop("What was kept long enough was deleted"),
    "shared out": gettext_noop("Assessments were given out"),
    "letters made": gettext_noop("Letters were made"),
    "letters sent": gettext_noop("Letters were sent"),
    "awards published": gettext_noop("The awards were published"),
}
COLORS: Mapping[Standing, str] = {
    Standing.DRAFT: "neutral",
    Standing.ANNOUNCED: "info",
    Standing.OPEN: "success",
    Standing.CLOSED: "warning",
    Standing.DECIDED: "accent",
    Standing.CANCELLED: "neutral",
}


def name(round_: Round) -> str:
    """What a round is called."""
    return _("%(year)s, round %(number)s") % {"year": round_.year, "number": round_.number}


def standing_tag(round_: Round, now: datetime) -> dict[str, str]:
    """Where it stands, as a tag."""
    standing = round_.standing(now)
    return {"label": _(STANDING_NAMES[standing]), "color": COLORS[standing]}


def when(at: datetime | None) -> str:
    """A moment in Norwegian time, in the reader's own way of writing it."""
    return dateformat.format(timezone.localtime(at), get_format("DATETIME_FORMAT")) if at else ""


class RoadStep(TypedDict):
    """A step as the component takes it."""

    label: str
    state: str
    note: str
    about: str


def road(round_: Round, now: datetime, language: str) -> list[RoadStep]:
    """The steps that applicants wait through, and where the round stands among them."""
    flow = asking.steps(round_)
    standing, steps = round_.standing(now), flow.road
    here = _here(round_, standing, steps)
    return [
        {
            "label": step.name(language),
            "state": _state(number, here, standing),
            "note": _note(step, round_),
            "about": step.told(language),
        }
        for number, step in enumerate(steps)
    ]


def _here(round_: Round, standing: Standing, steps: tuple[Step, ...]) -> int:
    """The number of the step at which the round stands; -1 before it opens."""
    if standing in (Standing.DRAFT, Standing.ANNOUNCED):
        return -1
    if standing is Standing.OPEN:
        return 0
    found = [number for number, step in enumerate(steps) if step.code == round_.stage]
    received = next(number for number, step in enumerate(steps) if step.kind is Kind.RECEIVED)
    if standing is Standing.DECIDED:
        return len(steps) - 1
    return found[0] if found else received


def _state(number: int, here: int, standing: Standing) -> str:
    if number == here:
        return "done" if standing is Standing.DECIDED else "current"
    return "done" if number < here else "ahead"


def _note(step: Step, round_: Round) -> str:
    """The date that belongs to a step, where one is known."""
    if step.kind is Kind.WRITING:
        return _("until %(when)s") % {"when": when(round_.closed_at or round_.closes_at)} if round_.closes_at else ""
    if step.kind is Kind.DECIDED:
        at = round_.decided_at or round_.decides_at
        said = _("on %(day)s") if round_.decided_at else _("planned for %(day)s")
        return said % {"day": dateformat.format(timezone.localtime(at), get_format("DATE_FORMAT"))} if at else ""
    return ""


@dataclass(frozen=True)
class Event:
    """Something that was done with a round: when, by whom, what, and why."""

    at: datetime | None
    who: str
    what: str
    why: str


def history(round_: Round) -> list[Event]:
    """The trail's last lines about a round, newest first."""
    lines = audit.page(kind="round", key=round_.code).lines
    names = people.actor_names({line.actor for line in lines})
    parts = {f"round's {part.value} changed": _(label) for part, label in PART_NAMES.items()}
    found = []
    for line in lines:
        details = dict(line.details)
        changed = parts.get(line.verb)
        verb = _("Changed: %(part)s") % {"part": changed} if changed else _(VERBS.get(line.verb, line.verb))
        found.append(Event(line.when, names.get(line.actor, line.actor), verb, str(details.get("reason") or "")))
    return found
