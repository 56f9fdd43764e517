"""The files that a meeting left behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from helsevev.commons.files import queries as files
from helsevev.commons.files.models import StoredFile
from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.remains import SORTS, SOUND, Recording


@dataclass(frozen=True)
class Held:
    """What is kept here (oppbevart)."""

    recording: StoredFile | None
    captions: StoredFile | None
    slides: Sequence[StoredFile]

    @property
    def is_sound(self) -> bool:
        """Whether the recording has no picture."""
        return self.recording is not None and self.recording.kind in SOUND


def held(meeting: Meeting) -> Held:
    """A meeting's files; of recording and captions the newest."""
    return Held(_last(meeting, "recording"), _last(meeting, "captions"), list(of_sort(meeting, "slides")))


def of_sort(meeting: Meeting, sort: str) -> Sequence[StoredFile]:
    """A meeting's files of one sort."""
    return list(files.of_owner(SORTS[sort].owner, meeting.key))


def _last(meeting: Meeting, sort: str) -> StoredFile | None:
    return next(reversed(of_sort(meeting, sort)), None)


def recording(meeting: Meeting) -> Recording:
    """What there is of its recording."""
    kept = held(meeting)
    return Recording(
        meeting.recording,
        meeting.has_captions,
        meeting.transcript,
        kept.recording.kind if kept.recording else "",
        kept.captions is not None,
    )
