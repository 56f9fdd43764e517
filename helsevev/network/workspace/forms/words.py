"""A word's definitions, answers to its examples, a text for all to sign, and the signature."""

from collections.abc import Iterable
from uuid import UUID

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.network.workspace.forms.rows import LONG, area
from helsevev.network.workspace.models import ConceptExample
from helsevev.network.workspace.queries.clarifying import Line
from helsevev.network.workspace.rules.concepts import ANSWER_NAMES, Answer


class DefinitionForm(forms.Form):
    """What one party means by a word."""

    text = forms.CharField(
        label=gettext_lazy("What you mean by the word"),
        max_length=LONG,
        required=False,
        widget=area(5),
        help_text=gettext_lazy("In your own words, as you use it today. Not what you think the others want."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


def _choices(empty: str, answers: Iterable[Answer]) -> list[tuple[str, str]]:
    return [("", empty), *((one.value, _(ANSWER_NAMES[one])) for one in answers)]


class _Judging(forms.Form):
    """A choice for each example; `answered` gives them by the example's key."""

    def _add(self, example: ConceptExample, choices: list[tuple[str, str]], initial: str) -> None:
        field = forms.ChoiceField(label=example.text, choices=choices, required=False, initial=initial)
        self.fields[f"example-{example.key}"] = field

    def answered(self) -> dict[UUID, str]:
        """What was chosen."""
        given = ((name.removeprefix("example-"), value) for name, value in self.cleaned_data.items())
        return {UUID(key): value for key, value in given if f"example-{key}" in self.fields}


class AnswersForm(_Judging):
    """What one party answers to the examples, under its own definition."""

    def __init__(self, *args: object, lines: Iterable[Line], party: str, **kwargs: object) -> None:
        """A field for each example, with what was answered before."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for line in lines:
            self._add(line.example, _choices(_("Not answered"), Answer), line.judged.answers.get(party, ""))


class ProposeForm(_Judging):
    """A definition for all parties to sign, and which examples it has inside and outside."""

    text = forms.CharField(
        label=gettext_lazy("Definition"),
        max_length=LONG,
        widget=area(5),
        help_text=gettext_lazy("Exactly this is signed. Say units and limits so that nobody need ask."),
    )
    reason = forms.CharField(
        label=gettext_lazy("Why this text"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Everyone in the project gets this with the letter."),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(self, *args: object, lines: Iterable[Line], standing: dict[str, str], **kwargs: object) -> None:
        """A field for each example, with what the text that stands says of it."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for line in lines:
            choices = _choices(_("Not said"), (Answer.IN, Answer.OUT))
            self._add(line.example, choices, standing.get(line.example.text, ""))


class SignForm(forms.Form):
    """The signature: for whom, and which text was shown."""

    organisation = forms.SlugField(max_length=100, widget=forms.HiddenInput)
    digest = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
    read = forms.BooleanField(label=gettext_lazy("I have read the definition above, and sign exactly that text."))
