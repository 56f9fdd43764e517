"""A municipality's bill as a paper and as an invoice, and series on the shelf that say what was used."""

from calendar import monthrange
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import override

from helsevev.commons.shelf import queries as shelf
from helsevev.commons.shelf.models import Item
from helsevev.core import papers
from helsevev.core.words import gettext_noop
from helsevev.toolbox.pricing.models import PriceCase, Settlement
from helsevev.toolbox.pricing.queries.charging import Entry, entries
from helsevev.toolbox.pricing.rules.invoice import Invoice, Line, Side
from helsevev.toolbox.pricing.rules.showing import VOLUMES

ISSUER = "Helsevev"
PARTS: Mapping[str, str] = {
    "volume": gettext_noop("Patients, enrolments and discharges, at the price list's prices"),
    "fixed": gettext_noop("Part of the fixed cost"),
    "municipal": gettext_noop("Part of the meetings"),
    "readiness": gettext_noop("Part of the readiness"),
    "residual": gettext_noop("Part of the residual"),
}

RULE = gettext_noop(
    "Each line is rounded to whole øre. A month's use is rounded as one sum; where that differs, a line says by how "
    "much. Parts of a cost are whole øre that add up to the cost; percentages have six decimals at most."
)


def number_of(case: PriceCase, row: Settlement, code: str) -> str:
    """The bill's number: settlement and municipality."""
    return f"{case.key[:40]}-{row.pk}-{code}"


def pdf(case: PriceCase, row: Settlement, bill: Mapping[str, Any], language: str) -> bytes:
    """The bill as PDF, from what is stored alone."""
    with override(language):
        notes = [_(RULE)] if bill["kept"] else []
        notes.append(
            _("Planned for these months: %(planned)s kroner. The difference is %(difference)s kroner.")
            % {name: number_format(bill[name], 2, force_grouping=True) for name in ("planned", "difference")}
        )
        made = papers.Bill(
            title=_("Bill for %(service)s") % {"service": row.price_list.content["case"]["title"]},
            sender=[case.owner.name],
            recipient=[str(bill["name"])],
            facts=[
                (_("Bill number"), number_of(case, row, str(bill["number"]))),
                (_("Period"), f"{row.first} – {row.last}"),
                (_("Price list"), _("Version %(number)s") % {"number": row.price_list.version}),
                (_("Settled"), date_format(localtime(row.at), "SHORT_DATE_FORMAT")),
                (_("Digest"), row.digest[:16]),
            ],
            lines=[
                papers.BillLine(one.description, one.quantity, one.unit, one.price, one.amount)
                for one in _entries(row, bill)
            ],
            notes="\n\n".join(notes),
        )
        return papers.bill(made, papers.About(language=language, made_at=row.at, issuer=ISSUER, say=_))


def _entries(row: Settlement, bill: Mapping[str, Any]) -> list[Entry]:
    """The lines of the paper: each of those that were kept; of an older bill its parts, as it was sent."""
    if bill["kept"]:
        return entries(bill["charges"], row.price_list.content["case"])
    return [
        Entry(_(label), Decimal(1), "", _kroner(bill[name]), _kroner(bill[name]))
        for name, label in PARTS.items()
        if bill[name] or name == "volume"
    ]


def _kroner(nok: float) -> Decimal:
    return Decimal(round(nok * 100)) / 100


def ehf(case: PriceCase, row: Settlement, bill: Mapping[str, Any], given: Mapping[str, Any]) -> Invoice:
    """The bill as an invoice, with what the form says."""
    year, month = (int(part) for part in row.last.split("-"))
    return Invoice(
        number=number_of(case, row, str(bill["number"])),
        issued=given["issued"],
        due=given["due"],
        first=date.fromisoformat(f"{row.first}-01"),
        last=date(year, month, monthrange(year, month)[1]),
        seller=Side(case.owner.name, given["seller_number"]),
        buyer=Side(str(bill["name"]), given["buyer_number"]),
        buyer_reference=given["buyer_reference"],
        account=given["account"],
        note=str(row.price_list.content["case"]["title"]),
        lines=_invoice_lines(_entries(row, bill)),
    )


def _invoice_lines(found: list[Entry]) -> list[Line]:
    """Quantities at their prices; a share of a sum counts as one, with the share in its name."""
    return [
        Line(one.description, one.amount_ore, one.quantity, int(one.price * 100), one.code)
        if one.multiplies
        else Line(_name(one), one.amount_ore)
        for one in found
    ]


def _name(one: Entry) -> str:
    if not one.unit:
        return one.description
    price = number_format(one.price, 2, force_grouping=True)
    return f"{one.description} ({one.quantity_text} × {price})"


def series(case: PriceCase) -> list[Item]:
    """Series of use on the shelf, those of the case's own project first."""
    rows = list(shelf.current(VOLUMES.type)[:50])
    return sorted(rows, key=lambda row: row.initiative_id != case.initiative_id)
