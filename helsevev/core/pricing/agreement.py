"""A price list (prisliste) that partners sign: frozen, in whole øre, with a digest of all that it holds.

Rates are rounded half up to the øre when the list is made, and each pool's parts add up to the pool to the øre. A
settlement reads the list alone and never reckons the case anew, so that old bills come out the same for ever.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

from helsevev.core.faults import Fault, Faulty, quoted
from helsevev.core.pricing import bills
from helsevev.core.pricing.answer import Answer, price
from helsevev.core.pricing.case import Case, Incentive, Tier, digest, incentive_as_dict
from helsevev.core.pricing.why import Why
from helsevev.core.words import Refusal

KEYS = ("plan", "equal", "adults", "eligible", "volume", "fund")
FORM = 1


@dataclass(frozen=True, order=True)
class Month:
    """A calendar month (måned)."""

    year: int
    number: int

    def __str__(self) -> str:
        """As `2026-07`."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def place(self) -> int:
        """Months since the year 0, for counting."""
        return self.year * 12 + self.number - 1

    def plus(self, months: int) -> "Month":
        """So many months later."""
        year, rest = divmod(self.place + months, 12)
        return Month(year, rest + 1)


def month(text: str, at: str) -> Month:
    """A month out of `2026-07`; anything else is refused at its place."""
    year, _, number = text.partition("-") if isinstance(text, str) else ("", "", "")
    if len(year) == 4 and len(number) == 2 and f"{year}{number}".isdecimal() and 1 <= int(number) <= 12:
        return Month(int(year), int(number))
    raise Faulty([Fault(at, Refusal(Why.NOT_MONTH, {"value": quoted(text)}))])


@dataclass(frozen=True)
class Line:
    """What the list holds for one municipality, øre a year, and what keys need to know of it."""

    number: str
    name: str
    fixed_ore: int
    municipal_ore: int
    readiness_ore: int
    plan_ore: int
    adults: float
    eligible: float


@dataclass(frozen=True)
class PriceList:
    """A price list (prisliste): a version, valid from one month to another, made from one case."""

    version: int
    valid_from: Month
    valid_to: Month | None
    key: str
    case_digest: str
    case: Mapping[str, Any]
    patient_month_ore: Mapping[str, int]
    enrolment_ore: int
    discharge_ore: int
    kappa: float
    incentive: Incentive
    lines: tuple[Line, ...]

    def as_dict(self) -> dict[str, Any]:
        """All that the list holds, with its digest; `from_dict` takes it back."""
        held = {
            "form": FORM,
            "version": self.version,
            "valid_from": str(self.valid_from),
            "valid_to": str(self.valid_to) if self.valid_to else None,
            "key": self.key,
            "case_digest": self.case_digest,
            "case": self.case,
            "patient_month_ore": dict(self.patient_month_ore),
            "enrolment_ore": self.enrolment_ore,
            "discharge_ore": self.discharge_ore,
            "kappa": self.kappa,
            "incentive": incentive_as_dict(self.incentive),
            "lines": [asdict(line) for line in self.lines],
        }
        return held | {"digest": digest(held)}

    @property
    def digest(self) -> str:
        """SHA-256 of all that the list holds."""
        return str(self.as_dict()["digest"])

    @property
    def last(self) -> str:
        """The last month as a sentence has it."""
        return str(self.valid_to) if self.valid_to else "–"

    def holds(self, one: Month) -> bool:
        """Whether a month is within the agreement."""
        return one >= self.valid_from and (self.valid_to is None or one <= self.valid_to)


