"""Forms for what remains of a meeting, and for cancelling one."""

from django import forms
from django.utils.translation import gettext_lazy


class RemainsForm(forms.Form):
    """Recording, what was said, and numbers."""

    recording = forms.URLField(
        label=gettext_lazy("Address of the recording"),
        required=False,
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("It is shown as a link. A recording that is kept here is added below."),
    )
    has_captions = forms.BooleanField(
        label=gettext_lazy("The recording that is linked to has captions"), required=False
    )
    transcript = forms.CharField(
        label=gettext_lazy("What was said, written out"),
        required=False,
        max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    watched = forms.IntegerField(
        label=gettext_lazy("Times the recording was watched"), required=False, min_value=0, max_value=9_999_999
    )
    others = forms.IntegerField(
        label=gettext_lazy("Came without having registered"), min_value=0, max_value=99_999, initial=0
    )
    publish = forms.BooleanField(label=gettext_lazy("Publish the recording on the meeting's page"), required=False)


class WhyForm(forms.Form):
    """Why something is done."""

    why = forms.CharField(
        label=gettext_lazy("Why"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("Everyone who is registered reads this."),
    )
