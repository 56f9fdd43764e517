"""Price lists and who has signed them, what was used, and what each pays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from helsevev.commons.people.models import Organisation
from helsevev.commons.shelf import queries as shelf
from helsevev.commons.shelf.models import Item
from helsevev.core.faults import Faulty
from helsevev.core.pricing.agreement import PriceList as Agreed
from helsevev.core.pricing.agreement import from_dict
from helsevev.core.pricing.charges import Charge
from helsevev.core.pricing.settlement import Actual as Used
from helsevev.core.pricing.settlement import settlement as reckoned
from helsevev.toolbox.pricing.models import Actual, PriceCase, PriceList, Settlement, Signature
from helsevev.toolbox.pricing.queries.cases import municipalities
from helsevev.toolbox.pricing.rules.showing import RESULT


@dataclass(frozen=True)
class Standing:
    """A price list (prisliste) as its page shows it: the row, what it holds, and who has signed."""

    row: PriceList
    agreed: Agreed
    partners: dict[str, Organisation]
    signatures: dict[str, Signature]
    is_newest: bool

    @property
    def lines(self) -> list[dict[str, Any]]:
        """Each municipality's line, with its signature if it has one."""
        found = []
        for line in self.agreed.lines:
            partner = self.partners.get(line.number)
            signed = self.signatures.get(partner.key) if partner else None
            found.append({"line": line, "plan_nok": line.plan_ore / 100, "partner": partner, "signed": signed})
        return found

    @property
    def missing(self) -> list[str]:
        """Who hasn't signed."""
        return [one["line"].name for one in self.lines if one["signed"] is None]

    @property
    def is_signed(self) -> bool:
        """Whether all have signed."""
        return not self.missing

    @property
    def rates(self) -> list[tuple[str, float]]:
        """Price of a patient-month by group, NOK."""
        return [(group, ore / 100) for group, ore in self.agreed.patient_month_ore.items()]

    @property
    def enrolment_nok(self) -> float:
        """Price of an enrolment."""
        return self.agreed.enrolment_ore / 100

    @property
    def discharge_nok(self) -> float:
        """Price of a discharge."""
        return self.agreed.discharge_ore / 100


def standing(row: PriceList) -> Standing:
    """One price list; one that isn't what its digest says is refused."""
    agreed = from_dict(row.content)
    newest = (
        PriceList.objects.filter(case_id=row.case_id).order_by("-version").values_list("version", flat=True).first()
    )
    signatures = {one.organisation.key: one for one in row.signatures.select_related("organisation")}
    return Standing(
        row, agreed, municipalities(line.number for line in agreed.lines), signatures, newest == row.version
    )


def price_lists(case: PriceCase) -> list[Standing]:
    """All price lists of a case, newest first."""
    return [standing(row) for row in PriceList.objects.filter(case=case)]


def used(case: PriceCase, months: Iterable[str] | None = None) -> dict[tuple[str, str], Actual]:
    """What was used, by municipality and month: the newest figures of each."""
    rows = Actual.objects.filter(case=case).order_by("pk")
    if months is not None:
        rows = rows.filter(month__in=list(months))
    return {(row.number, row.month): row for row in rows}


def as_core(rows: Iterable[Actual]) -> list[Used]:
    """Figures as the core takes them."""
    return [Used(row.number, row.month, dict(row.patients), row.enrolments, row.discharges) for row in rows]


def settlements(case: PriceCase) -> list[Settlement]:
    """All settlements of a case, newest first."""
    return list(Settlement.objects.filter(price_list__case=case).select_related("price_list"))


def nok(ore: int) -> float:
    """Kroner."""
    return ore / 100


def bill_rows(settlement: Settlement, only: Iterable[str] | None = None) -> list[dict[str, Any]]:
    """Each municipality's bill in kroner, with its lines; `only` these numbers.

    `kept` is whether the lines were kept with the settlement: those of an older one are reckoned from what it was made
    of, to be looked at; its papers stay as they were sent.
    """
    wanted = None if only is None else set(only)
    names = ("volume", "fixed", "municipal", "readiness", "residual", "total", "planned", "difference")
    found = [row for row in settlement.content["rows"] if wanted is None or row["number"] in wanted]
    anew = _lines_anew(settlement) if any("lines" not in row for row in found) else {}
    return [
        {"number": row["number"], "name": row["name"], "patient_months": row["patient_months"]}
        | {"kept": "lines" in row, "charges": _charges(row, anew)}
        | {name: nok(row[f"{name}_ore"]) for name in names}
        for row in found
    ]


def _charges(row: dict[str, Any], anew: Mapping[str, tuple[Charge, ...]]) -> tuple[Charge, ...]:
    """A bill's lines: as kept, or reckoned anew where they add up to the bill."""
    if "lines" in row:
        return tuple(Charge(**one) for one in row["lines"])
    lines = anew.get(row["number"], ())
    return lines if sum(one.ore for one in lines) == row["total_ore"] else ()


def _lines_anew(settlement: Settlement) -> dict[str, tuple[Charge, ...]]:
    """Lines of a settlement that was kept without; none where what it was made of can't be reckoned with."""
    cost = settlement.actual_cost_nok
    try:
        made = reckoned(
            from_dict(settlement.price_list.content),
            [Used(**one) for one in settlement.actuals],
            settlement.first,
            settlement.last,
            None if cost is None else float(cost),
        )
    except Faulty:
        return {}
    return {row.number: row.lines for row in made.rows}


def on_shelf(case: PriceCase) -> Item | None:
    """What of this case lies on the shelf now."""
    return shelf.current(RESULT.type).filter(key=case.key).first()
