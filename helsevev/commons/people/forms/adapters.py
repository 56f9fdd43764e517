"""What allauth asks of us: how letters are sent, what limits answer, when one must prove oneself again."""

import base64
import hashlib
from datetime import timedelta
from io import BytesIO
from typing import Any, ClassVar

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context as current
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.core.ratelimit import respond_429
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.stages import AuthenticateStage
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathFillImage

from helsevev.commons.mail.actions import queue
from helsevev.commons.people import actions, rules
from helsevev.commons.people.forms.oidc import SocialAdapter, levels
from helsevev.commons.people.models import User

__all__ = ["AccountAdapter", "SecondFactorAdapter", "SecondFactorStage", "SocialAdapter"]

# Answers that mean "too many": they become the page that says so, with the time to wait.
TOO_MANY = {"too_many_login_attempts", "rate_limited"}
# The same letter, asked for again within this time, is one letter.
SAME_LETTER = timedelta(minutes=1)


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by e-mail address."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is closed."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _(
            "The address or the password isn't right. If you have no password, ask for a link."
        ),
        "enter_current_password": _("This isn't the password you have now."),
        "incorrect_code": _("This code isn't right. Codes from the app change every half minute."),
        "incorrect_password": _("This isn't your password."),
        "invalid_password_reset": _("This link can't be used any more."),
        "max_email_addresses": _("You can't add more than %d addresses."),
    }

    # --- Letters ------------------------------------------------------------------------------------------------------
    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hand a letter to the queue, in the language of the page that caused it; the same one twice is one."""
        template = template_prefix.replace("/email/", "/")
        told = {name: value for name, value in context.items() if isinstance(value, (str, int, User)) or name == "user"}
        distinct = sorted((name, str(value)) for name, value in told.items() if name not in ("ip", "user_agent"))
        minute = int(timezone.now().timestamp() // SAME_LETTER.total_seconds())
        digest = hashlib.sha256(repr((template, email.lower(), distinct, minute)).encode()).hexdigest()
        language = get_language() or settings.LANGUAGE_CODE
        queue(
            key=f"account:{digest}",
            kind="account",
            to=email,
            language=language,
            template=template,
            context={**told, "my_page": actions.my_page(language)},
        )

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Links in letters begin with our own address, whatever the request said its host was."""
        return settings.SITE_URL + reverse("account_confirm_email", args=[emailconfirmation.key])

    def get_reset_password_from_key_url(self, key: str) -> str:
        """As above, for a forgotten password."""
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "UID", "key": "KEY"})
        return settings.SITE_URL + path.replace("UID-KEY", key)

    def send_account_already_exists_mail(self, email: str) -> None:
        """As above, for one who signs up a second time."""
        links = {"password_reset_url": "account_reset_password", "login_url": "account_login"}
        told = {name: settings.SITE_URL + reverse(target) for name, target in links.items()}
        self.send_mail("account/email/account_already_exists", email, told)

    # --- Where to go --------------------------------------------------------------------------------------------------
    def is_safe_url(self, url: str) -> bool:
        """Only places on this site, named by their path."""
        return url_has_allowed_host_and_scheme(url, allowed_hosts=None)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to my page."""
        return resolve_url(settings.LOGIN_REDIRECT_URL)

    # --- Limits -------------------------------------------------------------------------------------------------------
    def validation_error(self, code: str, *args: object) -> ValidationError:
        """What is wrong with a form; too many attempts is an answer of its own, with the time to wait."""
        if code in TOO_MANY:
            raise ImmediateHttpResponse(respond_429(current.request))
        error: ValidationError = super().validation_error(code, *args)
        return error

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: str) -> str:
        """Failed attempts are counted by address and by where they come from, so that nobody locks another out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}|{self.get_client_ip(request)}"

    # --- Signing up and in --------------------------------------------------------------------------------------------
    def save_user(self, request: HttpRequest, user: User, form: Any, commit: bool = True) -> User:
        """A new account has a name, if one was given, and the language of the page."""
        super().save_user(request, user, form, commit=False)
        user.name = form.cleaned_data.get("name", "")
        user.language = get_language() or settings.LANGUAGE_CODE
        if commit:
            user.save()
        return user

    def get_login_stages(self) -> list[str]:
        """After the first proof: is the address confirmed, and is a second proof needed?"""
        here = SecondFactorStage
        return ["allauth.account.stages.EmailVerificationStage", f"{here.__module__}.{here.__qualname__}"]

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Start the session's clocks, and remember an identity that counts as a second factor."""
        request.session["begun"] = request.session["seen"] = int(timezone.now().timestamp())
        sociallogin = (kwargs.get("signal_kwargs") or {}).get("sociallogin")
        if sociallogin is not None and levels().strong(sociallogin.account.extra_data.get("acr", "")):
            record_authentication(request, user, "strong_identity")
        response: HttpResponse = super().post_login(request, user, **kwargs)
        return response

    # --- Proving oneself again ----------------------------------------------------------------------------------------
    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Whether one must prove oneself again: not a moment after signing in.

        Who has neither password nor app proves it with a new link; allauth would let them pass.
        """
        request = current.request
        if rules.is_fresh(get_authentication_records(request, request.user), timezone.now().timestamp()):
            return False
        if not self.get_reauthentication_methods(request.user):
            back = request.path if request.method == "GET" else resolve_url(settings.LOGIN_REDIRECT_URL)
            raise ImmediateHttpResponse(redirect(f"{reverse('account_prove')}?{urlencode({'next': back})}"))
        return True

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways to prove oneself, in our words."""
        words = {"reauthenticate": _("Use your password"), "mfa_reauthenticate": _("Use a code from your app")}
        return [
            {**method, "description": words.get(method["id"], method["description"])}
            for method in super().get_reauthentication_methods(user)
        ]


class SecondFactorStage(AuthenticateStage):
    """Asks for a code, unless the way of signing in already counts as two factors."""

    def _should_handle(self, request: HttpRequest) -> bool:
        records = get_authentication_records(request, self.login.user)
        sociallogin = (self.login.signal_kwargs or {}).get("sociallogin")
        strong = sociallogin is not None and levels().strong(sociallogin.account.extra_data.get("acr", ""))
        return not strong and not rules.has_second_factor(records) and bool(super()._should_handle(request))


class SecondFactorAdapter(DefaultMFAAdapter):
    """Codes from an app, and recovery codes."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("The app can't be taken away now."),
        "cannot_generate_recovery_codes": _("Set up an app first, then make recovery codes."),
        "incorrect_code": _("This code isn't right. Codes from the app change every half minute."),
        "unverified_email": _("Confirm your e-mail address first."),
    }

    def encrypt(self, text: str) -> str:
        """The app's secret isn't readable in the database or a copy of it."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The other way."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The picture to scan, black on white also in dark mode."""
        picture = BytesIO()
        qrcode.make(url, image_factory=SvgPathFillImage).save(picture)
        return picture.getvalue().decode()


def _cipher() -> Fernet:
    """A key made from the one that lies outside the database."""
    digest = salted_hmac("helsevev.second_factor", "key", secret=settings.TRAIL_KEY, algorithm="sha256").digest()
    return Fernet(base64.urlsafe_b64encode(digest))
