"""A bill's lines in words and figures, the same on the page, in the PDF and in the invoice."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from helsevev.core.pricing.charges import DIGITS, Charge
from helsevev.toolbox.pricing.rules.keys import KEY_NAMES

EACH, MONTH = "C62", "MON"


@dataclass(frozen=True)
class Entry:
    """One line (linje) as people read it: `quantity` of `unit` at `price`, which comes to `amount`, in kroner."""

    description: str
    quantity: Decimal
    unit: str
    price: Decimal
    amount: Decimal
    code: str = EACH

    @property
    def amount_ore(self) -> int:
        """Whole øre."""
        return int(self.amount * 100)

    @property
    def quantity_text(self) -> str:
        """The quantity with as many decimals as it has, and its unit."""
        return f"{_written(self.quantity)} {self.unit}".strip()

    @property
    def multiplies(self) -> bool:
        """Whether it is a quantity at a price that comes to the amount without rounding, as an invoice wants it."""
        return self.unit != "%" and self.quantity * self.price == self.amount


def entries(charges: Iterable[Charge], case: Mapping[str, Any]) -> list[Entry]:
    """A bill's lines; `case` is the one that the price list holds."""
    return [_entry(one, case) for one in charges]


def _entry(one: Charge, case: Mapping[str, Any]) -> Entry:
    amount, said = _nok(one.ore), _DESCRIPTIONS[one.kind](one, case)
    if one.share is not None and one.of_ore is not None:
        return Entry(said, _percent(one.share), "%", _nok(one.of_ore), amount)
    if one.quantity is not None and one.price_ore is not None:
        months = one.kind == "patients"
        unit, code = (_("patient-months"), MONTH) if months else (_("pcs"), EACH)
        return Entry(said, _decimal(one.quantity), unit, _nok(one.price_ore), amount, code)
    return Entry(said, Decimal(1), "", amount, amount)


def _nok(ore: int) -> Decimal:
    return Decimal(ore) / 100


def _decimal(value: float) -> Decimal:
    """The number as it is written, without zeros at its end."""
    return Decimal(f"{value:.{DIGITS}f}").normalize() + 0


def _percent(share: float) -> Decimal:
    return _decimal(share * 100)


def _written(value: Decimal) -> str:
    places = max(0, -int(value.as_tuple().exponent))
    return str(number_format(value, places, force_grouping=True))


def _of_share(share: float) -> str:
    return f"{_written(_percent(share))} %"


def _fixed(_one: Charge, case: Mapping[str, Any]) -> str:
    equal = float(case["allocation"]["fixed_equal_share"])
    parts = {"equal": _of_share(equal), "adults": _of_share(1 - equal)}
    how = _("%(equal)s equally, %(adults)s by adults") % parts
    return f"{_('Part of the fixed cost')}: {how}"


def _places(one: Charge) -> dict[str, str]:
    return {"group": one.name, "count": _written(_decimal(one.quantity or 0.0))}


_DESCRIPTIONS: Mapping[str, Callable[[Charge, Mapping[str, Any]], str]] = {
    "patients": lambda one, _case: f"{_('Patients')}, {one.name}",
    "enrolments": lambda _one, _case: _("Enrolments"),
    "discharges": lambda _one, _case: _("Discharges"),
    "tier": lambda one, _case: _("Discount above %(level)s coverage") % {"level": _of_share(one.level or 0.0)},
    "scaled": lambda _one, _case: _("Scaled so that the planned discounts even out"),
    "unused": lambda one, _case: _("Reserved and not used, %(group)s: %(count)s patient-months") % _places(one),
    "above": lambda one, _case: _("Above what was reserved, %(group)s: %(count)s patient-months") % _places(one),
    "rounding": lambda _one, _case: _("Rounding of the months to whole øre"),
    "fixed": _fixed,
    "municipal": lambda _one, _case: f"{_('Part of the meetings')}: {_('Equally')}",
    "readiness": lambda _one, _case: f"{_('Part of the readiness')}: {_('By eligible')}",
    "coverage": lambda _one, _case: _("Readiness: more or less by coverage against the target"),
    "residual": lambda one, _case: f"{_('Part of the residual')}: {_(KEY_NAMES[one.name])}",
}
