"""A bill line by line on the page, in the PDF and in the invoice; and bills of before, which stay as they were sent."""

import copy
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import override
from paper_text import text

from helsevev.commons.people.models import User
from helsevev.commons.people.rules import Role
from helsevev.core import papers
from helsevev.core.pricing.settlement import Actual as Used
from helsevev.toolbox.pricing.actions import agreements as actions
from helsevev.toolbox.pricing.models import CaseRevision, PriceCase, Settlement
from helsevev.toolbox.pricing.queries import agreements, billing, charging
from helsevev.toolbox.pricing.rules import invoice

OWNER, OWN, OTHER = "akershus-universitetssykehus", "3228", "3209"
MONTHS = ("2026-01", "2026-02")
PARTS = (
    "Patients, enrolments and discharges, at the price list's prices",
    "Part of the fixed cost",
    "Part of the meetings",
    "Part of the readiness",
    "Part of the residual",
)


@pytest.fixture
def settled(case: PriceCase, person: Callable[..., User]) -> Settlement:
    """Two months of 16.5 and 8 patients, 2 enrolments and 1 discharge each, with a residual."""
    row = actions.offer(case, date(2026, 1, 1), date(2026, 12, 31), "plan", "system:test")
    for partner in case.partners.all():
        actions.sign(row, partner, person(Role.ORGANISATION_SIGNER, partner.key))
    content = CaseRevision.objects.get(case=case, number=case.version).content
    used = [
        Used(one["number"], month, {"kols": 16.5, "hjertesvikt": 8}, 2, 1)
        for one in content["municipalities"]
        for month in MONTHS
    ]
    actions.report(case, used, "test", "system:test")
    return actions.settle(row, MONTHS[0], MONTHS[1], Decimal("1654321.37"), "system:test")


def as_before(row: Settlement) -> Settlement:
    """The same settlement as it was kept before lines were kept with it."""
    content = copy.deepcopy(row.content)
    for one in content["rows"]:
        del one["lines"]
    kept = {name: getattr(row, name) for name in ("price_list", "first", "last", "key", "actual_cost_nok", "actuals")}
    return Settlement.objects.create(**kept, content=content, digest=row.digest, at=row.at, actor="system:test")


def bill_of(row: Settlement) -> dict[str, object]:
    return agreements.bill_rows(row, [OWN])[0]


def entries(row: Settlement, language: str = "en") -> list[charging.Entry]:
    with override(language):
        return charging.entries(bill_of(row)["charges"], row.price_list.content["case"])  # type: ignore[arg-type]


def squeezed(words: str) -> str:
    return re.sub(r"[\s\u200b\u00a0]+", "", words)


def test_every_line_has_its_quantity_price_and_sum(settled: Settlement) -> None:
    found = entries(settled)
    copd = found[0]
    rate = Decimal(settled.price_list.content["patient_month_ore"]["kols"]) / 100
    assert (copd.description, copd.quantity_text) == ("Patients, kols", "33 patient-months")
    assert (copd.price, copd.amount) == (rate, 33 * rate)
    assert [(one.description, one.quantity_text) for one in found[2:4]] == [
        ("Enrolments", "4 pcs"),
        ("Discharges", "2 pcs"),
    ]
    total = next(row["total_ore"] for row in settled.content["rows"] if row["number"] == OWN)
    assert sum(one.amount_ore for one in found) == total
    assert any(one.description.startswith("Part of the fixed cost: ") and one.unit == "%" for one in found)
    assert found[-1].description == "Part of the residual: By planned bills"


