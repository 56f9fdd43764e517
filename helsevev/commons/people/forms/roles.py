"""Forms for giving and ending roles, and for finding people."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from helsevev.commons.people import queries, rules
from helsevev.commons.people.models import Organisation, User
from helsevev.commons.people.rules import IN_ORGANISATION, PERMISSIONS, ROLE_NAMES, Grant, Person, Role, may
from helsevev.commons.ui.forms import DateInput

REASON_HELP = _("One sentence for the trail, which keeps it for good. Don't name people here.")


def role_choices(roles: tuple[Role, ...]) -> list[tuple[str, Any]]:
    """Roles with their names in the reader's language."""
    return [(role.value, _(ROLE_NAMES[role])) for role in roles]


class SearchForm(forms.Form):
    """Find people by name or address."""

    q = forms.CharField(
        label=_("Name or e-mail address"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


class EndForm(forms.Form):
    """Why a role ends before its time."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=REASON_HELP)


class GrantForm(EndForm):
    """A role, where, from when and until when."""

    role = forms.ChoiceField(label=_("Role"))
    organisation = forms.ModelChoiceField(
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="key",
        required=False,
        help_text=_("Only for roles that are held in an organisation."),
    )
    starts = forms.DateField(label=_("First day"), widget=DateInput)
    ends = forms.DateField(
        label=_("Last day"), required=False, widget=DateInput, help_text=_("The last day counts. Empty: until ended.")
    )
    field_order = ("address", "role", "organisation", "starts", "ends", "reason")

    def __init__(self, *args: Any, giver: Person, **kwargs: Any) -> None:
        """Offer what `giver` may hand out, and where."""
        super().__init__(*args, **kwargs)
        roles = rules.givable(giver)
        self.fields["role"].choices = role_choices(roles)  # type: ignore[attr-defined]
        places = Organisation.objects.all()
        if not may(giver, "grant_role", PERMISSIONS):
            places = places.filter(key__in=giver.organisations(PERMISSIONS["grant_own_role"].in_own))
        field = self.fields["organisation"]
        field.queryset = places  # type: ignore[attr-defined]
        field.required = bool(roles) and frozenset(roles) <= IN_ORGANISATION

    def grant(self) -> Grant:
        """What was asked for, as the value that rules understand."""
        data = self.cleaned_data
        place = data["organisation"]
        return Grant(Role(data["role"]), place.key if place else None, data["starts"], data["ends"])


class GrantByAddressForm(GrantForm):
    """The same for a signer, who knows a colleague's address and sees no list of people."""

    address = forms.EmailField(label=_("The person's e-mail address"), max_length=254)

    def clean_address(self) -> str:
        """The address must have an account."""
        found = queries.account_of(self.cleaned_data["address"])
        if found is None:
            raise forms.ValidationError(
                _("Nobody has an account with this address. Ask the person to make one, then try again.")
            )
        self.account: User = found[0]
        return found[1]
