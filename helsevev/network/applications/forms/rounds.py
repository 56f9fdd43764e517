"""The forms of a round, one for each part; each shows and gives the values of `queries.rounds.part_values`."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from helsevev.commons.initiatives import queries as initiatives
from helsevev.commons.people.rules import ROLE_NAMES, Role
from helsevev.commons.ui.forms.saying import all_said
from helsevev.core.words import Refused
from helsevev.network.applications.models import PanelMember
from helsevev.network.applications.queries import rounds as asking
from helsevev.network.applications.rules import clock, rounds_content
from helsevev.network.applications.rules.rounds import LONGEST_GRACE, Part
from helsevev.network.applications.rules.rounds_content import LANGUAGES, OUTCOME_NAMES, TEXT_NAMES, Outcome, Support

NAMES_OF_LANGUAGES = {"nb": gettext_lazy("Bokmål"), "nn": gettext_lazy("Nynorsk"), "en": gettext_lazy("English")}
THREE = gettext_lazy("One a line: bokmål | nynorsk | English. The last two may be left out.")
LONGEST_TEXT = 4_000


class TimeInput(forms.DateTimeInput):
    """The browser's own field for a local time."""

    input_type = "datetime-local"


class NorwegianTimeField(forms.CharField):
    """A Norwegian wall clock's time; gives the moment, or says why there is none."""

    widget = TimeInput

    def prepare_value(self, value: Any) -> Any:  # noqa: ANN401 Django's own signature
        """A moment as the wall shows it; what was typed stays as it was typed."""
        return clock.written(value) if isinstance(value, datetime) else value

    def clean(self, value: Any) -> Any:  # noqa: ANN401 Django's own signature
        """The moment, or None when it is empty."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return clock.read(text)
        except Refused as refused:
            raise ValidationError(all_said(refused)) from refused


class PartForm(forms.Form):
    """A part of a round. `values` gives what `part_values` has; `shown` takes it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 Django's own signature
        """Make the form, and let each part add its own."""
        super().__init__(*args, **kwargs)
        self.set_up()

    def set_up(self) -> None:
        """Fields and choices that are known only now."""

    def values(self) -> dict[str, Any]:
        """The part's new values."""
        raise NotImplementedError

    @staticmethod
    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        """What the fields show of the part's values."""
        return dict(values)


class DatesForm(PartForm):
    """When the call opens and closes, when it is decided, and which form is filled in."""

    opens_at = NorwegianTimeField(label=gettext_lazy("Opens"), required=False)
    closes_at = NorwegianTimeField(
        label=gettext_lazy("Closes"),
        required=False,
        help_text=gettext_lazy("The server's clock decides, to the second."),
    )
    decides_at = NorwegianTimeField(label=gettext_lazy("Decision"), required=False)
    grace_minutes = forms.IntegerField(
        label=gettext_lazy("Minutes of grace"),
        min_value=0,
        max_value=LONGEST_GRACE,
        help_text=gettext_lazy("So long after the deadline an application is still taken. The call says so."),
    )
    form = forms.TypedChoiceField(label=gettext_lazy("Form"), required=False, coerce=int, empty_value="")

    def set_up(self) -> None:
        """Offer the newest version of every form for applications, and the one that is chosen."""
        chosen, language = self.initial.get("form"), get_language() or "nb"
        found = {version.pk: version for version in asking.form_choices(chosen)}
        offered = [
            ("", _("Not chosen")),
            *((str(pk), asking.form_title(version, language)) for pk, version in found.items()),
        ]
        self.fields["form"].choices = offered  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Times as text, as they are kept on the trail."""
        made = self.cleaned_data
        dates = {name: made[name].isoformat() if made[name] else "" for name in asking.DATES}
        return {**dates, "grace_minutes": made["grace_minutes"], "form": made["form"]}

    @staticmethod
    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        """Times as the wall shows them."""
        dates = {name: clock.written(_moment(values[name])) for name in asking.DATES}
        return {**values, **dates}


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


class OfferForm(PartForm):
    """Which support there is, for whom, and how much."""

    supports = forms.MultipleChoiceField(
        label=gettext_lazy("Kinds of support"), widget=forms.CheckboxSelectMultiple, required=False
    )
    themes = forms.CharField(
        label=gettext_lazy("Themes of group guidance"),
        widget=forms.Textarea(attrs={"rows": 3}),
        required=False,
        help_text=THREE,
        max_length=LONGEST_TEXT,
    )
    focus_areas = forms.CharField(
        label=gettext_lazy("Focus areas"),
        widget=forms.Textarea(attrs={"rows": 4}),
        required=False,
        help_text=THREE,
        max_length=LONGEST_TEXT,
    )
    patient_groups = forms.MultipleChoiceField(
        label=gettext_lazy("Patient groups"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=gettext_lazy("None chosen means all."),
    )
    hours = forms.IntegerField(
        label=gettext_lazy("Hours of guidance in all"),
        min_value=0,
        max_value=100_000,
        help_text=gettext_lazy("What the round has to give away."),
    )

    def set_up(self) -> None:
        """Offer the words of the taxonomy."""
        language, words = get_language() or "nb", initiatives.taxonomy()
        offered = [(one.value, words.label("support", one.value, language)) for one in Support]
        self.fields["supports"].choices = offered  # type: ignore[attr-defined]
        groups = [(word.code, word.label(language)) for word in words.terms("patient_group")]
        self.fields["patient_groups"].choices = groups  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        """Lines as words by language."""
        made = self.cleaned_data
        lists = {name: rounds_content.lines(made[name]) for name in ("themes", "focus_areas")}
        return {**{name: made[name] for name in ("supports", "patient_groups", "hours")}, **lists}

    @staticmethod
    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        """Words by language as lines."""
        lists = {name: rounds_content.as_lines(values[name]) for name in ("themes", "focus_areas")}
        return {**values, **lists}


class TextsForm(PartForm):
    """What the call says, in three languages."""

    def set_up(self) -> None:
        """A field for each text in each language."""
        for text, name in TEXT_NAMES.items():
            for language in LANGUAGES:
                self.fields[f"{text}-{language}"] = forms.CharField(
                    label=f"{_(name)} ({NAMES_OF_LANGUAGES[language]})",
                    required=False,
                    max_length=LONGEST_TEXT,
                    widget=forms.Textarea(attrs={"rows": 3, "lang": language}),
                )

    def values(self) -> dict[str, Any]:
        """Texts by name and language, the empty left out."""
        made = self.cleaned_data
        return {
            text.value: {lang: words for lang in LANGUAGES if (words := made[f"{text}-{lang}"].strip())}
            for text in TEXT_NAMES
        }

    @staticmethod
    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        """A field's text by its name."""
        return {f"{text}-{language}": values[text].get(language, "") for text in TEXT_NAMES for language in LANGUAGES}