def test_the_manager_reads_the_own_lines_on_the_page_and_no_others(
    case: PriceCase, settled: Settlement, person: Callable[..., User], sign_in: Callable[..., Client]
) -> None:
    address = reverse("pricing:settlement", args=[case.key, settled.pk]).replace("/nb/", "/en/")
    page = sign_in(person(Role.PROJECT_MEMBER, "nes-kommune")).get(address).content.decode()
    assert f'id="lines-{OWN}" open' in page
    assert f"lines-{OTHER}" not in page
    table = page[page.index(f'id="entries-{OWN}"') :]
    for one in entries(settled):
        assert one.description in table
        assert f"{one.price:,.2f}" in table
        assert f"{one.amount:,.2f}" in table
    whole = sign_in(person(Role.PROJECT_LEADER, OWNER)).get(address).content.decode()
    assert whole.count('id="lines-') == case.partners.count()
    assert sign_in(person(Role.PROJECT_MEMBER, "oslo-kommune")).get(address).status_code == 404


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_paper_has_the_lines_and_its_sum_is_the_bill(case: PriceCase, settled: Settlement, language: str) -> None:
    content = billing.pdf(case, settled, bill_of(settled), language)
    said = squeezed(text(content))
    for one in entries(settled, language):
        assert squeezed(papers.billing.number(one.amount, language)) in said
        assert squeezed(one.description) in said
    total = Decimal(str(bill_of(settled)["total"]))
    assert squeezed(papers.billing.number(total, language)) in said
    assert billing.pdf(case, Settlement.objects.get(pk=settled.pk), bill_of(settled), language) == content


def test_the_invoice_has_the_lines_and_each_multiplies(case: PriceCase, settled: Settlement) -> None:
    given = {"issued": date(2026, 3, 1), "due": date(2026, 4, 1), "buyer_reference": "x", "account": ""}
    with override("en"):
        made = billing.ehf(
            case, settled, bill_of(settled), given | {"seller_number": "974706490", "buyer_number": "938679088"}
        )
    assert made.total_ore == sum(one.amount_ore for one in entries(settled))
    tree = ET.fromstring(invoice.xml(made))
    names = {"cac": invoice.CAC, "cbc": invoice.CBC}
    first = tree.find("cac:InvoiceLine", names)
    assert first is not None
    quantity = first.find("cbc:InvoicedQuantity", names)
    assert quantity is not None
    assert (quantity.text, quantity.get("unitCode")) == ("33", "MON")
    for line in tree.findall("cac:InvoiceLine", names):
        said = {
            name: Decimal(line.findtext(path, "", names))
            for name, path in (
                ("count", "cbc:InvoicedQuantity"),
                ("price", "cac:Price/cbc:PriceAmount"),
                ("sum", "cbc:LineExtensionAmount"),
            )
        }
        assert said["price"] >= 0
        assert said["count"] * said["price"] == said["sum"]


def test_a_bill_that_was_sent_before_stays_as_it_was_to_the_byte(case: PriceCase, settled: Settlement) -> None:
    old = as_before(settled)
    bill = agreements.bill_rows(old, [OWN])[0]
    row = next(row for row in old.content["rows"] if row["number"] == OWN)
    amounts = [Decimal(row[f"{name}_ore"]) / 100 for name in ("volume", "fixed", "municipal", "readiness", "residual")]
    with override("en"):
        sent = papers.Bill(
            title=f"Bill for {old.price_list.content['case']['title']}",
            sender=[case.owner.name],
            recipient=["Nes"],
            facts=[
                ("Bill number", f"{case.key[:40]}-{old.pk}-{OWN}"),
                ("Period", "2026-01 – 2026-02"),
                ("Price list", "Version 1"),
                ("Settled", date_format(localtime(old.at), "SHORT_DATE_FORMAT")),
                ("Digest", old.digest[:16]),
            ],
            lines=[papers.BillLine(label, Decimal(1), "", nok) for label, nok in zip(PARTS, amounts, strict=True)],
            notes=f"Planned for these months: {row['planned_ore'] / 100:,.2f} kroner. "
            f"The difference is {row['difference_ore'] / 100:,.2f} kroner.",
        )
        content = papers.bill(sent, papers.About(language="en", made_at=old.at, issuer="Helsevev"))
    assert billing.pdf(case, old, bill, "en") == content
    given = {"issued": date(2026, 3, 1), "due": date(2026, 4, 1), "buyer_reference": "x", "account": ""}
    with override("en"):
        made = billing.ehf(case, old, bill, given | {"seller_number": "974706490", "buyer_number": "938679088"})
    lines = [invoice.Line(label, int(nok * 100)) for label, nok in zip(PARTS, amounts, strict=True)]
    assert invoice.xml(made) == invoice.xml(replace(made, lines=lines))


def test_the_page_shows_the_lines_of_a_bill_of_before_too(settled: Settlement) -> None:
    old = as_before(settled)
    assert bill_of(old)["kept"] is False
    assert bill_of(old)["charges"] == bill_of(settled)["charges"]
