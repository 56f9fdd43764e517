"""Who wants the letter, in which language, and about what."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsevev.core.newsletter.content import CHOSEN, KIND_NAMES, LANGUAGES
from helsevev.network.newsletter.rules.consent import CONSENT

TONGUES = {"nb": _("Bokmål"), "nn": _("Nynorsk")}


class ChoiceForm(forms.Form):
    """What somebody gets."""

    language = forms.ChoiceField(
        label=_("Language of the letter"), choices=[(one, TONGUES[one]) for one in LANGUAGES], widget=forms.RadioSelect
    )
    kinds = forms.MultipleChoiceField(
        label=_("Tell me of"),
        choices=[(one.value, _(KIND_NAMES[one])) for one in CHOSEN],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What we write ourselves comes with every letter."),
    )

    def clean_kinds(self) -> list[str]:
        """In an order that stays, so that the same choice is the same."""
        return [one.value for one in CHOSEN if one in self.cleaned_data["kinds"]]


class SubscribeForm(ChoiceForm):
    """Somebody asks for the letter."""

    email = forms.EmailField(
        label=_("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    agrees = forms.BooleanField(label=_(CONSENT))

    field_order = ("email", "language", "kinds", "agrees")


def wished(form: ChoiceForm) -> dict[str, Any]:
    """What was chosen."""
    return {name: form.cleaned_data[name] for name in ("language", "kinds")}
