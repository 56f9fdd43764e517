"""The form of a round's criteria: a row of fields for each, and two empty ones for more."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.commons.ui.forms.saying import refuse
from helsevev.core import slugs
from helsevev.core.words import Refused
from helsevev.network.applications.forms.rounds import PARTS, THREE, PartForm
from helsevev.network.applications.rules import rounds_content, rounds_writing
from helsevev.network.applications.rules.rounds import Part
from helsevev.network.applications.rules.rounds_content import CHECK_NAMES, CriterionKind

EMPTY_ROWS, MOST_ROWS = 2, 20
KINDS = {
    CriterionKind.ELIGIBILITY: gettext_lazy("Must be met to be assessed"),
    CriterionKind.ASSESSED: gettext_lazy("Is weighed"),
}
LEVELS_HELP = gettext_lazy("One a line: score | bokmål | nynorsk | English.")


class CriteriaForm(PartForm):
    """All criteria of a round. A row without a name isn't one; one that is ticked goes."""

    def set_up(self) -> None:
        """As many rows as were sent, or as there are with some empty ones."""
        sent = self.data.get("rows", "") if self.is_bound else ""
        there = int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 3 else self.initial.get("rows", 0)
        self.rows = min(int(there), MOST_ROWS)
        self.fields["rows"] = forms.IntegerField(widget=forms.HiddenInput, required=False, initial=self.rows)
        for row in range(self.rows):
            self._add_row(row)

    def _add_row(self, row: int) -> None:
        area = forms.Textarea(attrs={"rows": 2})
        self.fields |= {
            f"{row}-code": forms.CharField(widget=forms.HiddenInput, required=False, max_length=60),
            f"{row}-names": forms.CharField(
                label=_("Name"), required=False, max_length=400, help_text=_("Bokmål | nynorsk | English.")
            ),
            f"{row}-about": forms.CharField(
                label=_("Explanation"), required=False, max_length=1500, widget=area,
                help_text=_("Bokmål | nynorsk | English."),
            ),
            f"{row}-kind": forms.ChoiceField(
                label=_("What it is for"), choices=list(KINDS.items()), required=False
            ),
            f"{row}-check_by": forms.ChoiceField(
                label=_("What the machine can tell"), required=False,
                choices=[(check.value, _(name)) for check, name in CHECK_NAMES.items()],
            ),
            f"{row}-weight": forms.IntegerField(
                label=_("Weight in percent"), min_value=0, max_value=100, required=False
            ),
            f"{row}-levels": forms.CharField(
                label=_("Levels"), required=False, max_length=8000, widget=forms.Textarea(attrs={"rows": 5}),
                help_text=LEVELS_HELP,
            ),
            f"{row}-gone": forms.BooleanField(label=_("Take this criterion away"), required=False),
        }  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Levels must be readable; a fault is said at its field."""
        made: dict[str, Any] = super().clean() or self.cleaned_data
        for row in range(self.rows):
            try:
                made[f"{row}-levels"] = rounds_writing.levels(made.get(f"{row}-levels") or "")
            except Refused as refused:
                refuse(self, refused, f"{row}-levels")
        return made

    def groups(self) -> list[list[forms.BoundField]]:
        """The fields row by row, for the page."""
        return [[self[name] for name in self.fields if name.startswith(f"{row}-")] for row in range(self.rows)]

    def values(self) -> dict[str, Any]:
        """The rows that are criteria, in their order, each with a code of its own."""
        found: list[dict[str, Any]] = []
        for row in range(self.rows):
            value = {name: self.cleaned_data.get(f"{row}-{name}") for name in FIELDS}
            if value["names"] and not value["gone"]:
                found.append(_criterion(value, {one["code"] for one in found}))
        return {"criteria": found}

    @staticmethod
    def shown(values: Mapping[str, Any]) -> dict[str, Any]:
        """Each criterion's fields by the number of its row."""
        rows = values["criteria"]
        found: dict[str, Any] = {"rows": len(rows) + EMPTY_ROWS}
        for number, one in enumerate(rows):
            texts = {name: rounds_content.as_lines([one[name]]) for name in ("names", "about")}
            told = {**one, **texts, "levels": rounds_writing.as_lines(one["levels"])}
            found |= {f"{number}-{name}": told[name] for name in FIELDS if name in told}
        return found


FIELDS = ("code", "names", "about", "kind", "check_by", "weight", "levels", "gone")


def _criterion(value: Mapping[str, Any], taken: set[str]) -> dict[str, Any]:
    names, about = (_one_line(value[name]) for name in ("names", "about"))
    assessed = value["kind"] == CriterionKind.ASSESSED
    return {
        "kind": value["kind"] or CriterionKind.ELIGIBILITY.value,
        "code": _code(value["code"] or slugs.slug(names.get("nb", ""))[:40], taken),
        "names": names,
        "about": about,
        "weight": (value["weight"] or 0) if assessed else 0,
        "levels": value["levels"] if assessed else [],
        "check_by": "" if assessed else value["check_by"] or "",
    }


def _one_line(text: str | None) -> dict[str, str]:
    found = rounds_content.lines(" ".join((text or "").split()))
    return dict(found[0]) if found else {}


def _code(wanted: str, taken: set[str]) -> str:
    """A code that no other criterion of the round has."""
    return slugs.free(slugify(wanted)[:50] or "criterion", taken)


FORMS: Mapping[Part, type[PartForm]] = {**PARTS, Part.CRITERIA: CriteriaForm}
__all__ = ["FORMS", "THREE", "CriteriaForm"]
