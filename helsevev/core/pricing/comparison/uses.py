"""What is used with and without a digital option (kostnadssammenligning), row by row and payer by payer.

An effect on admissions is 0 with a range until evidence is stated: no result may lean on a hope.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from helsevev.core.faults import Fault
from helsevev.core.pricing.fields import NOT_NEGATIVE
from helsevev.core.pricing.gathering import Gatherer
from helsevev.core.statistics import Interval
from helsevev.core.words import Refusal, gettext_noop

NO_EVIDENCE = gettext_noop(
    "An effect on admissions other than 0 needs its evidence: write the study and its grade, or leave it at 0"
)
# Admissions for each patient a year, as meta-analyses in an overview of the Norwegian Institute of Public Health
# give it for chronic airway disease: they point both ways, so the default is none at all.
ADMISSIONS = Interval(0.0, -0.58, 0.32)


@dataclass(frozen=True)
class Use:
    """One row of a comparison (ressursbruk): how much is used without and with the option, and what a unit costs.

    `low` and `high` are the ends of what may be used with it. `admissions` marks admissions to hospital.
    """

    name: str
    payer: str
    unit_nok: float
    without: float
    with_option: float
    low: float | None = None
    high: float | None = None
    admissions: bool = False
    evidence: str = ""

    @property
    def nok(self) -> float:
        """What the option adds, NOK; below 0 it saves."""
        return self.unit_nok * (self.with_option - self.without)

    @property
    def ends(self) -> tuple[float, float]:
        """What it adds at the ends of the range, NOK, the lower first."""
        used = [self.with_option, *(end for end in (self.low, self.high) if end is not None)]
        added = [self.unit_nok * (one - self.without) for one in used]
        return min(added), max(added)


@dataclass(frozen=True)
class Comparison:
    """With and without (sammenligning), NOK a year: each row, each payer, all of it, and for each case."""

    rows: tuple[Use, ...]
    without_nok: float
    with_nok: float
    added_nok: float
    low_nok: float
    high_nok: float
    by_payer: Mapping[str, float]
    per_case_nok: float | None


def compare(rows: Sequence[Use], cases: float) -> Comparison:
    """Cost with and without an option. Raises `Faulty` on an effect on admissions without its evidence."""
    found = Gatherer()
    found.checked(cases, NOT_NEGATIVE, ("cases",))
    for at, row in enumerate(rows):
        for key in ("unit_nok", "without", "with_option"):
            found.checked(getattr(row, key), NOT_NEGATIVE, ("rows", at, key))
        if row.admissions and row.with_option != row.without and not row.evidence.strip():
            found.faults.append(Fault(f"rows[{at}].evidence", Refusal(NO_EVIDENCE)))
    found.finish()
    added = math.fsum(row.nok for row in rows)
    return Comparison(
        rows=tuple(rows),
        without_nok=math.fsum(row.unit_nok * row.without for row in rows),
        with_nok=math.fsum(row.unit_nok * row.with_option for row in rows),
        added_nok=added,
        low_nok=math.fsum(row.ends[0] for row in rows),
        high_nok=math.fsum(row.ends[1] for row in rows),
        by_payer=_by_payer(rows),
        per_case_nok=added / cases if cases else None,
    )


def _by_payer(rows: Iterable[Use]) -> dict[str, float]:
    """What each payer spends more, in the order in which payers come."""
    parts: dict[str, list[float]] = {}
    for row in rows:
        parts.setdefault(row.payer, []).append(row.nok)
    return {payer: math.fsum(values) for payer, values in parts.items()}
