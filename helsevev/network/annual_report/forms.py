"""What comes in: a foreword, and the day that a report counts up to."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

LONGEST = 20_000


class ForewordForm(forms.Form):
    """A foreword in one language, with the version that its writer began with."""

    text = forms.CharField(
        label=_("Foreword"),
        help_text=_("Plain text. An empty line parts paragraphs."),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 14}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


class PublishForm(forms.Form):
    """Publishing must be meant."""

    cutoff = forms.DateField(
        label=_("Count up to and including"),
        help_text=_("What is dated later doesn't count"),
        input_formats=["%Y-%m-%d", "%d.%m.%Y"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write a day such as 2024-10-28")},
    )

    def __init__(self, data: Any = None, *, year: int, initial: Any = None) -> None:  # noqa: ANN401 - Django's own
        """The cut-off lies in the report's year."""
        super().__init__(data, initial=initial)
        self.year = year

    def clean_cutoff(self) -> Any:  # noqa: ANN401 - Django's own
        """A day of the year that is reported."""
        day = self.cleaned_data["cutoff"]
        if day.year != self.year:
            raise ValidationError(_("Choose a day in %(year)s"), params={"year": self.year})
        return day
