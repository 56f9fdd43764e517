"""Doors of the desk that lead out of it: signing in and out and one's own page are the people's room's."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, resolve_url
from wagtail.users.views.users import UserViewSet


class NoUsers(UserViewSet):
    """Nobody has the right to these pages, so there is nothing to fill in on them."""

    def get_edit_handler(self) -> None:
        """Nothing."""


def sign_in(request: HttpRequest) -> HttpResponse:
    """Whoever is here has signed in."""
    return redirect("wagtailadmin_home")


def sign_out(request: HttpRequest) -> HttpResponse:
    """The house's own way out."""
    return redirect("account_logout")


def own_page(request: HttpRequest) -> HttpResponse:
    """Name, address and password are changed there."""
    return redirect(resolve_url(settings.LOGIN_REDIRECT_URL))
