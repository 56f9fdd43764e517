"""Signing in: the page, the link by e-mail, and what stands before it."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from allauth.account.views import LoginView
from allauth.core.ratelimit import consume_or_429
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.socialaccount.adapter import get_adapter
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from helsevev.commons.people import actions, queries
from helsevev.commons.people.forms.account import LinkForm
from helsevev.commons.people.forms.witness import app_added, rotate_session
from helsevev.commons.people.models import SignInLink, User


def ways_in(request: HttpRequest) -> dict[str, Any]:
    """What the page that lets people in needs besides its form."""
    return {
        "link_form": LinkForm(auto_id="link_%s"),
        "providers": get_adapter().list_providers(request),
        "next_url": get_next_redirect_url(request) or "",
        "robots": "noindex",
    }


class SignIn(LoginView):
    """One page with every way in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:  # noqa: ANN401 - Django's
        """Add the other ways in."""
        return {**super().get_context_data(**kwargs), **ways_in(self.request)}


sign_in = SignIn.as_view()


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_link(request: HttpRequest) -> HttpResponseBase:
    """Send a link; the answer is the same whether anyone has an account or not. Who only comes by gets the form."""
    if request.method != "POST":
        return redirect("account_login")
    form = LinkForm(request.POST, auto_id="link_%s")
    if not form.is_valid():
        return render(request, "account/ask_link.html", {**ways_in(request), "link_form": form}, status=422)
    address = form.cleaned_data["address"]
    refused = consume_or_429(request, action="ask_link", key=address.lower())
    if refused:
        return refused  # type: ignore[no-any-return]
    actions.send_link(address, next_url=get_next_redirect_url(request) or "", language=_language())
    request.session["link_sent_to"] = address
    return redirect("account_link_sent")


@never_cache
def link_sent(request: HttpRequest) -> HttpResponse:
    """Look in your mail."""
    context = {"address": request.session.get("link_sent_to", ""), "minutes": actions.LINK_MINUTES, "robots": "noindex"}
    return render(request, "account/link_sent.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def use_link(request: HttpRequest, token: str) -> HttpResponseBase:
    """A button, so that a program that opens links in letters doesn't use it up; then the person is in."""
    if request.method != "POST":
        link = queries.working_link(token)
        if link is None:
            return _spent(request)
        return render(request, "account/use_link.html", {"link": link, "robots": "noindex"})
    if refused := consume_or_429(request, action="use_link"):
        return refused  # type: ignore[no-any-return]
    link = actions.use_link(token)
    return _spent(request) if link is None else _enter(request, link)


def _spent(request: HttpRequest) -> HttpResponse:
    """The link is used, too old or never was; who is already in goes on."""
    return render(request, "account/link_spent.html", ways_in(request), status=410)


def _enter(request: HttpRequest, link: SignInLink) -> HttpResponseBase:
    """Sign in as the one the link was sent to; who is in already has proven it again."""
    target = link.next or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.user == link.user:
        rotate_session(request)
        record_authentication(request, link.user, "link", reauthenticated=True)
        return redirect(target)
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, link.user, "link", email=link.address)
    response: HttpResponseBase = perform_login(request, link.user, redirect_url=target, email=link.address)
    return response


@login_required
@require_http_methods(["GET", "POST"])
@never_cache
def prove(request: HttpRequest) -> HttpResponseBase:
    """Show that it is still you, where there is neither password nor app: by a new link."""
    user = request.user
    assert isinstance(user, User)
    target = get_next_redirect_url(request) or resolve_url(settings.LOGIN_REDIRECT_URL)
    if request.method == "GET":
        return render(request, "account/prove.html", {"address": user.email, "next_url": target})
    if refused := consume_or_429(request, action="ask_link", key=user.email):
        return refused  # type: ignore[no-any-return]
    actions.send_link(user.email, next_url=target, language=_language())
    request.session["link_sent_to"] = user.email
    return redirect("account_link_sent")


@login_required
def second_factor(request: HttpRequest) -> HttpResponse:
    """Why a second factor is needed, and the ways to get one."""
    context = {"providers": get_adapter().list_providers(request), "my_page": resolve_url(settings.LOGIN_REDIRECT_URL)}
    return render(request, "account/second_factor.html", context)


class SetUpApp(ActivateTOTPView):
    """The first code of a new app; from then on this session has its second factor."""

    @transaction.atomic
    def form_valid(self, form: Form) -> HttpResponse:
        """Keep the app, and all that follows from it, or nothing."""
        response: HttpResponse = super().form_valid(form)
        app_added(self.request, self.request.user)
        return response


set_up_app = SetUpApp.as_view()
