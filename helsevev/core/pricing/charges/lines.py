"""What a bill's line is (regningslinje), and what it is reckoned from."""

from collections.abc import Mapping
from dataclasses import dataclass

DIGITS = 6


@dataclass(frozen=True)
class Actual:
    """One municipality's month as it was (månedstall): patients of each group, enrolments, discharges."""

    number: str
    month: str
    patients: Mapping[str, float]
    enrolments: float = 0
    discharges: float = 0


@dataclass(frozen=True)
class Charge:
    """One line: `quantity` at `price_ore` each, or `share` of `of_ore`, or just `ore`.

    `name` is the patient group, or the key of a residual; `level` the coverage above which a discount is given.
    """

    kind: str
    ore: int
    name: str = ""
    quantity: float | None = None
    price_ore: int | None = None
    share: float | None = None
    of_ore: int | None = None
    level: float | None = None


@dataclass(frozen=True)
class Sums:
    """A municipality's sums that the lines must add up to, or all municipalities' sums of the same, øre."""

    volume: int
    fixed: int
    municipal: int
    readiness: int
    residual: int
