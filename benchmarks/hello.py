"""The barest pages a server can give, for the ratio: what the server itself costs, and what Django in it costs."""

from collections.abc import Callable, Iterable

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import path


def application(_environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Answer hello to anything."""
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", "5")])
    return [b"hello"]


def bare_django() -> WSGIHandler:
    """The same hello from a Django without middleware, database or templates."""

    def hello(_request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"hello", content_type="text/plain")

    settings.configure(ALLOWED_HOSTS=["*"], ROOT_URLCONF=(path("", hello),), SECRET_KEY="none")
    return get_wsgi_application()
