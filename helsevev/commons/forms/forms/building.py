"""Fields of the builder's pages: making a form, sending in a file, and the settings of one question."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.forms.models import Form
from helsevev.commons.ui.forms import DateInput
from helsevev.core.questionnaire_building import saying, settings, sheet, showing, texts

KINDS = [
    (Form.Kind.APPLICATION, gettext_lazy("Application")),
    (Form.Kind.SCREENING, gettext_lazy("Screening")),
    (Form.Kind.ASSESSMENT, gettext_lazy("Assessment")),
    (Form.Kind.GATE, gettext_lazy("Gate checklist")),
    (Form.Kind.SURVEY, gettext_lazy("Survey")),
    (Form.Kind.OTHER, gettext_lazy("Other")),
]
LANGUAGE_NAMES = {"nb": gettext_lazy("Bokmål"), "nn": gettext_lazy("Nynorsk"), "en": gettext_lazy("English")}
LARGEST_FILE = 5_000_000


class StartForm(forms.Form):
    """What a new form is called, what it is for, and what it begins with."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("What the form is for"), choices=KINDS)
    source = forms.ChoiceField(label=gettext_lazy("Begin with"), required=False)

    def __init__(self, *args: Any, sources: Iterable[tuple[str, str]] = (), **kwargs: Any) -> None:  # noqa: ANN401
        """`sources`: the forms that one may begin with."""
        super().__init__(*args, **kwargs)
        self.fields["source"].choices = [("", _("An empty form")), *sources]  # type: ignore[attr-defined]


class UploadForm(forms.Form):
    """A file with a form."""

    file = forms.FileField(
        label=gettext_lazy("File with a form"),
        help_text=gettext_lazy(
            "FHIR Questionnaire as JSON, or the Bundle that the health portal's form builder writes. At most 5 MB."
        ),
        widget=forms.FileInput(attrs={"accept": ".json,application/json,application/fhir+json"}),
    )

    def clean_file(self) -> Any:  # noqa: ANN401 - an uploaded file
        """Refuse a file before it is read when it is too large."""
        found = self.cleaned_data["file"]
        if (found.size or 0) > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than %(megabytes)s MB"), params={"megabytes": 5})
        return found


class NewUploadForm(UploadForm):
    """A file that becomes a form of its own."""

    kind = forms.ChoiceField(label=gettext_lazy("What the form is for"), choices=KINDS)
    field_order = ("kind", "file")


# --- One question ----------------------------------------------------------------------------------------------------
LABELS = {
    "kind": gettext_lazy("Type of question"),
    "text": gettext_lazy("Text"),
    "help": gettext_lazy("Help"),
    "placeholder": gettext_lazy("Example in the empty field"),
    "wrong": gettext_lazy("What is said when the answer is wrong"),
    "prefix": gettext_lazy("Number before the text"),
    "drawn": gettext_lazy("Shown as"),
    "initial": gettext_lazy("Stands there from the beginning"),
    "readOnly": gettext_lazy("Can be read and not changed"),
    "hidden": gettext_lazy("Isn't shown"),
    "pattern": gettext_lazy("Pattern (regular expression)"),
    "megabytes": gettext_lazy("Largest file, MB"),
    "alone": gettext_lazy("Chosen alone"),
    "required": gettext_lazy("Must be answered"),
    "repeats": gettext_lazy("Can be answered several times"),
    "times.least": gettext_lazy("Fewest times"),
    "times.most": gettext_lazy("Most times"),
    "least": gettext_lazy("Least"),
    "most": gettext_lazy("Most"),
    "decimals": gettext_lazy("Decimals"),
    "unit": gettext_lazy("Unit"),
    "shortest": gettext_lazy("Fewest characters"),
    "longest": gettext_lazy("Most characters"),
    "score": gettext_lazy("Score"),
}
# What an id on a page may be made of; codes in files from elsewhere hold anything.
PLAIN_NAME = re.compile(r"[\w.-]+")
DRAWN_NAMES = {
    "": gettext_lazy("As usual"),
    "radio-button": gettext_lazy("Every option at once"),
    "drop-down": gettext_lazy("A list that opens"),
    "check-box": gettext_lazy("One box to tick"),
}


class ItemForm(forms.Form):
    """The settings of one question, as many as its type has; `core.questionnaire_building.sheet` judges them."""

    def __init__(self, standing: Mapping[str, str], fresh: str, data: Mapping[str, str] | None = None) -> None:
        """`standing`: what the fields have now; `fresh`: the code of a new option; `data`: what was typed, if any."""
        super().__init__(data=data, auto_id="f-%s", initial=dict(standing))
        gone = [name for name in data or () if name.startswith("option.") and name not in standing]
        new = [f"option.{fresh}.{part}" for part in option_parts(standing)]
        for name in (*standing, *gone, *(new if standing.get("kind") in settings.CHOICES else ())):
            self.fields[name] = _field(name, standing.get("kind", ""))
        for number, (name, field) in enumerate(self.fields.items()):
            if not PLAIN_NAME.fullmatch(name):
                field.widget.attrs["id"] = f"f-{number}"


def option_parts(standing: Mapping[str, str]) -> tuple[str, ...]:
    """The fields of an option, as the page of its question has them."""
    return (*texts.LANGUAGES, "score", *(("alone",) if standing.get("repeats") else ()))


def _field(name: str, kind: str) -> forms.Field:
    """The field of a setting."""
    stem, _dot, last = name.rpartition(".")
    if name == "kind":
        known = [(one, _(saying.KIND_NAMES[one])) for one in (*settings.KINDS, *({kind} - set(settings.KINDS)))]
        return forms.ChoiceField(label=LABELS["kind"], choices=known, required=False)
    if name == "drawn":
        drawn = [(one, DRAWN_NAMES[one]) for one in ("", *showing.DRAWN[kind])]
        return forms.ChoiceField(label=LABELS[name], choices=drawn, required=False)
    if last == "alone":
        return forms.BooleanField(label=LABELS[last], required=False)
    if name in sheet.SWITCHES:
        return forms.BooleanField(label=LABELS[name], required=False)
    if last in texts.LANGUAGES:
        return _text(stem, last)
    label = LABELS[last] if last == "score" else LABELS[name]
    return forms.CharField(label=label, required=False, widget=_widget(name, kind))


def _widget(name: str, kind: str) -> forms.Widget:
    """What helps while a setting of one line is typed."""
    if kind == "date" and name in ("least", "most", "initial"):
        return DateInput()
    if name == "initial" and kind in settings.WRITTEN:
        return forms.TextInput()
    if name == "pattern":
        return forms.TextInput(attrs={"spellcheck": "false"})
    return forms.TextInput(attrs={"class": "narrow"} | ({} if name in ("unit", "prefix") else {"inputmode": "decimal"}))


def _text(stem: str, language: str) -> forms.Field:
    """A text in one language."""
    rows = {"text": 2, "help": 3}.get(stem)
    marks = {"lang": language, "aria-label": _aria(stem, language)}
    widget = forms.Textarea(attrs={"rows": rows, **marks}) if rows else forms.TextInput(attrs=marks)
    return forms.CharField(label=LANGUAGE_NAMES[language], required=False, widget=widget)


def _aria(stem: str, language: str) -> str:
    """What a text field is called for those who listen: the label is the language alone."""
    if stem in LABELS:
        return f"{LABELS[stem]}, {LANGUAGE_NAMES[language]}"
    return _("Option %(code)s, %(language)s") % {"code": stem.partition(".")[2], "language": LANGUAGE_NAMES[language]}
