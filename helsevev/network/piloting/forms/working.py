"""Counts, reviews, results and experiences as they are typed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.core.piloting.intervals import exact_share, mean_half_width
from helsevev.core.piloting.pacing import Week, monday
from helsevev.network.piloting.forms.rows import Day, Row, area, line, whole
from helsevev.network.piloting.rules import counting, experience
from helsevev.network.piloting.rules.reviewing import CHOICE_NAMES, DECISION_NAMES, Choice, Decision

MOST = counting.MOST


class CountForm(forms.Form):
    """A week's numbers: any day of the week names it."""

    token = forms.UUIDField(widget=forms.HiddenInput)
    until = Day(
        label=gettext_lazy("Last day counted"),
        help_text=gettext_lazy("The week is the one this day is in. A whole week ends on its Sunday."),
    )
    included = whole(gettext_lazy("Included"), most=MOST, required=True)
    why = line(
        gettext_lazy("Why the numbers change"), help_text=gettext_lazy("Only when the week has been counted before.")
    )

    def __init__(self, *args: Any, reasons: Sequence[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """`reasons`: what one may be excluded for."""
        super().__init__(*args, **kwargs)
        self.reasons = [*reasons, *((name, _(label)) for name, label in counting.OTHER_REASONS.items())]
        for name, label in self.reasons:
            self.fields[f"excluded-{name}"] = whole(_("Excluded: %(reason)s") % {"reason": label}, most=MOST)
        self.order_fields(["token", "until", "included", *(f"excluded-{name}" for name, _l in self.reasons), "why"])
        self.fields["token"].initial = uuid4

    def week(self) -> Week:
        """The week as the core knows it."""
        given = self.cleaned_data
        counts = {name: given.get(f"excluded-{name}") or 0 for name, _label in self.reasons}
        excluded = {name: count for name, count in counts.items() if count}
        return Week(monday(given["until"]), given["until"], given["included"], excluded)


def week_to_count(last: date | None, first: date, end: date, today: date) -> date:
    """The last day of the first week that isn't counted whole."""
    after = last + timedelta(days=1) if last else first
    sunday = monday(after) + timedelta(days=6)
    return max(min(sunday, end, today), first)


class ReviewForm(forms.Form):
    """What a review decided."""

    token = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    planned = forms.DateField(widget=forms.HiddenInput)
    held = Day(label=gettext_lazy("Held on"))
    choice = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(one.value, gettext_lazy(CHOICE_NAMES[one])) for one in Choice],
        widget=forms.RadioSelect,
    )
    why = area(gettext_lazy("Why"), required=True)


class ResultForm(forms.Form):
    """What the pilot gave."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)
    learned = area(gettext_lazy("What was learned"), rows=5, required=True)
    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        choices=[(one.value, gettext_lazy(DECISION_NAMES[one])) for one in Decision],
        widget=forms.RadioSelect,
    )
    reason = area(gettext_lazy("Why this decision"), required=True)
    others = area(
        gettext_lazy("What others should know"),
        rows=5,
        required=True,
        help_text=gettext_lazy("This becomes the draft of the experience you may publish."),
    )


class WhyForm(forms.Form):
    """Why something is told anew, or taken back."""

    why = line(gettext_lazy("Why"), required=True, most=300)


class OutcomeRow(Row):
    """What one measure came to: so many of so many, or a mean with its spread."""

    telling = ("people",)
    heading = gettext_lazy("Measured")
    measure = line(gettext_lazy("Measure"))
    people = whole(gettext_lazy("Of how many (n)"), most=MOST, least=1)
    events = whole(gettext_lazy("How many of them"), most=MOST)
    mean = forms.FloatField(label=gettext_lazy("Or: mean"), required=False)
    spread = forms.FloatField(label=gettext_lazy("and its standard deviation"), required=False, min_value=0)

    def clean(self) -> dict[str, Any]:
        """So many of so many, or a mean, and not both."""
        given = super().clean() or {}
        if given.get("people") is None and any(given.get(name) is not None for name in ("events", "mean")):
            self.add_error("people", _("Say how many it rests on."))
        if given.get("people") is None:
            return given
        counted, measured = given.get("events") is not None, given.get("mean") is not None
        if counted == measured:
            self.add_error("events", _("Write either how many, or a mean."))
        elif counted and given["events"] > given["people"]:
            self.add_error("events", _("There can't be more than it rests on."))
        elif measured and (given.get("spread") is None or given["people"] < 2):
            self.add_error("spread", _("A mean needs its standard deviation, and at least two."))
        if not str(given.get("measure") or "").strip():
            self.add_error("measure", _("Say what was measured."))
        return given

    def row(self) -> dict[str, Any] | None:
        """With its interval."""
        given = self.cleaned_data
        people = given.get("people")
        if not people:
            return None
        name = given["measure"].strip()
        if given.get("mean") is not None:
            half = mean_half_width(people) * given["spread"]
            ends = {"low": given["mean"] - half, "high": given["mean"] + half}
            return {"measure": name, "people": people, "mean": given["mean"], "spread": given["spread"], **ends}
        found = exact_share(given["events"], people)
        return {"measure": name, "people": people, "events": given["events"], "low": found.low, "high": found.high}


class ExperienceForm(forms.Form):
    """The parts of an experience."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=1_000_000)
    title = line(gettext_lazy(experience.TITLE), most=300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """A field for each part, in the room's order."""
        super().__init__(*args, **kwargs)
        for name, (label, hint) in experience.PARTS.items():
            self.fields[name] = area(_(label), rows=6, help_text=_(hint), most=experience.LONGEST)

    def content(self, standing: Mapping[str, Any]) -> dict[str, Any]:
        """What stands, with the texts as they were written."""
        given = {name: one.strip() for name, one in self.cleaned_data.items() if isinstance(one, str)}
        return {**standing, **given}


def token(value: str) -> UUID | None:
    """A token that was sent; None when it isn't one."""
    try:
        return UUID(value)
    except ValueError:
        return None
