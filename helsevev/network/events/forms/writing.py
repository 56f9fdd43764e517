"""The form by which meetings are written."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.core.sides import SIDE_NAMES
from helsevev.network.events.actions.programme import Line
from helsevev.network.events.actions.writing import series_called
from helsevev.network.events.forms import programme
from helsevev.network.events.models import Meeting
from helsevev.network.events.models.meetings import DATA_DAYS
from helsevev.network.events.queries.meetings import form_choices
from helsevev.network.events.rules.meetings import KIND_NAMES, MODE_NAMES
from helsevev.network.guidance.forms.fields import day_input

PLAIN = (
    "kind",
    "title",
    "lead",
    "about",
    "mode",
    "day",
    "starts",
    "minutes",
    "place",
    "link",
    "takes_registrations",
    "closes_days",
    "most_site",
    "most_digital",
    "data_days",
)
LONG = {"rows": 6}


class MeetingForm(forms.Form):
    """All of a meeting on one page."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of meeting"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    lead = forms.CharField(label=gettext_lazy("In one sentence"), max_length=500, required=False)
    about = forms.CharField(
        label=gettext_lazy("About the meeting"), max_length=20_000, required=False, widget=forms.Textarea(attrs=LONG)
    )
    series = forms.CharField(
        label=gettext_lazy("Series"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Meetings with the same words here belong together."),
    )
    mode = forms.ChoiceField(label=gettext_lazy("How one takes part"))
    day = forms.DateField(label=gettext_lazy("Day"), widget=day_input())
    starts = forms.TimeField(
        label=gettext_lazy("Starts"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    minutes = forms.IntegerField(label=gettext_lazy("Length in minutes"), required=False, min_value=5, max_value=720)
    place = forms.CharField(label=gettext_lazy("Place"), max_length=200, required=False)
    link = forms.URLField(
        label=gettext_lazy("Link to the meeting"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=gettext_lazy("Shown only to those who are registered, from a quarter before it starts."),
    )
    programme = forms.CharField(
        label=gettext_lazy("Programme"),
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs=LONG),
        help_text=gettext_lazy("One point on each line: 10:00 | title | who | key of the project it tells of."),
    )
    takes_registrations = forms.BooleanField(label=gettext_lazy("People register here"), required=False)
    closes_days = forms.IntegerField(
        label=gettext_lazy("Days before the start when registration closes"), min_value=0, max_value=60, initial=0
    )
    most_site = forms.IntegerField(label=gettext_lazy("Places on site"), required=False, min_value=0, max_value=99_999)
    most_digital = forms.IntegerField(
        label=gettext_lazy("Digital places"), required=False, min_value=0, max_value=99_999
    )
    form = forms.ChoiceField(label=gettext_lazy("Questions to those who register"), required=False)
    data_days = forms.IntegerField(
        label=gettext_lazy("Days until participants' data is deleted"), min_value=1, max_value=365, initial=DATA_DAYS
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Offer the kinds, the modes, the forms, and a limit for each kind of organisation."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.versions = {str(one.pk): one for one in form_choices()}
        forms_ = [(key, f"{one.form.key} ({one.number})") for key, one in self.versions.items()]
        offered = {
            "kind": [(one.value, _(name)) for one, name in KIND_NAMES.items()],
            "mode": [(one.value, _(name)) for one, name in MODE_NAMES.items()],
            "form": [("", _("None")), *forms_],
        }
        for name, choices in offered.items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        for side, label in SIDE_NAMES.items():
            name = _("Most from: %(side)s") % {"side": _(label)}
            self.fields[f"side_{side}"] = forms.IntegerField(label=name, required=False, min_value=0, max_value=99_999)
        rest = [name for name in self.fields if not name.startswith("side_")]
        at = rest.index("form")
        self.order_fields([*rest[:at], *(f"side_{side}" for side in SIDE_NAMES), *rest[at:]])

    def clean_programme(self) -> list[Line]:
        """The points of the programme."""
        return programme.read(self.cleaned_data["programme"])

    def fields_made(self) -> dict[str, Any]:
        """What the meeting is to be."""
        made = self.cleaned_data
        found = {name: made[name] for name in PLAIN}
        found["most_by_side"] = {
            side.value: made[f"side_{side}"] for side in SIDE_NAMES if made[f"side_{side}"] is not None
        }
        return {**found, "form": self.versions.get(made["form"]), "series": series_called(made["series"])}


def initial(row: Meeting) -> dict[str, Any]:
    """A meeting as the form shows it."""
    found = {name: getattr(row, name) for name in PLAIN}
    found |= {f"side_{side}": most for side, most in row.most_by_side.items()}
    found["series"] = row.series.title if row.series else ""
    found["form"] = str(row.form_id or "")
    found["programme"] = programme.written(row.points.select_related("initiative"))
    return found
