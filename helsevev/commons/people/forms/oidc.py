"""Signing in through an OIDC provider such as ID-porten, on top of allauth's code flow.

allauth gives code flow, PKCE and state. This adds what it leaves out: nonce, a checked signature from allowed
algorithms, authorised party, the provider's own name in the answer, and the level of assurance that a role needs.
docs/manual/oidc.md says which claims are used and why.
"""

import secrets
from collections.abc import Mapping
from typing import Any, ClassVar

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialApp, SocialLogin
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from requests import RequestException, Session

from helsevev.commons.audit.actions import record
from helsevev.commons.people import queries
from helsevev.commons.people.models import User
from helsevev.commons.people.rules import STAFF, Levels
from helsevev.core import idtoken

PROVIDER = "oidc"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
TOO_LOW = "level too low"


def provider_settings() -> Mapping[str, str]:
    """What the settings say of the provider; nothing where there is none."""
    return settings.OIDC or {}


def levels() -> Levels:
    """The levels of assurance that the settings name; several are divided by spaces."""
    oidc = provider_settings()
    return Levels(tuple(oidc.get("acr_staff", "").split()), tuple(oidc.get("acr_others", "").split()))


def uid(identity: idtoken.Identity) -> str:
    """What is kept of who someone is at the provider: a keyed digest, so that no number of a person lies here."""
    text = f"{identity.issuer}\n{identity.subject}"
    return salted_hmac("helsevev.oidc", text, secret=settings.TRAIL_KEY, algorithm="sha256").hexdigest()


class Refuse(OAuth2Error):
    """The provider's answer isn't to be believed; carries the word for the trail."""


class OidcAdapter(OpenIDConnectOAuth2Adapter):
    """Talks with the provider."""

    nonce = ""

    @property
    def openid_config(self) -> dict[str, Any]:
        """The provider's own description, which must be of the provider that was set up."""
        if not hasattr(self, "_checked"):
            try:
                config = super().openid_config
                if config.get("issuer") != provider_settings()["issuer"]:
                    raise Refuse(idtoken.Fault.ISSUER)
                for name in ENDPOINTS:
                    if not _good_endpoint(config.get(name)):
                        raise Refuse("malformed description")
            except (ValueError, AttributeError, TypeError) as error:
                raise Refuse("malformed description") from error
            self._checked: dict[str, Any] = config
        return self._checked

    def get_callback_url(self, request: HttpRequest, app: SocialApp) -> str:
        """The one address that is registered with the provider, whatever host was asked for."""
        return settings.SITE_URL + reverse("oidc_callback")

    def get_access_token_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Exchange the code and keep what is used; an answer that can't be read is refused, never a fault of ours."""
        try:
            data = super().get_access_token_data(*args, **kwargs)
            return {"access_token": str(data["access_token"]), "id_token": data.get("id_token")}
        except (KeyError, ValueError, AttributeError, TypeError) as error:
            raise Refuse("malformed answer") from error

    def complete_login(self, request: HttpRequest, app: SocialApp, token: object, **kwargs: Any) -> SocialLogin:
        """Believe the ID token or refuse it; nothing else the provider says is used."""
        id_token = kwargs["response"].get("id_token")
        if not isinstance(id_token, str):
            raise Refuse("no ID token")
        issuer, now = provider_settings()["issuer"], timezone.now().timestamp()
        expected = idtoken.Expected(issuer, app.client_id, self.nonce, now)
        try:
            identity = idtoken.believe(id_token, self._keys(), expected)
        except idtoken.BadToken as error:
            raise Refuse(error.fault) from error
        return self.get_provider().sociallogin_from_response(request, identity)

    def _keys(self) -> list[Any]:
        """The provider's public keys, fetched anew each time, so that a changed key is no event."""
        with SocialAdapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            keys = answer.json()
        if not isinstance(keys, dict) or not isinstance(keys.get("keys"), list):
            raise Refuse(idtoken.Fault.NO_KEY)
        found: list[Any] = keys["keys"]
        return found


def _good_endpoint(url: object) -> bool:
    """In production the provider is only talked with over TLS."""
    return isinstance(url, str) and url.startswith("https://" if settings.PRODUCTION else ("https://", "http://"))


