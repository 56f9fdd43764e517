"""The door for a sheet that comes back."""

from django import forms
from django.utils.translation import gettext_lazy as _


class UploadForm(forms.Form):
    """One file; what it is, its content says."""

    file = forms.FileField(
        label=_("Workbook"),
        help_text=_("Excel (.xlsx) or CSV, at most 10 MB. Nothing changes before you have seen what it would do."),
        allow_empty_file=True,
    )
