"""The words that our forms put on allauth's fields: one label, one line of help, and nothing inside the field."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

ADDRESS = _("E-mail address")
PASSWORD = _("Password")
NEW_PASSWORD = _("New password")
PASSWORD_HELP = _("At least 12 characters. A sentence that only you would say is easy to remember and hard to guess.")
CODE = _("Code")
CODE_HELP = _("Six digits from your authenticator app, or one of your recovery codes.")
NAME = _("Name")
NAME_HELP = _("What others see when you have done something.")


def name_field() -> forms.CharField:
    """What to call someone who makes an account."""
    widget = forms.TextInput(attrs={"autocomplete": "name"})
    return forms.CharField(label=NAME, help_text=NAME_HELP, max_length=150, required=False, widget=widget)


Words = Mapping[str, tuple[Promise, Promise | str]]


class Worded:
    """Puts our words on the fields of a form that came with others."""

    words: ClassVar[Words] = {}
    without: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Make the form as it came, then change what it says."""
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields  # type: ignore[attr-defined]
        for name in self.without:
            fields.pop(name, None)
        for name, (label, help_text) in self.words.items():
            field = fields[name]
            field.label, field.help_text = label, help_text
            field.widget.attrs.pop("placeholder", None)
