"""What this room puts on the shelf and takes from there: linked, never typed anew."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from helsevev.commons.initiatives.models import Initiative
from helsevev.commons.shelf import actions as shelf
from helsevev.commons.shelf.models import Item
from helsevev.commons.shelf.rules import JSON, ItemType
from helsevev.core import pricing
from helsevev.core.faults import Fault, Faulty
from helsevev.core.words import Refusal, Refused
from helsevev.toolbox.pricing.actions.agreements import report
from helsevev.toolbox.pricing.actions.cases import save
from helsevev.toolbox.pricing.models import CaseRevision, PriceCase
from helsevev.toolbox.pricing.rules.keyed import Change, changed
from helsevev.toolbox.pricing.rules.reasons import Why
from helsevev.toolbox.pricing.rules.reporting import checked_rows
from helsevev.toolbox.pricing.rules.showing import RESULT, ROOM


@transaction.atomic
def put_result(case: PriceCase, url: str, actor: str) -> Item:
    """Lay what the case comes to on the shelf, dated, for other rooms to link to."""
    if case.initiative is None:
        raise Refused(Refusal(Why.NO_INITIATIVE))
    revision = CaseRevision.objects.get(case=case, number=case.version)
    read = pricing.read(revision.content)
    answer = pricing.price(read)
    bills: list[JSON] = [
        {"number": bill.number, "name": bill.name, "nok": round(bill.bill_ore / 100, 2)} for bill in answer.bills
    ]
    body: dict[str, JSON] = {
        "as_of": timezone.localdate().isoformat(),
        "centre": case.owner.name,
        "version": revision.number,
        "digest": _spaced(revision.digest),
        "total_nok": round(answer.cost.total_nok, 2),
        "positions": round(answer.staffing.positions, 4),
        "patients": round(sum(read.patients.values()), 4),
        "mean_patient_month_nok": _rounded(answer.rates.mean_patient_month_nok),
        "municipalities": bills,
        "note": "Illustrative" if case.is_illustrative else None,
        "page": url,
    }
    return shelf.put(RESULT.type, case.key, case.initiative, case.title, body, actor)


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _spaced(digest: str) -> str:
    """A digest in fours, since eleven digits on a row would be taken for a person's number."""
    return " ".join(digest[at : at + 4] for at in range(0, len(digest), 4))


def put_series(kind: ItemType, initiative: Initiative, title: str, body: Mapping[str, Any], actor: str) -> Item:
    """Lay a series on the shelf by hand; the same title again is a new version."""
    key = f"{initiative.key[:60]}-{kind.type}"
    return shelf.put(kind.type, key, initiative, title, body, actor)


@transaction.atomic
def take_volumes(case: PriceCase, read: pricing.Case, item: Item, url: str, actor: str) -> int:
    """Take what was used from a series; rows of other municipalities than the case's are left."""
    rows = _gathered(item.body["rows"], {one.number for one in read.municipalities})
    if not rows:
        raise Refused(Refusal(Why.NOTHING_HERE, {"title": item.title}))
    count = report(case, checked_rows(read, rows), f"{item.title}, v{item.version}", actor)
    shelf.take(item, ROOM, url)
    return count


def _gathered(facts: Sequence[Mapping[str, Any]], numbers: set[str]) -> list[dict[str, Any]]:
    """Facts of one municipality and month as one row."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for at, fact in enumerate(facts, start=1):
        number, month = str(fact.get("number")), str(fact.get("month"))
        if number not in numbers:
            continue
        row = rows.setdefault((number, month), {"municipality": number, "month": month, "row": at})
        if fact.get("group"):
            row[str(fact["group"])] = fact.get("patients")
        for name in ("enrolments", "discharges"):
            if fact.get(name) is not None:
                row[name] = fact[name]
    return list(rows.values())


@transaction.atomic
def take_minutes(case: PriceCase, item: Item, url: str, actor: str) -> CaseRevision:
    """Take minutes per step into the case, each with its source, range and date."""
    content = CaseRevision.objects.get(case=case, number=case.version).content
    changes, notes = [], dict(content.get("notes") or {})
    for fact in item.body["rows"]:
        step = str(fact.get("step"))
        part, _dot, name = step.partition(".")
        if part not in ("activities", "centre") or name not in content[part]:
            raise Faulty([Fault(step, Refusal(Why.NO_SUCH_STEP, {"value": step[:60]}))])
        changes.append(Change((part, name), None, fact.get("minutes")))
        note = {"low": fact.get("low"), "high": fact.get("high"), "source": item.title, "date": item.body["as_of"]}
        notes[step] = {name: value for name, value in note.items() if value is not None}
    after = {**changed(content, changes), "notes": notes}
    made = save(case, after, case.version, actor, via="shelf", note=f"{item.title}, v{item.version}")
    shelf.take(item, ROOM, url)
    return made
