"""Piloting is entered through its gate, also by those who write a project's phases elsewhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from helsevev.core.roadmap import Phase
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.guidance.queries import rooms
from helsevev.network.workspace.queries import gates

SHUT = gettext_noop(
    "The gate into piloting is shut. It is opened in the project's working room, and the phase follows."
)
Moves = Sequence[Mapping[str, Any]]


def refuse(key: str, before: Moves, after: Moves) -> Iterable[Refusal]:
    """A guided project doesn't enter piloting past a shut gate; when it once has, its dates can be put right."""
    if not _piloted(after) or _piloted(before):
        return []
    initiative = rooms.initiative(key)
    engagement = rooms.engagement_of(initiative) if initiative else None
    if initiative is None or engagement is None or engagement.closed_at is not None:
        return []
    hindered = gates.between(initiative, Phase.SERVICE_DEVELOPMENT)
    is_open = not hindered and gates.passed(initiative, Phase.SERVICE_DEVELOPMENT) is not None
    return [] if is_open else [Refusal(SHUT), *hindered]


def _piloted(moves: Moves) -> bool:
    """Whether the project is said to have entered piloting, or to have stood in it; a plan for it isn't that."""
    return any(one["phase"] == Phase.PILOTING and one.get("how") != "planned" for one in moves)
