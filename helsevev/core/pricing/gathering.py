"""Takes values out of what was written and gathers every fault with its place, so that all are told at once."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from helsevev.core.faults import Fault, Faulty, Step, nearest, place, quoted
from helsevev.core.pricing.fields import Bounds, Leaf
from helsevev.core.pricing.why import Why
from helsevev.core.words import Refusal

Steps = tuple[Step, ...]
# No year of a service has numbers beyond these, and none of them leaves what a float can hold when several are
# multiplied. What is smaller is nothing; what is larger is refused.
SMALLEST, LARGEST = 1e-100, 1e15
NOTHING: Mapping[str, object] = {}


def shown(value: float) -> str:
    """A bound or a value as a sentence has it: 0, 1, 0.85."""
    return f"{value:.15g}"


def outside(value: float, bounds: Bounds) -> Refusal:
    """The sentence about a number that isn't within its bounds."""
    values = {"value": shown(value), "low": shown(bounds.low), "high": shown(bounds.high)}
    if math.isinf(bounds.high):
        return Refusal(Why.ABOVE if bounds.low_open else Why.AT_LEAST, values)
    if bounds.low_open:
        return Refusal(Why.ABOVE_AT_MOST, values)
    return Refusal(Why.BELOW if bounds.high_open else Why.BETWEEN, values)


class Gatherer:
    """Reads one mapping and keeps what is wrong in it; `finish` raises all of it."""

    def __init__(self) -> None:
        """Begin without faults."""
        self.faults: list[Fault] = []

    def wrong(self, steps: Steps, why: Why, **values: object) -> None:
        """Note a fault."""
        self.faults.append(Fault(place(steps), Refusal(why, values)))

    def finish(self) -> None:
        """Raise what was found."""
        if self.faults:
            raise Faulty(self.faults)

    def part(self, holder: Mapping[str, object], key: str, steps: Steps = ()) -> Mapping[str, Any]:
        """An object within an object; where it is missing or something else, an empty one and one fault."""
        if key not in holder:
            self.wrong((*steps, key), Why.MISSING)
            return NOTHING
        return self.mapping(holder[key], (*steps, key))

    def mapping(self, value: object, steps: Steps) -> Mapping[str, Any]:
        """A value that must be an object."""
        if isinstance(value, Mapping):
            return value
        self.wrong(steps, Why.NOT_OBJECT, value=quoted(value))
        return NOTHING

    def rows(self, holder: Mapping[str, object], key: str, steps: Steps = ()) -> Sequence[Any]:
        """A list within an object, with at least one in it."""
        if key not in holder:
            self.wrong((*steps, key), Why.MISSING)
            return ()
        value = holder[key]
        if not isinstance(value, list | tuple):
            self.wrong((*steps, key), Why.NOT_LIST, value=quoted(value))
            return ()
        if not value:
            self.wrong((*steps, key), Why.EMPTY)
        return value

    def text(self, holder: Mapping[str, object], key: str, steps: Steps = (), default: str | None = None) -> str:
        """A text; without a default it must be there and say something."""
        value = holder.get(key, default)
        if value is None:
            self.wrong((*steps, key), Why.MISSING)
            return ""
        if not isinstance(value, str):
            self.wrong((*steps, key), Why.NOT_TEXT, value=quoted(value))
            return ""
        if default is None and not value.strip():
            self.wrong((*steps, key), Why.EMPTY)
        return value

    def numbers(self, holder: Mapping[str, object], leaves: Sequence[Leaf], steps: Steps) -> dict[str, float]:
        """Several numbers by their keys; an object that is missing has already been told of."""
        if holder is NOTHING:
            return {leaf.key: math.nan for leaf in leaves}
        return {leaf.key: self.number(holder, leaf.key, leaf.bounds, steps) for leaf in leaves}

    def number(self, holder: Mapping[str, object], key: str, bounds: Bounds, steps: Steps) -> float:
        """A number within its bounds; nan stands for one that is at fault."""
        if key not in holder or holder[key] is None:
            self.wrong((*steps, key), Why.MISSING)
            return math.nan
        return self.checked(holder[key], bounds, (*steps, key))

    def checked(self, value: object, bounds: Bounds, steps: Steps) -> float:
        """A value that must be a number within bounds."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not -math.inf < value < math.inf:
            self.wrong(steps, Why.NOT_NUMBER, value=quoted(value))
            return math.nan
        if abs(value) > LARGEST:
            self.wrong(steps, Why.OUT_OF_REACH, value=quoted(value))
            return math.nan
        if abs(value) < SMALLEST:
            value = 0
        if bounds.whole and value != int(value):
            self.wrong(steps, Why.NOT_WHOLE, value=shown(value))
            return math.nan
        if not bounds.holds(value):
            self.faults.append(Fault(place(steps), outside(value, bounds)))
            return math.nan
        return int(value) if bounds.whole else float(value)

    @classmethod
    def one(cls, value: object, bounds: Bounds, at: str) -> float:
        """A number that stands alone, within its bounds, or a fault at its place."""
        found = cls()
        number = found.checked(value, bounds, (at,))
        found.finish()
        return number

    def known(self, value: str, among: Collection[str], steps: Steps) -> bool:
        """Whether a word is one of those known; the nearest are named where it isn't."""
        if value in among:
            return True
        offered = nearest(value, among) or sorted(set(among))[:8]
        self.wrong(steps, Why.UNKNOWN, value=quoted(value), known=", ".join(offered))
        return False
