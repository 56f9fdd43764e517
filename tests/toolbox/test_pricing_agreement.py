"""From a price list to a bill: offered, signed by all, used, settled to the øre, and the same for ever after."""

import random
import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from html import unescape
from xml.etree import ElementTree as ET

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from helsevev.commons.audit.models import Line
from helsevev.commons.forms.models import NeverChanges
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core.charts.paint import _SVG as SVG
from helsevev.core.pricing.agreement import from_dict
from helsevev.core.pricing.settlement import Actual as Used
from helsevev.core.pricing.settlement import settlement as reckon
from helsevev.core.words import Refused
from helsevev.toolbox.pricing.actions import agreements as actions
from helsevev.toolbox.pricing.actions import cases
from helsevev.toolbox.pricing.models import CaseRevision, PriceCase, PriceList, Settlement
from helsevev.toolbox.pricing.queries import agreements, billing
from helsevev.toolbox.pricing.rules import invoice

OWNER = "akershus-universitetssykehus"
MONTHS = ("2026-01", "2026-02", "2026-03")
CAC, CBC = f"{{{invoice.CAC}}}", f"{{{invoice.CBC}}}"


@pytest.fixture
def signed(case: PriceCase, person: Callable[..., User]) -> PriceList:
    row = actions.offer(case, date(2026, 1, 1), date(2026, 12, 31), "plan", "system:test")
    for partner in case.partners.all():
        actions.sign(row, partner, person(Role.ORGANISATION_SIGNER, partner.key))
    return row


def figures(case: PriceCase, seed: int = 1) -> list[Used]:
    chance = random.Random(seed)
    content = CaseRevision.objects.get(case=case, number=case.version).content
    return [
        Used(
            one["number"],
            month,
            {name: float(chance.randint(0, 20)) for name in one["patients"]},
            chance.randint(0, 4),
            1,
        )
        for one in content["municipalities"]
        for month in MONTHS
    ]


def test_a_list_is_signed_by_each_partner_once_and_never_changes(case: PriceCase, signed: PriceList) -> None:
    found = agreements.standing(signed)
    assert found.is_signed
    assert Line.objects.filter(verb="signed").count() == case.partners.count()
    partner = case.partners.first()
    assert partner is not None
    user = User.objects.first()
    assert user is not None
    with pytest.raises(Refused, match="signed this price list already"):
        actions.sign(signed, partner, user)
    with pytest.raises(NeverChanges):
        signed.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        _change_past_the_orm(signed)


def _change_past_the_orm(row: PriceList) -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("UPDATE pricing_pricelist SET digest = 'x' WHERE id = %s", [row.pk])


def test_nothing_is_settled_before_all_have_signed(case: PriceCase) -> None:
    row = actions.offer(case, date(2026, 1, 1), None, "plan", "system:test")
    with pytest.raises(Refused, match="Not all partners have signed"):
        actions.settle(row, "2026-01", "2026-03", None, "system:test")


def test_only_the_newest_list_is_signed_and_a_signed_day_is_taken(
    case: PriceCase, signed: PriceList, person: Callable[..., User]
) -> None:
    with pytest.raises(Refused, match="signed already"):
        actions.offer(case, date(2026, 1, 1), None, "plan", "system:test")
    actions.offer(case, date(2027, 1, 1), None, "equal", "system:test")
    partner = case.partners.first()
    assert partner is not None
    with pytest.raises(Refused, match="newer price list"):
        actions.sign(signed, partner, person(Role.ORGANISATION_SIGNER, partner.key))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_bills_add_up_to_the_cost_to_the_ore(case: PriceCase, signed: PriceList, seed: int) -> None:
    actions.report(case, figures(case, seed), "test", "system:test")
    made = actions.settle(signed, "2026-01", "2026-03", Decimal("1654321.37"), "system:test")
    rows = made.content["rows"]
    assert sum(row["total_ore"] for row in rows) == 165_432_137
    for row in rows:
        parts = ("volume", "fixed", "municipal", "readiness", "residual")
        assert sum(row[f"{name}_ore"] for name in parts) == row["total_ore"]


