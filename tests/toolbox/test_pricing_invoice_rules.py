"""The invoice held to the rules of EN 16931 and Peppol BIS Billing 3 that bear on it, each under its own id.

Where each comes from: `BR-*` are EN 16931-1's rules as the European Commission's validation artefacts 1.3.16 for UBL
word them (EN16931-UBL-validation.sch, April 2026); `PEPPOL-*` and `NO-R-*` are Peppol BIS Billing 3.0.19's own (PEPPOL-
EN16931-UBL.sch, May 2025). They are written anew here, as a second method beside what writes the invoice, each with
its published condition narrowed to what we write. Rules of terms that we never write are left out, as is NO-R-002, a
warning for limited companies alone. docs/price-model.md says what the published files themselves answer.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helsevev.toolbox.pricing.rules import invoice

NAMES = {"cac": invoice.CAC, "cbc": invoice.CBC}
Check = Callable[[ET.Element], bool]
COUNTED = invoice.Line("Pasienter", 407_385, Decimal(33), 12_345, "MON")


def made(*ore: int, account: str = "12345678903") -> ET.Element:
    one = invoice.Invoice(
        number="a-1-3228",
        issued=date(2026, 4, 1),
        due=date(2026, 5, 1),
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        seller=invoice.Side("Et senter", "974706490"),
        buyer=invoice.Side("Nes", "938679088"),
        buyer_reference="ref",
        account=account,
        note="En tjeneste",
        lines=[COUNTED, *(invoice.Line(f"Del {at}", one) for at, one in enumerate(ore))],
    )
    return ET.fromstring(invoice.xml(one))


def said(tree: ET.Element, path: str) -> str:
    return (tree.findtext(path, "", NAMES) or "").strip()


def nok(tree: ET.Element, path: str) -> Decimal:
    return Decimal(said(tree, path))


def lines(tree: ET.Element) -> list[ET.Element]:
    return tree.findall("cac:InvoiceLine", NAMES)


def every(path: str) -> Check:
    """A term that every line has, and says something in."""
    return lambda tree: all(said(line, path) for line in lines(tree))


def there(path: str) -> Check:
    """A term that the invoice has, and says something in."""
    return lambda tree: bool(said(tree, path))


def two_decimals(path: str) -> Check:
    """An amount that has two decimals at most wherever it stands."""
    return lambda tree: all(len((one.text or "").partition(".")[2]) <= 2 for one in tree.findall(path, NAMES))


def coded(path: str, *codes: str, attribute: str = "") -> Check:
    """A code (or an attribute) that stands there, and is one of the list's that we write."""
    return lambda tree: (
        {one.get(attribute) if attribute else one.text for one in tree.findall(path, NAMES)} <= set(codes)
        and tree.find(path, NAMES) is not None
    )


def line_sum(tree: ET.Element) -> bool:
    return nok(tree, f"{TOTAL}/cbc:LineExtensionAmount") == sum(
        nok(one, "cbc:LineExtensionAmount") for one in lines(tree)
    )


def check_digit(number: str) -> bool:
    """Modulus 11 of Norwegian organisation numbers, as PEPPOL-COMMON-R041 has it."""
    weights = (3, 2, 7, 6, 5, 4, 3, 2)
    rest = 11 - sum(int(sign) * weight for sign, weight in zip(number, weights, strict=False)) % 11
    return len(number) == 9 and number.isdecimal() and (0 if rest == 11 else rest) == int(number[8])


