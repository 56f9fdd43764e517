"""Gates between the phases of the Roadmap (porter): who must approve, what the answers come to, and what stays shut."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from helsevev.core.roadmap import ORDER, PHASES, Phase
from helsevev.core.sides import NEEDED, Side
from helsevev.core.words import Refusal, gettext_noop

LONGEST_TEXT = 4000
MOST_CONDITIONS = 10


class State(StrEnum):
    """Where a gate stands."""

    PREPARING = "preparing"
    DECIDING = "deciding"
    DECIDED = "decided"
    WITHDRAWN = "withdrawn"


STATE_NAMES: Mapping[State, str] = {
    State.PREPARING: gettext_noop("Being prepared"),
    State.DECIDING: gettext_noop("Waits for decisions"),
    State.DECIDED: gettext_noop("Decided"),
    State.WITHDRAWN: gettext_noop("Withdrawn"),
}


class Decision(StrEnum):
    """What a gate can come to."""

    PASS = "pass"  # noqa: S105 - no password
    CONDITIONAL = "conditional"
    BACK = "back"


DECISION_NAMES: Mapping[Decision, str] = {
    Decision.PASS: gettext_noop("Go on"),
    Decision.CONDITIONAL: gettext_noop("Go on, on terms"),
    Decision.BACK: gettext_noop("Not yet, work more"),
}


class Why(StrEnum):
    """Why something can't happen to a gate now."""

    NOT_HERE = gettext_noop("The project isn't in this phase, so it has no gate to pass here now.")
    OPEN_ALREADY = gettext_noop("This phase has a gate at work already.")
    LAST_PHASE = gettext_noop("This is the last phase of the Roadmap. It has no gate onwards.")
    NOT_PREPARING = gettext_noop("The gate has been laid before its approvers. Take it back to change it.")
    NOT_DECIDING = gettext_noop("The gate isn't laid before its approvers now.")
    NOT_OPEN = gettext_noop("The gate is decided or withdrawn. What was decided stands.")
    SIDE_MUNICIPALITY = gettext_noop("Name an approver from the municipality side. Both levels decide.")
    SIDE_HOSPITAL = gettext_noop("Name an approver from the hospital side. Both levels decide.")
    NAMED_ALREADY = gettext_noop("%(name)s is named for this organisation already.")
    NOT_IN_PARTY = gettext_noop("%(name)s has no role in that organisation.")
    SIDE_NEITHER = gettext_noop("%(organisation)s is neither a municipality nor a hospital, so nobody approves for it.")
    NOT_APPROVER = gettext_noop("Only the people named decide on this gate.")
    DECIDED_ALREADY = gettext_noop("You have decided on this gate for that organisation already.")
    STALE = gettext_noop("The gate was laid forward anew since you read it. Read it once more, and decide then.")
    REASON = gettext_noop("Say why. The reason is kept with the decision.")
    CONDITIONS_MISSING = gettext_noop("Write at least one term, with the day by which it is met.")
    CONDITIONS_UNASKED = gettext_noop("Terms belong to “Go on, on terms”. Choose that, or take the terms away.")
    CONDITION_PAST = gettext_noop("The day by which a term is met can't be past.")
    MET_ALREADY = gettext_noop("This term is met already.")
    WORD_UNSIGNED = gettext_noop("Not all parties have signed the definition of “%(name)s”.")
    WORDS_MISSING = gettext_noop("No word is clarified yet. Agree what your inclusion criterion means before a pilot.")
    BACK_ONLY = gettext_noop("A phase can be entered again. One further on is reached through its gate.")
    STANDS_THERE = gettext_noop("The project is in this phase now.")


SIDE_WHY: Mapping[Side, Why] = {Side.MUNICIPALITY: Why.SIDE_MUNICIPALITY, Side.HOSPITAL: Why.SIDE_HOSPITAL}


@dataclass(frozen=True)
class Verdict:
    """One approver's decision on what was laid before them."""

    who: str
    organisation: str
    decision: Decision


def following(phase: Phase) -> Phase | None:
    """The phase that a gate leads to; None after the last."""
    at = ORDER[phase] + 1
    return PHASES[at] if at < len(PHASES) else None


def refuse_open(phase: Phase, standing: Phase | None, at_work: bool) -> Refusal | None:
    """Why no gate can be opened out of `phase`; None when one can.

    `standing`: where the project stands. One that stands nowhere yet begins at the first phase.
    """
    if phase is not (standing or PHASES[0]):
        return Refusal(Why.NOT_HERE)
    if following(phase) is None:
        return Refusal(Why.LAST_PHASE)
    return Refusal(Why.OPEN_ALREADY) if at_work else None


def refuse_sides(sides: Iterable[str]) -> list[Refusal]:
    """The levels that nobody is named for."""
    there = set(sides)
    return [Refusal(SIDE_WHY[side]) for side in NEEDED if side not in there]


def outcome(approvers: Collection[tuple[str, str]], verdicts: Sequence[Verdict]) -> Decision | None:
    """What the verdicts come to, or None while someone's is missing. One "not yet" is enough to stay.

    Terms that one sets, all get: with any "on terms" the whole is on terms.
    """
    if any(one.decision is Decision.BACK for one in verdicts):
        return Decision.BACK
    given = {(one.who, one.organisation) for one in verdicts}
    if not approvers or not set(approvers) <= given:
        return None
    return Decision.CONDITIONAL if any(one.decision is Decision.CONDITIONAL for one in verdicts) else Decision.PASS


def refuse_verdict(
    decision: Decision, reason: str, conditions: Sequence[tuple[str, date]], today: date
) -> list[Refusal]:
    """Why a verdict can't be taken like this."""
    found = [] if reason.strip() else [Refusal(Why.REASON)]
    if decision is Decision.CONDITIONAL and not conditions:
        found.append(Refusal(Why.CONDITIONS_MISSING))
    if decision is not Decision.CONDITIONAL and conditions:
        found.append(Refusal(Why.CONDITIONS_UNASKED))
    if any(due < today for _text, due in conditions):
        found.append(Refusal(Why.CONDITION_PAST))
    return found


def refuse_reenter(phase: Phase, standing: Phase | None) -> Refusal | None:
    """Why a phase can't be entered again; only phases behind can, the ones ahead have gates."""
    if phase is standing:
        return Refusal(Why.STANDS_THERE)
    if standing is None or ORDER[phase] > ORDER[standing]:
        return Refusal(Why.BACK_ONLY)
    return None


def refuse_words(entering: Phase | None, signed: Mapping[str, bool]) -> list[Refusal]:
    """Nobody enters piloting before the words are signed by all. `signed`: by the word's name."""
    if entering is not Phase.PILOTING:
        return []
    if not signed:
        return [Refusal(Why.WORDS_MISSING)]
    return [Refusal(Why.WORD_UNSIGNED, {"name": name}) for name, done in signed.items() if not done]
