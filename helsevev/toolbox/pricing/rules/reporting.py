"""What was used, row by row: each row checked, and every fault told with its row. Pure."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from helsevev.core import pricing
from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing.settlement import Actual
from helsevev.core.words import Refusal
from helsevev.toolbox.pricing.rules.numbers import number
from helsevev.toolbox.pricing.rules.reasons import Why

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


def actual(code: str, month: str, values: Mapping[str, float | None]) -> Actual:
    """A month's figures, 0 where nothing is said."""
    held = {name: value or 0 for name, value in values.items()}
    enrolments, discharges = held.pop("enrolments"), held.pop("discharges")
    return Actual(code, month, held, enrolments, discharges)


def checked_rows(case: pricing.Case, given: Sequence[Mapping[str, Any]]) -> list[Actual]:
    """Rows by column; every fault is told with its row."""
    found, faults = [], []
    numbers = {partner.number for partner in case.municipalities}
    names = [*(group.id for group in case.groups), "enrolments", "discharges"]
    for row in given:
        code = _code(row.get("municipality"))
        month = str(row.get("month") or "")[:7]
        values = {name: _count(row.get(name)) for name in names}
        wrong = [Refusal(Why.NOT_IN_CASE, {"value": code[:40]})] if code not in numbers else []
        wrong += [Refusal(Why.NOT_MONTH, {"value": month})] if not MONTH.fullmatch(month) else []
        wrong += [
            Refusal(Why.NOT_NUMBER, {"value": str(row.get(name))[:40], "column": name})
            for name, value in values.items()
            if value is None or value < 0
        ]
        faults += [Fault(f"rows[{row['row']}]", one) for one in wrong]
        found.append(actual(code, month, values))
    if faults:
        raise Faulty(faults)
    return found


def _code(value: object) -> str:
    """A municipality number, also where a spreadsheet took it for a number."""
    text = f"{value:.0f}" if isinstance(value, float) else str(value or "").strip()
    return text.zfill(4) if text.isdecimal() else text


def _count(value: object) -> float | None:
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return float(value)
    return number(str(value)) if value not in (None, "") else 0.0
