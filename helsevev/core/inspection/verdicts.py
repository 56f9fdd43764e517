"""What an inspection answers, on its way between two processes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """Why a file isn't taken."""

    WRONG_KIND = "wrong_kind"
    ENCRYPTED = "encrypted"
    UNREADABLE = "unreadable"
    TOO_MANY_PAGES = "too_many_pages"
    TOO_COMPLEX = "too_complex"
    LIVE_FORM = "live_form"
    ACTIVE = "active"
    NO_ROOM = "no_room"


class Removed(StrEnum):
    """What was taken out of a file before it was kept."""

    SCRIPTS = "scripts"
    ACTIONS = "actions"
    ATTACHMENTS = "attachments"
    MEDIA = "media"
    LINKS = "links"
    FORM_PROGRAM = "form_program"
    METADATA = "metadata"
    SIGNATURE = "signature"


class Refuse(Exception):
    """Raised inside the inspection where it is clear that the file isn't taken."""

    def __init__(self, reason: Reason) -> None:
        """Keep the reason."""
        self.reason = reason
        super().__init__(reason.value)


@dataclass(frozen=True)
class Answer:
    """How an inspection ended: with a reason why not, or with what the harmless copy has and lacks."""

    reason: Reason | None = None
    pages: int | None = None
    removed: tuple[Removed, ...] = ()

    def written(self) -> dict[str, object]:
        """As JSON takes it."""
        return {"reason": self.reason, "pages": self.pages, "removed": list(self.removed)}

    @classmethod
    def read(cls, data: Mapping[str, object]) -> "Answer":
        """The same back; anything else is an error."""
        reason, pages, removed = data["reason"], data["pages"], data["removed"]
        if not (pages is None or isinstance(pages, int)) or not isinstance(removed, list):
            raise TypeError
        return cls(Reason(str(reason)) if reason else None, pages, tuple(Removed(str(name)) for name in removed))