class PanelForm(PartForm):
    """Who assesses, recommends and decides in this round."""

    def set_up(self) -> None:
        """Offer those who hold the role now, and those who are on the panel already."""
        for part in PanelMember.Part.values:
            people = asking.may_sit(Role(part), self.initial.get(part, ()))
            self.fields[part] = forms.MultipleChoiceField(
                label=_(ROLE_NAMES[Role(part)]),
                required=False,
                widget=forms.CheckboxSelectMultiple,
                choices=[(str(user.key), str(user)) for user in people],
                help_text="" if people else _("Nobody holds this role now."),
            )

    def values(self) -> dict[str, Any]:
        """Keys of accounts by what they do."""
        return {part: list(self.cleaned_data[part]) for part in PanelMember.Part.values}


class LettersForm(PartForm):
    """What the letters say, for each outcome in each language."""

    def set_up(self) -> None:
        """Subject and text of each."""
        for outcome, name in OUTCOME_NAMES.items():
            for language in LANGUAGES:
                said = f"{_(name)} ({NAMES_OF_LANGUAGES[language]})"
                key = f"{outcome}-{language}"
                self.fields[f"{key}-subject"] = forms.CharField(
                    label=_("Subject: %(letter)s") % {"letter": said},
                    required=False,
                    max_length=200,
                    widget=forms.TextInput(attrs={"lang": language}),
                )
                self.fields[f"{key}-body"] = forms.CharField(
                    label=_("Text: %(letter)s") % {"letter": said},
                    required=False,
                    max_length=LONGEST_TEXT,
                    widget=forms.Textarea(attrs={"rows": 8, "lang": language}),
                )

    def clean(self) -> dict[str, Any]:
        """A letter names only what can be put in place."""
        made: dict[str, Any] = super().clean() or self.cleaned_data
        for outcome in Outcome:
            for language in LANGUAGES:
                key = f"{outcome}-{language}"
                words = rounds_content.Letter(
                    outcome, language, made.get(f"{key}-subject", ""), made.get(f"{key}-body", "")
                )
                for name in words.unknown:
                    self.add_error(f"{key}-body", _("Nothing can be put in place of {%(field)s}.") % {"field": name})
        return made

    def values(self) -> dict[str, Any]:
        """Letters by outcome and language."""
        made = self.cleaned_data
        return {
            f"{outcome}-{language}": {
                "subject": made[f"{outcome}-{language}-subject"].strip(),
                "body": made[f"{outcome}-{language}-body"].replace("\r\n", "\n").strip(),
            }
            for outcome in Outcome
            for language in LANGUAGES
        }

    @staticmethod
    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        """A field's text by its name."""
        return {f"{key}-{name}": words[name] for key, words in values.items() for name in ("subject", "body")}


class ReasonForm(forms.Form):
    """Why something published is changed."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("One sentence for the trail, which keeps it for good. Don't name people here."),
    )


class ExtendForm(ReasonForm):
    """Until when the deadline is moved, and why."""

    closes_at = NorwegianTimeField(label=gettext_lazy("New deadline"))
    field_order = ("closes_at", "reason")


class NewerFormForm(ReasonForm):
    """Which newer version of its form an open call gets, and why."""

    version = forms.ChoiceField(label=gettext_lazy("Form"))
    field_order = ("version", "reason")

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:  # noqa: ANN401 Django's own
        """Offer the newer versions."""
        super().__init__(*args, **kwargs)
        self.fields["version"].choices = choices  # type: ignore[attr-defined]


class NextForm(forms.Form):
    """The next round: its place among rounds, and its times, as proposed."""

    year = forms.IntegerField(label=gettext_lazy("Year"), min_value=2000, max_value=2199)
    number = forms.IntegerField(label=gettext_lazy("Number in the year"), min_value=1, max_value=12)
    opens_at = NorwegianTimeField(label=gettext_lazy("Opens"))
    closes_at = NorwegianTimeField(label=gettext_lazy("Closes"))
    decides_at = NorwegianTimeField(label=gettext_lazy("Decision"))

    def clean(self) -> dict[str, Any]:
        """The times must come in their order."""
        made: dict[str, Any] = super().clean() or self.cleaned_data
        times = [at for name in asking.DATES if (at := made.get(name))]
        if len(times) == len(asking.DATES) and not times[0] < times[1] < times[2]:
            self.add_error("closes_at", _("It must open before it closes, and close before it is decided."))
        return made


PARTS: Mapping[Part, type[PartForm]] = {
    Part.DATES: DatesForm,
    Part.OFFER: OfferForm,
    Part.TEXTS: TextsForm,
    Part.PANEL: PanelForm,
    Part.LETTERS: LettersForm,
}
