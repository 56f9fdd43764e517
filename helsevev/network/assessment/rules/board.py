"""The allocation board (tildelingstavle): where each application is placed, and who may do what with it when. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from helsevev.core.words import Refusal, gettext_noop
from helsevev.network.applications.rules.rounds_content import Outcome

SUPPORTED = (Outcome.TAILORED, Outcome.GROUP)
MOST_HOURS = 10_000


class State(StrEnum):
    """How far the board has come."""

    OPEN = "open"
    RECOMMENDED = "recommended"
    DECIDED = "decided"
    PUBLISHED = "published"


STATE_NAMES: Mapping[State, str] = {
    State.OPEN: gettext_noop("The resource group works on its recommendation"),
    State.RECOMMENDED: gettext_noop("Recommended, and with the steering group"),
    State.DECIDED: gettext_noop("Decided, but not published"),
    State.PUBLISHED: gettext_noop("Decided and published"),
}


class Step(StrEnum):
    """What is done with the board."""

    PLACE = "place"
    RECOMMEND = "recommend"
    SEND_BACK = "send_back"
    DECIDE = "decide"
    REOPEN = "reopen"
    PUBLISH = "publish"
    GIVE_UP = "give_up"
    OFFER = "offer"


STEP_NAMES: Mapping[Step, str] = {
    Step.PLACE: gettext_noop("Placed"),
    Step.RECOMMEND: gettext_noop("Recommended"),
    Step.SEND_BACK: gettext_noop("Sent back to the resource group"),
    Step.DECIDE: gettext_noop("Decided"),
    Step.REOPEN: gettext_noop("The decision was taken up again"),
    Step.PUBLISH: gettext_noop("Published"),
    Step.GIVE_UP: gettext_noop("The applicants gave the place up"),
    Step.OFFER: gettext_noop("Offered to the next on the reserve list"),
}
# The whole of it: what may be done in each state, by whom (an action of the permissions), and what comes of it.
TABLE: Mapping[tuple[State, Step], tuple[str, State]] = {
    (State.OPEN, Step.PLACE): ("recommend", State.OPEN),
    (State.OPEN, Step.RECOMMEND): ("recommend", State.RECOMMENDED),
    (State.RECOMMENDED, Step.PLACE): ("decide", State.RECOMMENDED),
    (State.RECOMMENDED, Step.SEND_BACK): ("decide", State.OPEN),
    (State.RECOMMENDED, Step.DECIDE): ("decide", State.DECIDED),
    (State.DECIDED, Step.REOPEN): ("decide", State.RECOMMENDED),
    (State.DECIDED, Step.PUBLISH): ("publish_awards", State.PUBLISHED),
    # Who is next was decided with the board, so that the secretariat can carry it out.
    (State.DECIDED, Step.GIVE_UP): ("publish_awards", State.DECIDED),
    (State.DECIDED, Step.OFFER): ("publish_awards", State.DECIDED),
    (State.PUBLISHED, Step.GIVE_UP): ("publish_awards", State.PUBLISHED),
    (State.PUBLISHED, Step.OFFER): ("publish_awards", State.PUBLISHED),
}


class Why(StrEnum):
    """Why something can't be done with the board now."""

    NOT_NOW = gettext_noop("This can't be done now. %(state)s.")
    STALE = gettext_noop("Somebody has changed the board since you saw it. Look at what stands now, and do it again.")
    NEEDS_REASON = gettext_noop("Say why.")
    UNSCREENED = gettext_noop("Applications that aren't screened: %(count)s.")
    NOT_ALL_PLACED = gettext_noop("%(count)s applications aren't placed.")
    REASON_MISSING = gettext_noop("%(count)s placed applications have no reason.")
    OVER = gettext_noop("The hours given are %(over)s more than the round has.")
    NO_HOURS = gettext_noop("Guidance needs hours, a whole number from 1 to 10,000.")
    NOT_OFFERED = gettext_noop("This kind of support isn't on offer in the round.")
    EMPTY = gettext_noop("There is nothing to decide on.")
    LETTERS_SENT = gettext_noop("Letters about the decision are sent, so it stands.")
    NOT_SCREENED = gettext_noop(
        "Nobody has finished screening %(number)s. What doesn't meet the conditions isn't weighed against what does, "
        "so it is screened before it is placed."
    )
    NO_GUIDANCE = gettext_noop("Only guidance that was decided can be given up.")
    BEGUN = gettext_noop("Hours of the guidance are used already, so it is ended where it is led, not given up.")
    NOT_NEXT = gettext_noop("%(number)s stands before it on the reserve list.")
    NOT_IN_LINE = gettext_noop("This application doesn't stand on the reserve list.")
    TOO_FEW_LEFT = gettext_noop("Only %(left)s hours are left.")


def follows(state: State, step: Step) -> State | None:
    """What a step leads to; None where it can't be taken."""
    found = TABLE.get((state, step))
    return found[1] if found else None


def needs(state: State, step: Step) -> str:
    """The permission that a step needs in this state; empty where nobody may."""
    found = TABLE.get((state, step))
    return found[0] if found else ""


def refuse_step(state: State, step: Step) -> Refusal | None:
    """Why a step can't be taken in this state."""
    return None if follows(state, step) else Refusal(Why.NOT_NOW, {"state": STATE_NAMES[state]})


