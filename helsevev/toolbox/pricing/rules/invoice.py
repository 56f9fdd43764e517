"""An invoice as the terms of Peppol BIS Billing 3 (EHF) want it, in UBL 2.1. Pure.

It is a basis (fakturagrunnlag): the accounting system that sends it may fill in more. Every term that the standard
asks for is there, in the standard's order. A price is never negative; a line that takes away counts minus one.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET  # writes only what we have made ourselves

CUSTOMIZATION = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:Invoice-2"
CAC = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
CBC = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2"
NORWEGIAN_REGISTER = "0192"
COMMERCIAL_INVOICE = "380"
CREDIT_TRANSFER = "30"
EACH = "C62"
# Outside the scope of value added tax, which is how partners share costs unless their advisor says otherwise.
NO_VAT = "O"
NO_VAT_REASON = "Not subject to VAT"
NO_VAT_CODE = "VATEX-EU-O"


@dataclass(frozen=True)
class Side:
    """A seller or a buyer (part): its name and its organisation number."""

    name: str
    organisation_number: str


@dataclass(frozen=True)
class Line:
    """One line (linje): what, and what it comes to in øre; how many of what unit (UN/ECE Recommendation 20) at a price.

    Without a price it is one of what it comes to.
    """

    name: str
    ore: int
    quantity: Decimal = Decimal(1)
    price_ore: int | None = None
    unit: str = EACH

    @property
    def price(self) -> int:
        """The price of each, øre."""
        return self.ore if self.price_ore is None else self.price_ore


@dataclass(frozen=True)
class Invoice:
    """All that the invoice says (faktura)."""

    number: str
    issued: date
    due: date
    first: date
    last: date
    seller: Side
    buyer: Side
    buyer_reference: str
    account: str
    note: str
    lines: Sequence[Line]

    @property
    def total_ore(self) -> int:
        """What is to be paid."""
        return sum(line.ore for line in self.lines)


# Prefixes are known to the whole process, so the one without a name isn't taken: pictures are drawn with it.
for prefix, namespace in (("ubl", UBL), ("cac", CAC), ("cbc", CBC)):
    ET.register_namespace(prefix, namespace)


def amount(ore: int) -> str:
    """Kroner with two decimals."""
    return f"{Decimal(ore) / 100:.2f}"


def xml(invoice: Invoice) -> bytes:
    """The invoice as UBL."""
    root = ET.Element(f"{{{UBL}}}Invoice")
    _basic(root, "CustomizationID", CUSTOMIZATION)
    _basic(root, "ProfileID", PROFILE)
    _basic(root, "ID", invoice.number)
    _basic(root, "IssueDate", invoice.issued.isoformat())
    _basic(root, "DueDate", invoice.due.isoformat())
    _basic(root, "InvoiceTypeCode", COMMERCIAL_INVOICE)
    if invoice.note:
        _basic(root, "Note", invoice.note)
    _basic(root, "DocumentCurrencyCode", "NOK")
    _basic(root, "BuyerReference", invoice.buyer_reference)
    period = _part(root, "InvoicePeriod")
    _basic(period, "StartDate", invoice.first.isoformat())
    _basic(period, "EndDate", invoice.last.isoformat())
    _party(_part(root, "AccountingSupplierParty"), invoice.seller)
    _party(_part(root, "AccountingCustomerParty"), invoice.buyer)
    if invoice.account:
        means = _part(root, "PaymentMeans")
        _basic(means, "PaymentMeansCode", CREDIT_TRANSFER)
        _basic(_part(means, "PayeeFinancialAccount"), "ID", invoice.account)
    _tax(root, invoice)
    _totals(root, invoice)
    for at, line in enumerate(invoice.lines, start=1):
        _line(root, line, at)
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written


def _basic(holder: ET.Element, name: str, text: str, **attributes: str) -> None:
    made = ET.SubElement(holder, f"{{{CBC}}}{name}", attributes)
    made.text = "".join(sign for sign in text if sign.isprintable() or sign == "\n")


def _part(holder: ET.Element, name: str) -> ET.Element:
    return ET.SubElement(holder, f"{{{CAC}}}{name}")


def _money(holder: ET.Element, name: str, ore: int) -> None:
    _basic(holder, name, amount(ore), currencyID="NOK")


def _party(holder: ET.Element, side: Side) -> None:
    """Seller or buyer: electronic address, country, and name in the register of legal entities."""
    party = _part(holder, "Party")
    _basic(party, "EndpointID", side.organisation_number, schemeID=NORWEGIAN_REGISTER)
    _basic(_part(party, "PartyName"), "Name", side.name)
    _basic(_part(_part(party, "PostalAddress"), "Country"), "IdentificationCode", "NO")
    entity = _part(party, "PartyLegalEntity")
    _basic(entity, "RegistrationName", side.name)
    _basic(entity, "CompanyID", side.organisation_number, schemeID=NORWEGIAN_REGISTER)


def _tax(root: ET.Element, invoice: Invoice) -> None:
    """No tax, and why."""
    total = _part(root, "TaxTotal")
    _money(total, "TaxAmount", 0)
    part = _part(total, "TaxSubtotal")
    _money(part, "TaxableAmount", invoice.total_ore)
    _money(part, "TaxAmount", 0)
    category = _part(part, "TaxCategory")
    _basic(category, "ID", NO_VAT)
    _basic(category, "TaxExemptionReasonCode", NO_VAT_CODE)
    _basic(category, "TaxExemptionReason", NO_VAT_REASON)
    _basic(_part(category, "TaxScheme"), "ID", "VAT")


def _totals(root: ET.Element, invoice: Invoice) -> None:
    """What it comes to."""
    total = _part(root, "LegalMonetaryTotal")
    for name in ("LineExtensionAmount", "TaxExclusiveAmount", "TaxInclusiveAmount", "PayableAmount"):
        _money(total, name, invoice.total_ore)


def _line(root: ET.Element, line: Line, at: int) -> None:
    """One line; what takes away counts minus one, since no price may be negative."""
    made = _part(root, "InvoiceLine")
    _basic(made, "ID", str(at))
    quantity = line.quantity if line.price_ore is not None else Decimal(1)
    quantity, price = (-quantity, -line.price) if line.price < 0 else (quantity, line.price)
    _basic(made, "InvoicedQuantity", f"{quantity:f}", unitCode=line.unit)
    _money(made, "LineExtensionAmount", line.ore)
    item = _part(made, "Item")
    _basic(item, "Name", line.name)
    category = _part(item, "ClassifiedTaxCategory")
    _basic(category, "ID", NO_VAT)
    _basic(_part(category, "TaxScheme"), "ID", "VAT")
    _money(_part(made, "Price"), "PriceAmount", price)
