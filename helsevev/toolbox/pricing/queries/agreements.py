"""Price lists and who has signed them, what was used, and what each pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from helsevev.commons.people.models import Organisation
from helsevev.commons.shelf import queries as shelf
from helsevev.commons.shelf.models import Item
from helsevev.core.pricing.agreement import PriceList as Agreed
from helsevev.core.pricing.agreement import from_dict
from helsevev.core.pricing.settlement import Actual as Used
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
    """Each municipality's bill in kroner; `only` these numbers."""
    wanted = None if only is None else set(only)
    names = ("volume", "fixed", "municipal", "readiness", "residual", "total", "planned", "difference")
    return [
        {"number": row["number"], "name": row["name"], "patient_months": row["patient_months"]}
        | {name: nok(row[f"{name}_ore"]) for name in names}
        for row in settlement.content["rows"]
        if wanted is None or row["number"] in wanted
    ]


def on_shelf(case: PriceCase) -> Item | None:
    """What of this case lies on the shelf now."""
    return shelf.current(RESULT.type).filter(key=case.key).first()
