"""The choices on the trail's page."""

from django import forms
from django.utils.translation import gettext_lazy as _

LARGEST = 2**63 - 1


class TrailChoice(forms.Form):
    """Which lines to show; nothing chosen shows all."""

    kind = forms.CharField(label=_("Kind of object"), required=False, max_length=60, help_text=_("Such as project"))
    key = forms.CharField(label=_("Key of the object"), required=False, max_length=200)
    actor = forms.CharField(label=_("Who, as the trail names them"), required=False, max_length=60)
    before = forms.IntegerField(required=False, min_value=1, max_value=LARGEST, widget=forms.HiddenInput)
