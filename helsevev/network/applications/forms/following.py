"""The form by which one asks for letters about calls."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FollowForm(forms.Form):
    """An address to write to."""

    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We write to you when a call is published, and for nothing else."),
    )
