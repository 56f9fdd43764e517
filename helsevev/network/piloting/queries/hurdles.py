"""What pilots put in the way of the piloting gate, and of deleting a word."""

from collections.abc import Iterable
from uuid import UUID

from helsevev.core.roadmap import Phase
from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.guidance.queries import rooms
from helsevev.network.piloting.models import Paper
from helsevev.network.piloting.queries import papers, pilots
from helsevev.network.piloting.rules import protocol

NO_PILOT = gettext_noop("There is no pilot protocol. Write one, and let every party sign it.")
UNSIGNED = gettext_noop("The pilot protocol isn't signed by %(names)s.")
NOT_OFFERED = gettext_noop("The pilot protocol hasn't been laid before the parties.")
HELD = gettext_noop("A pilot protocol rests on this word.")


def refuse_gate(key: str, _leaving: Phase, entering: Phase) -> Iterable[Refusal]:
    """Nobody enters piloting before every party there is has signed the protocol."""
    initiative = rooms.initiative(key)
    if entering is not Phase.PILOTING or initiative is None:
        return []
    pilot = pilots.newest(initiative)
    if pilot is None:
        return [Refusal(NO_PILOT)]
    agreed = papers.agreed(pilot.protocol)
    found = agreed[-1] if agreed else papers.newest(pilot.protocol)
    if found is None or not (found.is_open or found.is_agreed):
        return [Refusal(NOT_OFFERED)]
    missing = [one.name for one in rooms.parties(initiative) if one.key not in found.signatures]
    return [Refusal(UNSIGNED, {"names": ", ".join(missing)})] if missing else []


def in_use(concept: UUID) -> Refusal | None:
    """Whether a protocol, in draft or laid forward, refers to a word."""
    wanted = str(concept)
    for paper in Paper.objects.filter(kind=Paper.Kind.PROTOCOL).prefetch_related("versions"):
        for content in (paper.content, *(one.content for one in paper.versions.all())):
            terms = (row.get("term") or {} for row in protocol.rows(content, "criteria"))
            if any(term.get("concept") == wanted for term in terms):
                return Refusal(HELD)
    return None
