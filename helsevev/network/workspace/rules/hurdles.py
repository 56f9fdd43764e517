"""What other rooms put in the way of a gate (hindre), and what they want to know and say of words they rest on.

Rooms above this one register here, in their `apps.ready()`; this room never knows who they are:

    register(Hurdle("pilot protocol", refuse))     refuse(initiative key, phase left, phase entered) -> refusals
    hold("pilot protocol", in_use)                 in_use(concept's key) -> a refusal, or None
    on_new_text("pilot protocol", tell)            tell(initiative key, concept's key, number), when a text is proposed
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from uuid import UUID

from helsevev.core.roadmap import Phase
from helsevev.core.words import Refusal

Refuse = Callable[[str, Phase, Phase], Iterable[Refusal]]
InUse = Callable[[UUID], Refusal | None]
Tell = Callable[[str, UUID, int], None]


@dataclass(frozen=True)
class Hurdle:
    """Something that keeps a gate shut (hinder), and the question that says whether it still does."""

    name: str
    refuse: Refuse


_hurdles: dict[str, Hurdle] = {}
_holds: dict[str, InUse] = {}
_listeners: dict[str, Tell] = {}


def register(hurdle: Hurdle) -> None:
    """Ask this before a gate is laid forward, and before anyone may decide that the project goes on."""
    _hurdles[hurdle.name] = hurdle


def hold(name: str, in_use: InUse) -> None:
    """Ask this before a word is deleted."""
    _holds[name] = in_use


def on_new_text(name: str, tell: Tell) -> None:
    """Tell this when a new text is proposed for a word, in the same transaction."""
    _listeners[name] = tell


def refusals(initiative: str, leaving: Phase, entering: Phase) -> list[Refusal]:
    """Everything that keeps this gate shut now."""
    return [why for one in _hurdles.values() for why in one.refuse(initiative, leaving, entering)]


def refuse_delete(concept: UUID) -> list[Refusal]:
    """Who rests on this word."""
    return [why for in_use in _holds.values() if (why := in_use(concept)) is not None]


def tell_new_text(initiative: str, concept: UUID, number: int) -> None:
    """A new text was proposed for a word."""
    for tell in _listeners.values():
        tell(initiative, concept, number)
