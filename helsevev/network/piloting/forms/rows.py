"""What the forms of this room share: fields, and lists of rows in which empty rows are let pass."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrOrPromise as Said

MOST = 40


class Day(forms.DateField):
    """A date as browsers send it."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def area(
    label: "Said", *, rows: int = 3, help_text: "Said" = "", required: bool = False, most: int = 4000
) -> forms.CharField:
    """A text of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, help_text=help_text)


def line(label: "Said", *, required: bool = False, most: int = 300, help_text: "Said" = "") -> forms.CharField:
    """A text of one line."""
    return forms.CharField(label=label, required=required, max_length=most, help_text=help_text)


def whole(
    label: "Said", *, most: int, least: int = 0, help_text: "Said" = "", required: bool = False
) -> forms.IntegerField:
    """A whole number."""
    return forms.IntegerField(label=label, required=required, min_value=least, max_value=most, help_text=help_text)


class Row(forms.Form):
    """One row of a list; the row counts when any of `telling` is written."""

    telling: ClassVar[tuple[str, ...]] = ()
    heading: ClassVar[Any] = _("Row")

    def row(self) -> dict[str, Any] | None:
        """What was written; None for a row that was left empty."""
        given = self.cleaned_data
        if not any(given.get(name) for name in self.telling):
            return None
        return {name: _plain(value) for name, value in given.items()}


def _plain(value: object) -> object:
    """As JSON keeps it."""
    return value.isoformat() if hasattr(value, "isoformat") else value.strip() if isinstance(value, str) else value


class Rows:
    """A list of rows (liste): those there are and some empty ones, by one prefix."""

    def __init__(
        self,
        kind: type[Row],
        prefix: str,
        data: Mapping[str, Any] | None,
        initial: Sequence[Mapping[str, Any]],
        *,
        extra: int = 2,
        **options: object,
    ) -> None:
        """Made from what was sent, or from what stands."""
        made = forms.formset_factory(kind, extra=extra, max_num=MOST, absolute_max=MOST + 10, validate_max=True)
        self.set = made(data, prefix=prefix, initial=[dict(one) for one in initial], form_kwargs=options)
        self.heading = kind.heading

    @property
    def forms(self) -> list[Row]:
        """Each row's form."""
        return list(self.set.forms)

    def is_valid(self) -> bool:
        """Whether every row can be read."""
        return bool(self.set.is_valid())

    def rows(self) -> list[dict[str, Any]]:
        """The rows in which something is written."""
        return [row for form in self.forms if (row := form.row())]
