"""Forms of the hour ledger."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.people.models import User
from helsevev.core.ledger import BOOKED, KIND_NAMES, PURPOSE_NAMES
from helsevev.network.guidance.forms.fields import SMALL, MinutesField, day_input, people_choices


class OnForm(forms.Form):
    """A day to see the balance on."""

    on = forms.DateField(label=gettext_lazy("Balance on the day"), required=False, widget=day_input())


class BookForm(forms.Form):
    """Time to plan, or that is used."""

    kind = forms.ChoiceField(label=gettext_lazy("What to write"), widget=forms.RadioSelect)
    minutes = MinutesField(label=gettext_lazy("Time"))
    purpose = forms.ChoiceField(label=gettext_lazy("What the time is for"))
    worked_on = forms.DateField(label=gettext_lazy("Day of the work"), widget=day_input())
    what = forms.CharField(label=gettext_lazy("What was or will be done"), max_length=500)
    advisor = forms.ChoiceField(label=gettext_lazy("Whose time"), required=False)
    why = forms.CharField(
        label=gettext_lazy("If it goes past the balance: why it is needed"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs=SMALL),
    )

    def __init__(self, *args: object, advisors: Iterable[User], **kwargs: object) -> None:
        """Offer the kinds, the purposes and the engagement's advisors."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(one.value, _(KIND_NAMES[one])) for one in reversed(BOOKED)]  # type: ignore[attr-defined]
        purposes = [(one.value, _(name)) for one, name in PURPOSE_NAMES.items()]
        self.fields["purpose"].choices = purposes  # type: ignore[attr-defined]
        everyone = [*people_choices(advisors), ("", _("Nobody in particular"))]
        self.fields["advisor"].choices = everyone  # type: ignore[attr-defined]


class CorrectForm(forms.Form):
    """What a line should come to, and why."""

    minutes = MinutesField(label=gettext_lazy("What the line should come to"), least=0)
    why = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs=SMALL))


class CommentForm(forms.Form):
    """What is wrong with a line."""

    comment = forms.CharField(
        label=gettext_lazy("What is wrong, if something is"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs=SMALL),
    )


class ReasonForm(forms.Form):
    """A reason."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=500, widget=forms.Textarea(attrs=SMALL))
