"""A settlement (avregning): what was used at the list's prices, the other pools as planned, and the residual by key.

All amounts are whole øre. A year's part of a pool is divided over its months so that any run of months adds up:
month k of twelve has what k twelfths, rounded down, have more than k − 1 twelfths.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from fractions import Fraction
from typing import Any

from helsevev.core.faults import Fault, Faulty, nearest, place, quoted
from helsevev.core.pricing import bills
from helsevev.core.pricing.agreement import KEYS, Line, Month, PriceList, month, ore, rounded
from helsevev.core.pricing.case import digest
from helsevev.core.pricing.charges import Actual, Charge, Sums, charges
from helsevev.core.pricing.fields import NOT_NEGATIVE
from helsevev.core.pricing.gathering import Gatherer
from helsevev.core.pricing.why import Why
from helsevev.core.words import Refusal


@dataclass(frozen=True)
class Row:
    """One municipality's settlement, øre: its parts, its total, what was planned for these months, line by line."""

    number: str
    name: str
    patient_months: float
    volume_ore: int
    fixed_ore: int
    municipal_ore: int
    readiness_ore: int
    residual_ore: int
    total_ore: int
    planned_ore: int
    lines: tuple[Charge, ...]

    @property
    def difference_ore(self) -> int:
        """What is owed beyond the plan; below 0 it is owed to the municipality."""
        return self.total_ore - self.planned_ore


@dataclass(frozen=True)
class Settlement:
    """All municipalities' settlement of a period. Totals and the fund add up to the cost, when the cost is known."""

    price_list_digest: str
    version: int
    first: str
    last: str
    months: int
    key: str
    rows: tuple[Row, ...]
    cost_ore: int | None
    residual_ore: int
    fund_ore: int
    digest: str

    @property
    def total_ore(self) -> int:
        """The sum of all bills."""
        return sum(row.total_ore for row in self.rows)

    def as_dict(self) -> dict[str, Any]:
        """All of it, for storing and for showing."""
        rows = [
            asdict(row) | {"difference_ore": row.difference_ore, "lines": [asdict(line) for line in row.lines]}
            for row in self.rows
        ]
        return asdict(self) | {"rows": rows, "total_ore": self.total_ore}


def settlement(
    agreed: PriceList,
    actuals: Sequence[Actual],
    first: str,
    last: str,
    cost_nok: float | None = None,
    key: str | None = None,
) -> Settlement:
    """What each owes for the months from `first` to `last` (`2026-01`), by the list that was signed.

    `cost_nok` is what the centre cost in these months; the residual to what is charged is shared by the list's key.
    Raises `Faulty` on months outside the agreement, months without figures, and a key that wasn't agreed on.
    """
    period = _period(agreed, first, last)
    if key is not None and key != agreed.key:
        raise Faulty([Fault("key", Refusal(Why.OTHER_KEY, {"value": quoted(key), "agreed": quoted(agreed.key)}))])
    by_place = _checked(agreed, actuals, period)
    cost = None if cost_nok is None else ore(Gatherer.one(cost_nok, NOT_NEGATIVE, "cost_nok"))
    volume = {
        line.number: sum(_volume(agreed, line, by_place[line.number, at]) for at in period) for line in agreed.lines
    }
    parts = {line.number: _planned_parts(agreed, line, period) for line in agreed.lines}
    charged = sum(volume.values()) + sum(sum(part) for part in parts.values())
    residual = 0 if cost is None else cost - charged
    shared = _shared(agreed, residual, volume)
    sums = {number: Sums(volume[number], *parts[number], shared.get(number, 0)) for number in volume}
    whole = Sums(*(sum(column) for column in zip(*(astuple(one) for one in sums.values()), strict=True)))
    rows = tuple(
        _row(agreed, line, [by_place[line.number, at] for at in period], sums[line.number], whole)
        for line in agreed.lines
    )
    return Settlement(
        price_list_digest=agreed.digest,
        version=agreed.version,
        first=first,
        last=last,
        months=len(period),
        key=agreed.key,
        rows=rows,
        cost_ore=cost,
        residual_ore=residual,
        fund_ore=residual if agreed.key == "fund" else 0,
        digest=digest([agreed.digest, first, last, cost, [asdict(one) for one in sorted(actuals, key=_order)]]),
    )


def _row(agreed: PriceList, line: Line, used: Sequence[Actual], own: Sums, whole: Sums) -> Row:
    """What one municipality owes."""
    return Row(
        number=line.number,
        name=line.name,
        patient_months=math.fsum(count for one in used for count in one.patients.values()),
        volume_ore=own.volume,
        fixed_ore=own.fixed,
        municipal_ore=own.municipal,
        readiness_ore=own.readiness,
        residual_ore=own.residual,
        total_ore=own.volume + own.fixed + own.municipal + own.readiness + own.residual,
        planned_ore=of_year(line.plan_ore, agreed, [month(one.month, "month") for one in used]),
        lines=charges(agreed, line, used, own, whole),
    )


