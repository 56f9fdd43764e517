"""Signing in as an invented person with one click, and the letters that nobody gets."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import get_next_redirect_url, perform_login
from django.contrib.auth import logout
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from helsevev.commons.demo import queries

LETTERS_PER_PAGE = 20


@require_POST
@never_cache
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Become the invented person of a role; choosing counts as both factors, as there is nothing to protect."""
    user = queries.account(request.POST.get("role", ""))
    if user is None:
        raise Http404
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, "demo")
    response: HttpResponseBase = perform_login(request, user, redirect_url=get_next_redirect_url(request))
    return response


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """The letters that would have been sent, the newest first."""
    page = Paginator(queries.letters(), LETTERS_PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "demo/mail.html", {"page": page, "robots": "noindex"})
