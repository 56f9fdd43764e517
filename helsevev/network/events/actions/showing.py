"""What others find of a meeting: the one index, and the shelf where a project has a part in it."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import override

from helsevev.commons.finding import actions as finding
from helsevev.commons.finding.rules import Doc
from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.shelf import actions as shelf
from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.meetings import State
from helsevev.network.events.rules.shelving import MEETING

# The facet by which the knowledge bank lists recordings: what kind of meeting it was.
RECORDING = "recording"
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def show(meeting: Meeting, by: str) -> None:
    """Make a meeting findable as it is now; a draft and a cancelled one aren't. Last in the transaction that saves."""
    initiative = _initiative(meeting)
    if meeting.state != State.PUBLISHED:
        shelf.withdraw(MEETING, meeting.key, by)
        finding.withdraw(MEETING, [meeting.key])
        return
    if initiative:
        body = {"kind": meeting.kind, "day": meeting.day.isoformat(), "address": _address(meeting)}
        if meeting.recording_published_at:
            body["recording"] = meeting.recording or f"{_address(meeting)}#recording"
        shelf.put(MEETING, meeting.key, initiative, meeting.title, dict(body), by)
    else:
        shelf.withdraw(MEETING, meeting.key, by)
    finding.put([_document(meeting)])


def hand_in() -> None:
    """Hand in every published meeting, for an index that was lost; what stands there already isn't written."""
    published = Meeting.objects.filter(state=State.PUBLISHED).prefetch_related("points")
    finding.put([_document(meeting) for meeting in published])


def _initiative(meeting: Meeting) -> Initiative | None:
    point = meeting.points.exclude(initiative=None).select_related("initiative").first()
    return point.initiative if point else None


def _address(meeting: Meeting) -> str:
    """Its page without the language that it begins with."""
    with override("nb"):
        return reverse("events:meeting", args=[meeting.key]).removeprefix("/nb")


def _document(meeting: Meeting) -> Doc:
    """What it is found by; what was said counts once the recording is published."""
    parts = [meeting.lead, meeting.about, *map(str, meeting.presenters)]
    parts += [f"{one.title} {one.speakers}" for one in meeting.points.all()]
    if meeting.recording_published_at:
        parts.append(meeting.transcript)
    text = (meeting.title, "\n".join(part for part in parts if part))
    facets = {RECORDING: [meeting.kind]} if meeting.recording_published_at else {}
    return Doc(MEETING, meeting.key, dict.fromkeys(LANGUAGES, text), facets, address=_address(meeting))
