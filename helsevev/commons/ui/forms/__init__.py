"""Widgets for every form of the house, and the form that the gallery shows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class DateInput(forms.DateInput):
    """The browser's own date field: it speaks the person's language and works by keyboard."""

    input_type = "date"

    def __init__(self, attrs: dict[str, object] | None = None) -> None:
        """Dates go to and fro as the standard for that field says: 2026-11-22."""
        super().__init__(attrs, format="%Y-%m-%d")


class UploadInput(forms.FileInput):
    """The browser's own field for a file; a script adds how far the file has come, and looks at its size before."""

    def __init__(self, media_types: str, most: int, size: str) -> None:
        """What to offer, the most bytes, and the same in words."""
        self.most, self.size = most, size
        super().__init__({"accept": media_types})

    def build_attrs(self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None) -> dict[str, Any]:
        """The words that the script says, in the reader's language."""
        too_big = _("The file is larger than %(limit)s. Make it smaller, or divide it in two.")
        words = {
            "data-upload": self.most,
            "data-too-big": str(too_big) % {"limit": self.size},
            "data-sending": _("Sending the file"),
            "data-checking": _("The file has arrived and is being looked into."),
            "data-lost": _("The connection was lost, so nothing was kept. Your text still stands here. Try again."),
        }
        return super().build_attrs(base_attrs, {**(extra_attrs or {}), **words})


class SpecimenForm(forms.Form):
    """One field of each kind, about an invented project."""

    title = forms.CharField(
        label=_("Title"), max_length=80, help_text=_("What the project is called, in at most 80 characters.")
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Two to four sentences that a neighbour understands."),
    )
    region = forms.ChoiceField(
        label=_("Health region"),
        choices=[("", _("Choose a region")), ("north", _("Northern Norway")), ("west", _("Western Norway"))],
    )
    groups = forms.MultipleChoiceField(
        label=_("Patient groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("children", _("Children and young people")), ("frail", _("Frail older people")), ("all", _("All"))],
        help_text=_("Choose all that apply."),
    )
    kind = forms.ChoiceField(
        label=_("Kind"),
        widget=forms.RadioSelect,
        choices=[("new", _("New innovation")), ("spread", _("Spread of another's"))],
    )
    starts = forms.DateField(label=_("Starts"), required=False, widget=DateInput)
    beds = forms.IntegerField(label=_("Places"), required=False, min_value=0, max_value=500)
    plan = forms.FileField(
        label=_("Plan"),
        required=False,
        help_text=_("PDF, at most 10 MB."),
        widget=UploadInput("application/pdf", 10_000_000, "10 MB"),
    )
    agrees = forms.BooleanField(label=_("All parties know of this"), required=False)


class DisabledForm(SpecimenForm):
    """The same form where nothing can be changed."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Close every field; Django then keeps what was there."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for field in self.fields.values():
            field.disabled = True