class OidcProvider(OpenIDConnectProvider):
    """Says what to ask for, and what to keep of the answer."""

    oauth2_adapter_class = OidcAdapter

    def get_login_url(self, request: HttpRequest, **kwargs: str) -> str:
        """One address; what it does is in the form that is posted there."""
        return reverse("oidc_login")

    def get_redirect_from_request_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        """Take from the request where to go after, and whether to connect; never what to ask the provider."""
        asked = super().get_redirect_from_request_kwargs(request)
        connect = asked["process"] == AuthProcess.CONNECT and request.user.is_authenticated
        return {
            "next_url": asked.get("next_url"),
            "process": AuthProcess.CONNECT if connect else AuthProcess.LOGIN,
            "staff": request.POST.get("level") == "staff",
        }

    def redirect(self, request: HttpRequest, process: str, next_url: str | None = None, **kwargs: Any) -> HttpResponse:
        """Send the person to the provider, with a nonce that only this session knows."""
        staff, nonce = bool(kwargs.get("staff")), secrets.token_urlsafe(32)
        language = get_language() or settings.LANGUAGE_CODE
        params = {"nonce": nonce, "ui_locales": language}
        if asked := levels().asked(staff=staff):
            params["acr_values"] = " ".join(asked)
        try:
            answer: HttpResponse = super().redirect(
                request,
                process,
                next_url,
                auth_params=params,
                scope=["openid"],
                nonce=nonce,
                staff=staff,
                language=language,
            )
        except (RequestException, OAuth2Error):
            return render(request, "socialaccount/unreachable.html", {"provider": self}, status=503)
        return answer

    def extract_uid(self, data: idtoken.Identity) -> str:
        """See `uid`."""
        return uid(data)

    def extract_extra_data(self, data: idtoken.Identity) -> dict[str, str]:
        """Only how sure the provider was this time."""
        return {"acr": data.acr}

    def extract_common_fields(self, data: idtoken.Identity) -> dict[str, str]:
        """Suggestions for the form of a new account."""
        return {"name": data.name, "email": data.email}

    def extract_email_addresses(self, data: idtoken.Identity) -> list[Any]:
        """None: an address counts when a letter from us has been opened, whoever else calls it verified."""
        return []


class SocialAdapter(DefaultSocialAccountAdapter):
    """Accounts that sign in through the provider in the settings, and no other."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultSocialAccountAdapter.error_messages,
        "email_taken": _("This address has an account already. Sign in to it first, then connect %s on your page."),
        "no_password": _("This is your only way in besides links by e-mail. Set a password first."),
        "no_verified_email": _("Confirm your e-mail address first."),
        "connected_other": _("This identity belongs to another account here."),
    }

    def list_apps(self, request: HttpRequest, provider: str | None = None, client_id: str | None = None) -> list[Any]:
        """The one provider in the settings; rows in the database add none."""
        oidc = provider_settings()
        if not oidc or client_id not in (None, oidc["client_id"]) or provider not in (None, PROVIDER, OidcProvider.id):
            return []
        details = {"server_url": oidc["issuer"], "oauth_pkce_enabled": True}
        return [
            SocialApp(
                provider=OidcProvider.id,
                provider_id=PROVIDER,
                name=oidc["name"],
                client_id=oidc["client_id"],
                secret=oidc["client_secret"],
                settings=details,
            )
        ]

    def list_providers(self, request: HttpRequest) -> list[OidcProvider]:
        """As above."""
        return [OidcProvider(request, app) for app in self.list_apps(request)]

    def get_provider(self, request: HttpRequest, provider: str, client_id: str | None = None) -> OidcProvider:
        """Ours instead of allauth's own."""
        return OidcProvider(request, self.get_app(request, provider=provider, client_id=client_id))

    def get_requests_session(self) -> Session:
        """The provider is where the settings say; being sent elsewhere is an error."""
        session: Session = super().get_requests_session()
        session.max_redirects = 0
        return session

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: Mapping[str, str]) -> User:
        """Suggest a name and an address."""
        user: User = super().populate_user(request, sociallogin, data)
        user.name = data.get("name", "")[:150]
        return user

    def get_signup_form_initial_data(self, sociallogin: SocialLogin) -> dict[str, str]:
        """What the form of a new account begins with."""
        return {"email": sociallogin.user.email, "name": sociallogin.user.name}

    def is_auto_signup_allowed(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        """Never without the form: the address is the person's to give, and ours to prove."""
        return False

    def save_user(self, request: HttpRequest, sociallogin: SocialLogin, form: Any = None) -> User:
        """Keep nothing that was only suggested."""
        sociallogin.user.email, sociallogin.email_addresses = "", []
        user: User = super().save_user(request, sociallogin, form)
        return user

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Is the provider sure enough for what this person may do? If not, ask once for more; then say no."""
        connecting = sociallogin.state.get("process") == AuthProcess.CONNECT
        user = request.user if connecting else sociallogin.user if sociallogin.is_existing else None
        is_staff = isinstance(user, User) and bool(queries.person(user, second_factor=True).roles & STAFF)
        wanted_staff = is_staff or bool(sociallogin.state.get("staff"))
        if levels().met(sociallogin.account.extra_data["acr"], staff=wanted_staff):
            return
        if wanted_staff and not sociallogin.state.get("staff"):
            provider = sociallogin.provider
            process, next_url = sociallogin.state["process"], sociallogin.state.get("next")
            raise ImmediateHttpResponse(provider.redirect(request, process, next_url, staff=True))
        actor = str(user.key) if isinstance(user, User) else "system:oidc"
        record(actor, "sign-in refused", "identity", PROVIDER, {"why": TOO_LOW})
        raise ImmediateHttpResponse(
            render(request, "socialaccount/level_too_low.html", {"provider": sociallogin.provider}, status=403)
        )

    def on_authentication_error(self, request: HttpRequest, provider: OidcProvider, **kwargs: Any) -> None:
        """Every refusal is a line on the trail, with its word and nothing of the person."""
        error = kwargs.get("exception")
        why = str(error) if isinstance(error, Refuse) else type(error).__name__ if error else str(kwargs.get("error"))
        if kwargs.get("error") != "cancelled":
            record("system:oidc", "sign-in refused", "identity", PROVIDER, {"why": why[:100]})
