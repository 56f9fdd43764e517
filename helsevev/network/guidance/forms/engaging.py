"""Forms of engagements, groups and advisors' capacity."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.people.models import User
from helsevev.core.ledger_sharing import COUNTING_NAMES
from helsevev.network.guidance.forms.fields import SMALL, MinutesField, day_input, people_choices
from helsevev.network.guidance.rules.engagements import ITEM_NAMES, SUPPORT_NAMES

Choices = Sequence[tuple[str, str]]


def choose(form: forms.Form, name: str, choices: Choices) -> None:
    """Offer these choices in a field."""
    form.fields[name].choices = list(choices)  # type: ignore[attr-defined]


class WhyForm(forms.Form):
    """A reason, which the story keeps."""

    why = forms.CharField(label=gettext_lazy("Reason"), max_length=1000, widget=forms.Textarea(attrs=SMALL))


class OpenForm(WhyForm):
    """What an engagement begins with."""

    project = forms.SlugField(
        label=gettext_lazy("The project's key"),
        max_length=100,
        help_text=gettext_lazy("The last word of the address of the project's page."),
    )
    support = forms.ChoiceField(label=gettext_lazy("Support"))
    starts = forms.DateField(label=gettext_lazy("From"), widget=day_input())
    ends = forms.DateField(label=gettext_lazy("To"), widget=day_input())
    minutes = MinutesField(label=gettext_lazy("Hours"), least=1)
    counting = forms.ChoiceField(label=gettext_lazy("How hours are counted"), widget=forms.RadioSelect)
    counting_note = forms.CharField(
        label=gettext_lazy("More about the counting, such as travel"), required=False, max_length=500
    )
    advisors = forms.MultipleChoiceField(
        label=gettext_lazy("Advisors"), required=False, widget=forms.CheckboxSelectMultiple
    )
    goals = forms.CharField(
        label=gettext_lazy("Agreed goals, one in each line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    deliverables = forms.CharField(
        label=gettext_lazy("Deliverables, one in each line"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    field_order = (
        "project", "support", "starts", "ends", "minutes", "counting", "counting_note", "advisors", "goals",
        "deliverables", "why",
    )  # fmt: skip

    def __init__(self, *args: object, advisors: Iterable[User], **kwargs: object) -> None:
        """Offer what there is."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "support", [(one.value, _(name)) for one, name in SUPPORT_NAMES.items()])
        choose(self, "counting", [(one.value, _(name)) for one, name in COUNTING_NAMES.items()])
        choose(self, "advisors", people_choices(advisors))


class ExtendForm(WhyForm):
    """More hours, a later end, or both."""

    minutes = MinutesField(label=gettext_lazy("More hours"), required=False)
    ends = forms.DateField(label=gettext_lazy("To"), widget=day_input())
    field_order = ("minutes", "ends", "why")


class AmountForm(WhyForm):
    """Hours to give back."""

    minutes = MinutesField(label=gettext_lazy("Hours"))
    field_order = ("minutes", "why")


class TransferForm(WhyForm):
    """Hours to move to another project."""

    project = forms.SlugField(
        label=gettext_lazy("The project's key"),
        max_length=100,
        help_text=gettext_lazy("The last word of the address of the project's page."),
    )
    minutes = MinutesField(label=gettext_lazy("Hours"))
    field_order = ("project", "minutes", "why")


class CountingForm(WhyForm):
    """Another rule to count by."""

    counting = forms.ChoiceField(label=gettext_lazy("How hours are counted"), widget=forms.RadioSelect)
    counting_note = forms.CharField(
        label=gettext_lazy("More about the counting, such as travel"), required=False, max_length=500
    )
    field_order = ("counting", "counting_note", "why")

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the rules."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "counting", [(one.value, _(name)) for one, name in COUNTING_NAMES.items()])


class AdvisorForm(forms.Form):
    """Someone who is to advise."""

    advisor = forms.ChoiceField(label=gettext_lazy("Advisor"))
    since = forms.DateField(label=gettext_lazy("From"), widget=day_input())

    def __init__(self, *args: object, advisors: Iterable[User], **kwargs: object) -> None:
        """Offer the advisors."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "advisor", people_choices(advisors))


class ItemForm(forms.Form):
    """A goal or a deliverable."""

    kind = forms.ChoiceField(label=gettext_lazy("What is agreed"))
    text = forms.CharField(label=gettext_lazy("Text"), max_length=500)
    due = forms.DateField(label=gettext_lazy("By"), required=False, widget=day_input())

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the kinds."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choose(self, "kind", [(one.value, _(name)) for one, name in ITEM_NAMES.items()])
