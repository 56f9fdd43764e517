"""What an option does to each payer's budget (budsjettvirkning), year by year and undiscounted, as budgets are.

Money that only moves from one payer to another is shown apart, since it saves nobody anything.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from helsevev.core.faults import Fault
from helsevev.core.pricing.fields import ANY
from helsevev.core.pricing.gathering import Gatherer
from helsevev.core.words import Refusal, gettext_noop

UNEQUAL_YEARS = gettext_noop("has %(count)s years, the others %(wanted)s. Write every year, 0 where there is nothing")
SAME_PAYER = gettext_noop("moves money from %(payer)s to itself. Choose who receives it")


@dataclass(frozen=True)
class Impact:
    """One row of a budget impact (budsjettvirkning): what a payer spends more each year, NOK.

    With `to`, the money is a transfer: what this payer gives the other receives.
    """

    name: str
    payer: str
    nok: tuple[float, ...]
    to: str = ""


@dataclass(frozen=True)
class BudgetImpact:
    """Budget impact by payer and year, undiscounted, NOK.

    `spending` is real use; `transfers` what moves between payers, which adds up to 0 each year; `net` is both.
    """

    years: tuple[int, ...]
    spending: Mapping[str, tuple[float, ...]]
    transfers: Mapping[str, tuple[float, ...]]
    net: Mapping[str, tuple[float, ...]]
    total: tuple[float, ...]


def budget_impact(rows: Sequence[Impact], years: Sequence[int]) -> BudgetImpact:
    """All payers at once, year by year. Raises `Faulty` on rows with other years, and on money to oneself."""
    found = Gatherer()
    for at, row in enumerate(rows):
        if len(row.nok) != len(years):
            values = {"count": len(row.nok), "wanted": len(years)}
            found.faults.append(Fault(f"rows[{at}].nok", Refusal(UNEQUAL_YEARS, values)))
        if row.to == row.payer:
            found.faults.append(Fault(f"rows[{at}].to", Refusal(SAME_PAYER, {"payer": row.payer})))
        for year, nok in enumerate(row.nok):
            found.checked(nok, ANY, ("rows", at, "nok", year))
    found.finish()
    payers = dict.fromkeys([row.payer for row in rows] + [row.to for row in rows if row.to])
    spending, transfers = ({payer: [0.0] * len(years) for payer in payers} for _part in range(2))
    for row in rows:
        for year, nok in enumerate(row.nok):
            if row.to:
                transfers[row.payer][year] += nok
                transfers[row.to][year] -= nok
            else:
                spending[row.payer][year] += nok
    return BudgetImpact(
        years=tuple(years),
        spending={payer: tuple(values) for payer, values in spending.items()},
        transfers={payer: tuple(values) for payer, values in transfers.items()},
        net={
            payer: tuple(one + other for one, other in zip(spending[payer], transfers[payer], strict=True))
            for payer in payers
        },
        total=tuple(math.fsum(values[year] for values in spending.values()) for year in range(len(years))),
    )
