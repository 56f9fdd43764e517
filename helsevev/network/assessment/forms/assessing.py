"""Forms of ties, sharing out, and notes."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.network.applications.rules.rounds_content import OUTCOME_NAMES, Outcome
from helsevev.network.assessment.rules import letters
from helsevev.network.assessment.rules.board import SUPPORTED

SMALL = {"rows": 2}
LONGEST = 4000


class WhyForm(forms.Form):
    """A reason."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONGEST, widget=forms.Textarea(attrs=SMALL))


class MaybeWhyForm(forms.Form):
    """A reason where one is wanted."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"), required=False, max_length=LONGEST, widget=forms.Textarea(attrs=SMALL)
    )


class DeclareForm(forms.Form):
    """Whether one has a conflict of interest."""

    conflict = forms.ChoiceField(
        label=gettext_lazy("Do you have a conflict of interest?"),
        choices=(
            ("no", gettext_lazy("No, I have no tie to the applicants or to what is applied for")),
            ("yes", gettext_lazy("Yes, or I am in doubt")),
        ),
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=gettext_lazy("Which tie, if there is one?"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs=SMALL),
    )


class TiesForm(forms.Form):
    """The organisations that one belongs to."""

    organisations = forms.MultipleChoiceField(
        label=gettext_lazy("Organisations that I work for, sit on the board of, or own a part of"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 12}),
    )

    def __init__(self, *args: object, choices: Iterable[tuple[str, str]], **kwargs: object) -> None:
        """Offer all organisations."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["organisations"].choices = list(choices)  # type: ignore[attr-defined]


class ShareForm(forms.Form):
    """How many assessors each application should have, and by when they should be done."""

    wanted = forms.IntegerField(label=gettext_lazy("Assessors for each application"), min_value=1, max_value=5)
    assess_by = forms.DateField(
        label=gettext_lazy("To be given by"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class TextForm(forms.Form):
    """Something written: a note, a question, an answer."""

    text = forms.CharField(label=gettext_lazy("Text"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}))


class PlaceForm(forms.Form):
    """Where an application is placed."""

    outcome = forms.ChoiceField(label=gettext_lazy("Place"))
    hours = forms.IntegerField(label=gettext_lazy("Hours"), required=False, min_value=0, max_value=10_000)
    reserve = forms.IntegerField(label=gettext_lazy("Place in line"), required=False, min_value=1, max_value=999)
    reason = forms.CharField(
        label=gettext_lazy("Reason, which the applicants get"),
        max_length=LONGEST,
        required=False,
        widget=forms.Textarea(attrs=SMALL),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the outcomes."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(one.value, _(OUTCOME_NAMES[one])) for one in Outcome]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class OfferForm(forms.Form):
    """What the next on the reserve list gets."""

    outcome = forms.ChoiceField(label=gettext_lazy("Kind of support"))
    hours = forms.IntegerField(label=gettext_lazy("Hours"), min_value=1, max_value=10_000)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: object, supports: Iterable[str], **kwargs: object) -> None:
        """Offer what the round has."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [(one.value, _(OUTCOME_NAMES[one])) for one in SUPPORTED if one.value in supports]
        self.fields["outcome"].choices = choices  # type: ignore[attr-defined]


class LetterForm(forms.Form):
    """A letter's subject and text."""

    subject = forms.CharField(label=gettext_lazy("Subject"), max_length=letters.LONGEST_SUBJECT)
    body = forms.CharField(
        label=gettext_lazy("Text"), max_length=letters.LONGEST_BODY, widget=forms.Textarea(attrs={"rows": 24})
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
