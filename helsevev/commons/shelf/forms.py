"""The choices on the shelf's pages."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.shelf import rules

NOW, BEFORE = "", "withdrawn"
LARGEST = 2**31 - 1


def _types() -> list[tuple[str, str]]:
    """The types that rooms have registered, in the reader's language; asked for anew with each form."""
    return [("", _("All")), *((known.type, _(known.title)) for known in rules.item_types())]


class ShelfChoice(forms.Form):
    """What to show of the shelf."""

    type = forms.ChoiceField(label=gettext_lazy("Type"), required=False, choices=_types)
    initiative = forms.CharField(label=gettext_lazy("Initiative, by title or key"), required=False, max_length=300)
    state = forms.ChoiceField(
        label=gettext_lazy("State"),
        required=False,
        choices=[(NOW, gettext_lazy("Lies there now")), (BEFORE, gettext_lazy("Withdrawn"))],
    )

    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the question wants it."""
        given = self.cleaned_data
        return {
            "type": given["type"],
            "initiative": given["initiative"],
            "withdrawn": given["state"] == BEFORE,
        }


class VersionChoice(forms.Form):
    """Which version of an item."""

    version = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