def price_list(
    case: Case,
    valid_from: date,
    valid_to: date | None = None,
    version: int = 1,
    key: str = "plan",
    answer: Answer | None = None,
) -> PriceList:
    """The list of a case, from the first day of a month to the last day of another; half a year is as good as a whole.

    `key` says how a settlement's residual is shared: by planned bills, equally, by adults, by eligible, by volume, or
    not at all but to a fund.
    """
    first, last = _months(valid_from, valid_to)
    if key not in KEYS:
        raise Faulty([Fault("key", Refusal(Why.UNKNOWN, {"value": quoted(key), "known": ", ".join(KEYS)}))])
    found = answer or price(case)
    return PriceList(
        version=version,
        valid_from=first,
        valid_to=last,
        key=key,
        case_digest=case.digest,
        case=case.as_dict(),
        patient_month_ore={group: ore(nok) for group, nok in found.rates.patient_month_nok.items()},
        enrolment_ore=ore(found.rates.enrolment_nok),
        discharge_ore=ore(found.rates.discharge_nok),
        kappa=found.rates.kappa,
        incentive=case.incentive,
        lines=_lines(case, found),
    )


def _months(valid_from: date, valid_to: date | None) -> tuple[Month, Month | None]:
    """Whole months alone."""
    faults = []
    if valid_from.day != 1:
        faults.append(Fault("valid_from", Refusal(Why.NOT_WHOLE_MONTHS, {"value": valid_from.isoformat()})))
    if valid_to and (valid_to + timedelta(days=1)).day != 1:
        faults.append(Fault("valid_to", Refusal(Why.NOT_WHOLE_MONTHS, {"value": valid_to.isoformat()})))
    if valid_to and valid_to < valid_from:
        values = {"first": valid_from.isoformat(), "last": valid_to.isoformat()}
        faults.append(Fault("valid_to", Refusal(Why.ENDS_BEFORE, values)))
    if faults:
        raise Faulty(faults)
    last = Month(valid_to.year, valid_to.month) if valid_to else None
    return Month(valid_from.year, valid_from.month), last


def _lines(case: Case, answer: Answer) -> tuple[Line, ...]:
    """Each pool's parts in øre, which add up to the pool."""
    pools = answer.cost.pools
    fixed, municipal, readiness = (
        bills.exact({bill.number: getattr(bill.parts, name) for bill in answer.bills}, total_nok=getattr(pools, name))
        for name in ("fixed", "municipal", "readiness")
    )
    return tuple(
        Line(
            number=partner.number,
            name=partner.name,
            fixed_ore=fixed[partner.number],
            municipal_ore=municipal[partner.number],
            readiness_ore=readiness[partner.number],
            plan_ore=bill.bill_ore,
            adults=partner.adults,
            eligible=partner.eligible,
        )
        for partner, bill in zip(case.municipalities, answer.bills, strict=True)
    )


def ore(nok: float) -> int:
    """Whole øre, half up."""
    return rounded(Fraction(nok) * 100)


def rounded(value: Fraction) -> int:
    """The nearest whole number, half up."""
    return int((value + Fraction(1, 2)).__floor__())


def from_dict(held: Mapping[str, Any]) -> PriceList:
    """A list as it was stored. Raises `Faulty` when it isn't what its digest says."""
    stated = str(held.get("digest"))
    found = digest({key: value for key, value in held.items() if key != "digest"})
    if found != stated:
        raise Faulty([Fault("digest", Refusal(Why.CHANGED_LIST, {"found": found[:12], "stated": stated[:12]}))])
    scheme = dict(held["incentive"])
    tiers = tuple(Tier(**tier) for tier in scheme.pop("tiers", ()))
    valid_to = held["valid_to"]
    return PriceList(
        version=held["version"],
        valid_from=month(held["valid_from"], "valid_from"),
        valid_to=month(valid_to, "valid_to") if valid_to else None,
        key=held["key"],
        case_digest=held["case_digest"],
        case=held["case"],
        patient_month_ore=held["patient_month_ore"],
        enrolment_ore=held["enrolment_ore"],
        discharge_ore=held["discharge_ore"],
        kappa=held["kappa"],
        incentive=Incentive(**scheme, tiers=tiers),
        lines=tuple(Line(**line) for line in held["lines"]),
    )
