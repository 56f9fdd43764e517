"""What a commenter, a reader who reports, and a moderator fill in."""

from django import forms
from django.utils.translation import gettext, gettext_lazy

from helsevev.commons.files.forms import UploadField
from helsevev.knowledge.comments import rules

ALLOWED = ("pdf",)


class WriteForm(forms.Form):
    """A comment. `website` is a trap: people don't see it, programs fill it in."""

    name = forms.CharField(
        label=gettext_lazy("Your name"),
        max_length=rules.LONGEST_NAME,
        help_text=gettext_lazy("It is shown with the comment. A first name, or what you work as, is enough."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    text = forms.CharField(
        label=gettext_lazy("Comment"),
        max_length=rules.LONGEST_TEXT,
        help_text=gettext_lazy("Nothing that tells of a patient or another person, please."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.CharField(
        label=gettext_lazy("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_text(self) -> str:
        """Few addresses, and lines as people break them."""
        text = str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")
        if len(rules.LINK.findall(text)) > rules.MOST_LINKS:
            raise forms.ValidationError(gettext(rules.Why.LINKS))
        return text

    def clean_website(self) -> str:
        """Empty, or a program wrote it."""
        if self.cleaned_data["website"]:
            raise forms.ValidationError(gettext(rules.Why.TRAP))
        return ""


class NewForm(WriteForm):
    """A new comment, with a file and consent."""

    file = UploadField(
        label=gettext_lazy("A file"),
        allowed=ALLOWED,
        required=False,
        help_text=gettext_lazy("It is looked into and cleaned, and a moderator reads it before anyone else."),
    )
    consent = forms.BooleanField(
        label=gettext_lazy("My name, my comment and my file may be shown to everyone"),
        help_text=gettext_lazy("You get a link by which you can delete it at any time. Then all three are erased."),
    )
    seal = forms.CharField(widget=forms.HiddenInput, required=False)
    field_order = ("name", "text", "file", "consent", "website", "seal")


class ReportForm(forms.Form):
    """Why a comment shouldn't stand."""

    reason = forms.CharField(
        label=gettext_lazy("What is wrong with it?"),
        max_length=rules.LONGEST_REASON,
        help_text=gettext_lazy("A moderator reads this. We don't keep who you are."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    website = WriteForm.base_fields["website"]
    clean_website = WriteForm.clean_website


class DecideForm(forms.Form):
    """A moderator's word."""

    choice = forms.ChoiceField(choices=[("show", "show"), ("refuse", "refuse")])
    seen = forms.CharField(max_length=16)
    reason = forms.CharField(max_length=rules.LONGEST_REASON, required=False)
