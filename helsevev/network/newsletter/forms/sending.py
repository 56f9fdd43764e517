"""When a letter is sent."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class SendForm(forms.Form):
    """Now, or at a time."""

    when = forms.ChoiceField(
        label=_("When should it go?"), choices=[("now", _("Now")), ("later", _("At a time"))], widget=forms.RadioSelect,
        initial="now",
    )  # fmt: skip
    day = forms.DateField(
        label=_("Day"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    time = forms.TimeField(
        label=_("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )

    def clean(self) -> dict[str, Any]:
        """A time needs both."""
        found = super().clean() or {}
        if found.get("when") == "later":
            for name in ("day", "time"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, _("This field is required."))
        return found

    @property
    def at(self) -> datetime:
        """The moment."""
        found = self.cleaned_data
        if found["when"] == "now":
            return timezone.now()
        return timezone.make_aware(datetime.combine(found["day"], found["time"]))
