"""What comes in when a survey is made, people are asked, and words are sorted."""

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from helsevev.commons.initiatives.models import Initiative
from helsevev.core.surveys.asking import Question
from helsevev.network.surveys.rules.states import KIND_NAMES, Kind

MOST_INVITED = 2000


class MakeForm(forms.Form):
    """A survey to be made: what it is for, and which form it asks."""

    kind = forms.ChoiceField(label=_("What is it for?"), widget=forms.RadioSelect)
    form = forms.ChoiceField(label=_("Form"))
    initiative = forms.ChoiceField(label=_("Project"), required=False)
    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2199)

    def __init__(
        self,
        data: Any,  # noqa: ANN401 - what a request sends
        kinds: Iterable[Kind],
        asked: Sequence[tuple[str, str]],
        projects: Iterable[Initiative],
    ) -> None:
        """Offer what this person may make."""
        super().__init__(data)
        chosen = [(one.value, _(KIND_NAMES[one])) for one in kinds]
        self.fields["kind"].choices = chosen  # type: ignore[attr-defined]
        self.fields["form"].choices = asked  # type: ignore[attr-defined]
        self.fields["initiative"].choices = [("", "–"), *((one.key, one.title) for one in projects)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """A project's survey is some project's."""
        found = super().clean() or {}
        if found.get("kind") == Kind.PROJECT and not found.get("initiative"):
            self.add_error("initiative", _("Choose the project that asks."))
        if found.get("kind") in (Kind.SATISFACTION, Kind.EVALUATION):
            found["initiative"] = ""
        return found


class DetailsForm(forms.Form):
    """How the survey is asked."""

    about = forms.CharField(
        label=_("What the answers are used for"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    groupings = forms.MultipleChoiceField(
        label=_("Tell the answers apart by"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Groups with fewer than five answers are never shown. This can't be changed later."),
    )
    has_link = forms.BooleanField(
        label=_("Make an open link that can be handed out and hung up"),
        required=False,
        help_text=_(
            "Whoever has an open link can answer, also more than once. Without it, people are invited one by one."
        ),
    )
    handed_out = forms.IntegerField(
        label=_("How many get the open link, if you know"), required=False, min_value=1, max_value=1_000_000
    )
    last_day = forms.DateField(
        label=_("Last day to answer"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, data: Any, questions: Iterable[Question], language: str) -> None:  # noqa: ANN401
        """Offer the questions that can tell groups apart."""
        super().__init__(data)
        offered = [(one.key, one.text.in_language(language)) for one in questions if one.may_group]
        self.fields["groupings"].choices = offered  # type: ignore[attr-defined]


class InviteForm(forms.Form):
    """Whom to ask: those of the portfolio that are ticked, and further addresses."""

    drawn = forms.MultipleChoiceField(
        label=_("From the portfolio"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = forms.CharField(
        label=_("Other addresses, one on each line"), required=False, max_length=200_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )  # fmt: skip

    def __init__(self, data: Any, offered: Sequence[tuple[str, str]], chosen: Sequence[str]) -> None:  # noqa: ANN401
        """Tick everybody who is drawn, until somebody takes the tick away."""
        super().__init__(data, initial={"drawn": list(chosen)})
        self.fields["drawn"].choices = offered  # type: ignore[attr-defined]

    def clean_others(self) -> list[str]:
        """Every address, each once."""
        found = list(dict.fromkeys(line.strip() for line in self.cleaned_data["others"].splitlines() if line.strip()))
        if len(found) > MOST_INVITED:
            raise ValidationError(_("At most %(count)s addresses at a time.") % {"count": MOST_INVITED})
        wrong = [one for one in found if not _is_address(one)]
        if wrong:
            raise ValidationError(_("Not e-mail addresses: %(wrong)s") % {"wrong": ", ".join(wrong[:10])})
        return found


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
