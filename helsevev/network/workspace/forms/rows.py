"""Stakeholders, risks and the plan, as forms."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.ui.forms import DateInput
from helsevev.core.roadmap import PHASE_NAMES, PHASES
from helsevev.network.workspace.rules import rows as rules

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LONG = 4000
FIRST, LAST = 1900, 2199
OWNER_HELP = gettext_lazy("A role or a unit. Name a person only where all need to know whom to ask.")


def area(rows: int = 3) -> forms.Textarea:
    """A field for more than a line."""
    return forms.Textarea(attrs={"rows": rows})


class Day(forms.DateField):
    """A day in a time that makes sense: nobody means the year 202."""

    def __init__(self, **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """The browser's own field."""
        super().__init__(**{"widget": DateInput, "required": False, **kwargs})

    def clean(self, value: object) -> object:
        """Refuse a slip of the keyboard."""
        found = super().clean(value)
        if found is not None and not FIRST <= found.year <= LAST:
            raise forms.ValidationError(
                _("Write a year between %(first)s and %(last)s.") % {"first": FIRST, "last": LAST}
            )
        return found


def _levels() -> list[tuple[int, str]]:
    return [(number, f"{number} – {_(level)}") for number, level in rules.LEVELS.items()]


def level(label: "str | _StrPromise") -> forms.TypedChoiceField:
    """From one to five."""
    return forms.TypedChoiceField(label=label, choices=_levels, coerce=int, initial=3)


class RowForm(forms.Form):
    """Any of them; `version` is the one that the writer has read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def values(self) -> dict[str, Any]:
        """What is written, by the names of the columns."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class StakeholderForm(RowForm):
    """Whom the project concerns."""

    name = forms.CharField(
        label=gettext_lazy("Who"),
        max_length=120,
        help_text=gettext_lazy(
            "A group, a unit or a role, such as “midwives in the municipality”. Not private persons."
        ),
    )
    interest = level(gettext_lazy("Interest: how much it matters to them"))
    influence = level(gettext_lazy("Influence: how much they can help or stop it"))
    attitude = forms.ChoiceField(
        label=gettext_lazy("Attitude"), choices=lambda: [(code, _(name)) for code, name in rules.ATTITUDES.items()]
    )
    involve = forms.CharField(
        label=gettext_lazy("How they are involved"), required=False, max_length=LONG, widget=area()
    )


class RiskForm(RowForm):
    """What can go wrong."""

    title = forms.CharField(label=gettext_lazy("What can go wrong"), max_length=200)
    likelihood = level(gettext_lazy("Likelihood"))
    consequence = level(gettext_lazy("Consequence"))
    owner = forms.CharField(label=gettext_lazy("Owner"), required=False, max_length=120, help_text=OWNER_HELP)
    measure = forms.CharField(label=gettext_lazy("Measure"), required=False, max_length=LONG, widget=area())
    review_on = Day(label=gettext_lazy("To be looked at again"))
    closed_on = Day(label=gettext_lazy("Closed"), help_text=gettext_lazy("Leave empty while it is a risk."))


class PlanForm(RowForm):
    """A task or a milestone."""

    title = forms.CharField(label=gettext_lazy("What"), max_length=200)
    kind = forms.ChoiceField(
        label=gettext_lazy("Kind"), choices=lambda: [(code, _(name)) for code, name in rules.KINDS.items()]
    )
    phase = forms.ChoiceField(
        label=gettext_lazy("Phase"), choices=lambda: [(phase.value, _(PHASE_NAMES[phase])) for phase in PHASES]
    )
    owner = forms.CharField(label=gettext_lazy("Owner"), required=False, max_length=120, help_text=OWNER_HELP)
    starts = Day(label=gettext_lazy("From"), help_text=gettext_lazy("A milestone needs its day alone, below."))
    ends = Day(label=gettext_lazy("To, or the milestone's day"))
    done_on = Day(label=gettext_lazy("Done"), help_text=gettext_lazy("Leave empty until it is done."))

    def clean(self) -> dict[str, Any]:
        """Time goes forward, and a milestone has one day."""
        given: dict[str, Any] = super().clean() or {}
        starts, ends = given.get("starts"), given.get("ends")
        if given.get("kind") == "milestone":
            given["starts"], given["ends"] = None, ends or starts
        elif starts and ends and ends < starts:
            self.add_error("ends", _("It ends before it begins."))
        return given


class ConceptForm(RowForm):
    """A word to be clarified."""

    name = forms.CharField(
        label=gettext_lazy("Word"), min_length=2, max_length=120, help_text=gettext_lazy("Such as “early discharge”.")
    )
    also = forms.CharField(
        label=gettext_lazy("Also written"),
        required=False,
        max_length=1000,
        widget=area(2),
        help_text=gettext_lazy("Other forms of the word, one a line. Where they occur, the definition is shown too."),
    )
    why = forms.CharField(label=gettext_lazy("Why it must be clear"), required=False, max_length=LONG, widget=area())


class ExampleForm(RowForm):
    """An example that tests a word."""

    text = forms.CharField(
        label=gettext_lazy("Example"),
        max_length=300,
        help_text=gettext_lazy("One concrete case, such as “born 02:00, home 07:00 the next day”."),
    )


FORMS: Mapping[str, type[RowForm]] = {
    "stakeholders": StakeholderForm,
    "risks": RiskForm,
    "plan": PlanForm,
    "concepts": ConceptForm,
    "examples": ExampleForm,
}
