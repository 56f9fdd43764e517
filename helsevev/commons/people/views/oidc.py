"""The way out to the OIDC provider, and the way back."""

from hmac import compare_digest
from typing import Any

from allauth.core.ratelimit import consume_or_429
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.views import ConnectionsView
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

from helsevev.commons.people.forms.oidc import PROVIDER, OidcAdapter, OidcProvider, Refuse, provider_settings

MIX_UP = "answer from another provider"


def _adapter(request: HttpRequest) -> OidcAdapter:
    """Whoever asks where no provider is set up finds nothing."""
    adapter = OidcAdapter(request, PROVIDER)
    try:
        adapter.get_provider()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    return adapter


@require_POST
@never_cache
def out(request: HttpRequest) -> HttpResponse:
    """Go to the provider; the form says whether to sign in or to connect, and where to go after."""
    provider = _adapter(request).get_provider()
    refused: HttpResponse | None = consume_or_429(request, action="oidc")
    if refused:
        return refused
    language = request.POST.get("language", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
    response: HttpResponse = provider.redirect_from_request(request)
    return response


class Back(OAuth2CallbackView):
    """allauth's way back, with the nonce of this attempt and the provider's own name checked."""

    def _get_state(self, request: HttpRequest, provider: OidcProvider) -> tuple[Any, HttpResponse | None]:
        """The state that this session was given; without it, or with another's name on the answer, nothing goes on."""
        state, response = super()._get_state(request, provider)
        if state is None or response is not None:
            return state, response
        translation.activate(state.get("language", settings.LANGUAGE_CODE))
        request.LANGUAGE_CODE = translation.get_language()
        self.adapter.nonce = state.get("nonce", "")
        try:
            refused = self._is_anothers(request)
        except (OAuth2Error, RequestException) as error:
            return None, render_authentication_error(request, provider, exception=error)
        if refused:
            return None, render_authentication_error(request, provider, exception=Refuse(MIX_UP))
        return state, None

    def _is_anothers(self, request: HttpRequest) -> bool:
        """Whether the answer says it comes from another provider, or doesn't say where ours promises to (RFC 9207)."""
        said = request.GET.get("iss")
        if said is None:
            return bool(self.adapter.openid_config.get("authorization_response_iss_parameter_supported"))
        return not compare_digest(said.encode(), provider_settings()["issuer"].encode())


@require_GET
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """The provider sends the person back here with a code."""
    adapter = _adapter(request)
    refused: HttpResponse | None = consume_or_429(request, action="oidc_answer", limit_get=True)
    if refused:
        return refused
    response: HttpResponse = Back.adapter_view(adapter)(request)
    return response


class Identity(ConnectionsView):
    """Connect and disconnect an identity from outside."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's
        """Add the providers that can be connected."""
        return {**super().get_context_data(**kwargs), "providers": get_adapter().list_providers(self.request)}


identity = Identity.as_view()
