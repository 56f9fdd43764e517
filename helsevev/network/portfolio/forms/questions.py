"""Questions of the form as Django's fields (spørsmål): how each is asked, and the form that holds them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.forms.utils import ErrorList
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from helsevev.core.words import gettext_noop
from helsevev.network.portfolio.forms.layout import As, Ask
from helsevev.network.portfolio.queries.naming import LISTING_NAMES
from helsevev.network.portfolio.rules.typed import Words

NOT_STATED = gettext_noop("Not stated")
CHOOSE_PHASE = gettext_noop("Choose the phase")
FIXED: Mapping[str, tuple[tuple[str, str], ...]] = {
    "listing": tuple(LISTING_NAMES.items()),
    "how": (("actual", gettext_noop("Actual")), ("planned", gettext_noop("Planned"))),
    "as_of": (
        ("", gettext_noop("It entered the phase then")),
        ("yes", gettext_noop("It was in the phase then; when it entered isn't stated")),
    ),
}
TALL = {"title": 2, "title_nn": 2, "title_en": 2, "nb": 3, "nn": 3, "en": 3}


class TypedForm(forms.Form):
    """Shows what was typed and judges nothing: what is wrong is found by the rules, and put beside its field."""

    use_required_attribute = False

    def __init__(self, fields: Mapping[str, forms.Field], values: Mapping[str, Any], prefix: str = "") -> None:
        """A form of these fields with what was typed in them."""
        super().__init__(initial=dict(values), prefix=prefix or None, auto_id="%s")
        self.fields = dict(fields)

    def blame(self, name: str, message: str) -> None:
        """Put what is wrong beside a field."""
        self.errors.setdefault(name, ErrorList()).append(message)


@dataclass
class Question:
    """One question on the page: Django's field, what can be looked up, what may have been meant, a word beside it.

    `place` names it to the buttons that put a choice into it.
    """

    bound: forms.BoundField
    place: str
    lookup: str = ""
    beside: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)

    @property
    def target(self) -> str:
        """The id that a link to it leads to."""
        several = isinstance(self.bound.field.widget, forms.CheckboxSelectMultiple | forms.RadioSelect)
        return f"{self.bound.auto_id}_0" if several else str(self.bound.auto_id)


def asked(name: str, ask: Ask, words: Words) -> forms.Field:
    """A question as Django asks it."""
    label, help_text = _(ask.label), _(ask.help) if ask.help else ""
    if ask.how is As.CHECK:
        terms, several = _terms(ask, words), forms.CheckboxSelectMultiple
        return forms.MultipleChoiceField(
            label=label, help_text=help_text, choices=terms, widget=several, required=ask.required
        )
    if ask.how in (As.SELECT, As.RADIO):
        choices, one = _choices(name, ask, words), forms.RadioSelect if ask.how is As.RADIO else forms.Select
        return forms.ChoiceField(label=label, help_text=help_text, choices=choices, widget=one, required=ask.required)
    return forms.CharField(label=label, help_text=help_text, widget=_widget(name, ask), required=ask.required)


def _terms(ask: Ask, words: Words) -> list[tuple[str, str]]:
    return [(word.code, capfirst(word.label(words.language))) for word in words.taxonomy.terms(ask.vocabulary)]


def _choices(name: str, ask: Ask, words: Words) -> list[tuple[str, str]]:
    """What can be chosen; "not stated" is a choice like the others, and stands first."""
    if name in FIXED:
        return [(value, _(label)) for value, label in FIXED[name]]
    return [("", _(CHOOSE_PHASE if name == "phase" else NOT_STATED)), *_terms(ask, words)]


def _widget(name: str, ask: Ask) -> forms.Widget:
    """The field to type in; with a script it offers what is known."""
    attrs: dict[str, Any] = {"autocomplete": "off", **({"lang": ask.lang} if ask.lang else {})}
    if ask.how is As.TEXT:
        return forms.Textarea(attrs={**attrs, "rows": TALL.get(name, 8)})
    if ask.how in (As.DATE, As.NUMBER):
        attrs["class"] = "narrow"
    if ask.lookup:
        attrs |= {
            "data-lookup": "",
            "hx-get": reverse("portfolio:lookup", args=[ask.lookup]),
            "hx-trigger": "input changed delay:200ms",
            "hx-swap": "innerHTML swapEmpty:true",
            "hx-sync": "this:replace",
        }
    return forms.TextInput(attrs=attrs)
