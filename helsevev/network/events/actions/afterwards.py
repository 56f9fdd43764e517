"""What remains of a meeting: recording, what was said, slides, and how many watched."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.core.words import Refusal, Refused
from helsevev.network.events.actions.showing import show
from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.meetings import Why

FILES = "meeting"


@dataclass(frozen=True)
class Remains:
    """What is written down afterwards (etterarbeid)."""

    recording: str
    has_captions: bool
    transcript: str
    watched: int | None
    others: int
    publish: bool


@transaction.atomic
def keep(meeting: Meeting, what: Remains, by: str) -> Meeting:
    """Keep it; a recording is published with captions and its text, or not at all."""
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.ends > timezone.now():
        raise Refused(Refusal(Why.NOT_OVER))
    ready = bool(what.recording and what.has_captions and what.transcript.strip())
    if what.publish and not ready:
        raise Refused(Refusal(Why.NEEDS_CAPTIONS))
    row.recording, row.has_captions, row.transcript = what.recording, what.has_captions, what.transcript.strip()
    row.watched, row.others = what.watched, what.others
    if not what.publish:
        row.recording_published_at = None
    elif row.recording_published_at is None:
        row.recording_published_at = timezone.now()
    row.version += 1
    row.save()
    show(row, by)
    record(by, "kept what remains", "meeting", row.key, {"published": what.publish})
    return row