def _order(actual: Actual) -> tuple[str, str]:
    """Figures in a fixed order, whatever they came in."""
    return actual.number, actual.month


def _period(agreed: PriceList, first: str, last: str) -> list[Month]:
    """The months that are settled; all must lie within the agreement."""
    begins, ends = month(first, "first"), month(last, "last")
    if ends < begins:
        raise Faulty([Fault("last", Refusal(Why.ENDS_BEFORE, {"first": first, "last": last}))])
    months = [begins.plus(at) for at in range(min(ends.place - begins.place + 1, 1_200))]
    outside = next((one for one in months if not agreed.holds(one)), None)
    if outside:
        values = {"month": str(outside), "first": str(agreed.valid_from), "last": agreed.last}
        raise Faulty([Fault("first" if outside == begins else "last", Refusal(Why.OUTSIDE_AGREEMENT, values))])
    return months


def _checked(agreed: PriceList, actuals: Sequence[Actual], period: Sequence[Month]) -> dict[tuple[str, Month], Actual]:
    """Each municipality's each month, just once."""
    found = Gatherer()
    names = {line.number: line.name for line in agreed.lines}
    held: dict[tuple[str, Month], Actual] = {}
    for at, one in enumerate(actuals):
        if one.number not in names:
            found.wrong(("actuals", at, "number"), Why.NO_SUCH_MUNICIPALITY, value=quoted(one.number))
            continue
        when = month(one.month, place(("actuals", at, "month")))
        if (one.number, when) in held:
            found.wrong(("actuals", at), Why.ENTERED_TWICE, municipality=names[one.number], month=str(when))
        held[one.number, when] = one
        _numbers(found, agreed, one, at)
    for number, name in names.items():
        for when in period:
            if (number, when) not in held:
                found.wrong(("actuals",), Why.MONTH_MISSING, municipality=name, month=str(when))
    found.finish()
    return held


def _numbers(found: Gatherer, agreed: PriceList, one: Actual, at: int) -> None:
    """Every number of a month: all groups, none below 0."""
    for key in ("enrolments", "discharges"):
        found.checked(getattr(one, key), NOT_NEGATIVE, ("actuals", at, key))
    for group in agreed.patient_month_ore:
        found.number(one.patients, group, NOT_NEGATIVE, ("actuals", at, "patients"))
    for group in one.patients:
        if group not in agreed.patient_month_ore:
            known = ", ".join(nearest(group, agreed.patient_month_ore) or agreed.patient_month_ore)
            found.wrong(("actuals", at, "patients", group), Why.UNKNOWN, value=quoted(group), known=known)


def _volume(agreed: PriceList, line: Line, one: Actual) -> int:
    """A month at the list's prices, under the list's scheme, øre."""
    scheme = agreed.incentive
    total = Fraction()
    for group, rate in agreed.patient_month_ore.items():
        count = one.patients[group]
        if scheme.kind == "take_or_pay":
            count = float(bills.place_factor(scheme, line.number, group, count))
        total += rate * Fraction(count)
    patients = math.fsum(one.patients.values())
    if scheme.kind == "tiers" and patients:
        paid = float(bills.paid_places(scheme, line.eligible, patients))
        total *= Fraction(paid) / Fraction(patients) * Fraction(agreed.kappa)
    events = agreed.enrolment_ore * Fraction(one.enrolments) + agreed.discharge_ore * Fraction(one.discharges)
    return rounded(total + events)


def _planned_parts(agreed: PriceList, line: Line, period: Sequence[Month]) -> tuple[int, int, int]:
    """The pools that are charged as planned, for these months, øre: fixed, municipal, readiness."""
    return (
        of_year(line.fixed_ore, agreed, period),
        of_year(line.municipal_ore, agreed, period),
        of_year(line.readiness_ore, agreed, period),
    )


def of_year(year_ore: int, agreed: PriceList, period: Iterable[Month]) -> int:
    """These months' part of a year's amount, so that any twelve months that follow one another have all of it."""
    total = 0
    for one in period:
        k = (one.place - agreed.valid_from.place) % 12
        total += year_ore * (k + 1) // 12 - year_ore * k // 12
    return total


def _shared(agreed: PriceList, residual: int, volume: Mapping[str, int]) -> dict[str, int]:
    """The residual by the list's key; nothing where it goes to a fund."""
    if agreed.key == "fund" or not residual:
        return {}
    found = {line.number: _weight(agreed.key, line, volume[line.number]) for line in agreed.lines}
    if not any(found.values()):
        raise Faulty([Fault("key", Refusal(Why.NO_KEY, {"value": quoted(agreed.key)}))])
    return bills.shared_exactly(residual, found)


def _weight(key: str, line: Line, volume_ore: int) -> float:
    """What a municipality counts for under a key."""
    if key == "equal":
        return 1.0
    if key == "volume":
        return float(volume_ore)
    return {"plan": float(line.plan_ore), "adults": line.adults, "eligible": line.eligible}[key]


__all__ = ["KEYS", "Actual", "Row", "Settlement", "of_year", "settlement"]
