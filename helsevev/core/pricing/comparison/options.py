"""Two ways to run a service (alternativer), what a case costs in each, and where one overtakes the other."""

import math
from dataclasses import dataclass

from helsevev.core.pricing.fields import NOT_NEGATIVE
from helsevev.core.pricing.gathering import Gatherer


@dataclass(frozen=True)
class Option:
    """A way to run a service (alternativ): cost that stands whoever comes, and cost of each case."""

    name: str
    fixed_nok: float
    per_case_nok: float

    def total(self, cases: float) -> float:
        """Cost of so many cases, NOK."""
        return self.fixed_nok + self.per_case_nok * cases

    def per_case(self, cases: float) -> float | None:
        """Cost of one of so many cases (kostnad per tilfelle); nothing without cases."""
        return self.total(cases) / cases if cases else None


@dataclass(frozen=True)
class BreakEven:
    """Where two options cost the same (nullpunkt): `cases`, and the first whole number from which `cheaper` is it.

    `cases` is nothing where one is never dearer than the other; `cheaper` is then the cheaper one for any volume,
    empty when they cost the same.
    """

    cases: float | None
    from_cases: int | None
    cheaper: str


def break_even(first: Option, second: Option) -> BreakEven:
    """The volume at which two options cost the same: (F₂ − F₁)/(v₁ − v₂)."""
    found = Gatherer()
    for place, option in (("first", first), ("second", second)):
        found.checked(option.fixed_nok, NOT_NEGATIVE, (place, "fixed_nok"))
        found.checked(option.per_case_nok, NOT_NEGATIVE, (place, "per_case_nok"))
    found.finish()
    fixed, each = second.fixed_nok - first.fixed_nok, first.per_case_nok - second.per_case_nok
    # The option with the lower cost of a case wins from the break-even on.
    later = second if each > 0 else first
    if each and fixed / each > 0:
        cases = fixed / each
        return BreakEven(cases, math.floor(cases) + 1, later.name)
    if fixed == 0 and each == 0:
        return BreakEven(None, None, "")
    cheaper = first if (fixed > 0 or (fixed == 0 and each < 0)) else second
    return BreakEven(None, None, cheaper.name)
