"""What remains of a meeting (etterlatt): files of three sorts, and when a recording may be published. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass

from helsevev.commons.files.rules import LARGEST_FILE, LARGEST_MEDIA
from helsevev.core.words import gettext_noop

FILM, SOUND = ("mp4", "webm"), ("mp3", "m4a")


@dataclass(frozen=True)
class Sort:
    """A sort of file (filslag): whose it is to the files' room, which kinds, how large, and whether one alone."""

    owner: str
    title: str
    add: str
    kinds: tuple[str, ...]
    most: int = LARGEST_FILE
    alone: bool = True


SORTS: Mapping[str, Sort] = {
    "recording": Sort(
        "meeting recording",
        gettext_noop("The recording itself"),
        gettext_noop("Film or sound"),
        (*FILM, *SOUND),
        LARGEST_MEDIA,
    ),
    "captions": Sort("meeting captions", gettext_noop("Captions"), gettext_noop("Captions (WebVTT)"), ("vtt",)),
    "slides": Sort("meeting", gettext_noop("Slides"), gettext_noop("Slides (PDF)"), ("pdf",), alone=False),
}


@dataclass(frozen=True)
class Recording:
    """What there is of a recording (opptak): a link, whether what is linked has captions, and the files held here."""

    link: str
    link_has_captions: bool
    transcript: str
    kind: str = ""
    has_captions: bool = False

    @property
    def is_ready(self) -> bool:
        """Whether it may be published: all that was said is written out, and film has captions."""
        linked = not self.link or self.link_has_captions
        held = self.kind not in FILM or self.has_captions
        return bool((self.link or self.kind) and self.transcript.strip() and linked and held)
