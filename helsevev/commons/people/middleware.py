"""Puts who asks on the request, ends sessions in time, and sends staff to set up their second factor."""

from collections.abc import Callable
from typing import TypeVar
from urllib.parse import urlsplit

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.db import OperationalError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.urls import Resolver404, resolve, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from helsevev.commons.people import queries, rules

# How often it is written down that someone is still here.
SEEN_EVERY_SECONDS = 300

View = TypeVar("View", bound=Callable[..., HttpResponse])


class PersonMiddleware:
    """Sets `request.person`, looked up when first asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        """Keep the next layer."""
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """End a session that is over, attach the person, and go on or stop for the second factor."""
        request.reached_us = timezone.now()  # type: ignore[attr-defined] # before anything waits for the database
        if _has_session(request) and not _keep_time(request):
            logout(request)
            if _is_page(request) and not _is_answered(request):
                messages.info(request, _("You were away for a while, so you have been signed out. Sign in to go on."))
                return redirect(f"{reverse('account_login')}?{urlencode({'next': _page_asked_from(request)})}")
        request.person = SimpleLazyObject(lambda: queries.person_of(request))  # type: ignore[attr-defined]
        if _must_set_up(request):
            return redirect("account_second_factor")
        return self.get_response(request)


def answers_signed_out(view: View) -> View:
    """Mark a view that answers a form itself when its sender's session has ended, because it keeps what was typed."""
    view.answers_signed_out = True  # type: ignore[attr-defined]
    return view


def _is_answered(request: HttpRequest) -> bool:
    """Whether a form goes to a view that is marked so."""
    if request.method != "POST":
        return False
    try:
        return getattr(resolve(request.path_info).func, "answers_signed_out", False)
    except Resolver404:
        return False


def _has_session(request: HttpRequest) -> bool:
    """Whether someone is signed in; without a cookie the session isn't even looked at, so that caches may share."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and SESSION_KEY in request.session


def _keep_time(request: HttpRequest) -> bool:
    """Whether the session goes on; writes down now and then that the person is here."""
    now = int(timezone.now().timestamp())
    begun, seen = request.session.setdefault("begun", now), request.session.setdefault("seen", now)
    if rules.is_over(begun, seen, now):
        return False
    if now - seen >= SEEN_EVERY_SECONDS and _write_seen(request):
        request.session["seen"] = now
    return True


def _write_seen(request: HttpRequest) -> bool:
    """Write down that someone is here; a database that is too busy for it hears of it the next time."""
    try:
        with transaction.atomic():
            UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
    except OperationalError:
        return False
    return True


def _is_page(request: HttpRequest) -> bool:
    """Whether someone is looking at a page: not a machine, a picture or a part that a page fetches."""
    own = request.path.startswith(f"/{get_language()}/")
    return own and "text/html" in request.headers.get("accept", "") and "hx-request" not in request.headers


def _page_asked_from(request: HttpRequest) -> str:
    """Where to come back to: this page, or the one whose form was sent."""
    if request.method == "GET":
        return request.get_full_path()
    parts = urlsplit(request.headers.get("referer", ""))
    return parts.path if parts.netloc == request.get_host() else resolve_url(settings.LOGIN_REDIRECT_URL)


def _must_set_up(request: HttpRequest) -> bool:
    """Whether this is a page for someone whose staff role waits for a second factor.

    Their own pages stay open, so that they can set it up, sign out, or lay the role down.
    """
    if request.method != "GET" or not _is_page(request) or not _has_session(request):
        return False
    open_pages = (reverse("account_logout").removesuffix("logout/"), resolve_url(settings.LOGIN_REDIRECT_URL))
    return not request.path.startswith(open_pages) and request.person.lacks_second_factor  # type: ignore[attr-defined]
