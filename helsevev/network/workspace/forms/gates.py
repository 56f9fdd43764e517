"""A gate's approvers, evidence and decisions."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.files.forms import UploadField
from helsevev.network.workspace.actions.evidence import ALLOWED
from helsevev.network.workspace.forms.rows import LONG, Day, area
from helsevev.network.workspace.rules.gates import DECISION_NAMES, Decision

LARGEST = 20_000_000
TERMS = 3


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=300, widget=area(2))


class NoteForm(forms.Form):
    """How a term was met."""

    note = forms.CharField(label=gettext_lazy("How it was met"), max_length=LONG, widget=area(2))


class ApproverForm(forms.Form):
    """Who is to decide, for which organisation: "person's key|organisation's key"."""

    who = forms.ChoiceField(label=gettext_lazy("Who decides"))

    def __init__(self, *args: object, people: Iterable[tuple[str, str]], **kwargs: object) -> None:
        """Those who can be named."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].choices = [("", _("Choose")), *people]  # type: ignore[attr-defined]


class _Shown(forms.Form):
    """What it shows."""

    title = forms.CharField(label=gettext_lazy("What it shows"), max_length=200)
    criterion = forms.ChoiceField(label=gettext_lazy("Criterion"), required=False)

    def __init__(self, *args: object, criteria: Iterable[tuple[str, str]], **kwargs: object) -> None:
        """The criteria of this gate."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["criterion"].choices = [("", _("The gate as a whole")), *criteria]  # type: ignore[attr-defined]


class AddressForm(_Shown):
    """Evidence that stands elsewhere."""

    address = forms.URLField(
        label=gettext_lazy("Address"),
        max_length=500,
        assume_scheme="https",
        help_text=gettext_lazy("Where all parties can read it."),
    )


class FileForm(_Shown):
    """Evidence as a file."""

    file = UploadField(label=gettext_lazy("File"), allowed=ALLOWED, limit_bytes=LARGEST)


class VerdictForm(forms.Form):
    """An approver's decision, its reason, and its terms."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=lambda: [(one.value, _(DECISION_NAMES[one])) for one in Decision],
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=LONG, required=False, widget=area())
    digest = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
    organisation = forms.SlugField(max_length=100, widget=forms.HiddenInput)

    def __init__(self, *args: object, **kwargs: object) -> None:
        """Some lines for terms."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for number in range(1, TERMS + 1):
            label = _("Term %(number)s") % {"number": number}
            self.fields[f"term_{number}"] = forms.CharField(
                label=label, max_length=LONG, required=False, widget=area(2)
            )
            self.fields[f"due_{number}"] = Day(label=_("Term %(number)s is met by") % {"number": number})

    def clean(self) -> dict[str, Any]:
        """A term has a text and a day, or neither."""
        given: dict[str, Any] = super().clean() or {}
        for number in range(1, TERMS + 1):
            text, due = given.get(f"term_{number}"), given.get(f"due_{number}")
            if text and not due and f"due_{number}" not in self.errors:
                self.add_error(f"due_{number}", _("Say by which day the term is met."))
            if due and not text:
                self.add_error(f"term_{number}", _("Say what the term is."))
        return given

    def conditions(self) -> list[tuple[str, date]]:
        """The terms."""
        given = self.cleaned_data
        pairs = ((given.get(f"term_{number}"), given.get(f"due_{number}")) for number in range(1, TERMS + 1))
        return [(text, due) for text, due in pairs if text and due]