@dataclass(frozen=True)
class Placed:
    """Where one application is placed: what it gets, how many hours, its place on the reserve list, and why.

    What was given up stands where it stood, and its hours are free.
    """

    outcome: Outcome
    hours: int = 0
    reserve: int = 0
    reason: str = ""
    given_up: bool = False

    @property
    def is_supported(self) -> bool:
        """Whether it takes of the hours."""
        return self.outcome in SUPPORTED and not self.given_up


def refuse_place(placed: Placed, supports: Iterable[str]) -> list[Refusal]:
    """Why an application can't be placed so."""
    found = []
    if placed.outcome in SUPPORTED:
        if placed.outcome.value not in supports:
            found.append(Refusal(Why.NOT_OFFERED))
        if not 0 < placed.hours <= MOST_HOURS:
            found.append(Refusal(Why.NO_HOURS))
    return found


def refuse_unscreened(number: str, *, waits: bool) -> list[Refusal]:
    """Why an application can't be placed yet: nobody has said that it meets the conditions."""
    return [Refusal(Why.NOT_SCREENED, {"number": number})] if waits else []


def tidy(placed: Placed) -> Placed:
    """Hours belong to guidance alone, and a place in line to the reserve list alone."""
    hours = placed.hours if placed.outcome in SUPPORTED else 0
    reserve = max(placed.reserve, 1) if placed.outcome is Outcome.RESERVE else 0
    return Placed(placed.outcome, hours, reserve, placed.reason.strip())


@dataclass(frozen=True)
class Frame:
    """The round's hours (timeramme): all, given, and left, which is below zero when more is given than there is."""

    total: int
    given: int

    @property
    def left(self) -> int:
        """What is left."""
        return self.total - self.given

    @property
    def over(self) -> int:
        """How much too much is given."""
        return max(0, -self.left)


def frame(total: int, placed: Iterable[Placed | None]) -> Frame:
    """What the placements take of the hours."""
    return Frame(total, sum(one.hours for one in placed if one is not None and one.is_supported))


def refuse_close(total: int, placed: Sequence[Placed | None], unscreened: int = 0) -> list[Refusal]:
    """What stands in the way of recommending or deciding the whole board."""
    if not placed:
        return [Refusal(Why.EMPTY)]
    found = [Refusal(Why.UNSCREENED, {"count": unscreened})] if unscreened else []
    if missing := sum(one is None for one in placed):
        found.append(Refusal(Why.NOT_ALL_PLACED, {"count": missing}))
    if silent := sum(one is not None and not one.reason.strip() for one in placed):
        found.append(Refusal(Why.REASON_MISSING, {"count": silent}))
    if over := frame(total, placed).over:
        found.append(Refusal(Why.OVER, {"over": over}))
    return found


# --- The reserve list ------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class InLine:
    """Someone on the reserve list (reserve): the application's number, and its place."""

    number: str
    place: int


def next_in_line(line: Iterable[InLine]) -> InLine | None:
    """Who is next: the lowest place; of two on one place whose number comes first."""
    return min(line, key=lambda one: (one.place, one.number), default=None)


def refuse_offer(
    number: str, wanted: Placed, line: Sequence[InLine], left: int, supports: Iterable[str]
) -> list[Refusal]:
    """Why an application on the reserve list can't be given a free place: the line is kept, and the hours last."""
    first = next_in_line(line)
    if first is None or number not in {one.number for one in line}:
        return [Refusal(Why.NOT_IN_LINE)]
    if first.number != number:
        return [Refusal(Why.NOT_NEXT, {"number": first.number})]
    found = refuse_place(wanted, supports) if wanted.outcome in SUPPORTED else [Refusal(Why.NOT_OFFERED)]
    if not found and wanted.hours > left:
        found = [Refusal(Why.TOO_FEW_LEFT, {"left": max(left, 0)})]
    return found


# --- Balance ---------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Traits:
    """What balance is looked at by: regions, levels of government, patient groups, new or renewed."""

    regions: frozenset[str] = frozenset()
    levels: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()
    renewed: bool = False


@dataclass(frozen=True)
class Weight:
    """One value of one trait: how many applied with it, and how many get guidance."""

    trait: str
    value: str
    applied: int
    supported: int


def balance(every: Iterable[tuple[Traits, Placed | None]]) -> tuple[Weight, ...]:
    """How guidance falls on regions, levels, patient groups, new and renewed, beside how it was applied for."""
    applied: Counter[tuple[str, str]] = Counter()
    supported: Counter[tuple[str, str]] = Counter()
    for traits, placed in every:
        pairs = [("region", one) for one in traits.regions]
        pairs += [("level", one) for one in traits.levels]
        pairs += [("group", one) for one in traits.groups]
        pairs.append(("renewed", "renewed" if traits.renewed else "new"))
        applied.update(pairs)
        if placed is not None and placed.is_supported:
            supported.update(pairs)
    order = {"region": 0, "level": 1, "group": 2, "renewed": 3}
    return tuple(
        Weight(trait, value, count, supported[(trait, value)])
        for (trait, value), count in sorted(applied.items(), key=lambda one: (order[one[0][0]], one[0][1]))
    )
