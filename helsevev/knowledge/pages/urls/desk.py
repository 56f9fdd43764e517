"""Addresses of the editors' desk: Wagtail's, without its doors to accounts, which belong to the people's room."""

from collections.abc import Callable
from functools import wraps

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from wagtail.admin import urls as wagtail_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from helsevev.knowledge.pages.views import desk

View = Callable[..., HttpResponse]


def whole_or_nothing(view: View) -> View:
    """What is saved, what readers see and what the index finds belong together."""

    @wraps(view)
    def asked(request: HttpRequest, *args: object, **values: object) -> HttpResponse:
        # Looking into a file takes its time, and keeps nobody else from writing meanwhile.
        if request.method in ("GET", "HEAD") or "/attachments/" in request.path:
            return view(request, *args, **values)
        with transaction.atomic():
            return view(request, *args, **values)

    return asked


urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", desk.sign_in),
    path("logout/", desk.sign_out),
    path("account/", desk.own_page),
    path("password_reset/", desk.own_page),
    path("", include(decorate_urlpatterns(wagtail_urls.urlpatterns, whole_or_nothing))),
]
