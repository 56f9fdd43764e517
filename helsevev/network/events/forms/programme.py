"""The programme as it is typed, one point on each line: 10:00 | Title | Speakers | project's key."""

from collections.abc import Iterable
from datetime import time

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from helsevev.network.events.actions.programme import Line
from helsevev.network.events.models import Point

MOST = 100


def read(text: str) -> list[Line]:
    """The points; each fault with its line."""
    found, faults = [], []
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for number, line in enumerate(lines[: MOST + 1], start=1):
        try:
            found.append(_line(line))
        except ValueError:
            faults.append(_("Line %(number)s: write a time such as 10:00, a bar and a title.") % {"number": number})
    if len(lines) > MOST:
        faults.append(_("A programme has at most %(most)s points.") % {"most": MOST})
    if faults:
        raise ValidationError(faults)
    return found


def _line(line: str) -> Line:
    parts = [part.strip() for part in line.split("|")]
    at = None
    if len(parts) > 1:
        first, *parts = parts
        at = time.fromisoformat(first.replace(".", ":").rjust(5, "0")) if first else None
    title, speakers, project, *_rest = (*parts, "", "")
    if not title:
        raise ValueError(line)
    return Line(at, title[:300], speakers[:300], project[:100])


def written(points: Iterable[Point]) -> str:
    """The points as lines."""
    return "\n".join(map(_written, points))


def _written(one: Point) -> str:
    parts = [f"{one.starts:%H:%M}" if one.starts else "", one.title, one.speakers]
    if one.initiative:
        parts.append(one.initiative.key)
    return " | ".join(parts).removesuffix(" | ")