SELLER, BUYER = "cac:AccountingSupplierParty/cac:Party", "cac:AccountingCustomerParty/cac:Party"
TOTAL, TAX, CATEGORY = "cac:LegalMonetaryTotal", "cac:TaxTotal", "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory"
LINE_CATEGORY = "cac:Item/cac:ClassifiedTaxCategory"
RULES: Mapping[str, Check] = {
    "BR-01": there("cbc:CustomizationID"),
    "BR-02": there("cbc:ID"),
    "BR-03": lambda tree: bool(date.fromisoformat(said(tree, "cbc:IssueDate"))),
    "BR-04": lambda tree: said(tree, "cbc:InvoiceTypeCode") == "380",
    "BR-05": lambda tree: said(tree, "cbc:DocumentCurrencyCode") == "NOK",
    "BR-06": there(f"{SELLER}/cac:PartyLegalEntity/cbc:RegistrationName"),
    "BR-07": there(f"{BUYER}/cac:PartyLegalEntity/cbc:RegistrationName"),
    "BR-08": lambda tree: tree.find(f"{SELLER}/cac:PostalAddress", NAMES) is not None,
    "BR-09": there(f"{SELLER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    "BR-10": lambda tree: tree.find(f"{BUYER}/cac:PostalAddress", NAMES) is not None,
    "BR-11": there(f"{BUYER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode"),
    "BR-12": there(f"{TOTAL}/cbc:LineExtensionAmount"),
    "BR-13": there(f"{TOTAL}/cbc:TaxExclusiveAmount"),
    "BR-14": there(f"{TOTAL}/cbc:TaxInclusiveAmount"),
    "BR-15": there(f"{TOTAL}/cbc:PayableAmount"),
    "BR-16": lambda tree: bool(lines(tree)),
    "BR-21": every("cbc:ID"),
    "BR-22": every("cbc:InvoicedQuantity"),
    "BR-23": lambda tree: all(one.get("unitCode") for one in tree.findall(".//cbc:InvoicedQuantity", NAMES)),
    "BR-24": every("cbc:LineExtensionAmount"),
    "BR-25": every("cac:Item/cbc:Name"),
    "BR-26": every("cac:Price/cbc:PriceAmount"),
    "BR-27": lambda tree: all(nok(line, "cac:Price/cbc:PriceAmount") >= 0 for line in lines(tree)),
    "BR-29": lambda tree: said(tree, "cac:InvoicePeriod/cbc:StartDate") <= said(tree, "cac:InvoicePeriod/cbc:EndDate"),
    "BR-45": there(f"{TAX}/cac:TaxSubtotal/cbc:TaxableAmount"),
    "BR-46": there(f"{TAX}/cac:TaxSubtotal/cbc:TaxAmount"),
    "BR-47": there(f"{CATEGORY}[cac:TaxScheme]/cbc:ID"),
    "BR-48": lambda tree: (
        tree.find(f"{CATEGORY}/cbc:Percent", NAMES) is None and said(tree, f"{CATEGORY}/cbc:ID") == "O"
    ),
    "BR-49": lambda tree: all(said(one, "cbc:PaymentMeansCode") for one in tree.findall("cac:PaymentMeans", NAMES)),
    "BR-50": there("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"),
    "BR-61": there("cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID"),
    "BR-62": lambda tree: tree.find(f"{SELLER}/cbc:EndpointID[@schemeID]", NAMES) is not None,
    "BR-63": lambda tree: tree.find(f"{BUYER}/cbc:EndpointID[@schemeID]", NAMES) is not None,
    "BR-CO-04": every(f"{LINE_CATEGORY}/cbc:ID"),
    "BR-CO-10": line_sum,
    "BR-CO-13": lambda tree: (
        nok(tree, f"{TOTAL}/cbc:TaxExclusiveAmount") == nok(tree, f"{TOTAL}/cbc:LineExtensionAmount")
    ),
    "BR-CO-14": lambda tree: nok(tree, f"{TAX}/cbc:TaxAmount") == nok(tree, f"{TAX}/cac:TaxSubtotal/cbc:TaxAmount"),
    "BR-CO-15": lambda tree: (
        nok(tree, f"{TOTAL}/cbc:TaxInclusiveAmount")
        == nok(tree, f"{TOTAL}/cbc:TaxExclusiveAmount") + nok(tree, f"{TAX}/cbc:TaxAmount")
    ),
    "BR-CO-16": lambda tree: nok(tree, f"{TOTAL}/cbc:PayableAmount") == nok(tree, f"{TOTAL}/cbc:TaxInclusiveAmount"),
    "BR-CO-18": lambda tree: len(tree.findall(f"{TAX}/cac:TaxSubtotal", NAMES)) >= 1,
    "BR-CO-19": there("cac:InvoicePeriod/cbc:StartDate"),
    "BR-CO-25": there("cbc:DueDate"),
    "BR-CO-26": there(f"{SELLER}/cac:PartyLegalEntity/cbc:CompanyID"),
    "BR-DEC-09": two_decimals(f"{TOTAL}/cbc:LineExtensionAmount"),
    "BR-DEC-12": two_decimals(f"{TOTAL}/cbc:TaxExclusiveAmount"),
    "BR-DEC-13": two_decimals(f"{TAX}/cbc:TaxAmount"),
    "BR-DEC-14": two_decimals(f"{TOTAL}/cbc:TaxInclusiveAmount"),
    "BR-DEC-18": two_decimals(f"{TOTAL}/cbc:PayableAmount"),
    "BR-DEC-19": two_decimals(f"{TAX}/cac:TaxSubtotal/cbc:TaxableAmount"),
    "BR-DEC-20": two_decimals(f"{TAX}/cac:TaxSubtotal/cbc:TaxAmount"),
    "BR-DEC-23": two_decimals("cac:InvoiceLine/cbc:LineExtensionAmount"),
    # Code lists: that the code is there, and is the one of the published list that we mean.
    "BR-CL-01": coded("cbc:InvoiceTypeCode", "380"),
    "BR-CL-03": coded(".//*[@currencyID]", "NOK", attribute="currencyID"),
    "BR-CL-04": coded("cbc:DocumentCurrencyCode", "NOK"),
    "BR-CL-11": coded(".//cac:PartyLegalEntity/cbc:CompanyID", "0192", attribute="schemeID"),
    "BR-CL-14": coded(".//cac:Country/cbc:IdentificationCode", "NO"),
    "BR-CL-16": coded("cac:PaymentMeans/cbc:PaymentMeansCode", "30"),
    "BR-CL-17": coded(f"{CATEGORY}/cbc:ID", "O"),
    "BR-CL-18": coded(f".//{LINE_CATEGORY}/cbc:ID", "O"),
    "BR-CL-22": coded(f"{CATEGORY}/cbc:TaxExemptionReasonCode", "VATEX-EU-O"),
    "BR-CL-23": coded(".//cbc:InvoicedQuantity", "C62", "MON", attribute="unitCode"),
    "BR-CL-25": coded(".//cbc:EndpointID", "0192", attribute="schemeID"),
    "BR-O-01": lambda tree: said(tree, f"{CATEGORY}/cbc:ID") == "O",
    "BR-O-02": lambda tree: not tree.findall(".//cac:PartyTaxScheme/cbc:CompanyID", NAMES),
    "BR-O-05": lambda tree: not tree.findall(f".//{LINE_CATEGORY}/cbc:Percent", NAMES),
    "BR-O-08": lambda tree: (
        nok(tree, f"{TAX}/cac:TaxSubtotal/cbc:TaxableAmount")
        == sum(nok(line, "cbc:LineExtensionAmount") for line in lines(tree))
    ),
    "BR-O-09": lambda tree: nok(tree, f"{TAX}/cac:TaxSubtotal/cbc:TaxAmount") == 0,
    "BR-O-10": lambda tree: said(tree, f"{CATEGORY}/cbc:TaxExemptionReasonCode") == "VATEX-EU-O",
    "BR-O-11": lambda tree: len(tree.findall(f"{TAX}/cac:TaxSubtotal", NAMES)) == 1,
    "BR-O-12": lambda tree: {said(line, f"{LINE_CATEGORY}/cbc:ID") for line in lines(tree)} == {"O"},
    "PEPPOL-EN16931-R001": there("cbc:ProfileID"),
    "PEPPOL-EN16931-R003": there("cbc:BuyerReference"),
    "PEPPOL-EN16931-R004": lambda tree: said(tree, "cbc:CustomizationID").startswith(
        "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
    ),
    "PEPPOL-EN16931-R002": lambda tree: len(tree.findall("cbc:Note", NAMES)) <= 1,
    "PEPPOL-EN16931-R007": lambda tree: said(tree, "cbc:ProfileID") == "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0",
    "PEPPOL-EN16931-R008": lambda tree: all(len(one) or (one.text or "").strip() for one in tree.iter()),
    "PEPPOL-EN16931-R010": there(f"{BUYER}/cbc:EndpointID"),
    "PEPPOL-EN16931-R020": there(f"{SELLER}/cbc:EndpointID"),
    "PEPPOL-EN16931-R053": lambda tree: len(tree.findall("cac:TaxTotal[cac:TaxSubtotal]", NAMES)) == 1,
    "PEPPOL-EN16931-R054": lambda tree: len(tree.findall("cac:TaxTotal", NAMES)) == 1,
    "PEPPOL-EN16931-F001": lambda tree: all(
        date.fromisoformat(one.text or "").isoformat() == one.text for one in tree.iter() if one.tag.endswith("Date")
    ),
    "PEPPOL-EN16931-P0100": lambda tree: said(tree, "cbc:InvoiceTypeCode") == "380",
    "PEPPOL-EN16931-P0105": lambda tree: (
        said(tree, f"{CATEGORY}/cbc:TaxExemptionReasonCode") != "VATEX-EU-O" or said(tree, f"{CATEGORY}/cbc:ID") == "O"
    ),
    # A VAT number would have to be NO, nine digits and MVA; what is outside the tax says none (BR-O-02).
    "NO-R-001": lambda tree: tree.find(f"{SELLER}/cac:PartyTaxScheme", NAMES) is None,
    "PEPPOL-EN16931-R051": lambda tree: (
        {one.get("currencyID") for one in tree.iter() if one.tag.endswith("Amount")} == {"NOK"}
    ),
    "PEPPOL-EN16931-R120": lambda tree: all(
        nok(line, "cbc:LineExtensionAmount")
        == nok(line, "cbc:InvoicedQuantity") * nok(line, "cac:Price/cbc:PriceAmount")
        for line in lines(tree)
    ),
    "PEPPOL-COMMON-R041": lambda tree: all(
        check_digit(one.text or "") for one in tree.iter() if one.get("schemeID") == "0192"
    ),
    "PEPPOL-EN16931-CL008": lambda tree: all(
        one.get("schemeID") == "0192" for one in tree.iter(f"{{{invoice.CBC}}}EndpointID")
    ),
}


@pytest.mark.parametrize("rule", sorted(RULES))
def test_the_invoice_keeps_the_rule(rule: str) -> None:
    for tree in (made(12_345_678, -45, 10), made(0), made(1)):
        assert RULES[rule](tree), rule


@given(st.lists(st.integers(-(10**9), 10**11), min_size=1, max_size=6))
@settings(max_examples=40)
def test_sums_hold_whatever_the_lines_come_to(ore: list[int]) -> None:
    tree = made(*ore)
    for rule, check in RULES.items():
        if rule.startswith(("BR-CO-1", "BR-O-0", "BR-DEC", "BR-27", "PEPPOL-EN16931-R120")):
            assert check(tree), rule


def test_a_rule_that_is_broken_is_seen() -> None:
    """The rules are no ornaments: an invoice that lies is caught by them."""
    tree = made(100)
    tree.find(f"{TOTAL}/cbc:PayableAmount", NAMES).text = "2.00"  # type: ignore[union-attr]
    tree.find(f"{SELLER}/cbc:EndpointID", NAMES).text = "974706491"  # type: ignore[union-attr]
    broken = {rule for rule, check in RULES.items() if not check(tree)}
    assert broken == {"BR-CO-16", "PEPPOL-COMMON-R041"}
