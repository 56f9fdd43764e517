"""The manual's pictures of guidance, the workspace and pilots: the case, as each of its people sees it."""

from collections.abc import Callable
from pathlib import Path

from walks.walking import Walk

Step = Callable[[Walk, Path], None]
ROOM = "guidance/sus-barsel/"
LOOK = f"{ROOM}pilot/1/?on=2025-01-09"
# File name: who sees it, in which window and language, where, and what is scrolled to.
SHOTS: dict[str, tuple[str, str, str, str, str]] = {
    "hours-wide-nb": ("project_leader", "wide", "nb", ROOM, ""),
    "hours-phone-en": ("project_leader", "phone", "en", ROOM, ""),
    "burndown-wide-en": ("advisor", "wide", "en", ROOM, "figure"),
    "session-wide-nb": ("advisor", "wide", "nb", f"{ROOM}sessions/", ""),
    "roadmap-wide-nb": ("project_leader", "wide", "nb", f"{ROOM}roadmap/", ""),
    "stakeholders-wide-en": ("project_leader", "wide", "en", f"{ROOM}roadmap/stakeholders/", "figure"),
    "gate-phone-nb": ("municipal_signer", "phone", "nb", f"{ROOM}roadmap/phases/piloting/", ""),
    "word-wide-nb": ("hospital_signer", "wide", "nb", f"{ROOM}words/", "#examples"),
    "word-phone-en": ("municipal_signer", "phone", "en", f"{ROOM}words/", "#parties"),
    "pilot-wide-nb": ("project_leader", "wide", "nb", LOOK, ""),
    "pilot-phone-en": ("project_leader", "phone", "en", LOOK, ""),
    "protocol-wide-en": ("hospital_signer", "wide", "en", f"{ROOM}pilot/1/protocol/", "#signatures"),
    "experience-wide-nb": ("hospital_signer", "wide", "nb", f"{ROOM}experience/", ""),
}


def into_the_first(of: str) -> Step:
    """Follow the first link of a list."""
    return lambda walk, _folder: walk.follow(walk.page.locator(of).first)


STEPS: dict[str, Step] = {
    "session-wide-nb": into_the_first("main .work-list a"),
    "gate-phone-nb": into_the_first("a[href*='/roadmap/gates/']"),
    "word-wide-nb": into_the_first("main h2 a"),
    "word-phone-en": into_the_first("main h2 a"),
}
