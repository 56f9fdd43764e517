"""Changes of a project's edition of a guide."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.network.workspace.forms.rows import LONG, area
from helsevev.network.workspace.rules.guides import KIND_NAMES


class EntryForm(forms.Form):
    """A line in the project's own words."""

    text = forms.CharField(label=gettext_lazy("In your own words"), max_length=LONG, widget=area())


class AddForm(forms.Form):
    """A line of the project's own."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=lambda: [(one, _(KIND_NAMES[one])) for one in ("activities", "tips")]
    )
    text = forms.CharField(label=gettext_lazy("Text"), max_length=LONG, widget=area(2))
