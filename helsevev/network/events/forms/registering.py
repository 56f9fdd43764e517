"""Forms of those who take part: registering, and checking in."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from helsevev.core.sides import SIDE_NAMES
from helsevev.network.events.models import Meeting
from helsevev.network.events.rules.meetings import MODE_NAMES
from helsevev.network.events.rules.places import LARGEST_GROUP, TOO_MANY

People = list[tuple[str, str]]


class RegisterForm(forms.Form):
    """Who comes, and how."""

    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=gettext_lazy("E-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    organisation = forms.CharField(
        label=gettext_lazy("Where you work"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    side = forms.ChoiceField(label=gettext_lazy("Which part of the service"), widget=forms.RadioSelect)
    mode = forms.ChoiceField(label=gettext_lazy("How you take part"), widget=forms.RadioSelect)
    others = forms.CharField(
        label=gettext_lazy("Others who come with you"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "One on each line: name, e-mail. You get places together or wait together. Tell them that you do this."
        ),
    )

    def __init__(self, *args: object, meeting: Meeting, email: str = "", **kwargs: object) -> None:
        """Offer what the meeting has; the address of an account is its own."""
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["side"].choices = [(one.value, _(name)) for one, name in SIDE_NAMES.items()]  # type: ignore[attr-defined]
        modes = [(one.value, _(MODE_NAMES[one])) for one in meeting.modes]
        self.fields["mode"].choices = modes  # type: ignore[attr-defined]
        if len(modes) == 1:
            del self.fields["mode"]
        if email:
            del self.fields["email"]
        self.address, self.only_mode = email, modes[0][0] if modes else ""

    def clean_others(self) -> People:
        """The others by name and address."""
        found: People = []
        for line in filter(None, map(str.strip, self.cleaned_data["others"].splitlines())):
            name, _comma, address = (part.strip() for part in line.rpartition(","))
            if not name:
                name, address = address, ""
            try:
                if address:
                    validate_email(address)
            except ValidationError as error:
                why = _("“%(line)s”: write the name, a comma and the e-mail address.") % {"line": line}
                raise ValidationError(why) from error
            found.append((name[:150], address))
        if len(found) >= LARGEST_GROUP:
            raise ValidationError(_(TOO_MANY) % {"most": LARGEST_GROUP})
        return found

    @property
    def people(self) -> People:
        """Everyone, the one who registers first."""
        made = self.cleaned_data
        return [(made["name"], self.address or made["email"]), *made["others"]]

    @property
    def chosen_mode(self) -> str:
        """How they take part."""
        return str(self.cleaned_data.get("mode") or self.only_mode)


class CheckInForm(forms.Form):
    """That somebody is there."""

    code = forms.CharField(
        label=gettext_lazy("Code"),
        max_length=10,
        help_text=gettext_lazy("Six signs, shown where the meeting is held."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )
    email = forms.EmailField(
        label=gettext_lazy("The e-mail address you registered with"),
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