def test_an_old_bill_comes_out_the_same_after_the_case_and_the_use_have_changed(
    case: PriceCase, signed: PriceList
) -> None:
    actions.report(case, figures(case), "test", "system:test")
    made = actions.settle(signed, "2026-01", "2026-03", None, "system:test")
    row = agreements.bill_rows(made)[0]
    before = billing.pdf(case, made, row, "nb")
    content = CaseRevision.objects.get(case=case, number=case.version).content
    cases.save(case, content | {"staff": content["staff"] | {"salary_nok": 999_999}}, case.version, "system:test")
    actions.report(case, figures(case, 9), "corrected", "system:test")
    again = Settlement.objects.get(pk=made.pk)
    assert billing.pdf(case, again, agreements.bill_rows(again)[0], "nb") == before
    kept = [Used(**one) for one in again.actuals]
    anew = reckon(from_dict(again.price_list.content), kept, again.first, again.last)
    assert anew.as_dict() == again.content
    assert anew.digest == again.digest


def test_every_price_of_a_list_opens_its_formula_as_it_was_frozen(
    case: PriceCase, signed: PriceList, person: Callable[..., User]
) -> None:
    content = CaseRevision.objects.get(case=case, number=case.version).content
    cases.save(case, content | {"staff": content["staff"] | {"salary_nok": 999_999}}, case.version, "system:test")
    client = Client()
    client.force_login(person(Role.PROJECT_LEADER, OWNER))
    text = client.get(reverse("pricing:price_list", args=[case.key, signed.version])).content.decode()
    links = re.findall(r'<a class="plain" href="([^"]*)#n-(\w+)">([^<]*)</a>', text)
    agreed = from_dict(signed.content)
    assert len(links) == len(agreed.patient_month_ore) + 2 + len(agreed.lines)
    for link, name, shown in (*links[:4], links[-1]):
        opened = client.get(unescape(link)).content.decode()
        found = re.search(rf'id="n-{name}" open>.*?<strong class="numbers">([^<]*)</strong>', opened)
        assert found, link
        assert _kroner(found[1]) == pytest.approx(_kroner(shown), abs=1)
        assert not re.search(r"999\D?999", opened)
    numbers = reverse("pricing:numbers", args=[case.key])
    assert [client.get(numbers, {"list": one}).status_code for one in ("9", "x", "9" * 30)] == [404, 404, 404]


def _kroner(shown: str) -> int:
    """Whole kroner of an amount as a page in bokmål says it."""
    return int(re.sub(r"\D", "", unescape(shown).partition(",")[0]))


def test_a_month_reported_again_is_a_correction_and_the_old_figures_stay(case: PriceCase) -> None:
    first, second = figures(case, 1), figures(case, 2)
    assert actions.report(case, first, "a", "system:test") == len(first)
    assert actions.report(case, first, "a", "system:test") == 0
    changed = actions.report(case, second, "b", "system:test")
    held = agreements.used(case)
    assert 0 < changed <= len(second)
    assert held[second[0].number, second[0].month].patients == dict(second[0].patients)
    assert case.actuals.count() == len(first) + changed


# --- On the pages ----------------------------------------------------------------------------------------------------
def test_the_whole_way_in_a_browser(
    case: PriceCase, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    leader = sign_in(person(Role.PROJECT_LEADER, OWNER))
    sent = {"valid_from": "2026-01-01", "valid_to": "2026-12-31", "key": "plan"}
    assert leader.post(reverse("pricing:agreement", args=[case.key]), sent).status_code == 302
    for partner in case.partners.all():
        signer = sign_in(person(Role.ORGANISATION_SIGNER, partner.key))
        page = signer.get(reverse("pricing:price_list", args=[case.key, 1]))
        assert f'value="{partner.key}"' in page.content.decode()
        signer.post(reverse("pricing:sign", args=[case.key, 1]), {"organisation": partner.key})
    content = CaseRevision.objects.get(case=case, number=1).content
    heads = ["municipality", "month", *content["municipalities"][0]["patients"], "enrolments", "discharges"]
    lines = [";".join(heads)]
    lines += [f"{one['number']};{month};10;4,5;1;0" for one in content["municipalities"] for month in MONTHS]
    file = _file("\n".join(lines))
    assert leader.post(reverse("pricing:actuals", args=[case.key]), {"file": file}).status_code == 302
    made = leader.post(
        reverse("pricing:price_list", args=[case.key, 1]),
        {"first": "2026-01", "last": "2026-03", "cost_nok": "1 500 000,00"},
    )
    assert made.status_code == 302, made.content.decode()
    assert "1,500,000.00" in leader.get(made["Location"].replace("/nb/", "/en/")).content.decode()


def _file(text: str) -> object:
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile("use.csv", text.encode(), content_type="text/csv")


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("9999;2026-01;1;1;0;0", "is no municipality of this case"),
        ("3209;2026-13;1;1;0;0", "is not a month such as"),
        ("3209;2026-01;minus;1;0;0", "is not a number of 0 or more"),
        ("3209;2026-01;-1;1;0;0", "is not a number of 0 or more"),
    ],
)
def test_a_bad_row_is_told_with_its_number_and_nothing_is_kept(
    case: PriceCase, person: Callable[..., User], sign_in: Callable[..., Client], row: str, said: str
) -> None:
    member = sign_in(person(Role.PROJECT_MEMBER, OWNER))
    text = "municipality;month;kols;hjertesvikt;enrolments;discharges\n" + row
    address = reverse("pricing:actuals", args=[case.key]).replace("/nb/", "/en/")
    answer = member.post(address, {"file": _file(text)})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "rows[2]" in answer.content.decode()
    assert not case.actuals.exists()


