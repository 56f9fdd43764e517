"""Forms of sessions: the call, decisions and actions, which projects took part."""

from collections.abc import Iterable, Sequence

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.people.models import User
from helsevev.core.roadmap import PHASE_NAMES, Phase
from helsevev.core.wallclock import NORWAY
from helsevev.network.guidance.forms.fields import SMALL, MinutesField, day_input, people_choices
from helsevev.network.guidance.rules import agendas
from helsevev.network.guidance.rules.sessions import KIND_NAMES, POINT_NAMES, Kind

# Zones of Norway and of those it meets most; what an earlier session has is offered too.
ZONES = (NORWAY, "Europe/London", "Europe/Helsinki", "America/New_York", "UTC")


class CallForm(forms.Form):
    """What people are called to."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of session"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    day = forms.DateField(label=gettext_lazy("Day"), widget=day_input())
    at = forms.TimeField(label=gettext_lazy("Starts"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = MinutesField(label=gettext_lazy("How long"), least=5)
    zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"), help_text=gettext_lazy("The session stays at this time when clocks change.")
    )
    place = forms.CharField(label=gettext_lazy("Place"), required=False, max_length=200)
    link = forms.URLField(
        label=gettext_lazy("Link to the meeting"), required=False, max_length=500, assume_scheme="https"
    )
    phase = forms.ChoiceField(label=gettext_lazy("Phase of the Roadmap"), required=False)
    agenda = forms.CharField(
        label=gettext_lazy("Agenda"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text=gettext_lazy("The button below fills it from the template of the kind and the phase."),
    )
    people = forms.MultipleChoiceField(
        label=gettext_lazy("Who is invited"), required=False, widget=forms.CheckboxSelectMultiple
    )
    plan = forms.BooleanField(label=gettext_lazy("Plan the time in the ledger"), required=False)

    def __init__(self, *args: object, people: Iterable[tuple[str, str]], zone: str = NORWAY, **kwargs: object) -> None:
        """Offer the kinds, the phases and the people."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        offered = {
            "kind": [(one.value, _(name)) for one, name in KIND_NAMES.items()],
            "zone": [(one, one) for one in dict.fromkeys((*ZONES, zone))],
            "phase": [("", _("No phase")), *((one.value, _(name)) for one, name in PHASE_NAMES.items())],
            "people": list(people),
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]


def from_template(post: QueryDict, people: Iterable[tuple[str, str]], zone: str = NORWAY) -> CallForm:
    """The call as it was typed, with the agenda filled from the template; nothing is called wrong yet."""
    choices = list(people)
    asked = CallForm(post, people=choices, zone=zone)
    asked.is_valid()
    made = asked.cleaned_data
    kind = Kind(made["kind"]) if made.get("kind") else Kind.WORKING_MEETING
    phase = Phase(made["phase"]) if made.get("phase") else None
    lines = agendas.lines(kind, phase, made.get("minutes") or 90)
    initial: dict[str, object] = {name: post.get(name, "") for name in asked.fields}
    initial["people"] = post.getlist("people")
    initial["plan"] = "plan" in post
    initial["agenda"] = "\n".join(f"{span} min: {_(what)}" for span, what in lines)
    return CallForm(initial=initial, people=choices, zone=zone)


class PointForm(forms.Form):
    """A decision, or an action with who does it by when."""

    kind = forms.ChoiceField(label=gettext_lazy("What it is"))
    text = forms.CharField(label=gettext_lazy("Text"), max_length=500, widget=forms.Textarea(attrs=SMALL))
    owner = forms.ChoiceField(label=gettext_lazy("Who does it"), required=False)
    owner_name = forms.CharField(label=gettext_lazy("Or somebody without an account"), required=False, max_length=150)
    due = forms.DateField(label=gettext_lazy("By"), required=False, widget=day_input())

    def __init__(self, *args: object, people: Iterable[User], **kwargs: object) -> None:
        """Offer the kinds and the people."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["kind"].choices = [(one.value, _(name)) for one, name in POINT_NAMES.items()]  # type: ignore[attr-defined]
        self.fields["owner"].choices = [("", _("Nobody")), *people_choices(people)]  # type: ignore[attr-defined]


class PresentForm(forms.Form):
    """Which projects took part."""

    projects = forms.MultipleChoiceField(
        label=gettext_lazy("Projects that took part"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: object, projects: Sequence[tuple[str, str]], **kwargs: object) -> None:
        """Offer the group's projects."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["projects"].choices = list(projects)  # type: ignore[attr-defined]
