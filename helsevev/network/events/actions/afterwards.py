"""What remains of a meeting: recording, what was said, slides, and how many watched."""

from dataclasses import dataclass

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from helsevev.commons.audit.actions import record
from helsevev.commons.files import actions as filing
from helsevev.commons.files.models import StoredFile
from helsevev.core.words import Refusal, Refused
from helsevev.network.events.actions.showing import show
from helsevev.network.events.models import Meeting
from helsevev.network.events.queries import remains
from helsevev.network.events.rules.meetings import Why
from helsevev.network.events.rules.remains import SORTS


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
    row.recording, row.has_captions, row.transcript = what.recording, what.has_captions, what.transcript.strip()
    row.watched, row.others = what.watched, what.others
    if what.publish and not remains.recording(row).is_ready:
        raise Refused(Refusal(Why.NEEDS_CAPTIONS))
    if not what.publish:
        row.recording_published_at = None
    elif row.recording_published_at is None:
        row.recording_published_at = timezone.now()
    row.version += 1
    row.save()
    show(row, by)
    record(by, "kept what remains", "meeting", row.key, {"published": what.publish})
    return row


def add(meeting: Meeting, sort: str, upload: UploadedFile[bytes], by: str) -> StoredFile:
    """Keep a file with the meeting; a new recording, or new captions, take the place of the old."""
    told = SORTS[sort]
    before = [] if not told.alone else remains.of_sort(meeting, sort)
    added = filing.receive(
        upload,
        owner_kind=told.owner,
        owner_key=meeting.key,
        by=by,
        allowed=told.kinds,
        limit_bytes=told.most,
        quota_bytes=3 * told.most,
    )
    for old in before:
        if old.pk != added.pk:
            filing.withdraw(old, by=by)
    _settle(meeting, by)
    return added


def drop(meeting: Meeting, file: StoredFile, by: str) -> None:
    """Take a file away; a recording that lacks something then isn't published any more."""
    filing.withdraw(file, by=by)
    _settle(meeting, by)


@transaction.atomic
def _settle(meeting: Meeting, by: str) -> None:
    row = Meeting.objects.select_for_update().get(pk=meeting.pk)
    if row.recording_published_at and not remains.recording(row).is_ready:
        row.recording_published_at = None
        row.version += 1
        row.save()
        show(row, by)
        record(by, "withdrew the recording", "meeting", row.key, {})
