"""Price lists to offer, use by month typed in or read from a file, periods to settle, and what an invoice needs."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.people.rules import organisation_number
from helsevev.core import pricing
from helsevev.core.faults import Fault, Faulty
from helsevev.core.pricing.settlement import Actual
from helsevev.core.tables import read as read_table
from helsevev.core.words import Refusal, Refused
from helsevev.toolbox.pricing.forms.fields import heard, shown
from helsevev.toolbox.pricing.rules.keys import KEY_NAMES
from helsevev.toolbox.pricing.rules.reasons import Why
from helsevev.toolbox.pricing.rules.reporting import MONTH, actual, checked_rows

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class MonthField(forms.CharField):
    """A month such as 2026-07."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """A browser that knows months offers them."""
        super().__init__(
            max_length=7, widget=forms.TextInput(attrs={"type": "month", "placeholder": "2026-07"}), **kwargs
        )

    def clean(self, value: str) -> str:
        """A real month."""
        text = str(super().clean(value))
        if text and not MONTH.fullmatch(text):
            raise ValidationError(_(Why.NOT_MONTH) % {"value": text[:20]})
        return text


class KronerField(forms.DecimalField):
    """An amount as people write it: 500 000, 1 234,50."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """Not below 0, to the øre."""
        field = forms.TextInput(attrs={"inputmode": "decimal"})
        super().__init__(min_value=0, max_digits=14, decimal_places=2, widget=field, **kwargs)

    def to_python(self, value: object) -> Decimal | None:  # type: ignore[override] # the stubs say int
        """The amount; what is no number, or could be two, is asked about."""
        text = str(value or "").strip()
        found = heard(text)
        if text and found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return None if found is None else Decimal(str(found))


class OfferForm(forms.Form):
    """From when a price list holds, and how a residual is shared."""

    valid_from = forms.DateField(label=gettext_lazy("Valid from"), widget=DAY)
    valid_to = forms.DateField(
        label=gettext_lazy("Valid to"),
        help_text=gettext_lazy("Empty: until a new one takes over."),
        required=False,
        widget=DAY,
    )
    key = forms.ChoiceField(label=gettext_lazy("How a residual is shared"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """The keys in the reader's language."""
        super().__init__(*args, **kwargs)
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, _(label)) for key, label in KEY_NAMES.items()]


class SettleForm(forms.Form):
    """Which months are settled, and what they cost."""

    first = MonthField(label=gettext_lazy("First month"))
    last = MonthField(label=gettext_lazy("Last month"))
    cost_nok = KronerField(
        label=gettext_lazy("What the centre cost in these months, NOK"),
        help_text=gettext_lazy("Empty: nothing is left over to share."),
        required=False,
    )


class InvoiceForm(forms.Form):
    """What an invoice needs that the settlement doesn't know."""

    seller_number = forms.CharField(label=gettext_lazy("The centre's organisation number"), max_length=20)
    buyer_number = forms.CharField(label=gettext_lazy("The municipality's organisation number"), max_length=20)
    buyer_reference = forms.CharField(label=gettext_lazy("The buyer's reference"), max_length=60)
    issued = forms.DateField(label=gettext_lazy("Date of the invoice"), widget=DAY)
    due = forms.DateField(label=gettext_lazy("To be paid by"), widget=DAY)
    account = forms.CharField(label=gettext_lazy("Account to pay to"), required=False, max_length=34)

    def _organisation(self, name: str) -> str:
        try:
            found = organisation_number(self.cleaned_data[name], 0)
        except Refused:
            raise ValidationError(_("This is not an organisation number; its check digit is wrong.")) from None
        return str(found)

    def clean_seller_number(self) -> str:
        """An organisation number."""
        return self._organisation("seller_number")

    def clean_buyer_number(self) -> str:
        """An organisation number."""
        return self._organisation("buyer_number")

    def clean(self) -> dict[str, Any]:
        """Paid after it is sent."""
        given = super().clean() or self.cleaned_data
        if given.get("issued") and given.get("due") and given["due"] < given["issued"]:
            self.add_error("due", _("The last day to pay is before the invoice."))
        return given


# --- Use by month ----------------------------------------------------------------------------------------------------
def month_rows(
    case: pricing.Case, held: Mapping[tuple[str, str], Any], month: str, typed: Mapping[str, str]
) -> list[Any]:
    """A row for each municipality with its fields: a group each, then enrolments and discharges."""
    rows = []
    for partner in case.municipalities:
        row = held.get((partner.number, month))
        fields = []
        for group in case.groups:
            name = f"{partner.number}.{group.id}"
            fields.append((name, group.id, typed.get(name, shown(row.patients.get(group.id) if row else None))))
        for name, label in (("enrolments", _("Enrolments")), ("discharges", _("Discharges"))):
            place = f"{partner.number}.{name}"
            fields.append((place, label, typed.get(place, shown(getattr(row, name) if row else None))))
        rows.append((partner, fields))
    return rows


def typed_month(case: pricing.Case, month: str, typed: Mapping[str, str]) -> list[Actual]:
    """What was typed for a month; a municipality whose row is empty is left out. Raises `Faulty` with every fault."""
    found, faults = [], []
    for partner in case.municipalities:
        names = [*(group.id for group in case.groups), "enrolments", "discharges"]
        texts = {name: typed.get(f"{partner.number}.{name}", "").strip() for name in names}
        if not any(texts.values()):
            continue
        values = {name: heard(text or "0") for name, text in texts.items()}
        for name, value in values.items():
            if value is None or value < 0:
                what = Refusal(Why.NOT_NUMBER, {"value": texts[name][:40], "column": name})
                faults.append(Fault(f"{partner.number}.{name}", what))
        found.append(actual(partner.number, month, values))
    if faults:
        raise Faulty(faults)
    return found


def file_rows(case: pricing.Case, raw: bytes) -> list[Actual]:
    """The rows of a CSV or XLSX file: municipality, month, a column for each group, enrolments, discharges."""
    table = read_table(raw)
    columns = ["municipality", "month", *(group.id for group in case.groups), "enrolments", "discharges"]
    if not table.rows or [str(cell).strip().casefold() for cell in table.rows[0] if cell is not None] != [
        name.casefold() for name in columns
    ]:
        raise Refused(Refusal(Why.NO_ACTUALS, {"columns": ", ".join(columns)}))
    given = [
        dict(zip(columns, row, strict=False)) | {"row": at}
        for at, row in zip(table.numbers[1:], table.rows[1:], strict=True)
    ]
    return checked_rows(case, given)


class ActualsFile(forms.Form):
    """A file with what was used."""

    file = forms.FileField(label=gettext_lazy("File"), help_text=gettext_lazy("CSV or Excel (.xlsx)"))
