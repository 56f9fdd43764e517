"""Changes of agreements: a price list is offered and signed, use is reported, and periods are settled."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from decimal import Decimal

from django.db import transaction

from helsevev.commons.audit import actions as audit
from helsevev.commons.people.models import Organisation, User
from helsevev.core import pricing
from helsevev.core.pricing.agreement import price_list
from helsevev.core.pricing.settlement import Actual as Used
from helsevev.core.pricing.settlement import settlement
from helsevev.core.words import Refusal, Refused
from helsevev.toolbox.pricing.models import Actual, CaseRevision, PriceCase, PriceList, Settlement, Signature
from helsevev.toolbox.pricing.queries import agreements
from helsevev.toolbox.pricing.rules.reasons import Why


@transaction.atomic
def offer(case: PriceCase, valid_from: date, valid_to: date | None, key: str, actor: str) -> PriceList:
    """Freeze the prices of the version that stands; partners may sign it. It takes over from the list before."""
    locked = PriceCase.objects.select_for_update().get(pk=case.pk)
    before = [agreements.standing(row) for row in PriceList.objects.filter(case=locked)]
    if any(one.is_signed and one.row.valid_from >= valid_from for one in before):
        raise Refused(Refusal(Why.DAYS_TAKEN))
    content = CaseRevision.objects.get(case=locked, number=locked.version).content
    version = 1 + max((one.row.version for one in before), default=0)
    agreed = price_list(pricing.read(content), valid_from, valid_to, version, key)
    row: PriceList = PriceList.objects.create(
        case=locked,
        version=version,
        revision=locked.version,
        valid_from=valid_from,
        valid_to=valid_to,
        content=agreed.as_dict(),
        digest=agreed.digest,
        actor=actor,
    )
    audit.record(actor, "offered", "price list", f"{case.key}/{version}", {"digest": agreed.digest})
    return row


@transaction.atomic
def sign(row: PriceList, organisation: Organisation, user: User) -> Signature:
    """A partner signs a price list, through someone who may sign for it; once, and the newest alone."""
    PriceCase.objects.select_for_update().get(pk=row.case_id)
    found = agreements.standing(row)
    if not found.is_newest:
        raise Refused(Refusal(Why.SUPERSEDED))
    if organisation.key not in {one.key for one in found.partners.values()}:
        raise Refused(Refusal(Why.NOT_A_PARTNER, {"name": organisation.name}))
    if organisation.key in found.signatures:
        raise Refused(Refusal(Why.SIGNED_ALREADY, {"name": organisation.name}))
    made: Signature = Signature.objects.create(
        price_list=row, organisation=organisation, actor=str(user.key), name=str(user)[:150], digest=row.digest
    )
    detail = {"organisation": organisation.key, "digest": row.digest}
    audit.record(str(user.key), "signed", "price list", f"{row.case.key}/{row.version}", detail)
    return made


@transaction.atomic
def report(case: PriceCase, figures: Sequence[Used], source: str, actor: str) -> int:
    """Keep what was used; a month that was reported before is corrected by a new row. How many differ from before."""
    held = agreements.used(case, {one.month for one in figures})
    new = [one for one in figures if not _same(held.get((one.number, one.month)), one)]
    Actual.objects.bulk_create(
        Actual(
            case=case,
            number=one.number,
            month=one.month,
            patients=dict(one.patients),
            enrolments=one.enrolments,
            discharges=one.discharges,
            source=source[:200],
            actor=actor,
        )
        for one in new
    )
    if new:
        audit.record(actor, "reported", "price case", case.key, {"rows": len(new), "source": source[:200]})
    return len(new)


def _same(row: Actual | None, one: Used) -> bool:
    """Whether a month says what was said before."""
    if row is None:
        return False
    return (row.patients, row.enrolments, row.discharges) == (dict(one.patients), one.enrolments, one.discharges)


@transaction.atomic
def settle(row: PriceList, first: str, last: str, cost_nok: Decimal | None, actor: str) -> Settlement:
    """What each pays for some months, by a list that all have signed; kept with all that it comes from."""
    found = agreements.standing(row)
    if not found.is_signed:
        raise Refused(Refusal(Why.NOT_SIGNED, {"names": ", ".join(found.missing)}))
    numbers = {line.number for line in found.agreed.lines}
    rows = agreements.used(row.case).values()
    figures = agreements.as_core(one for one in rows if first <= one.month <= last and one.number in numbers)
    made = settlement(found.agreed, figures, first, last, None if cost_nok is None else float(cost_nok))
    kept: Settlement = Settlement.objects.create(
        price_list=row,
        first=first,
        last=last,
        key=made.key,
        actual_cost_nok=cost_nok,
        actuals=[asdict(one) for one in figures],
        content=made.as_dict(),
        digest=made.digest,
        actor=actor,
    )
    audit.record(actor, "settled", "settlement", f"{row.case.key}/{kept.pk}", {"digest": made.digest})
    return kept
