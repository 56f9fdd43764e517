"""Forms for signing in, signing up and keeping one's account."""

from typing import Any, ClassVar

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.socialaccount import forms as social
from django import forms
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from helsevev.commons.people.forms import fields
from helsevev.commons.people.forms.fields import NAME, NAME_HELP, Worded, Words
from helsevev.commons.people.models import User


class LinkForm(forms.Form):
    """Where to send the link that signs in."""

    address = forms.EmailField(
        label=fields.ADDRESS,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text=_("We send you a link. It works once, for 15 minutes."),
    )


class LoginForm(Worded, account.LoginForm):
    """Address and password."""

    words: ClassVar[Words] = {"login": (fields.ADDRESS, ""), "password": (fields.PASSWORD, "")}


class SignupForm(Worded, account.SignupForm):
    """A new account; without a password it signs in by links."""

    name = fields.name_field()
    field_order: ClassVar[list[str]] = ["name", "email", "password1"]
    words: ClassVar[Words] = {
        "email": (fields.ADDRESS, _("We send you a letter to confirm it.")),
        "password1": (
            _("Password, if you want one"),
            _("At least 12 characters. Leave it empty to sign in with a link by e-mail each time."),
        ),
    }

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponse | None]:
        """Spend the time of a password's digest also when the address has an account, so that time tells nothing."""
        if self.account_already_exists and self.cleaned_data.get("password1"):
            make_password(self.cleaned_data["password1"])
        user, response = super().try_save(request)
        return user, response


class AddEmailForm(Worded, account.AddEmailForm):
    """Another address for the account."""

    words: ClassVar[Words] = {
        "email": (_("New e-mail address"), _("We send a letter there. The change counts when you have confirmed it."))
    }


class ChangePasswordForm(Worded, account.ChangePasswordForm):
    """A new password, with the old one."""

    without = ("password2",)
    words: ClassVar[Words] = {
        "oldpassword": (_("Password now"), ""),
        "password1": (fields.NEW_PASSWORD, fields.PASSWORD_HELP),
    }


class SetPasswordForm(Worded, account.SetPasswordForm):
    """A first password."""

    without = ("password2",)
    words: ClassVar[Words] = {"password1": (fields.NEW_PASSWORD, fields.PASSWORD_HELP)}


class ResetPasswordForm(Worded, account.ResetPasswordForm):
    """Where to send the letter about a forgotten password."""

    words: ClassVar[Words] = {"email": (fields.ADDRESS, "")}


class ResetPasswordKeyForm(Worded, account.ResetPasswordKeyForm):
    """A new password instead of a forgotten one."""

    without = ("password2",)
    words: ClassVar[Words] = {"password1": (fields.NEW_PASSWORD, fields.PASSWORD_HELP)}


class ReauthenticateForm(Worded, account.ReauthenticateForm):
    """The password once more."""

    words: ClassVar[Words] = {"password": (fields.PASSWORD, "")}


class CodeForm(Worded, mfa.AuthenticateForm):
    """A code in signing in."""

    words: ClassVar[Words] = {"code": (fields.CODE, fields.CODE_HELP)}


class CodeAgainForm(Worded, mfa.ReauthenticateForm):
    """A code to show that it is still you."""

    words: ClassVar[Words] = {"code": (fields.CODE, fields.CODE_HELP)}


class ActivateAppForm(Worded, totp.ActivateTOTPForm):
    """The first code of a new app."""

    words: ClassVar[Words] = {"code": (fields.CODE, _("The six digits that the app shows now."))}


class SocialSignupForm(Worded, social.SignupForm):
    """What an identity from outside doesn't tell us: where to write."""

    name = fields.name_field()
    field_order: ClassVar[list[str]] = ["name", "email"]
    words: ClassVar[Words] = {
        "email": (fields.ADDRESS, _("We send you a letter to confirm it. Signing in doesn't tell us your address."))
    }


class NameForm(forms.ModelForm[User]):
    """What I am called."""

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["name"]
        labels: ClassVar[dict[str, Any]] = {"name": NAME}
        help_texts: ClassVar[dict[str, Any]] = {"name": NAME_HELP}


class LanguageForm(forms.Form):
    """Which language I get letters in."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)


class DeleteForm(forms.Form):
    """Yes, delete."""

    understood = forms.BooleanField(
        label=_("I understand that this can't be undone"),
        error_messages={"required": _("Tick the box to show that you have read what happens.")},
    )
