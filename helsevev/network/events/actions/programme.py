"""A meeting's programme, as people write it and as a source states it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from helsevev.commons.initiatives.models import Initiative
from helsevev.network.events.models import Meeting, Point


@dataclass(frozen=True)
class Line:
    """A point of the programme as it is written (programlinje)."""

    starts: time | None
    title: str
    speakers: str = ""
    project: str = ""


def write(row: Meeting, programme: Sequence[Line]) -> None:
    """The programme as it is now."""
    row.points.all().delete()
    known = {one.key: one for one in Initiative.objects.filter(key__in=[line.project for line in programme])}
    Point.objects.bulk_create(
        Point(
            meeting=row,
            position=place,
            starts=one.starts,
            title=one.title,
            speakers=one.speakers,
            initiative=known.get(one.project),
        )
        for place, one in enumerate(programme)
    )