def test_a_municipal_manager_sees_the_own_bill_and_no_other(
    case: PriceCase, signed: PriceList, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    actions.report(case, figures(case), "test", "system:test")
    made = actions.settle(signed, "2026-01", "2026-03", None, "system:test")
    manager = sign_in(person(Role.PROJECT_MEMBER, "nes-kommune"))
    page = manager.get(reverse("pricing:settlement", args=[case.key, made.pk])).content.decode()
    assert "3228/bill.pdf" in page
    assert "3209/bill.pdf" not in page
    own = manager.get(reverse("pricing:bill_pdf", args=[case.key, made.pk, "3228"]))
    assert own.content.startswith(b"%PDF")
    assert manager.get(reverse("pricing:bill_pdf", args=[case.key, made.pk, "3209"])).status_code == 404
    assert manager.get(reverse("pricing:bill_ehf", args=[case.key, made.pk, "3209"])).status_code == 404


# --- The invoice -----------------------------------------------------------------------------------------------------
# Every term that Peppol BIS Billing 3 has with a cardinality of at least one, in the document's order.
MANDATORY = (
    "cbc:CustomizationID", "cbc:ProfileID", "cbc:ID", "cbc:IssueDate", "cbc:InvoiceTypeCode",
    "cbc:DocumentCurrencyCode",
    "cac:AccountingSupplierParty/cac:Party/cbc:EndpointID",
    "cac:AccountingSupplierParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    "cac:AccountingSupplierParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
    "cac:AccountingCustomerParty/cac:Party/cbc:EndpointID",
    "cac:AccountingCustomerParty/cac:Party/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
    "cac:AccountingCustomerParty/cac:Party/cac:PartyLegalEntity/cbc:RegistrationName",
    "cac:TaxTotal/cbc:TaxAmount", "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxableAmount",
    "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount", "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cbc:ID",
    "cac:TaxTotal/cac:TaxSubtotal/cac:TaxCategory/cac:TaxScheme/cbc:ID",
    "cac:LegalMonetaryTotal/cbc:LineExtensionAmount", "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount",
    "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount", "cac:LegalMonetaryTotal/cbc:PayableAmount",
    "cac:InvoiceLine/cbc:ID", "cac:InvoiceLine/cbc:InvoicedQuantity", "cac:InvoiceLine/cbc:LineExtensionAmount",
    "cac:InvoiceLine/cac:Item/cbc:Name", "cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory/cbc:ID",
    "cac:InvoiceLine/cac:Item/cac:ClassifiedTaxCategory/cac:TaxScheme/cbc:ID",
    "cac:InvoiceLine/cac:Price/cbc:PriceAmount",
)  # fmt: skip
ORDER = (
    "CustomizationID", "ProfileID", "ID", "IssueDate", "DueDate", "InvoiceTypeCode", "Note", "DocumentCurrencyCode",
    "BuyerReference", "InvoicePeriod", "AccountingSupplierParty", "AccountingCustomerParty", "PaymentMeans", "TaxTotal",
    "LegalMonetaryTotal", "InvoiceLine",
)  # fmt: skip


def sample(*ore: int) -> invoice.Invoice:
    return invoice.Invoice(
        number="a-1-3228",
        issued=date(2026, 4, 1),
        due=date(2026, 5, 1),
        first=date(2026, 1, 1),
        last=date(2026, 3, 31),
        seller=invoice.Side("Et <senter> & co", "974706490"),
        buyer=invoice.Side("Nes", "938679088"),
        buyer_reference="ref",
        account="12345678903",
        note="",
        lines=[invoice.Line(f"Del {at}", one) for at, one in enumerate(ore)],
    )


def root(made: invoice.Invoice) -> ET.Element:
    return ET.fromstring(invoice.xml(made))


@pytest.mark.parametrize("path", MANDATORY)
def test_the_invoice_has_every_mandatory_term(path: str) -> None:
    found = root(sample(12_345, -45)).findall(path.replace("cac:", CAC).replace("cbc:", CBC))
    assert found
    assert all((one.text or "").strip() for one in found), path


def test_the_invoice_keeps_the_standards_order_and_codes() -> None:
    tree = root(sample(100))
    order = [child.tag.split("}")[1] for child in tree]
    assert order == [name for name in ORDER if name in order]
    assert tree.findtext(f"{CBC}CustomizationID") == invoice.CUSTOMIZATION
    assert tree.findtext(f"{CBC}InvoiceTypeCode") == "380"
    for endpoint in tree.iter(f"{CBC}EndpointID"):
        assert endpoint.get("schemeID") == "0192"
    assert not list(tree.iter(f"{CBC}Percent")), "nothing outside value added tax has a rate (BR-O-05)"
    assert tree.findtext(f".//{CBC}TaxExemptionReasonCode") == "VATEX-EU-O"


def test_pictures_are_drawn_as_before_when_an_invoice_has_been_made() -> None:
    """Prefixes are known to the whole process: an invoice once took the nameless one, and no browser drew a picture."""
    invoice.xml(sample(100))
    assert ET.tostring(ET.Element(f"{{{SVG}}}svg"), encoding="unicode").startswith("<svg ")


def test_amounts_add_up_and_no_price_is_negative() -> None:
    tree = root(sample(12_345_678, -45, 10))
    lines = [Decimal(one.findtext(f"{CBC}LineExtensionAmount") or "") for one in tree.iter(f"{CAC}InvoiceLine")]
    for one, amount in zip(tree.iter(f"{CAC}InvoiceLine"), lines, strict=True):
        price = Decimal(one.findtext(f"{CAC}Price/{CBC}PriceAmount") or "")
        assert price >= 0
        assert price * Decimal(one.findtext(f"{CBC}InvoicedQuantity") or "") == amount
    total = tree.find(f"{CAC}LegalMonetaryTotal")
    assert total is not None
    assert {Decimal(child.text or "") for child in total} == {sum(lines)}
    for amount in tree.iter():
        if amount.tag.endswith("Amount"):
            assert amount.get("currencyID") == "NOK"


def test_the_invoice_is_made_on_the_page_once_the_numbers_are_right(
    case: PriceCase, signed: PriceList, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    actions.report(case, figures(case), "test", "system:test")
    made = actions.settle(signed, "2026-01", "2026-03", None, "system:test")
    member = sign_in(person(Role.PROJECT_MEMBER, OWNER))
    address = reverse("pricing:bill_ehf", args=[case.key, made.pk, "3228"]).replace("/nb/", "/en/")
    given = {"seller_number": "974706490", "buyer_number": "938679088", "buyer_reference": "x"}
    days = {"issued": "2026-04-01", "due": "2026-05-01", "account": ""}
    wrong = member.get(address, given | days | {"buyer_number": "938679089"})
    assert wrong.status_code == 422
    assert "check digit" in wrong.content.decode()
    right = member.get(address, given | days)
    assert right["Content-Type"] == "application/xml"
    row = next(one for one in made.content["rows"] if one["number"] == "3228")
    payable = ET.fromstring(right.content).findtext(f"{CAC}LegalMonetaryTotal/{CBC}PayableAmount")
    assert payable == f"{Decimal(row['total_ore']) / 100:.2f}"
